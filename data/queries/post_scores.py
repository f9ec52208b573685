"""Reading how the scores of posts are distributed, from the histograms in the roll-ups."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from data.enums import Grain, PostKind
from data.queries.frames import DAY
from data.queries.local_days import local_days
from data.tables import DayRollup, QuarterRollup

#: Scores are counted in twentieths of a point.
_STEPS = 20
_BARE = str.maketrans(dict.fromkeys('{}":,', " "))


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
    fine = [
        _asked(day, q, kind, topics).where(inside) for day, inside in local_days(q.quarter, first, last, zone, as_of)
    ]
    latest = min(last, as_of.astimezone(ZoneInfo(zone)).date())
    coarse = _asked(d.day, d, kind, topics).where(
        col(d.grain) == Grain.POSTS, col(d.day) >= first, col(d.day) <= latest
    )
    found: dict[date, np.ndarray] = {}
    for statement in (*fine, coarse):
        for day, texts in session.execute(statement):
            found[day] = found.get(day, 0) + _counts(texts)
    rows = [
        (day, step / _STEPS, int(posts))
        for day, counts in sorted(found.items())
        for step, posts in zip(range(-_STEPS, _STEPS + 1), counts, strict=True)
        if posts
    ]
    frame = pd.DataFrame(rows, columns=["date", "score", "posts"])
    return frame.astype({"date": DAY, "score": "float64", "posts": "int64"})


def _asked(day: Any, table: Any, kind: str, topics: list[str] | None) -> Any:
    """Each day with the histograms of its roll-ups as one text, since a row each takes longer to fetch than to add."""
    texts = sa.func.aggregate_strings(sa.cast(table.scores, sa.Text), ",")
    statement = sa.select(day, texts).where(table.kind == PostKind(kind)).group_by(day)
    return statement.where(table.topic.in_(topics)) if topics else statement


def _counts(texts: str) -> np.ndarray:
    """Posts in each of the 41 steps from −1 to 1, over all histograms of a text such as ``{"-3": 2, "7": 1},{}``.

    The numbers alternate between step and posts; to read them without the JSON between them is three times as fast.
    """
    bare = texts.translate(_BARE)
    numbers = np.fromstring(bare, dtype=np.int64, sep=" ") if bare.strip() else np.empty(0, dtype=np.int64)
    return np.bincount(numbers[::2] + _STEPS, weights=numbers[1::2], minlength=2 * _STEPS + 1)
