"""How old the gaps of a register are, how long they are overdue, and whether their severity's time has run out.

GAPS as in `metrics.gaps`, cut to a day.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from metrics.gaps import OPEN


def ageing(gaps: pd.DataFrame, today: pd.Timestamp, allowed: Mapping[int, float]) -> pd.DataFrame:
    """Days of each gap, in the register's order; NaN where a day it takes is not known.

    Parameters
    ----------
    allowed : mapping
        Severity → days in which a gap is to be closed.

    Returns
    -------
    DataFrame
        age_days: from opening to today, or to the fix of a closed gap; due_in_days: from today to the due date, of open
        gaps, negative where it has passed; sla_days: what its severity allows; sla_left_days: what is left of that,
        negative where it is used up, of a closed gap at its fix.
    """
    is_open = gaps["status"].isin(OPEN)
    until = gaps["completed_on"].mask(is_open, today)
    age = (until - gaps["opened_on"]).dt.days.astype("float64")
    age = age.where(age >= 0)
    limits = gaps["severity"].map({float(severity): float(days) for severity, days in allowed.items()})
    limits = limits.astype("float64")
    return pd.DataFrame(
        {
            "age_days": age,
            "due_in_days": (gaps["due_on"] - today).dt.days.astype("float64").where(is_open),
            "sla_days": limits,
            "sla_left_days": limits - age,
        },
        index=gaps.index,
    )
