"""Business hours: how long the company was open between two moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.clock import utc

#: Saturday and Sunday, where no country says otherwise.
_WEEKEND = (5, 6)
_MICROSECONDS = 3.6e9
Stamps = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When people are at work: from `opens` to `closes` of each local day that is a working day.

    Attributes
    ----------
    timezone : str
        IANA name of the zone in which days begin and clocks are read: the crisis's own.
    country : str or None
        ISO code. The country's weekend and public holidays are free; without one, Saturday and Sunday are.

    Raises
    ------
    ValueError
        If the hours do not end after they begin.
    """

    timezone: str
    opens: time
    closes: time
    country: str | None = None

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError(f"business hours from {self.opens} to {self.closes} would never be open")

    def between(self, start: pd.Timestamp, end: pd.Timestamp) -> float:
        """Hours of business between two aware moments; 0 without any, negative if the end lies before the start."""
        first, last = sorted((utc(start), utc(end)))
        shifts = _shifts(self, self._year(first), self._year(last))
        hours = (_until(last, *shifts) - _until(first, *shifts)) / _MICROSECONDS
        return hours if end >= start or not hours else -hours

    def said(self) -> str:
        """The hours in words: ``09:00 to 17:00 on working days of PT, Europe/Lisbon``."""
        days = f"working days of {self.country}" if self.country else "Monday to Friday"
        return f"{self.opens:%H:%M} to {self.closes:%H:%M} on {days}, {self.timezone}"

    def _year(self, moment: pd.Timestamp) -> int:
        return int(moment.tz_convert(self.timezone).year)


@lru_cache(maxsize=256)
def _shifts(hours: OpeningHours, first: int, last: int) -> tuple[Stamps, Stamps, Stamps]:
    """When each shift of these local years begins and ends, and how long it and those before it last, in microseconds.

    On a day on which clocks change, a time that exists twice opens at the first and closes at the second.
    """
    days = pd.date_range(pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31), unit="us")
    days = days[_working(days, hours.country)]
    begins, ends = (
        _at(days, clock, hours.timezone, first=is_start)
        for clock, is_start in ((hours.opens, True), (hours.closes, False))
    )
    return begins, ends, np.cumsum(ends - begins)


def _working(days: pd.DatetimeIndex, country: str | None) -> NDArray[np.bool_]:
    if country is None:
        return ~np.isin(days.day_of_week, _WEEKEND)
    import holidays

    calendar = holidays.country_holidays(country, years=range(days[0].year, days[-1].year + 1))
    return np.array([calendar.is_working_day(date(day.year, day.month, day.day)) for day in days], dtype=bool)


def _at(days: pd.DatetimeIndex, clock: time, timezone: str, *, first: bool) -> Stamps:
    local = days + pd.Timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
    zoned = local.tz_localize(timezone, ambiguous=np.full(len(days), first), nonexistent="shift_forward")
    stamps: Stamps = zoned.tz_convert("UTC").as_unit("us").asi8
    return stamps


def _until(moment: pd.Timestamp, begins: Stamps, ends: Stamps, total: Stamps) -> int:
    """Microseconds of business from the first shift to the moment."""
    at = int(moment.as_unit("us").asm8.astype(np.int64))
    begun = int(np.searchsorted(begins, at, side="right"))
    return int(total[begun - 1]) - max(0, int(ends[begun - 1]) - at) if begun else 0
