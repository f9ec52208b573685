"""One clock: posts, sentiment, reputation and morale below each other on one axis of days since detection."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from metrics.words import number, percent, plural, signed
from reports.figures import context, style
from reports.figures.context import Mark
from reports.figures.placing import Row, put_near
from reports.figures.text import absent, fit, hover, joined, plain, safe, wrapped
from reports.figures.text import width as text_width

HEIGHT, LEFT, RIGHT, BOTTOM = 480, 44, 14, 44
"""Pixels: the figure and its margins; the top grows with the milestones' names."""
#: Between two ticks of a share.
_STEPS = (0.05, 0.1, 0.2, 0.5)
PANELS = ("volume", "sentiment", "reputation", "morale")
TITLES = {
    "volume": "Posts a day", "sentiment": "Net sentiment", "reputation": "Reputation", "morale": "Morale, favourable",
}  # fmt: skip
BEFORE, LEAST, MOST = -28.0, 56.0, 366.0
"""Days: where the axis begins, and where it ends at the earliest and at the latest."""
STEPS = (7, 14, 28, 56, 91, 182)
SPACING = 44.0
"""Least pixels between two ticks."""
_ROOM = 0.4
"""Share of a panel's height that a name below its point needs."""
TOGETHER = 7.0
"""Milestones this few pixels apart share one name."""


def one_clock(
    series: pd.DataFrame,
    *,
    milestones: pd.DataFrame | None = None,
    points: pd.DataFrame | None = None,
    markers: pd.DataFrame | None = None,
    anchor: str = "detection",
    source: str | None = None,
    width: int = style.WIDTH,
) -> go.Figure:
    """Four panels on one axis; a panel without data says so.

    Parameters
    ----------
    series : DataFrame
        series ("volume", "sentiment", "reputation", "morale"), day float (days since the anchor), value, lo, hi float or
        NaN. Volume in posts, sentiment −1…1, reputation in points of 100, morale as a share.
    milestones : DataFrame, optional
        label str, day float: lines through all panels.
    points : DataFrame, optional
        label str, day, series, value: peaks and troughs, ringed and named; those outside the axis are left out.
    markers : DataFrame, optional
        title str, day float: what else happened, drawn grey.
    anchor : str
        What day 0 is, in words that follow "Days since".
    source : str, optional
        Whose reputation scores these are.
    width : int
        Pixels that names are laid out for.
    """
    known = series[series["value"].notna() & series["day"].notna()]
    if known.empty:
        return style.missing("Nothing is measured around this crisis yet: import posts, scores or a survey.", HEIGHT)
    first, last = _span(known, points)
    room = width - LEFT - RIGHT
    fig = make_subplots(rows=4, cols=1, shared_xaxes=True, vertical_spacing=0.095)
    inside = known[known["day"].between(first, last)]
    for place, name in enumerate(PANELS, 1):
        some = inside[inside["series"] == name].sort_values("day")
        _add_panel(fig, place, name, some, source)
        if points is not None:
            inner = points[(points["series"] == name) & points["day"].between(first, last)]
            _add_points(fig, place, inner, first, last, room)
    marks = [] if milestones is None else _marks(milestones, first, last, room)
    levels = _add_marks(fig, marks, first, last, room)
    noted = context.marks(markers, (first, last), room, RIGHT, column="day")
    axes = [("x", "y" if place == 1 else f"y{place}") for place in range(1, len(PANELS) + 1)]
    context.add_context(fig, noted, axes, 20 + style.LINE * levels)
    levels += context.lines(noted)
    alt = _alt(inside, points, anchor) + _beside(noted)
    style.base(fig, HEIGHT, alt=alt, left=LEFT, right=RIGHT, top=26 + style.LINE * levels)
    fig.update_layout(margin_b=BOTTOM)
    _add_axes(fig, first, last, room, anchor)
    return fig


def _span(known: pd.DataFrame, points: pd.DataFrame | None) -> tuple[float, float]:
    """From four weeks before to a little after the last point or wave that matters."""
    days = [LEAST, *(points["day"] * 1.15 if points is not None and len(points) else [])]
    waves = known.loc[(known["series"] == "morale") & (known["day"] > 0), "day"]
    days += [float(waves.min()) * 1.1] if len(waves) else []
    last = min(max(days), MOST)
    before = known.loc[(known["series"] == "morale") & (known["day"] < BEFORE), "day"]
    return (max(float(before.max()) - 4, -120.0) if len(before) else BEFORE), last


