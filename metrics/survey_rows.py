"""What every reading of SURVEY rows begins with: is there a number at all, and may it be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from metrics.estimate import Better, Estimate, Status, absent
from metrics.words import listed

Row = Mapping[Any, Any]


def blank(value: object) -> bool:
    """Whether a single cell holds nothing."""
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]  # scalars only


def text(row: Row, name: str) -> str | None:
    """A cell in words; None where it is empty, or the frame has no such column."""
    value = row.get(name)
    return None if blank(value) else str(value)


def people_asked(row: Row) -> float | None:
    """How many were invited; None where that is not recorded."""
    return None if blank(row["invited"]) else float(row["invited"])


def kept(row: Row, unit: str) -> Estimate | None:
    """What stands in for a number that is withheld, of no use, or without answers; None where there is one."""
    withheld, unusable = text(row, "withheld"), text(row, "unusable")
    if withheld is not None:
        return absent(Status.SUPPRESSED, withheld, unit=unit, better=Better.HIGHER)
    if blank(row["n"]) or row["n"] <= 0:
        return absent(Status.UNDEFINED, "no answers", unit=unit, better=Better.HIGHER)
    if unusable is not None:
        return absent(Status.UNDEFINED, unusable, unit=unit, better=Better.HIGHER, n=int(row["n"]))
    return None


def names(wave: pd.DataFrame) -> str:
    """The waves that rows are of, in words."""
    return listed(sorted(str(name) for name in wave["wave"].dropna().unique()))


def question_key(question: object) -> str:
    """By what a question is recognised in another wave."""
    return str(question).strip().casefold()
