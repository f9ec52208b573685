"""Times on a logarithmic axis, row by row: a dot a crisis, upright lines for targets, and frames for medians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.targets import Verdict
from metrics.words import days, duration, working
from reports.figures import style
from reports.figures.intervals import FIRST, HOURS, LAST, VALUE, Interval, at, time_axis
from reports.figures.key import Entry, Key
from reports.figures.text import hover, lines_fit, safe, wrapped

ROW, BOTTOM, NARROW_VALUE = 40, 36, 92
"""Pixels: the height of a row, that of the axis, and the right margin on a narrow screen."""
CROWD, GOLDEN = 12, 0.618
"""Dots that lie on one line; more are spread around it, by steps of the golden ratio, so that neighbours are apart."""
_UNJUDGED, _BARE = "No target, or unclear", "Crisis"
_KINDS = {
    "Within target": ("circle", style.OURS),
    _BARE: ("circle", style.OURS),
    "Past target": ("diamond", style.LATE),
    _UNJUDGED: ("circle", style.OTHERS),
    "Still running": ("triangle-right-open", style.OURS),
    "Still running, past target": ("triangle-right-open", style.LATE),
}
"""What the marks mean: shape and colour together; a hollow triangle is not over yet. Unclear is what is known only to the
day and may lie on either side of its target.
"""
_GLYPHS = {
    "Within target": "●",
    _BARE: "●",
    "Past target": "◆",
    _UNJUDGED: "●",
    "Still running": "▷",
    "Still running, past target": "▷",
}


@dataclass(frozen=True, slots=True)
class Median:
    """The median of many crises and its interval, in `unit`."""

    value: float
    lo: float | None
    hi: float | None
    unit: str
    business: bool = False

    @property
    def hours(self) -> float:
        return self.value * HOURS[self.unit]

    @property
    def ends(self) -> tuple[float, float] | None:
        """The interval in hours."""
        return None if self.lo is None or self.hi is None else (self.lo * HOURS[self.unit], self.hi * HOURS[self.unit])

    @property
    def words(self) -> str:
        return self._told(self.value)

    @property
    def hover(self) -> str:
        between = "Too few crises for an interval"
        if self.lo is not None and self.hi is not None:
            between = f"95 % between {self._told(self.lo)} and {self._told(self.hi)}"
        return hover("<b>Median</b>", safe(self.words), safe(between))

    def _told(self, value: float) -> str:
        if self.business:
            return working(value * HOURS[self.unit])
        return days(value) if self.unit == "days" else duration(value * HOURS[self.unit])


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: its name in one or two lines, its dots, its median, and what stands at its right end."""

    name: tuple[str, ...]
    dots: tuple[Interval, ...]
    words: tuple[str, ...]
    median: Median | None = None
    about: str = ""


def draw(lanes: Sequence[Lane], width: int, title: int, alt: str) -> go.Figure:
    """The rows from top to bottom, their names in a left margin of `title` pixels."""
    low, high = _limits(lanes)
    fig = go.Figure()
    for y in range(len(lanes)):
        fig.add_shape(type="line", x0=low, x1=high, y0=y, y1=y, line={"color": style.GRID, "width": 1})
    _add_targets(fig, lanes, low)
    _add_dots(fig, lanes, low)
    _add_medians(fig, lanes, low)
    key, right = _key(lanes, width), VALUE if width >= 640 else NARROW_VALUE
    style.base(fig, key.height + BOTTOM + ROW * max(len(lanes), 3), alt=alt, left=title, right=right, top=key.height)
    worked = any(dot.id.endswith("_business") for lane in lanes for dot in lane.dots)
    time_axis(fig, low, high, width - title - right, worked=worked)
    fig.update_yaxes(visible=False, range=[max(len(lanes), 3) - 0.5, -0.5])
    key.add(fig, title)
    for y, lane in enumerate(lanes):
        _add_texts(fig, lane, y, right)
    return fig


def _key(lanes: Sequence[Lane], width: int) -> Key:
    """What the marks mean, of those that are drawn."""
    dots, judged = [dot for lane in lanes for dot in lane.dots], _judged(lanes)
    drawn = {_kind(dot, judged) for dot in dots if dot.hours is not None}
    entries = [Entry(_GLYPHS[name], name, colour) for name, (_, colour) in _KINDS.items() if name in drawn]
    entries += [Entry("┃", "Target", style.GREY)] * judged
    medians = [lane.median for lane in lanes if lane.median is not None]
    name = "Median, with its 95 % interval" if any(median.ends for median in medians) else "Median"
    return Key([*entries, *[Entry("☐", name, style.GREEN)] * bool(medians)], width)


def _judged(lanes: Sequence[Lane]) -> bool:
    """Whether any crisis has a target."""
    return any(dot.target is not None for lane in lanes for dot in lane.dots)


def _limits(lanes: Sequence[Lane]) -> tuple[float, float]:
    dots = [dot for lane in lanes for dot in lane.dots]
    values = [v for dot in dots for v in (dot.hours, dot.lo, dot.hi, dot.target)]
    values += [v for lane in lanes if lane.median for v in (lane.median.hours, *(lane.median.ends or ()))]
    drawn = [v for v in values if v is not None and v > 0]
    return min([*drawn, FIRST]) / 1.4, max([*drawn, LAST]) * 1.4


