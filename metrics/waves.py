"""When a survey wave was held, seen from each crisis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from metrics.survey_rows import blank

Phase = Literal["before", "during", "after", "none"]

#: Days after the end of a crisis up to which a wave still counts as after it.
AFTER_DAYS = 365


def wave_phase(
    opened_on: pd.Timestamp | None,
    closed_on: pd.Timestamp | None,
    day0s: Sequence[pd.Timestamp],
    ends: Sequence[pd.Timestamp],
) -> list[Phase]:
    """The phase of one wave relative to each crisis, in the order given.

    Parameters
    ----------
    opened_on, closed_on : Timestamp or None
        Local days of the wave; one stands in for the other where it is missing.
    day0s, ends : sequences of Timestamp
        Day 0 of each crisis and the first day after it.
    """
    return [
        phase_of(opened_on, closed_on, day0, end, min((d for d in day0s if d > day0), default=None))
        for day0, end in zip(day0s, ends, strict=True)
    ]


def phase_of(
    opened_on: pd.Timestamp | None,
    closed_on: pd.Timestamp | None,
    day0: pd.Timestamp,
    end: pd.Timestamp,
    following: pd.Timestamp | None,
) -> Phase:
    """As `wave_phase`, relative to one crisis; `following` is the first day 0 after its own, where there is one."""
    opened = closed_on if blank(opened_on) else opened_on
    closed = opened if blank(closed_on) else closed_on
    if opened is None or closed is None or pd.isna(opened):
        return "none"
    if closed < day0:
        return "before"
    if opened < max(end, day0):
        return "during"
    in_time = following is None or opened < following
    return "after" if in_time and opened - end <= pd.Timedelta(days=AFTER_DAYS) else "none"
