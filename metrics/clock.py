"""When a crisis began and ended, what had happened by a moment, and which local day a moment falls on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

#: Statuses of a crisis that is no longer running.
CLOSED = ("resolved", "reviewed")
#: How the time between two moments is measured, in hours.
_HOUR = pd.Timedelta(hours=1)
Measure = Callable[[pd.Timestamp, pd.Timestamp], float]


@dataclass(frozen=True, slots=True)
class CrisisClock:
    """The facts of one crisis that metrics need beside its events.

    Attributes
    ----------
    timezone : str
        IANA name of the crisis's own zone; days and sentences are in it.
    started_at : datetime or None
        Aware; stands in for t₀ where no event says when it was posted.
    status : str
        ``open``, ``resolved`` or ``reviewed``, as its sheet says; an event that says more wins.
    """

    timezone: str
    started_at: datetime | None
    status: str


def utc(moment: datetime) -> pd.Timestamp:
    """The moment as a UTC timestamp.

    Raises
    ------
    ValueError
        If the moment has no time zone: guessing one would move every interval.
    """
    stamp = pd.Timestamp(moment)
    if stamp.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return stamp.tz_convert("UTC")


def hours_between(start: pd.Timestamp, end: pd.Timestamp) -> float:
    """Elapsed hours between two aware moments; negative if the end lies before the start."""
    return float((end - start) / _HOUR)


def local_date(moment: datetime, timezone: str) -> pd.Timestamp:
    """The local calendar day of an aware moment, as a naive timestamp at midnight."""
    return utc(moment).tz_convert(ZoneInfo(timezone)).tz_localize(None).normalize()


def local_text(moment: pd.Timestamp, timezone: str) -> str:
    """The moment in the crisis's zone, such as ``2026-03-03 08:40``."""
    return moment.tz_convert(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")


def t0(events: pd.DataFrame, clock: CrisisClock) -> pd.Timestamp | None:
    """t₀: the earliest posted event, else the crisis's start, else None."""
    posted = utc_column(events.loc[events["milestone"] == "posted", "earliest"]).min()
    if not pd.isna(posted):
        return posted
    return None if clock.started_at is None else utc(clock.started_at)


def day0(events: pd.DataFrame, clock: CrisisClock) -> pd.Timestamp | None:
    """Day 0: the local date of t₀."""
    start = t0(events, clock)
    return None if start is None else local_date(start, clock.timezone)


def resolved_at(events: pd.DataFrame, _clock: CrisisClock, as_of: datetime | None = None) -> pd.Timestamp | None:
    """The earliest resolved or reviewed event up to `as_of`.

    None while the crisis is open, and where only its status says that it is over (`is_resolved` knows).
    """
    first = utc_column(events.loc[events["milestone"].isin(CLOSED), "earliest"]).min()
    return None if pd.isna(first) or (as_of is not None and first > utc(as_of)) else first


def resolved_on(events: pd.DataFrame, clock: CrisisClock, as_of: datetime | None = None) -> pd.Timestamp | None:
    """The local date of `resolved_at`."""
    moment = resolved_at(events, clock, as_of)
    return None if moment is None else local_date(moment, clock.timezone)


def is_resolved(events: pd.DataFrame, clock: CrisisClock, as_of: datetime | None = None) -> bool:
    """Whether the crisis was over at `as_of`: by its resolved or reviewed event, else by its status.

    Pass all events: a resolution dated after `as_of` shows that the crisis was still open then, whatever its status
    says today.
    """
    if resolved_at(events, clock) is not None:
        return resolved_at(events, clock, as_of) is not None
    return clock.status in CLOSED


def utc_column(column: pd.Series) -> pd.Series:
    """Times of one column in UTC.

    Raises
    ------
    ValueError
        If they have no time zone.
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return column.dt.tz_convert("UTC")
    if column.notna().any() and pd.api.types.is_datetime64_dtype(column):
        raise ValueError(f"the times in {column.name!r} have no time zone")
    return pd.to_datetime(column, utc=True)
