"""Response intervals on a log axis, and the path to the first statement."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from reports.figures import style
from reports.figures.intervals import response_intervals
from reports.figures.path import statement_path
from tests.reports.figures import frames
from tests.reports.figures.looking import box, named, overlaps, trace, visible


def draw(*ids: str, past: bool = True) -> go.Figure:
    rows = frames.intervals()
    return response_intervals(rows[rows["id"].isin(ids)] if ids else rows, frames.past_intervals() if past else None)


def one(**changes: object) -> pd.DataFrame:
    row = {"id": "time_to_decision", "label": "Time to decision", "value": 2.0, "lo": None, "hi": None, "unit": "hours"}
    return pd.DataFrame([row | {"status": "ok", "target": None, "reason": None} | changes])


def words(rows: pd.DataFrame) -> str:
    (value,) = named(response_intervals(rows), "value")
    return visible(value.text)


def test_axis_is_logarithmic_with_plain_ticks() -> None:
    axis = draw("time_to_first_statement", past=False).layout.xaxis
    assert axis.type == "log"
    assert list(axis.ticktext) == ["15 min", "1 h", "4 h", "12 h", "1 d", "3 d"]
    assert list(axis.tickvals) == [0.25, 1, 4, 12, 24, 72]


def test_axis_grows_with_the_values() -> None:
    axis = draw().layout.xaxis
    low, high = (10**end for end in axis.range)
    assert low < 0.2  # an earlier crisis took 0.2 h
    assert high > 93 * 24  # another one 93 days
    assert "30 d" in axis.ticktext


def test_values_stand_at_the_right_margin() -> None:
    values = [visible(a.text) for a in named(draw(), "value")]
    assert values == [
        "before the public",
        "28 min",
        "1 h 10 min",
        "3 h 30 min",
        "9 h 12 min",
        "9 h 52 min",
        "about 1 day 3 h",
        "not recorded",
        "at least 11 days 6 h",
        "13 days",
    ]


def test_days_are_drawn_in_hours() -> None:
    fig = draw("time_to_review", past=False)
    assert list(trace(fig, "This crisis").x) == [13 * 24]
    assert list(trace(fig, "Target").x) == [30 * 24]


def test_nothing_sticks_to_the_start_of_the_axis() -> None:
    fig = draw("time_to_detect", past=False)
    (x,) = trace(fig, "This crisis").x
    low, high = (10**end for end in fig.layout.xaxis.range)
    assert low < x < low * 1.3 < high


def test_words_for_each_standing() -> None:
    assert words(one(value=0.0)) == "0 min"
    assert words(one(value=0.0, id="time_to_detect")) == "before the public"
    assert words(one(value=0.0, id="time_to_detect_business")) == "before the public"
    assert words(one(value=-0.75)) == "−45 min"
    assert words(one(value=30.0, status="lower_bound", reason="still open")) == "at least 1 day 6 h"
    assert words(one(value=None, status="undefined", reason="no decision recorded")) == "not recorded"
    assert words(one(value=None, status="undefined", reason="missed")) == "missed"
    assert words(one(value=None, status="invalid_order", reason="decided before detected")) == "out of order"
    assert words(one(value=None, status="suppressed", reason="hidden")) == "hidden"


def test_a_withheld_value_is_not_drawn_even_if_it_is_there() -> None:
    fig = response_intervals(one(value=7.77, status="suppressed", reason="hidden"))
    assert len(fig.data) == 0
    assert "7 h 46" not in fig.to_json()


def test_late_is_a_different_shape_as_well_as_a_colour() -> None:
    fig = draw()
    late, met = trace(fig, "This crisis, late"), trace(fig, "This crisis")
    assert {c[0] for c in late.customdata} == {"time_to_assemble", "time_to_first_statement"}
    assert late.marker.symbol != met.marker.symbol
    assert late.marker.color != met.marker.color


def test_known_to_the_day_is_a_band_and_not_judged_across_the_target() -> None:
    fig = draw("time_to_employee_contact", past=False)
    assert list(trace(fig, "band").x) == [15, 39]
    (hover,) = trace(fig, "This crisis").hovertext
    assert "Between 15 h and 1 day 15 h" in hover
    assert "Within the target or not: known to the day only" in hover


def test_still_open_is_a_hollow_arrow() -> None:
    assert trace(draw("time_to_resolve", past=False), "Still open").marker.symbol == "triangle-right-open"


def test_earlier_crises_are_grey_dots_of_drawn_rows_only() -> None:
    fig = draw("time_to_decision", "time_to_resolve")
    past = trace(fig, "Earlier crises")
    assert len(past.x) == 8
    assert past.marker.color == style.OTHERS
    assert set(past.y) == {0, 1}


def test_rows_from_top_to_bottom_as_given() -> None:
    fig = draw()
    low, high = fig.layout.yaxis.range
    assert low > high
    labels = [(a.y, a.text.replace("<br>", " ")) for a in named(fig, "interval")]
    assert labels == list(enumerate(frames.intervals()["label"]))


def test_narrow_screen_has_fewer_ticks_and_shorter_names() -> None:
    fig = response_intervals(frames.intervals(), width=style.NARROW)
    assert len(fig.layout.xaxis.tickvals) < 5
    assert "Detect" in [a.text for a in named(fig, "interval")]


def test_a_unit_that_is_not_time_is_refused() -> None:
    with pytest.raises(ValueError, match="unit"):
        response_intervals(one(unit="share"))


def test_alt_counts_targets_met() -> None:
    # judged: detect, acknowledge, internal message and review met; assemble and statement late
    assert style.alt(draw()).startswith("4 of 6 intervals with a target met it. Time to detect: before the public")


def test_path_parts_fill_the_bar_in_order() -> None:
    fig = statement_path(frames.path())
    assert fig.layout.height == 90
    assert fig.layout.xaxis.range[1] == pytest.approx(sum(bar.x[0] for bar in fig.data))
    ends = [bar.base[0] + bar.x[0] for bar in fig.data]
    assert [bar.base[0] for bar in fig.data] == pytest.approx([0, *ends[:-1]])
    assert [bar.x[0] / fig.layout.xaxis.range[1] for bar in fig.data] == pytest.approx(
        [h / 9.2 for h in (1.17, 2.33, 1.55, 3.25, 0.9)]
    )


@pytest.mark.parametrize("width", [980, 360])
def test_path_names_every_part_without_collision(width: int) -> None:
    names = named(statement_path(frames.path(), width=width), "part")
    assert len(names) == 5
    boxes = [box(a, a.x, a.y) for a in names]
    assert overlaps(boxes) == []
    assert max(right for _, right, _, _ in boxes) <= width


def test_path_alt_and_missing_parts() -> None:
    path = frames.path()
    path.loc[1, "hours"] = None
    fig = statement_path(path)
    assert len(fig.data) == 4
    assert style.alt(fig).startswith("Where the 6 h 52 min to the first statement went: Assemble 1 h 10 min, Draft")
    assert style.alt(fig).endswith("Longest: Approve.")


def test_path_of_nothing_says_so() -> None:
    fig = statement_path(frames.path().assign(hours=0.0))
    assert "not recorded" in fig.layout.annotations[0].text.replace("<br>", " ")
    assert fig.layout.height == 90
