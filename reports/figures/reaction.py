"""What people said: posts a day above net sentiment, with the milestones on top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from metrics.words import number, plural, signed
from reports.figures import style
from reports.figures.strip import Note, add_strip, notes, place, told
from reports.figures.text import absent, hover, joined

HEIGHT, RIGHT, LEFT, BOTTOM, TITLE = 400, 74, 52, 30, 22
"""Pixels: the figure, its margins, and the panel's title between the plot and the milestones' names."""
DAY = 86_400_000
"""Milliseconds, Plotly's unit on date axes."""
HALF_DAY = pd.Timedelta(hours=12)
"""A day's bar stands on its midnight and reaches half a day to both sides."""


def volume_and_sentiment(
    days: pd.DataFrame,
    *,
    baseline: float | None = None,
    spread: float | None = None,
    day0: datetime | None = None,
    end: datetime | None = None,
    milestones: pd.DataFrame | None = None,
    markers: pd.DataFrame | None = None,
    timezone: str | None = None,
    periods: bool = False,
    width: int = style.WIDTH,
) -> go.Figure:
    """Posts a day as bars above net sentiment as a line, on one axis of local days.

    Parameters
    ----------
    days : DataFrame
        date (naive local midnight), posts, positive, neutral, negative, unscored, net_sentiment (−1…1) floats; NaN
        where a day is not covered (a gap, not a zero). An optional column totals says how many of the posts were
        counted from daily totals; they stand on top of the others.
    baseline, spread : float, optional
        Normal posts a day and its spread, drawn as a line with a band of twice the spread.
    day0, end : datetime, optional
        First local day of the crisis and first local day after it; the days between are shaded, to the last day where
        `end` is missing.
    milestones : DataFrame, optional
        label str, at timestamp (naive local, or aware with `timezone`). Those of one day share one name.
    markers : DataFrame, optional
        date, title str: what else happened, drawn grey.
    timezone : str, optional
        IANA name that aware `at` and `date` are shown in; needed only for those.
    periods : bool
        Whether the days before and after are shaded and named too.
    width : int
        Pixels that names are laid out for.
    """
    known = days[days["date"].notna()].sort_values("date")
    if known.empty or known["posts"].notna().sum() == 0:
        return style.missing("No posts are stored for these days: import an engagement export.")
    first, last = (pd.Timestamp(known["date"].iloc[i]) for i in (0, -1))
    fig = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.14, row_heights=[0.58, 0.42])
    _add_window(fig, day0, end, last)
    if periods:
        _add_periods(fig, day0, end, first, last)
    noted = notes(milestones, markers, timezone)
    hovers = [_hover(day, noted) for day in style.rows(known)]
    _add_volume(fig, known, hovers, baseline, spread)
    _add_sentiment(fig, known, hovers)
    span = style.day_span(first - HALF_DAY, last + HALF_DAY)
    room = width - LEFT - RIGHT
    shown = [n for n in noted if span[0] <= n.day <= span[1]]
    flags = place(shown, span, room, room + RIGHT - 4)
    top = TITLE + 4 + style.LINE * max([f.level + 1 for f in flags], default=1)
    style.base(fig, HEIGHT, alt=_alt(known, baseline, shown), left=LEFT, right=RIGHT, top=top)
    style.day_axis(fig, *span)
    fig.update_layout(margin_b=BOTTOM)
    add_strip(fig, shown, flags, TITLE)
    fig.update_xaxes(showticklabels=False, row=1, col=1)
    _add_scales(fig, known, baseline, spread)
    return fig


def _add_window(fig: go.Figure, day0: datetime | None, end: datetime | None, last: pd.Timestamp) -> None:
    if day0 is None or absent(day0):
        return
    stop = last + pd.Timedelta(days=1) if end is None or absent(end) else pd.Timestamp(end)
    spot = {"x0": style.iso(pd.Timestamp(day0) - HALF_DAY), "x1": style.iso(stop - HALF_DAY), "y0": 0, "y1": 1}
    for axis in ("y domain", "y2 domain"):
        fig.add_shape(type="rect", xref="x", yref=axis, fillcolor=style.SHADE, line_width=0, layer="below", **spot)


def _add_periods(
    fig: go.Figure, day0: datetime | None, end: datetime | None, first: pd.Timestamp, last: pd.Timestamp
) -> None:
    """Shade the days before and after more lightly than those between, and name all three in the lower panel."""
    if day0 is None or absent(day0):
        return
    after = last + pd.Timedelta(days=1)
    stop = after if end is None or absent(end) else min(pd.Timestamp(end), after)
    spans = {"Before": (first, pd.Timestamp(day0)), "During": (pd.Timestamp(day0), stop), "After": (stop, after)}
    for name, (start, until) in spans.items():
        if until <= start:
            continue
        for axis in ("y domain", "y2 domain") if name != "During" else ():
            spot = {"x0": style.iso(start - HALF_DAY), "x1": style.iso(until - HALF_DAY), "y0": 0, "y1": 1}
            fig.add_shape(type="rect", xref="x", yref=axis, fillcolor=style.STRIPE, line_width=0, layer="below", **spot)
        middle = {"x": style.iso(start + (until - start) / 2 - HALF_DAY), "xanchor": "center", "xref": "x"}
        look = {"y": 0, "yref": "y2 domain", "yanchor": "bottom", "opacity": style.QUIET, "name": "period"}
        fig.add_annotation(style.label(name, **middle, **look))


