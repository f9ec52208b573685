"""Context on every time axis: dotted grey lines, and names that do not collide."""

from __future__ import annotations

import itertools

import pandas as pd
import plotly.graph_objects as go
import pytest

from reports.figures import context, style
from reports.figures.one_clock import one_clock
from reports.figures.reputation import reputation
from reports.figures.reputation_history import reputation_history
from reports.figures.text import width as text_width
from tests.reports.figures import frames
from tests.reports.figures.looking import named, visible


def dotted(fig: go.Figure) -> list[tuple[str, str]]:
    return [(s.xref, s.yref) for s in fig.layout.shapes if s.type == "line" and s.line.dash == "dot"]


def clock(markers: pd.DataFrame | None, width: int = 980) -> go.Figure:
    days = [float(day) for day in range(-28, 60)]
    series = pd.DataFrame({"series": "sentiment", "day": days, "value": 0.1, "lo": None, "hi": None})
    milestones = pd.DataFrame({"label": ["Detected", "Resolved"], "day": [0.0, 12.0]})
    return one_clock(series, milestones=milestones, markers=markers, width=width)


def test_one_clock_draws_it_through_all_four_panels_above_the_milestones() -> None:
    fig = clock(pd.DataFrame({"title": ["Outage", "Long past"], "day": [5.5, -300.0]}))
    assert dotted(fig) == [("x", f"{axis} domain") for axis in ("y", "y2", "y3", "y4")]
    (name,) = named(fig, "marker")
    assert name.text == "<i>Outage</i>"
    assert name.yshift > max(mark.yshift for mark in named(fig, "milestone"))
    assert fig.layout.margin.t >= name.yshift + style.LINE
    assert style.alt(fig).endswith("What else happened: Outage on day 6.")


def test_without_context_nothing_of_it_is_drawn() -> None:
    bare = clock(None)
    assert dotted(bare) == named(bare, "marker") == []
    assert clock(pd.DataFrame({"title": [], "day": []})).layout.margin.t == bare.layout.margin.t


def test_reputation_draws_it_in_every_panel_and_makes_room_for_its_name() -> None:
    bare, fig = (reputation(frames.scores(), markers=known) for known in (None, frames.markers()))
    panels = len(named(fig, "source"))
    assert len(dotted(fig)) == 2 * panels
    assert fig.layout.margin.t > bare.layout.margin.t
    assert "Launch of version 5 on 17 Feb 2026" in style.alt(fig)


def test_history_draws_it_between_the_names_of_the_crises_and_the_panels() -> None:
    fig = reputation_history(frames.scores(), frames.crises(), markers=frames.markers())
    names, crises = named(fig, "marker"), named(fig, "crisis")
    assert [visible(name.text) for name in names]
    assert max(name.yshift for name in names) + style.LINE <= min(crisis.yshift for crisis in crises)


@pytest.mark.parametrize("room", [900.0, 250.0])
def test_names_do_not_collide_and_those_of_a_day_share_one(room: float) -> None:
    days = pd.date_range("2026-01-01", periods=40, freq="9D")
    many = pd.DataFrame({"date": days.repeat(2), "title": [f"Event number {n}" for n in range(80)]})
    found = context.marks(many, (days[0], days[-1]), room, 60)
    assert [len(mark.names) for mark in found] == [2] * 40
    placed = [mark for mark in found if mark.text is not None]
    assert placed
    for level in range(context.LEVELS):
        row = sorted((m.left, m.left + text_width(m.text or "", style.SMALL)) for m in placed if m.level == level)
        assert all(b < c for (_, b), (c, _) in itertools.pairwise(row))
        assert not row or row[-1][1] <= room + 60
