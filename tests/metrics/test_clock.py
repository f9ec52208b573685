from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from metrics.clock import day0, hours_between, is_resolved, local_date, resolved_at, resolved_on, t0, utc
from tests.metrics.frames import clock, events, moment


def test_an_hour_is_an_hour_when_clocks_go_forward() -> None:
    """Reference case 9: Python's own same-zone subtraction says two."""
    zone = "America/New_York"
    assert hours_between(moment("2025-03-09 01:30", zone), moment("2025-03-09 03:30", zone)) == 1


def test_t0_is_the_earliest_post_else_the_start_else_unknown() -> None:
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    two = events(("posted", "2026-03-03 09:00"), ("detected", "2026-03-01 08:00"), ("posted", "2026-03-02 10:00"))
    assert t0(two, clock(started_at=start)) == moment("2026-03-02 10:00")
    assert t0(two[two["milestone"] == "detected"], clock(started_at=start)) == utc(start)
    assert t0(two.iloc[:0], clock()) is None


def test_day_0_is_the_local_day_even_where_utc_has_another() -> None:
    late = events(("posted", "2026-03-03 00:30"))
    assert day0(late, clock()) == pd.Timestamp("2026-03-03")
    assert day0(late, clock(timezone="America/New_York")) == pd.Timestamp("2026-03-02")
    assert day0(late.iloc[:0], clock()) is None
    assert local_date(moment("2026-03-03 00:30"), "UTC") == pd.Timestamp("2026-03-02")


def test_a_post_known_to_the_day_makes_that_day_0() -> None:
    assert day0(events(("posted", "2026-03-03")), clock()) == pd.Timestamp("2026-03-03")


def test_resolved_by_event_else_by_status() -> None:
    nothing = events(("detected", "2026-03-03 09:00"))
    done = events(("reviewed", "2026-03-20 09:00"), ("resolved", "2026-03-09 23:30"))
    assert resolved_at(done, clock()) == moment("2026-03-09 23:30")
    assert resolved_on(done, clock()) == pd.Timestamp("2026-03-09")
    assert is_resolved(done, clock("open"))
    assert resolved_at(nothing, clock("resolved")) is None
    assert resolved_on(nothing, clock("resolved")) is None
    assert is_resolved(nothing, clock("resolved"))
    assert is_resolved(nothing, clock("reviewed"))
    assert not is_resolved(nothing, clock("open"))


def test_a_later_resolution_shows_that_it_was_open_then_whatever_the_status_says_now() -> None:
    done = events(("resolved", "2026-03-09 12:00"))
    before, after = moment("2026-03-09 11:59"), moment("2026-03-09 12:00")
    assert not is_resolved(done, clock("resolved"), before)
    assert resolved_at(done, clock("resolved"), before) is None
    assert is_resolved(done, clock("open"), after)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        utc(datetime(2026, 3, 3))
