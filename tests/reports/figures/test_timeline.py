"""Swim lanes: who, when, for whom, and no name on another."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest

from reports.figures import style
from reports.figures.clock_axis import clock_axis
from reports.figures.timeline import NARROW_TITLE, TITLE, timeline
from tests.reports.figures import frames
from tests.reports.figures.looking import box, named, overlaps, trace


def draw(**how: object) -> go.Figure:
    return timeline(frames.events(), timezone=frames.ZONE, **how)


def test_lanes_in_order_of_appearance_with_not_recorded_last() -> None:
    lanes = [a.text for a in named(draw(), "lane")]
    assert lanes == ["Support", "PR", "Security", "Leadership", "Legal", "HR", "Not recorded"]


def test_shape_tells_the_audience() -> None:
    fig = draw()
    assert trace(fig, "Employees").marker.symbol == "square"
    assert {c[0] for c in trace(fig, "Employees").customdata} == {3, 4, 11, 17}
    assert trace(fig, "Outside the company").marker.symbol == "diamond"
    assert {c[0] for c in trace(fig, "Outside the company").customdata} == {9, 10, 13, 14}
    assert len(trace(fig, "No audience").x) == 9


def test_marks_stand_in_the_order_of_time() -> None:
    points = [
        (c[0], x) for t in draw().data if t.customdata is not None for c, x in zip(t.customdata, t.x, strict=True)
    ]
    exact = [x for number, x in sorted(points) if number != 12]  # 12 is known to the day
    assert exact == sorted(exact)


def test_a_day_known_only_is_a_band_as_long_as_the_day() -> None:
    fig = draw()
    band = trace(fig, "day")
    axis_hours = trace(fig, "No audience")
    middle = next(x for c, x in zip(axis_hours.customdata, axis_hours.x, strict=True) if c[0] == 12)
    assert band.x[0] < middle < band.x[1]
    hover = next(h for c, h in zip(axis_hours.customdata, axis_hours.hovertext, strict=True) if c[0] == 12)
    assert "Wed 4 Mar 2026, time not recorded" in hover


def test_hover_has_local_time_and_the_whole_text() -> None:
    (hover,) = [h for t in draw().data if t.hovertext for h in t.hovertext if "Apology on X" in h]
    assert "<b>Statement</b>" in hover
    assert "Tue 3 Mar 2026, 18:14 CET" in hover
    assert "To: public" in hover


def test_axis_names_the_zone_and_the_moment_of_knowledge() -> None:
    title = draw(as_of=frames.utc("2026-03-20 12:00")).layout.xaxis.title.text
    assert "Local time, Europe/Berlin" in title
    assert "as of 20 Mar 2026, 12:00" in title


def test_nothing_after_the_as_of_moment() -> None:
    fig = draw(as_of=frames.utc("2026-03-20 12:00"))
    drawn = {c[0] for t in fig.data if t.customdata is not None for c in t.customdata}
    assert drawn == set(range(1, 17))


def test_quiet_time_is_cut_and_said() -> None:
    assert [a.text for a in named(draw(), "cut")] == ["⋯ 8 d ⋯", "⋯ 13 d ⋯"]


@pytest.mark.parametrize(("width", "title"), [(980, TITLE), (700, TITLE), (360, NARROW_TITLE)])
def test_no_name_covers_another(width: int, title: int) -> None:
    fig = draw(width=width)
    room = fig.layout.xaxis.range[1]
    assert room == width - title - 8
    boxes = [box(a, a.x, a.y) for a in named(fig, "milestone")]
    assert len(boxes) >= 13
    assert overlaps(boxes) == []
    assert max(right for _, right, _, _ in boxes) <= room + 8


def test_many_events_in_a_minute_keep_apart() -> None:
    rows = [(f"2026-03-03 09:{i:02}", m, "PR", None, None) for i, m in enumerate(["detected", "drafted"] * 15)]
    fig = timeline(frames.events(rows), timezone=frames.ZONE)
    assert overlaps([box(a, a.x, a.y) for a in named(fig, "milestone")]) == []


def test_equal_names_at_one_place_are_counted() -> None:
    assert "Statement ×2" in [a.text for a in named(draw(), "milestone")]


def test_low_for_one_lane_and_high_for_twelve() -> None:
    one = timeline(frames.events([("2026-03-03 09:00", "detected", "PR", None, None)]), timezone="UTC")
    many = [(f"2026-03-{i + 1:02} 09:00", "update", f"Function {i}", None, None) for i in range(12)]
    assert one.layout.height < 250
    assert timeline(frames.events(many), timezone="UTC").layout.height > 450


def test_clock_change_keeps_round_ticks_and_order() -> None:
    spans = [(t, t) for t in (frames.utc("2026-03-28 22:00"), frames.utc("2026-03-29 09:00"))]
    axis = clock_axis(spans, 850, frames.ZONE)
    places, labels = axis.ticks()
    assert places == sorted(places)
    assert all(label.split("<br>")[0].endswith(":00") for label in labels)
    # 22:00 → 09:00 over the change is ten hours: 03:00 stands four of ten hours from the start.
    start, end = axis.x(spans[0][0]), axis.x(spans[1][0])
    assert axis.x(frames.utc("2026-03-29 03:00")) == pytest.approx(start + 0.4 * (end - start))


def test_tick_labels_keep_their_distance() -> None:
    places, _ = clock_axis([(t, t) for t in frames.events()["earliest"]], 850, frames.ZONE).ticks()
    assert min(b - a for a, b in pairwise(places)) >= 60


def test_alt_says_span_and_functions() -> None:
    alt = style.alt(draw())
    assert alt.startswith("Timeline of 17 events from 3 Mar 2026 (Posted) to 27 Mar 2026 (Reviewed).")
    assert "Legal" in alt


def test_events_without_a_time_are_left_out() -> None:
    events = frames.events()
    events.loc[0, ["earliest", "latest"]] = pd.NaT
    drawn = {c[0] for t in timeline(events, timezone="UTC").data if t.customdata is not None for c in t.customdata}
    assert 1 not in drawn
