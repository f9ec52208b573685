"""``python -m benchmarks``: what can be measured; ``--help`` lists it."""

from __future__ import annotations

import argparse
import sys

from benchmarks import anonymity, coverage, importing, large, metrics, pages, scoring
from benchmarks.simulations import enps


def main(arguments: list[str] | None = None) -> int:
    """Run one measurement and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measurements anyone can run.")
    commands = parser.add_subparsers(dest="command", required=True)
    posts = commands.add_parser("import", help="a workbook of posts, end to end, against the floor")
    posts.add_argument("--rows", type=int, default=100_000)
    posts.add_argument("--runs", type=int, default=5)
    million = commands.add_parser("import-large", help="posts by the million as CSV, in time per row and peak memory")
    million.add_argument("--rows", type=int, default=5_000_000)
    million.add_argument("--against", type=int, default=500_000)
    score = commands.add_parser("score", help="text scoring, one process against one worker a core, in texts a second")
    score.add_argument("--texts", type=int, default=20_000)
    score.add_argument("--runs", type=int, default=3)
    cover = commands.add_parser("coverage", help="how often the intervals hold the truth, by simulation")
    cover.add_argument("--runs", type=int, default=2_000)
    numbers = commands.add_parser("metrics", help="all numbers of one crisis from roll-ups, in seconds of one core")
    numbers.add_argument("--posts", type=int, default=1_000_000)
    numbers.add_argument("--runs", type=int, default=5)
    drawn = commands.add_parser("pages", help="each page's server run, warm and cold, against canned frames")
    drawn.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    drawn.add_argument("--posts", type=int, default=5_000_000)
    drawn.add_argument("--against", type=int, default=50_000, help="also with so few posts; 0: not")
    drawn.add_argument("--crises", type=int, default=300)
    drawn.add_argument("--responses", type=int, default=50_000)
    drawn.add_argument("--runs", type=int, default=5)
    drawn.add_argument(
        "--clock", choices=("wall", "cpu"), default="wall", help="cpu: of this process, on a busy machine"
    )
    drawn.add_argument("--browser", action="store_true", help="also from navigation to the last chart in Chromium")
    people = commands.add_parser(
        "anonymity", help="deciding what surveys show: seconds a wave, and hidden against the least"
    )
    people.add_argument("--waves", type=int, default=12)
    people.add_argument("--questions", type=int, default=60)
    people.add_argument("--small", type=int, default=60)
    asked = parser.parse_args(arguments)
    if asked.command == "coverage":
        told, good = coverage.measure(asked.runs)
        print(told)
        print(enps.measure(asked.runs))
        return 0 if good else 1
    if asked.command == "anonymity":
        told, good = anonymity.measure(asked.waves, asked.questions, asked.small)
        print(told)
        return 0 if good else 1
    if asked.command == "metrics":
        print(metrics.measure(asked.posts, asked.runs))
    elif asked.command == "score":
        print(scoring.measure(asked.texts, asked.runs))
    elif asked.command == "import-large":
        print(large.measure(asked.against, asked.rows))
    elif asked.command == "pages":
        sizes = (asked.posts, asked.against, asked.crises, asked.responses, asked.runs)
        told, good = pages.measure(asked.database, pages.Asked(*sizes, asked.clock, asked.browser))
        print(told)
        return 0 if good else 1
    else:
        print(importing.measure(asked.rows, asked.runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
