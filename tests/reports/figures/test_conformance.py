"""Planned against actual: a tick, a mark whose shape and word tell the state, and what nobody planned."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from metrics.steps import State
from reports.figures import style
from reports.figures.conformance import NARROW_SAID, NARROW_TITLE, SHAPES, UNPLANNED, planned_and_actual
from tests.reports.figures import frames
from tests.reports.figures.looking import named, visible

STEPS = frames.plan_steps()


def draw(width: int = style.WIDTH) -> go.Figure:
    return planned_and_actual(STEPS, frames.unplanned(), timezone=frames.ZONE, width=width)


def marks(fig: go.Figure, name: str) -> list[tuple[float, float]]:
    return [(t.x[0], t.y[0]) for t in fig.data if t.name == name]


def test_every_step_has_its_state_as_a_word_in_the_plan_s_order() -> None:
    fig = draw()
    assert [visible(a.text) for a in named(fig, "step")] == [*STEPS["step"], UNPLANNED]
    assert [visible(a.text) for a in named(fig, "state")] == [
        "On time", "Missed", "Out of order", "Late, 6 h 12 min", "Can't be told", "Not yet due", "Does not apply",
        "Does not apply", "2 events",
    ]  # fmt: skip
    bold = [visible(a.text) for a in named(fig, "state") if a.text.startswith("<b>")]
    assert bold == ["Missed", "Out of order", "Late, 6 h 12 min"]


def test_a_shape_of_its_own_for_each_state_named_in_the_key() -> None:
    fig = draw()
    assert len({shape[0] for shape in SHAPES.values()}) == len(SHAPES)
    said = " ".join(visible(a.text) for a in named(fig, "key"))
    for state in (State.ON_TIME, State.LATE, State.MISSED, State.OUT_OF_ORDER, State.UNCLEAR):
        (trace,) = [t for t in fig.data if t.name == SHAPES[state][3]]
        assert trace.marker.symbol == SHAPES[state][0]
        assert SHAPES[state][3] in said


def test_the_tick_stands_left_of_what_came_late_and_a_line_joins_them() -> None:
    fig = draw()
    ((late, y),) = marks(fig, "Done late")
    (due,) = [x for x, at in marks(fig, "Due") if at == y]
    (gap,) = [t for t in fig.data if t.name == "gap" and t.y[0] == y]
    assert due < late
    assert list(gap.x) == [due, late]


def test_what_was_not_done_is_marked_where_it_was_due_and_what_does_not_apply_not_at_all() -> None:
    fig = draw()
    rows = sorted({round(y / (marks(fig, "Not done")[0][1] / 1.5) - 0.5) for _, y in marks(fig, "Due")})
    assert rows == [0, 2, 3, 4, 5]  # not the missed step, nor those that do not apply
    assert len(marks(fig, "Not done")) == 1


def test_a_day_is_a_band_and_unplanned_events_share_the_last_row() -> None:
    fig = draw()
    (day,) = [t for t in fig.data if t.name == "day"]
    assert day.x[1] - day.x[0] > 20
    (strays,) = [t for t in fig.data if t.name == UNPLANNED]
    assert len(strays.x) == 2
    assert len(set(strays.y)) == 1
    assert "<b>Other</b>" in strays.hovertext[1]


def test_the_hover_tells_times_and_the_reason() -> None:
    (late,) = [t.hovertext[0] for t in draw().data if t.name == "Out of order"]
    assert late == "<b>Decide</b><br>Respond<br>Out of order<br>Due 3 Mar 2026, 11:42 CET<br>Done 3 Mar 2026, 12:32 CET<br>Done first"  # fmt: skip


def test_the_alternative_text_tells_every_state() -> None:
    alt = style.alt(draw())
    assert "Missed: Assess. Late: Publish (6 h 12 min)." in alt
    assert alt.endswith("2 events not in the plan.")


@pytest.mark.parametrize("width", [style.WIDTH, style.NARROW])
def test_four_hundred_pixels_or_what_the_rows_need(width: int) -> None:
    fig = draw(width)
    assert 300 <= fig.layout.height <= 450
    if width == style.NARROW:
        assert (fig.layout.margin.l, fig.layout.margin.r) == (NARROW_TITLE, NARROW_SAID)


def test_without_a_plan_or_any_start_it_says_what_to_bring() -> None:
    none = planned_and_actual(STEPS.iloc[:0], frames.unplanned(), timezone="UTC")
    assert "import one" in style.alt(none)
    still = planned_and_actual(STEPS.iloc[-1:], frames.unplanned().iloc[:0], timezone="UTC")
    assert "import an incident log" in style.alt(still)