def _add_targets(fig: go.Figure, lanes: Sequence[Lane], low: float) -> None:
    """Upright lines through the rows; equal targets of neighbouring rows make one line."""
    marks = [
        (y, t) for y, lane in enumerate(lanes) for t in sorted({d.target for d in lane.dots if d.target is not None})
    ]
    if not marks:
        return
    fig.add_scatter(
        x=[x for _, target in marks for x in (at(target, low), at(target, low), None)],
        y=[edge for y, _ in marks for edge in (y - 0.5, y + 0.5, None)],
        mode="lines",
        name="Target",
        line={"width": 3, "color": style.GREY},
        hovertext=[text for _, target in marks for text in (f"Target {duration(target)}",) * 3],
        hoverinfo="text",
        legendrank=1001,
    )


def _add_medians(fig: go.Figure, lanes: Sequence[Lane], low: float) -> None:
    """Frames, so that a dot below one can be seen."""
    known = [(y, lane.median) for y, lane in enumerate(lanes) if lane.median is not None]
    for y, median in known:
        if median.ends is not None:
            line = {"color": style.GREEN, "width": 9}
            ends = [at(end, low) for end in median.ends]
            fig.add_scatter(x=ends, y=[y, y], mode="lines", line=line, opacity=0.4, hoverinfo="skip", showlegend=False)
    if known:
        fig.add_scatter(
            x=[at(median.hours, low) for _, median in known],
            y=[y for y, _ in known],
            mode="markers",
            name="Median, with its 95 % interval" if any(m.ends for _, m in known) else "Median",
            marker={"symbol": "square-open", "size": 17, "color": style.GREEN, "line": {"width": 3}},
            hovertext=[median.hover for _, median in known],
            hoverinfo="text",
            legendrank=1002,
        )


def _add_dots(fig: go.Figure, lanes: Sequence[Lane], low: float) -> None:
    judged = _judged(lanes)
    dots = [(height, dot) for y, lane in enumerate(lanes) for height, dot in _spread(y, lane)]
    _add_bounds(fig, [(height, dot) for height, dot in dots if dot.banded], low)
    crowded = any(len(lane.dots) > CROWD for lane in lanes)
    size, edge = (7, 1.0) if crowded else (12, 2.5)
    for name, (symbol, colour) in _KINDS.items():
        some = [(height, dot) for height, dot in dots if _kind(dot, judged) == name]
        if some:
            fig.add_scatter(
                x=[at(dot.hours, low) for _, dot in some],
                y=[height for height, _ in some],
                mode="markers",
                name=name,
                marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": edge, "color": colour}},
                hovertext=[dot.hover for _, dot in some],
                hoverinfo="text",
                cliponaxis=False,
            )


def _spread(y: int, lane: Lane) -> list[tuple[float, Interval]]:
    """The dots of a row with their heights: on its line, or up and down around it where they are many."""
    dots = [dot for dot in lane.dots if dot.hours is not None]
    if len(dots) <= CROWD:
        return [(y, dot) for dot in dots]
    return [(y + (n * GOLDEN % 1 - 0.5) * 0.7, dot) for n, dot in enumerate(dots)]


def _add_bounds(fig: go.Figure, dots: Sequence[tuple[float, Interval]], low: float) -> None:
    """What is known only to the day reaches from the earliest to the latest that it may have been."""
    for late, colour in ((False, style.OURS), (True, style.LATE)):
        some = [(height, dot) for height, dot in dots if dot.late is late]
        if some:
            fig.add_scatter(
                x=[x for _, dot in some for x in (at(dot.lo, low), at(dot.hi, low), None)],
                y=[end for height, _ in some for end in (height, height, None)],
                mode="lines",
                line={"color": colour, "width": 7},
                opacity=0.35,
                hoverinfo="skip",
                showlegend=False,
            )


def _kind(dot: Interval, judged: bool) -> str:
    if dot.open:
        return "Still running, past target" if dot.late else "Still running"
    if dot.late:
        return "Past target"
    if dot.verdict is Verdict.MET:
        return "Within target"
    return _UNJUDGED if judged else _BARE


def _add_texts(fig: go.Figure, lane: Lane, y: int, room: int) -> None:
    name, *rest = (safe(line) for line in lane.name)
    left = {"x": 0, "xanchor": "right", "xshift": -8, "xref": "paper", "y": y, "hovertext": _whole(lane)}
    text = "<br>".join([name, *rest])
    fig.add_annotation(style.label(text, **left, name="row") | {"align": "right", "font": {"size": style.SIZE}})
    right = {"x": 1, "xanchor": "left", "xshift": 8, "xref": "paper", "y": y, "hovertext": lane.about}
    told = [safe(line) for words in lane.words for line in lines_fit(words, room - 8, style.SMALL)]
    if told and (lane.median is not None or any(dot.hours is not None for dot in lane.dots)):
        told[0] = f"<b>{told[0]}</b>"
    fig.add_annotation(style.label("<br>".join(told), **right, name="value"))


def _whole(lane: Lane) -> str:
    return wrapped(lane.dots[0].label) if len(lane.dots) == 1 else wrapped(" ".join(lane.name))