def _add_panel(fig: go.Figure, place: int, name: str, some: pd.DataFrame, source: str | None) -> None:
    axis = "" if place == 1 else str(place)
    title = f"<b>{TITLES[name]}</b>" + (
        f", {safe(fit(source, 150, style.SMALL))}" if name == "reputation" and source else ""
    )
    spot = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": f"y{axis} domain", "yanchor": "bottom"}
    fig.add_annotation(style.label(title, **spot, xshift=-LEFT + 4, yshift=2, name="panel"))
    if some.empty:
        here = {"x": 0.5, "xref": "paper", "y": 0.5, "yref": f"y{axis} domain"}
        fig.add_annotation(style.label("Not measured", **here, opacity=style.QUIET, name="missing"))
        fig.update_yaxes(range=[0, 1], showticklabels=False, row=place, col=1)
        fig.add_scatter(x=[], y=[], row=place, col=1, showlegend=False)
        return
    shown: dict[str, Any] = {
        "x": [float(d) for d in some["day"]],
        "y": [float(v) for v in some["value"]],
        "hovertext": [_told(name, row) for row in style.rows(some)],
        "hoverinfo": "text",
        "name": TITLES[name],
    }
    if name == "volume":
        fig.add_bar(**shown, marker={"color": style.OURS, "line": {"width": 0}}, width=0.9, row=place, col=1)
    else:
        sparse = len(some) <= 12
        look = {"mode": "lines+markers" if sparse else "lines", "line": {"color": style.OURS, "width": 2}}
        marker = {"size": 7, "color": style.OURS}
        fig.add_scatter(**shown, **look, marker=marker, error_y=_bars(name, some), row=place, col=1)
    _scale(fig, place, name, some)


def _bars(name: str, some: pd.DataFrame) -> dict[str, Any] | None:
    """The intervals of morale."""
    if name != "morale" or some["lo"].isna().any() or some["hi"].isna().any():
        return None
    up, down = (some["hi"] - some["value"], some["value"] - some["lo"])
    arrays = {"array": [float(v) for v in up], "arrayminus": [float(v) for v in down]}
    return {"type": "data", **arrays, "color": style.OURS, "thickness": 1.5, "width": 3}


def _scale(fig: go.Figure, place: int, name: str, some: pd.DataFrame) -> None:
    look: dict[str, Any]
    low, high = float(some[["value", "lo"]].min().min()), float(some[["value", "hi"]].max().max())
    if name == "volume":
        ends, look = [0.0, max(high, 1.0) * 1.15], {"tickformat": ",~r" if high < 5 else ",d"}
    elif name == "sentiment":
        reach = min(max(abs(low), abs(high), 0.1) * 1.2, 1.05)
        ends, look = (
            [-reach, reach],
            {"tickformat": "~g", "zeroline": True, "zerolinecolor": style.RULE, "zerolinewidth": 1},
        )
    else:
        air = max((high - low) * 0.2, 0.02 if name == "morale" else 1.0)
        ends = [low - air, high + air]
        look = _shares(*ends) if name == "morale" else {"tickformat": "~g"}
    fig.update_yaxes(range=ends, nticks=3, **look, row=place, col=1)


