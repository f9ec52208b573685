"""Local days as a table that roll-ups are joined to, so that the database adds up what belongs to a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data.queries.frames import day_start
from data.tables import QuarterRollup


def local_days(first: date, last: date, zone: str, as_of: datetime) -> sa.CTE:
    """Columns day, start, stop: the local days `first` to `last` of a zone, in UTC, cut off at the moment `as_of`."""
    moment = QuarterRollup.__table__.c.quarter.type  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    columns = (sa.column("day", sa.Date), sa.column("start", moment), sa.column("stop", moment))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    starts = [day_start(day, zone) for day in (*days, last + timedelta(days=1))]
    rows = [(day, start, min(stop, as_of)) for day, start, stop in zip(days, starts, starts[1:], strict=False)]
    return sa.values(*columns, name="local_days").data(rows).cte("local_days")


def within(days: sa.CTE, moment: Any) -> sa.ColumnElement[bool]:
    """The condition that a moment lies in the day."""
    return sa.and_(moment >= days.c.start, moment < days.c.stop)
