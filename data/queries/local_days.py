"""Local days as a table that roll-ups are joined to, so that the database adds up what belongs to a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from data.queries.frames import day_start
from data.tables import QuarterRollup

#: Days of one table: each takes three of the parameters that a statement may have (32,766 on SQLite).
_AT_ONCE = 5_000


def local_days(first: date, last: date, zone: str, as_of: datetime) -> Iterator[sa.CTE]:
    """Tables with columns day, start, stop: the local days `first` to `last` of a zone, in UTC, up to a moment.

    One table is enough but for a start that somebody mistyped by decades; a day lies in one of them alone.
    """
    moment = QuarterRollup.__table__.c.quarter.type  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    columns = (sa.column("day", sa.Date), sa.column("start", moment), sa.column("stop", moment))
    for begin in range(0, (last - first).days + 1, _AT_ONCE):
        count = min(_AT_ONCE, (last - first).days + 1 - begin)
        days = [first + timedelta(days=begin + number) for number in range(count + 1)]
        bounds = pairwise((day, day_start(day, zone)) for day in days)
        rows = [(day, start, min(stop, as_of)) for (day, start), (_, stop) in bounds]
        yield sa.values(*columns, name="local_days").data(rows).cte("local_days")


def within(days: sa.CTE, moment: Any) -> sa.ColumnElement[bool]:
    """The condition that a moment lies in the day."""
    return sa.and_(moment >= days.c.start, moment < days.c.stop)