def _shares(low: float, high: float) -> dict[str, Any]:
    """Two or three ticks, written as everywhere else: Plotly's own format leaves no space before the sign."""
    step = next((step for step in _STEPS if (high - low) / step <= 3), _STEPS[-1])
    at = [number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return {"tickvals": at, "ticktext": [percent(round(share, 2)) for share in at]}


def _add_points(fig: go.Figure, place: int, points: pd.DataFrame, first: float, last: float, room: float) -> None:
    """A ring and a name for each point; the day stands in the hover, as findings count days from the start."""
    for point in style.rows(points):
        if absent(point.value) or absent(point.day):
            continue
        fig.add_scatter(
            x=[float(point.day)], y=[float(point.value)], mode="markers", hoverinfo="text", row=place, col=1,
            marker={"symbol": "circle-open", "size": 13, "color": style.LATE, "line": {"width": 2.5}},
            hovertext=[hover(f"<b>{wrapped(point.label)}</b>", f"day {_day(point.day)} of this axis")],
            name=safe(point.label),
        )  # fmt: skip
        axis = "" if place == 1 else str(place)
        spot = {"x": float(point.day), "xref": "x", "y": float(point.value), "yref": f"y{axis}"}
        text = fit(_short(plain(point.label), str(point.series)), 160, style.SMALL)
        fits = (float(point.day) - first) / (last - first) * room + 10 + text_width(text, style.SMALL) <= room + RIGHT
        side = {"xanchor": "left", "xshift": 10} | _beside_others(point, points, fig.layout[f"yaxis{axis}"].range)
        if not fits:  # the line that leads to the point lies on this side: below it
            side = {"xanchor": "right", "xshift": -6, "yanchor": "top", "yshift": -3}
        fig.add_annotation(style.label(safe(text), **spot, **side, name="point", hovertext=wrapped(point.label)))


def _short(label: str, panel: str) -> str:
    """The name of a point without that of its panel, which says it already."""
    return label.removeprefix(f"{panel} ").removesuffix(f" {panel}")


def _beside_others(point: Any, points: pd.DataFrame, ends: Sequence[float]) -> dict[str, Any]:
    """Where two points of a panel may be near each other, the name of the higher stands above that of the lower; that of
    one alone stands below the line that goes on from it, if there is room between the `ends` of the panel.
    """
    others = points["value"].dropna()
    if len(others) < 2:
        room = (float(point.value) - ends[0]) / (ends[1] - ends[0])
        return {"yanchor": "top", "yshift": -3} if room > _ROOM else {}
    return {"yanchor": "bottom", "yshift": -4} if point.value == others.max() else {"yanchor": "top", "yshift": 4}


_Mark = tuple[float, str]


def _marks(milestones: pd.DataFrame, first: float, last: float, room: float) -> list[_Mark]:
    """Milestones inside the axis, those that nearly touch under one name."""
    inside = milestones[milestones["day"].between(first, last)].sort_values("day")
    groups: list[tuple[float, list[str]]] = []
    for row in style.rows(inside):
        pixel = (float(row.day) - first) / (last - first) * room
        if groups and pixel - (groups[-1][0] - first) / (last - first) * room < TOGETHER:
            groups[-1][1].append(plain(row.label))
        else:
            groups.append((float(row.day), [plain(row.label)]))
    return [(day, joined(names)) for day, names in groups]


def _add_marks(fig: go.Figure, marks: Sequence[_Mark], first: float, last: float, room: float) -> int:
    """A line for each milestone, its name above as far as there is room; gives how many lines the names take."""
    rows, most = [Row(-LEFT + 4, room + RIGHT) for _ in range(2)], 0
    for day, name in marks:
        line = {"color": style.RULE, "width": 1}
        for axis in ("y domain", "y2 domain", "y3 domain", "y4 domain"):
            fig.add_shape(type="line", xref="x", yref=axis, x0=day, x1=day, y0=0, y1=1, line=line, layer="below")
        pixel = (day - first) / (last - first) * room
        for pixels in (260, 150, 80):
            text = fit(name, pixels, style.SMALL)
            if place := put_near(rows, pixel, text_width(text, style.SMALL), 2.0):
                level, left = place
                most = max(most, level + 1)
                spot = {"x": day, "xref": "x", "xanchor": "left", "xshift": left - pixel, "y": 1, "yref": "paper"}
                shift = {"yanchor": "bottom", "yshift": 20 + style.LINE * level}
                fig.add_annotation(style.label(safe(text), **spot, **shift, name="milestone", hovertext=wrapped(name)))
                break
    return most


def _add_axes(fig: go.Figure, first: float, last: float, room: float, anchor: str) -> None:
    step = next((s for s in STEPS if (last - first) / s * SPACING <= room), STEPS[-1])
    ticks = list(range(-step * (int(-first) // step), int(last) + 1, step))
    labels = ["0" if day == 0 else signed(day, 0) for day in ticks]
    fig.update_xaxes(range=[first, last], tickvals=ticks, ticktext=labels, showgrid=False)
    fig.update_xaxes(showticklabels=False, row=1, col=1)
    fig.update_xaxes(showticklabels=False, row=2, col=1)
    fig.update_xaxes(showticklabels=False, row=3, col=1)
    spot = {"x": 0.5, "xref": "paper", "y": 0, "yref": "paper", "yanchor": "top", "yshift": -22}
    fig.add_annotation(style.label(f"Days since {safe(anchor)}", **spot, opacity=style.QUIET, name="axis"))


def _told(name: str, row: Any) -> str:
    value, day = float(row.value), f"Day {_day(row.day)}"
    said = {
        "volume": lambda: plural(round(value), "post"),
        "sentiment": lambda: f"Net sentiment {signed(value, 2)}",
        "reputation": lambda: f"{number(value)} of 100",
        "morale": lambda: f"{percent(value)} favourable",
    }[name]()
    around = "" if absent(row.lo) or absent(row.hi) else f"95 % interval {percent(row.lo)} to {percent(row.hi)}"
    return hover(f"<b>{day}</b>", said, around)


def _day(day: float) -> str:
    """The whole day in which a moment lies: what happened in the hours before detection is of day 0 too."""
    return number(float(round(day)), 0)


def _beside(noted: Sequence[Mark]) -> str:
    said = [f"{joined(mark.names)} on day {_day(mark.x)}" for mark in noted[:6]]
    return f" What else happened: {'; '.join(said)}." if said else ""


def _alt(inside: pd.DataFrame, points: pd.DataFrame | None, anchor: str) -> str:
    told = [] if points is None else [f"{p.label} on day {_day(p.day)}" for p in style.rows(points)]
    missing = [TITLES[name].lower() for name in PANELS if name not in set(inside["series"])]
    parts = [f"Days since {anchor}: {'; '.join(told)}" if told else f"Four series by days since {anchor}"]
    parts += [f"not measured: {', '.join(missing)}"] if missing else []
    return f"{'; '.join(parts)}."
