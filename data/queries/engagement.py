"""Reading engagement from the roll-ups: never from the posts, so that five million cost no more than fifty thousand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from sqlmodel import Session, col, func, select

from data.enums import Grain
from data.queries.frames import DAY, UTC_TIME, frame
from data.queries.local_days import local_days
from data.tables import DayRollup, QuarterRollup

_COUNTS = {
    "posts": "float64",
    "positive": "int64",
    "neutral": "int64",
    "negative": "int64",
    "unscored": "int64",
    "unscorable": "int64",
    "lexicon": "int64",
    "impressions": "float64",
    "reach": "float64",
    "likes": "float64",
    "comments": "float64",
    "shares": "float64",
}
_NAMES = {"platform": "text", "kind": "text"}


def daily(
    session: Session, zone: str, first: date, last: date, as_of: datetime, topics: list[str] | None = None
) -> pd.DataFrame:
    """Counts by platform, kind, grain and local day of `zone`, from `first` to `last`, up to the moment `as_of`.

    The 15 minutes in which `as_of` lies count whole, unless they begin with it; so do its day's totals.

    Returns
    -------
    DataFrame
        date, platform, kind, grain ("posts" or "daily_total"), posts (NaN where daily totals count none), positive,
        neutral, negative, unscored (waiting for the scorer), unscorable (no text, or not English), lexicon,
        impressions, reach, likes, comments, shares.
    """
    local = ZoneInfo(zone)
    spans = local_days(col(QuarterRollup.quarter), first, last, zone, as_of)
    quarters = [_quarters(day, inside, topics) for day, inside in spans]
    latest = min(last, as_of.astimezone(local).date())
    days = select(DayRollup.day, *_columns(DayRollup), DayRollup.grain).where(
        col(DayRollup.day) >= first, col(DayRollup.day) <= latest
    )
    if topics:
        days = days.where(col(DayRollup.topic).in_(topics))
    types = {"date": DAY} | _NAMES | _COUNTS
    fine = [frame(session, part, types).assign(grain=Grain.POSTS.value) for part in quarters]
    coarse = frame(session, days, types | {"grain": "text"})
    keys = ["date", "platform", "kind", "grain"]
    both = pd.concat([part[[*keys, *_COUNTS]] for part in (*fine, coarse)], ignore_index=True)
    whole = [name for name, kind in _COUNTS.items() if kind == "int64"]
    partial = [name for name in _COUNTS if name not in whole]
    grouped = both.groupby(keys, sort=True)
    counted = pd.concat([grouped[whole].sum(), grouped[partial].sum(min_count=1)], axis=1).reset_index()
    return counted.astype(dict.fromkeys(("platform", "kind", "grain"), object))


def _quarters(day: Any, inside: Any, topics: list[str] | None) -> Any:
    """The counts of each local day, added up by the database."""
    names = [getattr(QuarterRollup, name) for name in _NAMES]
    sums = (func.sum(getattr(QuarterRollup, name)) for name in _COUNTS)
    statement = select(day, *names, *sums).where(inside).group_by(day, *names)
    return statement.where(col(QuarterRollup.topic).in_(topics)) if topics else statement


def _columns(table: type[DayRollup]) -> list:
    return [getattr(table, name) for name in (*_NAMES, *_COUNTS)]


def last_day(session: Session, zone: str, as_of: datetime) -> pd.Timestamp | None:
    """The last local day with posts or daily totals up to a moment; None without any."""
    quarter = session.exec(select(func.max(QuarterRollup.quarter)).where(col(QuarterRollup.quarter) < as_of)).one()
    today = as_of.astimezone(ZoneInfo(zone)).date()
    day = session.exec(select(func.max(DayRollup.day)).where(col(DayRollup.day) <= today)).one()
    days = [] if quarter is None else [pd.Timestamp(quarter.astimezone(ZoneInfo(zone)).date())]
    return max([*days, *([] if day is None else [pd.Timestamp(day)])], default=None)


def coverage(session: Session, zone: str, as_of: datetime) -> pd.DataFrame:
    """From when to when each platform's posts are counted, by kind, up to a moment.

    Daily totals that count no posts tell nothing of volume, and are left out.

    Returns
    -------
    DataFrame
        platform, kind, first, last (local days of `zone`, both included).
    """
    q, d = QuarterRollup, DayRollup
    fine = select(q.platform, q.kind, func.min(q.quarter), func.max(q.quarter)).where(col(q.quarter) < as_of)
    today = as_of.astimezone(ZoneInfo(zone)).date()
    coarse = select(d.platform, d.kind, func.min(d.day), func.max(d.day)).where(
        col(d.day) <= today, col(d.posts).is_not(None)
    )
    moments = frame(session, fine.group_by(q.platform, q.kind), _NAMES | {"first": UTC_TIME, "last": UTC_TIME})
    for name in ("first", "last"):
        moments[name] = moments[name].dt.tz_convert(ZoneInfo(zone)).dt.tz_localize(None).dt.normalize().astype(DAY)
    days = frame(session, coarse.group_by(d.platform, d.kind), _NAMES | {"first": DAY, "last": DAY})
    spans = pd.concat([moments, days], ignore_index=True).groupby(["platform", "kind"])
    return spans.agg({"first": "min", "last": "max"}).reset_index().astype(dict.fromkeys(_NAMES, object))
