"""The local day of a moment, so that the database adds up what belongs to a day.

Between two changes of its clock a zone lies a fixed number of seconds from UTC: a statement needs that number and the
moments between which it holds, whatever the number of days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from data.queries.frames import day_start

_DAY = timedelta(days=1)
_Span = tuple[datetime, datetime]


class _Day(sa.sql.functions.GenericFunction[date]):
    """The day of a moment so many seconds from UTC."""

    name = "local_day"
    type = sa.Date()
    inherit_cache = True


@compiles(_Day, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    moment, seconds = (compiler.process(part, **how) for part in element.clauses)
    return f"date({moment}, {seconds} || ' seconds')"


@compiles(_Day, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    moment, seconds = (compiler.process(part, **how) for part in element.clauses)
    return f"CAST(({moment} + {seconds} * interval '1 second') AT TIME ZONE 'UTC' AS date)"


def local_days(
    moment: Any, first: date, last: date, zone: str, as_of: datetime
) -> Iterator[tuple[sa.ColumnElement[date], sa.ColumnElement[bool]]]:
    """For each distance from UTC: the day of a moment, and the condition that it lies in the local days `first` to
    `last` of a zone, up to a moment. A day on which the clock is set back has its last part in another distance.
    """
    for seconds, spans in _spans(first, last, zone, as_of).items():
        inside = sa.or_(*(sa.and_(moment >= start, moment < stop) for start, stop in spans))
        # Written out, since PostgreSQL takes two parameters for two different expressions.
        yield _Day(moment, sa.literal_column(str(seconds))), inside


def _spans(first: date, last: date, zone: str, as_of: datetime) -> dict[int, list[_Span]]:
    """Seconds from UTC → the spans in UTC in which they tell the local day, in order."""
    days = [first + number * _DAY for number in range((last - first).days + 2)]
    found: dict[int, list[_Span]] = {}
    for (day, start), (_, stop) in pairwise((day, day_start(day, zone)) for day in days):
        away = datetime.combine(day, time(), UTC) - start
        # What a day has beyond 24 hours is told by the clock after the change; a short one stays within its own.
        usual = min(stop, start + _DAY)
        for begin, end, distance in ((start, usual, away), (usual, stop, away - (stop - usual))):
            _add(found.setdefault(int(distance.total_seconds()), []), begin, min(end, as_of))
    return {seconds: spans for seconds, spans in found.items() if spans}


def _add(spans: list[_Span], begin: datetime, end: datetime) -> None:
    """Put a span behind the others, or make the last of them longer where it follows at once."""
    if begin >= end:
        return
    if spans and spans[-1][1] == begin:
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((begin, end))
