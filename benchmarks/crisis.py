"""A database with the roll-ups of very many posts of one crisis, and what a review of it needs beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.database import use
from data import schema
from data.access import LOCAL
from data.commands.rollup_deltas import add_posts
from data.engine import writing
from importers.context import Options
from importers.pipeline import Upload, apply

CODE = "thread"
DAY0 = date(2026, 3, 2)
#: Local days around day 0 that have posts.
FIRST, LAST = -60, 120
_PLATFORMS = ("X", "Facebook", "Instagram", "LinkedIn", "Reddit")
_CHUNK = 100_000


def build(path: Path, posts: int) -> None:
    """Make the database at `path` and the configured one."""
    use(path)
    schema.create()
    for name, rows in (("log.csv", _events()), ("scores.csv", _scores())):
        apply(Upload(name, _table(rows)), Options(), LOCAL)
    for columns in _posts(posts):
        with writing() as session:
            add_posts(session, columns)


def _posts(count: int) -> Iterator[dict[str, Any]]:
    """Columns of posts as the bulk commands take them: a level with weekends, a peak that decays, worse sentiment."""
    rng = np.random.default_rng(7)
    days = np.arange(FIRST, LAST + 1)
    level = np.where((days + DAY0.weekday()) % 7 >= 5, 0.7, 1.0) + np.where(days >= 0, 9 * np.exp(-days / 6), 0)
    for start in range(0, count, _CHUNK):
        n = min(_CHUNK, count - start)
        day = rng.choice(days, size=n, p=level / level.sum())
        second = day * 86_400 + rng.integers(0, 86_400, size=n)
        posted = np.datetime64(DAY0, "s") + second.astype("timedelta64[s]")
        worse = np.where(day >= 0, 0.35 * np.exp(-day / 20), 0)
        sentiment = np.clip(rng.normal(0.1 - worse, 0.4), -1, 1).round(4)
        yield {
            "quarter": (posted.astype("int64") // 900 * 900).astype("datetime64[s]").astype("datetime64[us]"),
            "posted_on": np.full(n, np.datetime64("NaT", "D")),
            "platform": rng.choice(_PLATFORMS, size=n).tolist(),
            "kind": ["mention"] * n, "topic": [""] * n, "language": ["en"] * n, "text": ["words"] * n,
            "polarity": (np.sign(sentiment) * (np.abs(sentiment) >= 0.05)).tolist(),
            "sentiment": sentiment.tolist(), "scored_by": ["lexicon"] * n,
            **{name: rng.integers(0, 5_000, size=n).tolist() for name in ("impressions", "likes", "comments", "shares")},
            "reach": [None] * n,
        }  # fmt: skip


def _events() -> list[dict[str, Any]]:
    steps = (("posted", 0, "08:00"), ("detected", 0, "09:30"), ("decision", 0, "11:00"), ("statement", 0, "15:00"),
             ("update", 2, "10:00"), ("contained", 5, "12:00"), ("resolved", 40, "12:00"))  # fmt: skip
    return [
        {"crisis": CODE, "occurred_at": f"{DAY0 + timedelta(days=day)} {at}", "milestone": step, "audience": "public"}
        for step, day, at in steps
    ]


def _scores() -> list[dict[str, Any]]:
    """Weekly scores of two sources and a comparison company."""
    rng = np.random.default_rng(8)
    return [
        {
            "date": str(DAY0 + timedelta(days=week * 7)), "source": source, "company": company, "scale_min": 0,
            "scale_max": 100, "score": round(75 + rng.normal() - (12 * np.exp(-week / 6) if week >= 0 and not company else 0), 1),
        }
        for week in range(-26, 17)
        for source in ("Trust index", "Reviews")
        for company in ("", "Rival")
    ]  # fmt: skip


def _table(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
