"""From a statement to a DataFrame whose columns and types do not depend on what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from sqlmodel import Session

UTC_TIME = "datetime64[us, UTC]"
DAY = "datetime64[us]"


def frame(session: Session, statement: Any, types: Mapping[str, str]) -> pd.DataFrame:
    """Run a statement and give its rows as a frame with exactly the columns of `types`, in that order.

    Missing text is None; missing numbers are NaN (so a whole number that may be missing is declared float).
    """
    found = session.execute(statement).all()
    columns = zip(*found, strict=True) if found else ([] for _ in types)
    read = zip(types.items(), columns, strict=True)
    return pd.DataFrame({name: _typed(values, kind) for (name, kind), values in read}, columns=list(types))


def _typed(values: Sequence[Any], kind: str) -> pd.Series[Any]:
    if kind == "text":
        return pd.Series([None if value is None else str(value) for value in values], dtype=object)
    column = pd.Series(values, dtype=object)
    if kind == UTC_TIME:
        return pd.to_datetime(column, utc=True).astype(UTC_TIME)
    if kind == DAY:
        return pd.to_datetime(column).astype(DAY)
    return column.astype(kind)


def day_start(day: date, zone: str) -> datetime:
    """The first instant of a local day, in UTC; where a clock change skips midnight, the moment of the change."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
