"""When a crisis began and ended, what had happened by a moment, and which local day a moment falls on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

#: Statuses of a crisis that is no longer running.
CLOSED = ("resolved", "reviewed")


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


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC that may be known only as an interval; `events` are the ids of the rows behind its bounds."""

    lo: pd.Timestamp
    hi: pd.Timestamp
    events: tuple[int, ...] = ()

    @property
    def exact(self) -> bool:
        return self.lo == self.hi


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
    return float((end - start) / pd.Timedelta(hours=1))


def local_date(moment: datetime, timezone: str) -> pd.Timestamp:
    """The local calendar day of an aware moment, as a naive timestamp at midnight."""
    return utc(moment).tz_convert(ZoneInfo(timezone)).tz_localize(None).normalize()


def local_text(moment: pd.Timestamp, timezone: str) -> str:
    """The moment in the crisis's zone, such as ``2026-03-03 08:40``."""
    return moment.tz_convert(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")


def existing(events: pd.DataFrame, as_of: datetime | None = None) -> pd.DataFrame:
    """The EVENTS that had begun by `as_of`, in UTC and in order of time.

    A day that was not over at `as_of` ends there: what exists has happened. Rows without a time are left out.

    Returns
    -------
    DataFrame
        The columns of EVENTS; sorted by earliest, latest, event_id; the input is not touched.
    """
    frame = events.assign(earliest=_utc_column(events["earliest"]), latest=_utc_column(events["latest"]))
    frame = frame[frame["earliest"].notna()]
    frame = frame.assign(latest=frame["latest"].fillna(frame["earliest"]))
    if as_of is not None:
        now = utc(as_of)
        frame = frame[frame["earliest"] <= now]
        frame = frame.assign(latest=frame["latest"].mask(frame["latest"] > now, now))
    return frame.sort_values(["earliest", "latest", "event_id"], kind="stable", ignore_index=True)


def earliest_moment(events: pd.DataFrame) -> Moment | None:
    """The earliest of some `existing` events: no later than the first upper bound, no earlier than the first lower."""
    if events.empty:
        return None
    lo, hi = events["earliest"].min(), events["latest"].min()
    first = events.loc[events["earliest"] == lo, "event_id"].iloc[0]
    surest = events.loc[events["latest"] == hi, "event_id"].iloc[0]
    return Moment(lo, hi, tuple(dict.fromkeys((int(first), int(surest)))))


def t0(events: pd.DataFrame, clock: CrisisClock) -> pd.Timestamp | None:
    """t₀: the earliest posted event, else the crisis's start, else None."""
    known = existing(events)
    posted = earliest_moment(known[known["milestone"] == "posted"])
    if posted is not None:
        return posted.lo
    return None if clock.started_at is None else utc(clock.started_at)


def day0(events: pd.DataFrame, clock: CrisisClock) -> pd.Timestamp | None:
    """Day 0: the local date of t₀."""
    start = t0(events, clock)
    return None if start is None else local_date(start, clock.timezone)


def resolution(events: pd.DataFrame, as_of: datetime | None = None) -> Moment | None:
    """The earliest resolved or reviewed event up to `as_of`."""
    known = existing(events, as_of)
    return earliest_moment(known[known["milestone"].isin(CLOSED)])


def resolved_at(events: pd.DataFrame, clock: CrisisClock, as_of: datetime | None = None) -> pd.Timestamp | None:
    """When the crisis was resolved; None while it is open, and where only its status says that it is over."""
    del clock  # the status knows that, never when; it stays in the signature beside `is_resolved`
    moment = resolution(events, as_of)
    return None if moment is None else moment.lo


def is_resolved(events: pd.DataFrame, clock: CrisisClock, as_of: datetime | None = None) -> bool:
    """Whether the crisis was over at `as_of`: by its resolved or reviewed event, else by its status.

    Pass all events: a resolution dated after `as_of` shows that the crisis was still open then, whatever its status
    says today.
    """
    if resolution(events) is not None:
        return resolution(events, as_of) is not None
    return clock.status in CLOSED


def _utc_column(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return column.dt.tz_convert("UTC")
    if column.notna().any() and pd.api.types.is_datetime64_dtype(column):
        raise ValueError(f"the times in {column.name!r} have no time zone")
    return pd.to_datetime(column, utc=True)
