"""Reading how the scores of posts are distributed, from the histograms in the roll-ups."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from data.enums import Grain, PostKind
from data.queries.frames import DAY
from data.queries.local_days import local_days, within
from data.tables import DayRollup, QuarterRollup

#: Scores are counted in twentieths of a point.
_STEPS = 20


def histogram(
    session: Session, zone: str, first: date, last: date, as_of: datetime, kind: str, topics: list[str] | None = None
) -> pd.DataFrame:
    """How many posts of one kind have which score, by local day of `zone`, up to the moment `as_of`.

    Returns
    -------
    DataFrame
        date, score (−1 to 1, in twentieths), posts; in order of both.
    """
    q, d = QuarterRollup, DayRollup
    spans = local_days(first, last, zone, as_of)
    fine = _asked(spans.c.day, q, kind, topics).join_from(spans, q, within(spans, q.quarter))
    latest = min(last, as_of.astimezone(ZoneInfo(zone)).date())
    coarse = _asked(d.day, d, kind, topics).where(
        col(d.grain) == Grain.POSTS, col(d.day) >= first, col(d.day) <= latest
    )
    found: Counter[tuple[date, str]] = Counter()
    for day, texts in (*session.execute(fine), *session.execute(coarse)):
        for step, posts in _pairs(texts):
            found[day, step] += posts
    rows = sorted((day, int(step) / _STEPS, posts) for (day, step), posts in found.items())
    frame = pd.DataFrame(rows, columns=["date", "score", "posts"])
    return frame.astype({"date": DAY, "score": "float64", "posts": "int64"})


def _asked(day: Any, table: Any, kind: str, topics: list[str] | None) -> Any:
    """Each day with the histograms of its roll-ups as one text, since a row each takes longer to fetch than to add."""
    texts = sa.func.aggregate_strings(sa.cast(table.scores, sa.Text), ",")
    statement = sa.select(day, texts).where(table.kind == PostKind(kind)).group_by(day)
    return statement.where(table.topic.in_(topics)) if topics else statement


def _pairs(texts: str) -> list[tuple[str, int]]:
    """Score and posts of each entry of each histogram."""
    pairs: list[tuple[str, int]] = []
    json.loads(f"[{texts}]", object_pairs_hook=pairs.extend)
    return pairs
