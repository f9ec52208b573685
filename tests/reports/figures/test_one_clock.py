"""One clock: the names of its points."""

from __future__ import annotations

import pandas as pd

from reports.figures.one_clock import LEFT, RIGHT, one_clock
from reports.figures.text import width as text_width
from tests.reports.figures.looking import named, visible


def test_the_name_of_a_point_stands_inside_the_figure_on_whichever_side_has_room() -> None:
    days = [float(day) for day in range(-28, 60)]
    series = pd.DataFrame({"series": "sentiment", "day": days, "value": 0.1, "lo": None, "hi": None})
    points = pd.DataFrame(
        [("volume peak", 1.0, "sentiment", 0.1), ("lowest sentiment", 55.0, "sentiment", 0.1)],
        columns=["label", "day", "series", "value"],
    )
    figure = one_clock(series, points=points, width=380)
    first, last = figure.layout.xaxis4.range
    room = 380 - LEFT - RIGHT
    sides = {}
    for name in named(figure, "point"):
        at = (name.x - first) / (last - first) * room + name.xshift
        across = text_width(visible(name.text), 12)
        left = at if name.xanchor == "left" else at - across
        assert left >= -LEFT
        assert left + across <= room + RIGHT
        sides[visible(name.text)] = name.xanchor
    assert sides == {"volume peak": "left", "lowest": "right"}


def test_shares_are_written_as_everywhere_else() -> None:
    waves = pd.DataFrame({"series": "morale", "day": [-28.0, 40.0], "value": [0.66, 0.59], "lo": [0.6, 0.5], "hi": [0.7, 0.65]})  # fmt: skip
    ticks = [axis.ticktext for axis in one_clock(waves).select_yaxes() if axis.ticktext]
    assert ticks == [("50 %", "60 %", "70 %")]


def test_the_names_of_two_points_of_a_panel_do_not_cover_each_other_however_near_they_are() -> None:
    days = [float(day) for day in range(-28, 60)]
    series = pd.DataFrame({"series": "volume", "day": days, "value": 10.0, "lo": None, "hi": None})
    points = pd.DataFrame(
        [("half-life", 2.5, "volume", 9.0), ("volume peak", 2.0, "volume", 10.0)],
        columns=["label", "day", "series", "value"],
    )
    figure = one_clock(series, points=points)
    low, high = named(figure, "point")
    assert (visible(low.text), visible(high.text)) == ("half-life", "peak")
    assert (low.yanchor, high.yanchor) == ("top", "bottom")
