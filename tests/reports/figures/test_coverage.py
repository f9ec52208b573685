"""The calendar shows holes as holes, in cells wide enough to see, and says in words what a cell holds."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reports.figures import style
from reports.figures.coverage import coverage_calendar
from tests.reports.figures import frames
from tests.reports.figures.looking import named, trace, visible


def cell(fig: Any, row: str, day: str) -> tuple[float | None, str]:
    """How full a cell is drawn, and what it says."""
    heat = trace(fig, "Stored")
    y = list(fig.layout.yaxis.ticktext).index(row)
    x = max(i for i, edge in enumerate(heat.x[:-1]) if pd.Timestamp(edge) <= pd.Timestamp(day))
    return heat.z[y][x], visible(heat.hovertext[y][x].replace("<br>", " | "))


def test_a_day_says_what_is_stored_of_it() -> None:
    fig = coverage_calendar(frames.stored())
    full = cell(fig, "X mentions", "2026-03-04")
    assert full[1] == "X mentions | 4 March 2026 | 68 mentions"
    assert full[0] is not None
    assert full[0] > 0.3
    assert cell(fig, "Incident log", "2026-03-03")[1] == "Incident log | 3 March 2026 | 14 events"
    assert cell(fig, "Survey: employees", "2026-02-11")[1].endswith("| 1 wave open")


def test_a_hole_is_empty_and_says_so_and_a_counted_none_is_no_hole() -> None:
    fig = coverage_calendar(frames.stored())
    assert cell(fig, "X mentions", "2026-03-10") == (0, "X mentions | 10 March 2026 | Nothing stored")
    assert cell(fig, "Reddit mentions", "2026-02-10") == (None, "")
    none = cell(fig, "X owned posts", "2026-02-03")
    assert none[1].endswith("| 0 owned posts")
    assert none[0] is not None
    assert 0 < none[0] < 0.3
    assert "X mentions on 60 days (nothing from 9 February 2026 to 11 February 2026)" in style.alt(fig)


def test_rows_stand_by_stream_then_by_name() -> None:
    ticks = list(coverage_calendar(frames.stored()).layout.yaxis.ticktext)
    assert ticks == ["Reddit mentions", "X mentions", "X owned posts", "Incident log", "Survey: employees", "Glassdoor"]


@pytest.mark.parametrize("width", [style.WIDTH, style.NARROW])
@pytest.mark.parametrize("days", [3, 60, 400, 3000])
def test_cells_are_wide_enough_and_cover_every_day(width: int, days: int) -> None:
    dates = pd.date_range("2018-01-05", periods=days)
    fig = coverage_calendar(
        pd.DataFrame({"stream": "engagement", "name": "X", "kind": "mention", "date": dates, "n": 1}), width=width
    )
    heat = trace(fig, "Stored")
    assert (width - fig.layout.margin.l) / (len(heat.x) - 1) >= 2
    assert pd.Timestamp(heat.x[0]) <= dates[0]
    assert pd.Timestamp(heat.x[-1]) > dates[-1]
    assert len(heat.z[0]) == len(heat.x) - 1


def test_weeks_say_on_how_many_days() -> None:
    fig = coverage_calendar(frames.stored(), width=style.NARROW)
    assert (
        cell(fig, "X mentions", "2026-03-11")[1] == "X mentions | Week of 9 March 2026 | 208 mentions, on 4 of 7 days"
    )


def test_crises_are_named_and_those_outside_are_left_out() -> None:
    crises = pd.DataFrame({"label": ["in", "out"], "start": pd.to_datetime(["2026-03-03", "2020-01-01"]), "end": pd.to_datetime(["2026-03-15", "2020-02-01"])})  # fmt: skip
    fig = coverage_calendar(frames.stored(), crises=crises)
    assert [a.text for a in named(fig, "crisis")] == ["in"]
    (band,) = fig.layout.shapes
    assert (band.x0, band.x1) == ("2026-03-03", "2026-03-15")


def test_days_of_which_nobody_counted_the_posts_are_no_zeros() -> None:
    days = pd.DataFrame({"stream": "engagement", "name": "X", "kind": "owned", "date": pd.date_range("2026-03-01", periods=3), "n": pd.array([None, 0, 4], dtype="Int64")})  # fmt: skip
    fig = coverage_calendar(days)
    unknown, none = cell(fig, "X owned posts", "2026-03-01"), cell(fig, "X owned posts", "2026-03-02")
    assert unknown[1].endswith("| Daily totals that do not count the posts")
    assert none[1].endswith("| 0 owned posts")
    assert unknown[0] == none[0] == 0.001
