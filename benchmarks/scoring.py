"""Texts without a score, scored in this process alone and by one worker a core: texts a second, and the ratio.

Posts of eight weeks at random times; half of them bring their language, the others' is recognised.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.database import use
from data import engine, schema
from data.commands.rollups import refresh_posts
from data.engine import writing
from data.tables import Post
from importers.score_workers import cores
from importers.scoring import score_unscored

_PHRASES = (
    "They finally answered and it was worth the wait", "I am really disappointed by this apology",
    "Does anybody know when the shop opens again?", "The worst service I have seen in years",
    "What a lovely team, thank you for your help", "Nobody believes a word of this statement",
    "The parcel arrived on Tuesday as they said", "Shame on you for treating people like that",
)  # fmt: skip


def measure(texts: int, runs: int) -> str:
    """The medians of both and their ratio, in words; runs of both take turns."""
    workers = cores()
    alone, together = [], []
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        _fill(template, texts)
        for run in range(runs):
            alone.append(_score(template, Path(folder) / f"alone{run}.db", 1))
            together.append(_score(template, Path(folder) / f"together{run}.db", workers))
    one, many = statistics.median(alone), statistics.median(together)
    return (
        f"{texts:,} texts, medians of {runs}: one process {one:.2f} s ({texts / one:,.0f} texts/s), "
        f"{workers} workers {many:.2f} s ({texts / many:,.0f} texts/s), {one / many:.2f} times as fast"
    )


def _fill(path: Path, texts: int) -> None:
    """Posts without a score, drawn with a fixed seed."""
    use(path)
    schema.create()
    draw = random.Random(7)  # noqa: S311 - a benchmark needs the same rows every time, not secret ones
    start = datetime(2026, 1, 1, tzinfo=UTC)
    posts: list[dict[str, Any]] = []
    for number in range(texts):
        at = start + timedelta(seconds=draw.randrange(56 * 86_400))
        text = ". ".join(draw.sample(_PHRASES, 2)) + f" ({number})"
        posts.append(
            {
                "key": f"x:{draw.randrange(10**18)}-{number}", "platform": "X", "posted_at": at,
                "quarter": at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0), "text": text, "language": draw.choice(["en", None]),
            }
        )  # fmt: skip
    with writing() as session:
        session.execute(sa.insert(Post), posts)
        refresh_posts(session, {post["quarter"] for post in posts}, ())
    engine.dispose()


def _score(template: Path, path: Path, processes: int) -> float:
    shutil.copyfile(template, path)
    use(path)
    began = time.perf_counter()
    scored = score_unscored(processes=processes)
    taken = time.perf_counter() - began
    engine.dispose()
    if not scored:
        raise RuntimeError("nothing was scored")
    return taken
