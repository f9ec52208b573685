from __future__ import annotations

import itertools

import pandas as pd
import plotly.graph_objects as go
import pytest

from reports.figures import style
from reports.figures.enlarge import enlarged
from reports.figures.reputation import reputation


@pytest.fixture
def small_one() -> go.Figure:
    fig = go.Figure(go.Bar(x=[1], y=[2], width=[0.5], marker={"line": {"width": 2}}))
    fig.add_scatter(x=[1], y=[2], marker={"size": 10}, error_y={"array": [1], "width": 3})
    fig.add_shape(type="line", x0=1, x1=1, y0=0, y1=20, ysizemode="pixel", yanchor=1)
    fig.add_annotation(style.label("here", x=1, y=2, xshift=6))
    return style.base(fig, 300, alt="An alternative.", left=50)


def test_what_is_measured_in_pixels_grows_and_what_is_data_stays(small_one: go.Figure) -> None:
    large = enlarged(small_one, 1.5)
    assert large.layout.height == 450
    assert large.layout.margin.l == 75
    assert large.layout.font.size == style.SIZE * 1.5
    assert (large.layout.annotations[0].xshift, large.layout.annotations[0].x) == (9, 1)
    assert (large.layout.shapes[0].y1, large.layout.shapes[0].x1) == (30, 1)
    bar, dots = large.data
    assert (list(bar.width), bar.marker.line.width) == ([0.5], 3)
    assert (dots.marker.size, dots.error_y.width, list(dots.error_y.array)) == (15, 4.5, [1])
    assert style.alt(large) == "An alternative."


def test_names_at_the_ends_of_lines_stay_apart_in_larger_letters() -> None:
    days = pd.date_range("2025-01-05", periods=8, freq="MS")
    companies = {"Ours": 60.0, "Other": 60.5, "Third": 61.0}
    rows = [
        {"source": "Index", "company": name, "ours": name == "Ours", "date": day, "points": points}
        for name, points in companies.items()
        for day in days
    ]
    large = enlarged(reputation(pd.DataFrame(rows), baselines={"Index": 60.2}), 1.4, 300)
    heights = sorted(note.y for note in large.layout.annotations if note.name == "line")
    low, high = large.layout.yaxis.range
    inner = 300 - large.layout.margin.t - large.layout.margin.b
    between = [(b - a) / (high - low) * inner for a, b in itertools.pairwise(heights)]
    assert len(between) == 3
    assert min(between) >= 20.9


def test_the_figure_itself_stays_and_a_height_may_be_asked_for(small_one: go.Figure) -> None:
    before = small_one.to_dict()
    assert enlarged(small_one, 1.4, 320).layout.height == 320
    assert small_one.to_dict() == before
    assert enlarged(small_one, 1).layout.margin.l == 50
