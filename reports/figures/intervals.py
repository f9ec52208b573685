"""How fast: each response interval against its target and earlier crises."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from metrics.estimate import Better, Estimate, Status
from metrics.targets import Verdict, is_missed, verdict
from metrics.words import days, duration, opened, times, working
from reports.figures import style
from reports.figures.text import absent, hover, lines_fit, plain, safe, wrapped

HOURS = {"hours": 1.0, "days": 24.0, "minutes": 1 / 60}
TICKS = {
    1 / 60: "1 min",
    5 / 60: "5 min",
    0.25: "15 min",
    1: "1 h",
    4: "4 h",
    12: "12 h",
    24: "1 d",
    72: "3 d",
    168: "7 d",
    720: "30 d",
    2160: "90 d",
    8760: "1 y",
}
FIRST, LAST = 0.25, 72
"""The axis shows at least 15 min to 3 d (hours)."""
ABSENT = {
    Status.UNDEFINED: "not recorded",
    Status.SUPPRESSED: "hidden",
    Status.CODED: "hidden",
    Status.INSUFFICIENT_N: "too few cases",
    Status.INVALID_ORDER: "out of order",
    Status.NOT_APPLICABLE: "does not apply",
    Status.NOT_REACHED: "not yet",
}
TITLE, NARROW_TITLE, VALUE, ROW = 236, 104, 140, 34
"""Pixels: left margin (intervals' names; on a narrow screen), right margin (values), least height of a row."""
TICK = 36
"""Least pixels between two ticks."""


def response_intervals(rows: pd.DataFrame, past: pd.DataFrame | None = None, *, width: int = style.WIDTH) -> go.Figure:
    """A row per interval on a logarithmic time axis: this crisis coloured, earlier ones grey, the target as a tick.

    Parameters
    ----------
    rows : DataFrame
        id, label str; value, lo, hi float or NaN; unit ("hours", "days" or "minutes"); status (of `Estimate`); target
        float in the same unit or NaN; reason str or None. Drawn top to bottom as given. lo and hi are the bounds of a
        time known to the day. Nothing and less than nothing stick to the axis's start. An optional column better
        ("lower", the default, or "higher") says which side of the target is the good one.
    past : DataFrame, optional
        id, crisis str, value float in the unit of the row with that id. Other ids are left out.
    width : int
        Pixels that names and ticks are laid out for.

    Raises
    ------
    ValueError
        If a unit is not one of time.
    """
    if rows.empty:
        return style.missing("No response time can be measured yet: the timeline has no events.")
    intervals = [Interval(row, number) for number, row in enumerate(style.rows(rows))]
    dots = _past(past, intervals)
    low, high = _limits(intervals, dots)
    title = TITLE if width >= 640 else NARROW_TITLE
    fig = go.Figure()
    for interval in intervals:
        fig.add_shape(
            type="line", x0=low, x1=high, y0=interval.y, y1=interval.y, line={"color": style.GRID, "width": 1}
        )
    _add_past(fig, dots, low)
    _add_targets(fig, [i for i in intervals if i.target is not None], low)
    _add_ours(fig, [i for i in intervals if i.hours is not None], low)
    rest = 64 if title == TITLE else 140  # the key takes one line, or one for each entry
    height = max(min(400, rest + 60 * len(intervals)), rest + ROW * len(intervals))
    style.base(fig, height, alt=_alt(intervals), left=title, right=VALUE, top=28)
    time_axis(fig, low, high, width - title - VALUE)
    fig.update_yaxes(visible=False, range=[len(intervals) - 0.5, -0.5])
    fig.update_layout(showlegend=True)
    for interval in intervals:
        _add_texts(fig, interval, title)
    return fig


class Interval:
    """One row in hours, its standing against the target, and the words that stand for it."""

    def __init__(self, row: Any, y: int) -> None:
        if row.unit not in HOURS:
            raise ValueError(f"an interval's unit is one of {', '.join(HOURS)}, not {row.unit!r}")
        scale = self.scale = HOURS[row.unit]
        value, lo, hi, target = (
            None if absent(v) else float(v) * scale for v in (row.value, row.lo, row.hi, row.target)
        )
        self.id, self.y, self.label, self.reason = str(row.id), y, plain(row.label) or str(row.id), plain(row.reason)
        self.status = Status(row.status) if value is not None or row.status != Status.OK else Status.UNDEFINED
        drawn = self.status in (Status.OK, Status.LOWER_BOUND)
        self.hours, self.lo, self.hi, self.target = value if drawn else None, lo, hi, target
        better = Better.LOWER if absent(getattr(row, "better", None)) else Better(row.better)
        reason = None if self.status is Status.OK else self.reason or self.status.value
        estimate = Estimate(
            value=self.hours, lo=lo, hi=hi, unit="hours", status=self.status, reason=reason, better=better
        )
        self.missed, self.verdict = is_missed(estimate), verdict(estimate, target)
        self.open = self.status is Status.LOWER_BOUND
        self.late = self.verdict is Verdict.NOT_MET
        self.banded = self.hours is not None and lo is not None and hi is not None and lo != hi

    def told(self, hours: float) -> str:
        """A time as its unit is spoken of."""
        if self.id.endswith("_business"):
            return working(hours)
        return days(abs(hours) / 24) if self.scale == HOURS["days"] else duration(hours)

    @property
    def words(self) -> str:
        """The value as a person says it."""
        if self.hours is None:
            return "missed" if self.missed else ABSENT.get(self.status, "not recorded")
        if self.hours == 0 and self.id.startswith("time_to_detect"):
            return "before the public"
        if self.open:
            return f"at least {self.told(self.hours)}"
        told = f"−{self.told(self.hours)}" if self.hours < 0 else self.told(self.hours)
        return f"about {told}" if self.banded else told

    @property
    def hover(self) -> str:
        """All that is known, one fact a line."""
        target = f"Target {self.told(self.target)}" if self.target is not None else "No target"
        if self.late and self.target and self.hours and self.hours > self.target:
            target += f"; {times(self.hours / self.target)} as long"
        unclear = "Within the target or not: known to the day only" if self.verdict is Verdict.UNCLEAR else ""
        bounds = f"Between {self.told(self.lo or 0)} and {self.told(self.hi or 0)}" if self.banded else ""
        reason = "" if self.missed else wrapped(self.reason)
        still = "Still open" if self.open and not reason else ""
        return hover(f"<b>{safe(self.label)}</b>", safe(self.words), target, bounds, unclear, still, reason)


def _past(past: pd.DataFrame | None, intervals: list[Interval]) -> list[tuple[Interval, str, float]]:
    """Earlier crises' values in hours with the interval they belong to."""
    if past is None or past.empty:
        return []
    known = {i.id: i for i in intervals}
    kept = [p for p in style.rows(past) if str(p.id) in known and not absent(p.value)]
    return [(known[str(p.id)], plain(p.crisis), float(p.value) * known[str(p.id)].scale) for p in kept]


def _limits(intervals: list[Interval], dots: list[tuple[Interval, str, float]]) -> tuple[float, float]:
    """The axis's ends in hours: a little outside everything above zero."""
    values = [v for i in intervals if i.hours is not None for v in (i.hours, i.lo, i.hi)]
    values += [i.target for i in intervals] + [hours for _, _, hours in dots]
    drawn = [v for v in values if v is not None and v > 0]
    return min([*drawn, FIRST]) / 1.4, max([*drawn, LAST]) * 1.4


def time_axis(fig: go.Figure, low: float, high: float, room: float, *, worked: bool = False) -> None:
    """Make the x axis of `fig` a logarithmic one of hours, `room` pixels long; `worked` ones do not add up to days."""
    shown = _ticks(low, high, room)
    texts = [f"{hours:,.0f} h" if worked and hours >= 24 else TICKS[hours] for hours in shown]
    ticks = {"tickmode": "array", "tickvals": shown, "ticktext": texts, "tickangle": 0}
    fig.update_xaxes(type="log", range=[math.log10(low), math.log10(high)], showgrid=True, ticks="", **ticks)


def _ticks(low: float, high: float, room: float) -> list[float]:
    """The ticks of the range that have room beside each other."""
    scale = room / math.log10(high / low)
    kept: list[float] = []
    for hours in TICKS:
        if low <= hours <= high and (not kept or math.log10(hours / kept[-1]) * scale >= TICK):
            kept.append(hours)
    return kept


def at(hours: float | None, low: float) -> float:
    """Where to draw a value: nothing and less than nothing at the start of the axis."""
    return max(hours or 0, low * 1.12)


def _add_past(fig: go.Figure, dots: list[tuple[Interval, str, float]], low: float) -> None:
    if not dots:
        return
    fig.add_scatter(
        x=[at(hours, low) for _, _, hours in dots],
        y=[interval.y for interval, _, _ in dots],
        mode="markers",
        name="Earlier crises",
        marker={"size": 9, "color": style.OTHERS, "opacity": 0.85},
        hovertext=[hover(safe(name), safe(f"{i.label}: {duration(hours)}")) for i, name, hours in dots],
        hoverinfo="text",
        showlegend=True,
        legendrank=1002,
    )


def _add_targets(fig: go.Figure, intervals: list[Interval], low: float) -> None:
    if not intervals:
        return
    fig.add_scatter(
        x=[at(i.target, low) for i in intervals],
        y=[i.y for i in intervals],
        mode="markers",
        name="Target",
        marker={"symbol": "line-ns", "size": 14, "line": {"width": 3, "color": style.GREY}},
        hovertext=[f"Target {duration(i.target or 0)}" for i in intervals],
        hoverinfo="text",
        showlegend=True,
        legendrank=1001,
    )


def _add_ours(fig: go.Figure, intervals: list[Interval], low: float) -> None:
    for i in (i for i in intervals if i.banded):
        ends = [at(i.lo, low), at(i.hi, low)]
        line = {"color": style.LATE if i.late else style.OURS, "width": 9}
        fig.add_scatter(x=ends, y=[i.y, i.y], mode="lines", line=line, opacity=0.35, hoverinfo="skip", name="band")
        fig.data[-1].showlegend = False
    kinds = {
        "This crisis": ("circle", style.OURS, [i for i in intervals if not i.late and not i.open]),
        "This crisis, late": ("diamond", style.LATE, [i for i in intervals if i.late and not i.open]),
        "Still open": ("triangle-right-open", style.OURS, [i for i in intervals if i.open and not i.late]),
        "Still open, late": ("triangle-right-open", style.LATE, [i for i in intervals if i.open and i.late]),
    }
    for name, (symbol, colour, some) in kinds.items():
        if some:
            fig.add_scatter(
                x=[at(i.hours, low) for i in some],
                y=[i.y for i in some],
                mode="markers",
                name=name,
                marker={"symbol": symbol, "size": 13, "color": colour, "line": {"width": 2.5, "color": colour}},
                customdata=[[i.id] for i in some],
                hovertext=[i.hover for i in some],
                hoverinfo="text",
                cliponaxis=False,
                showlegend=True,
            )


def _add_texts(fig: go.Figure, i: Interval, title: int) -> None:
    short = i.label if title == TITLE else opened(i.label.removeprefix("Time to "))
    name = "<br>".join(safe(line) for line in lines_fit(short, title - 14, style.SIZE))
    left = {"x": 0, "xanchor": "right", "xshift": -8, "xref": "paper", "y": i.y, "hovertext": wrapped(i.label)}
    fig.add_annotation(style.label(name, **left, name="interval") | {"align": "right", "font": {"size": style.SIZE}})
    right = {"x": 1, "xanchor": "left", "xshift": 8, "xref": "paper", "y": i.y, "hovertext": i.hover}
    known = i.hours is not None
    value = f"<b>{safe(i.words)}</b>" if known else safe(i.words)
    fig.add_annotation(style.label(value, **right, opacity=1 if known else style.QUIET, name="value"))


def _alt(intervals: list[Interval]) -> str:
    judged = [i for i in intervals if i.verdict in (Verdict.MET, Verdict.NOT_MET)]
    met = sum(1 for i in judged if not i.late)
    first = (
        f"{met} of {len(judged)} intervals with a target met it." if judged else "No interval has a target to judge."
    )
    parts = [f"{i.label}: {i.words}" + (f" (target {duration(i.target)})" if i.target else "") for i in intervals]
    return f"{first} {'; '.join(parts)}."
