"""``python -m benchmarks import``, ``import-large``, ``score`` and ``coverage``: what can be measured, in one run."""

from __future__ import annotations

import argparse
import sys

from benchmarks import importing, large, scoring
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
    coverage = commands.add_parser("coverage", help="how often intervals hold the truth, by simulation")
    coverage.add_argument("--runs", type=int, default=20_000)
    asked = parser.parse_args(arguments)
    if asked.command == "score":
        print(scoring.measure(asked.texts, asked.runs))
    elif asked.command == "import-large":
        print(large.measure(asked.against, asked.rows))
    elif asked.command == "coverage":
        print(enps.measure(asked.runs))
    else:
        print(importing.measure(asked.rows, asked.runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
