"""The local day of every quarter of an hour is that of the zone's own clock, also where it is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from data.engine import reading, writing
from data.queries.local_days import local_days
from data.tables import QuarterRollup

_QUARTER = timedelta(minutes=15)
_NOTHING = dict.fromkeys(("posts", "positive", "neutral", "negative", "unscored", "unscorable", "lexicon"), 0)


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("UTC", date(2026, 2, 27), date(2026, 3, 2)),
        ("Europe/Berlin", date(2026, 3, 27), date(2026, 3, 31)),  # 23 hours
        ("Europe/Berlin", date(2025, 10, 24), date(2025, 10, 28)),  # 25 hours
        ("America/Sao_Paulo", date(2018, 11, 2), date(2018, 11, 6)),  # no midnight
        ("America/Sao_Paulo", date(2018, 2, 16), date(2018, 2, 20)),  # midnight twice
        ("Asia/Kathmandu", date(2026, 3, 1), date(2026, 3, 3)),  # three quarters of an hour
        ("Pacific/Apia", date(2011, 12, 28), date(2012, 1, 1)),  # a day left out
    ],
)
def test_a_moment_falls_on_its_local_day(database: str, zone: str, first: date, last: date) -> None:
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=2)
    moments = [begin + n * _QUARTER for n in range(((last - first).days + 5) * 96)]
    as_of = moments[-200]
    with writing() as session:
        session.add_all(QuarterRollup(quarter=at, platform="X", kind="mention", topic="", **_NOTHING) for at in moments)
    with reading() as session:
        found = {
            at: day
            for local, inside in local_days(col(QuarterRollup.quarter), first, last, zone, as_of)
            for day, at in session.exec(select(local, QuarterRollup.quarter).where(inside))
        }
    told = {at: at.astimezone(ZoneInfo(zone)).date() for at in moments if at < as_of}
    assert found == {at: day for at, day in told.items() if first <= day <= last}