def _add_volume(
    fig: go.Figure, days: pd.DataFrame, hovers: list[str], baseline: float | None, spread: float | None
) -> None:
    if baseline is not None and spread is not None:
        ends = {"y0": max(baseline - 2 * spread, 0), "y1": baseline + 2 * spread, "x0": 0, "x1": 1}
        fig.add_shape(
            type="rect", xref="x domain", yref="y", fillcolor=style.NORMAL, line_width=0, layer="below", **ends
        )
    whole = [None if absent(p) else float(p) for p in days["posts"]]
    coarse = _totals(days)
    bars: dict[str, tuple[list[float | None], str]] = {"Posts a day": (whole, style.OURS)}
    if any(coarse):
        single: list[float | None] = [None if p is None else p - t for p, t in zip(whole, coarse, strict=True)]
        bars = {"Single posts": (single, style.OURS), "Daily totals": ([*coarse], style.PURPLE)}
    for name, (heights, colour) in bars.items():
        fig.add_bar(
            x=[style.iso(d) for d in days["date"]],
            y=heights,
            marker={"color": colour, "line": {"width": 0}},
            width=0.8 * DAY,
            name=name,
            hovertext=hovers,
            hoverinfo="text",
        )
    fig.update_layout(barmode="stack")
    if baseline is not None:
        line = {"color": style.GREEN, "width": 1.5, "dash": "dash"}
        fig.add_shape(type="line", xref="x domain", yref="y", x0=0, x1=1, y0=baseline, y1=baseline, line=line)
        spot = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "y": baseline, "yref": "y"}
        fig.add_annotation(style.label(f"Normal<br>{number(baseline, 0)} a day", **spot, name="baseline"))


def _totals(days: pd.DataFrame) -> list[float]:
    """How many of each day's posts were counted from daily totals."""
    return [0.0 if absent(t) else float(t) for t in days["totals"]] if "totals" in days else [0.0] * len(days)


def _add_sentiment(fig: go.Figure, days: pd.DataFrame, hovers: list[str]) -> None:
    values = [None if absent(v) else float(v) for v in days["net_sentiment"]]
    fig.add_scatter(
        x=[style.iso(d) for d in days["date"]],
        y=values,
        mode="lines+markers",
        line={"color": style.OURS, "width": 2},
        marker={"size": 5, "color": style.OURS},
        connectgaps=False,
        name="Net sentiment",
        hovertext=hovers,
        hoverinfo="text",
        row=2,
        col=1,
    )
    if not any(v is not None for v in values):
        text = "No post of these days has a sentiment score yet."
        spot = {"x": 0.5, "xref": "x2 domain", "y": 0.25, "yref": "y2 domain"}
        fig.add_annotation(style.label(text, **spot, opacity=style.QUIET, name="unscored"))


def _hover(day: Any, noted: Sequence[Note]) -> str:
    date = f"<b>{day.date:%a} {day.date.day} {day.date:%b %Y}</b>"
    events = [line for note in noted if note.day == day.date.normalize() for line in told(note)]
    if absent(day.posts):
        return hover(date, "Not covered by any export", *events)
    parts = [(name, getattr(day, name)) for name in ("positive", "neutral", "negative", "unscored")]
    split = ", ".join(f"{number(float(v), 0)} {name}" for name, v in parts if not absent(v))
    net = "" if absent(day.net_sentiment) else f"Net sentiment {signed(float(day.net_sentiment), 2)}"
    return hover(date, f"{plural(round(day.posts), 'post')}", split, net, *events)


def _add_scales(fig: go.Figure, days: pd.DataFrame, baseline: float | None, spread: float | None) -> None:
    band = (baseline or 0) + 2 * (spread or 0) if baseline is not None else 0
    top = max(float(days["posts"].max()), band, 1) * 1.08
    fig.update_yaxes(range=[0, top], nticks=5, tickformat=",~r" if top < 5 else ",d", row=1, col=1)
    worst = float(days["net_sentiment"].abs().max())
    reach = min(max(worst * 1.15 if worst == worst else 1, 0.1), 1.05)
    fig.update_yaxes(range=[-reach, reach], nticks=5, tickformat="~g", row=2, col=1)
    fig.update_yaxes(zeroline=True, zerolinecolor=style.RULE, zerolinewidth=1, row=2, col=1)
    title = "<b>Posts a day</b>"
    if any(_totals(days)):
        keys = ((style.OURS, "single posts"), (style.PURPLE, "daily totals"))
        title += ": " + ", ".join(f'<span style="color:{colour}">■</span> {name}' for colour, name in keys)
    for axis, text in (("", title), ("2", "<b>Net sentiment</b>, positive less negative, −1 to +1")):
        spot = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": f"y{axis} domain", "yanchor": "bottom"}
        fig.add_annotation(style.label(text, **spot, xshift=-LEFT + 8, yshift=2, name="panel"))


def _alt(days: pd.DataFrame, baseline: float | None, shown: Sequence[Note]) -> str:
    peak = days.sort_values("posts", na_position="first").iloc[-1]
    when = pd.Timestamp(peak["date"])
    parts = [f"Posts a day peaked at {number(float(peak['posts']), 0)} on {when.day} {when:%b %Y}"]
    if baseline:
        parts[0] += f", {number(float(peak['posts']) / baseline)} times the normal {number(baseline, 0)}"
    if days["net_sentiment"].notna().any():
        worst = days.sort_values("net_sentiment").iloc[0]
        low = pd.Timestamp(worst["date"])
        parts.append(f"net sentiment was lowest, {signed(float(worst['net_sentiment']), 2)}, on {low.day} {low:%b %Y}")
    else:
        parts.append("no post has a sentiment score")
    told = [f"{joined(n.names)} on {n.day.day} {n.day:%b}" for n in shown if not n.grey]
    beside = [f"{joined(n.names)} on {n.day.day} {n.day:%b}" for n in shown if n.grey]
    said = {"Milestones": told, "What else happened": beside}
    return "; ".join(parts) + "." + "".join(f" {name}: {'; '.join(all_)}." for name, all_ in said.items() if all_)
