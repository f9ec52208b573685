"""What is missing around a crisis, and from when to export it."""

from __future__ import annotations

import pandas as pd

from metrics.coverage import SCORED_BEFORE, Lack, Shortage
from metrics.words import date, opened, plural


def missing(shortage: Shortage, crisis: str, day0: pd.Timestamp, *, what: str = "mentions") -> str:
    """One shortage as a sentence that says what to export.

    Parameters
    ----------
    what : str
        What is counted: ``mentions`` or ``owned posts``.
    """
    about = opened(f"{what} on {shortage.name}")
    days = f"from {date(shortage.first)} to {date(shortage.last)}"
    if shortage.lack is Lack.ALL:
        return f"There are no {what} around the crisis {crisis}: export {days}."
    if shortage.lack is Lack.BEFORE:
        told = f"{about} start {_start(shortage, day0)} the crisis {crisis}; a baseline needs {shortage.needed} days"
        return f"{told}: export from {date(shortage.first)}."
    if shortage.lack is Lack.END:
        return f"{about} end {_end(shortage, crisis)}: export {days}."
    return f"There are no {what} on {shortage.name} {days}, near the crisis {crisis}: is a file missing?"


def no_score_before(source: str, crisis: str, day0: pd.Timestamp) -> str:
    """A source that has scored us since the crisis alone."""
    first = day0 - pd.Timedelta(days=SCORED_BEFORE)
    return f"{source} has no score before the crisis {crisis}; a fall needs a level before: export from {date(first)}."


def no_wave_before(crisis: str, day0: pd.Timestamp) -> str:
    """No employee survey to compare morale with."""
    return f"No employee survey closed before the crisis {crisis}; morale can't be compared: import the last one before {date(day0)}."


def _start(shortage: Shortage, day0: pd.Timestamp) -> str:
    """How long before the crisis the data start, or that they do not."""
    lead = (day0 - shortage.last).days - 1
    if lead > 0:
        return f"{plural(lead, 'day')} before"
    return f"{plural(-lead, 'day')} into" if lead else "on the first day of"


def _end(shortage: Shortage, crisis: str) -> str:
    on = date(shortage.first - pd.Timedelta(days=1))
    if not shortage.covered:
        return f"on {on}, before the crisis {crisis} was over"
    days = plural(shortage.covered, "day")
    return f"on {on}, {days} after the crisis {crisis} was over; a comparison needs {shortage.needed}"
