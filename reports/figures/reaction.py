"""What people said: posts a day above net sentiment, with the milestones on top."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from metrics.words import number, plural, signed
from reports.figures import style
from reports.figures.placing import Row, put_near
from reports.figures.text import absent, fit, hover, joined, plain, safe, width as text_width, wrapped

HEIGHT, RIGHT, LEFT, BOTTOM = 400, 74, 52, 30
STRIP = 3
"""Lines of milestone names above the plot, at most."""
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
    width: int = style.WIDTH,
) -> go.Figure:
    """Posts a day as bars above net sentiment as a line, on one axis of local days.

    Parameters
    ----------
    days : DataFrame
        date (naive local midnight), posts, positive, neutral, negative, unscored, net_sentiment (−1…1) floats; NaN
        where a day is not covered (a gap, not a zero).
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
    width : int
        Pixels that names are laid out for.
    """
    known = days[days["date"].notna()].sort_values("date")
    if known.empty or known["posts"].notna().sum() == 0:
        return style.missing("No posts are stored for these days: import an engagement export.")
    first, last = (pd.Timestamp(known["date"].iloc[i]) for i in (0, -1))
    fig = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.14, row_heights=[0.58, 0.42])
    _add_window(fig, day0, end, last)
    _add_volume(fig, known, baseline, spread)
    _add_sentiment(fig, known)
    notes = _notes(milestones, timezone, False) | _notes(markers, timezone, True)
    shown = {key: names for key, names in notes.items() if first - HALF_DAY <= key[0] <= last + HALF_DAY}
    lines = _add_notes(fig, shown, first - HALF_DAY, last + HALF_DAY, width - LEFT - RIGHT)
    top = 26 + style.LINE * max(lines, 1)
    style.base(fig, HEIGHT, alt=_alt(known, baseline, shown), left=LEFT, right=RIGHT, top=top)
    style.day_axis(fig, style.iso(first - HALF_DAY), style.iso(last + HALF_DAY))
    fig.update_layout(margin_b=BOTTOM, bargap=0.2)
    fig.update_xaxes(showticklabels=False, row=1, col=1)
    _add_scales(fig, known, baseline, spread)
    return fig


def _add_window(fig: go.Figure, day0: datetime | None, end: datetime | None, last: pd.Timestamp) -> None:
    if day0 is None or absent(day0):
        return
    stop = last + pd.Timedelta(days=1) if end is None or absent(end) else pd.Timestamp(end)
    place = {"x0": style.iso(pd.Timestamp(day0) - HALF_DAY), "x1": style.iso(stop - HALF_DAY), "y0": 0, "y1": 1}
    for axis in ("y domain", "y2 domain"):
        fig.add_shape(type="rect", xref="x", yref=axis, fillcolor=style.SHADE, line_width=0, layer="below", **place)


def _add_volume(fig: go.Figure, days: pd.DataFrame, baseline: float | None, spread: float | None) -> None:
    if baseline is not None and spread is not None:
        ends = {"y0": max(baseline - 2 * spread, 0), "y1": baseline + 2 * spread, "x0": 0, "x1": 1}
        fig.add_shape(
            type="rect", xref="x domain", yref="y", fillcolor=style.NORMAL, line_width=0, layer="below", **ends
        )
    fig.add_bar(
        x=[style.iso(d) for d in days["date"]],
        y=[None if absent(p) else float(p) for p in days["posts"]],
        marker={"color": style.OURS, "line": {"width": 0}},
        name="Posts a day",
        hovertext=[_hover(day) for day in days.itertuples()],
        hoverinfo="text",
    )
    if baseline is not None:
        line = {"color": style.GREEN, "width": 1.5, "dash": "dash"}
        fig.add_shape(type="line", xref="x domain", yref="y", x0=0, x1=1, y0=baseline, y1=baseline, line=line)
        place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "y": baseline, "yref": "y"}
        fig.add_annotation(style.label(f"Normal<br>{number(baseline, 0)} a day", **place, name="baseline"))


def _add_sentiment(fig: go.Figure, days: pd.DataFrame) -> None:
    values = [None if absent(v) else float(v) for v in days["net_sentiment"]]
    fig.add_scatter(
        x=[style.iso(d) for d in days["date"]],
        y=values,
        mode="lines+markers",
        line={"color": style.OURS, "width": 2},
        marker={"size": 5, "color": style.OURS},
        connectgaps=False,
        name="Net sentiment",
        hovertext=[_hover(day) for day in days.itertuples()],
        hoverinfo="text",
        row=2,
        col=1,
    )
    if not any(v is not None for v in values):
        text = "No post of these days has a sentiment score yet."
        place = {"x": 0.5, "xref": "x2 domain", "y": 0.5, "yref": "y2 domain"}
        fig.add_annotation(style.label(text, **place, opacity=style.QUIET, name="unscored"))


def _hover(day: Any) -> str:
    date = f"<b>{day.date:%a} {day.date.day} {day.date:%b %Y}</b>"
    if absent(day.posts):
        return hover(date, "Not covered by any export")
    parts = [(name, getattr(day, name)) for name in ("positive", "neutral", "negative", "unscored")]
    split = ", ".join(f"{number(float(v), 0)} {name}" for name, v in parts if not absent(v))
    net = "" if absent(day.net_sentiment) else f"Net sentiment {signed(float(day.net_sentiment), 2)}"
    return hover(date, f"{plural(round(day.posts), 'post')}", split, net)


def _notes(frame: pd.DataFrame | None, timezone: str | None, grey: bool) -> dict[tuple[pd.Timestamp, bool], list[str]]:
    """Names by local day, milestones and context markers (`grey`) apart, in order of time."""
    if frame is None or frame.empty:
        return {}
    names, moments = (frame["title"], frame["date"]) if grey else (frame["label"], frame["at"])
    notes: dict[tuple[pd.Timestamp, bool], list[str]] = {}
    for moment, name in sorted(
        (_local(m, timezone), plain(n)) for n, m in zip(names, moments, strict=True) if not absent(m)
    ):
        notes.setdefault((moment.normalize(), grey), []).append(name)
    return notes


def _local(moment: Any, timezone: str | None) -> pd.Timestamp:
    stamp = pd.Timestamp(moment)
    if stamp.tzinfo is None:
        return stamp
    if timezone is None:
        raise ValueError("aware timestamps need the timezone in which they are shown")
    return stamp.tz_convert(timezone).tz_localize(None)


def _add_notes(
    fig: go.Figure,
    notes: dict[tuple[pd.Timestamp, bool], list[str]],
    first: pd.Timestamp,
    last: pd.Timestamp,
    room: float,
) -> int:
    """A line through both panels for each day with a note, and its names in the strip; how many lines that takes."""
    rows = [Row(-30, room + RIGHT) for _ in range(STRIP)]
    used = 0
    for (day, grey), names in sorted(notes.items(), key=lambda item: (item[0][1], item[0][0])):
        line = {"color": style.GREY if grey else style.RULE, "width": 1, "dash": "dot" if grey else "solid"}
        fig.add_shape(type="line", xref="x", yref="paper", x0=style.iso(day), x1=style.iso(day), y0=0, y1=1, line=line)
        whole, x = joined(names), (day - first) / (last - first) * room
        for pixels in (260, 150, 90, 60):
            text = fit(whole, pixels, style.SMALL)
            size = text_width(text, style.SMALL)
            if place := put_near(rows, x, size, 4):
                level, left = place
                used = max(used, level + 1)
                spot = {"x": style.iso(day), "xanchor": "center", "xshift": left + size / 2 - x, "yref": "paper", "y": 1}
                look = {"opacity": style.QUIET if grey else 1, "hovertext": _note_hover(day, names)}
                spot |= {
                    "yanchor": "bottom",
                    "yshift": 20 + style.LINE * level,
                    "name": "marker" if grey else "milestone",
                }
                shown = f"<i>{safe(text)}</i>" if grey else safe(text)
                fig.add_annotation(style.label(shown, **spot, **look))
                break
    return used


def _note_hover(day: pd.Timestamp, names: list[str]) -> str:
    return hover(f"<b>{day:%a} {day.day} {day:%b %Y}</b>", *(wrapped(name) for name in names))


def _add_scales(fig: go.Figure, days: pd.DataFrame, baseline: float | None, spread: float | None) -> None:
    band = (baseline or 0) + 2 * (spread or 0) if baseline is not None else 0
    top = max(float(days["posts"].max()), band, 1) * 1.08
    fig.update_yaxes(range=[0, top], nticks=5, tickformat=",~r" if top < 5 else ",d", row=1, col=1)
    worst = float(days["net_sentiment"].abs().max())
    reach = min(max(worst * 1.15 if worst == worst else 1, 0.1), 1.05)
    fig.update_yaxes(range=[-reach, reach], nticks=5, tickformat="+.1f", row=2, col=1)
    fig.update_yaxes(zeroline=True, zerolinecolor=style.RULE, zerolinewidth=1, row=2, col=1)
    for axis, text in (("", "<b>Posts a day</b>"), ("2", "<b>Net sentiment</b>, positive less negative, −1 to +1")):
        place = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": f"y{axis} domain", "yanchor": "bottom"}
        fig.add_annotation(style.label(text, **place, xshift=-LEFT + 8, yshift=2, name="panel"))


def _alt(days: pd.DataFrame, baseline: float | None, notes: dict[tuple[pd.Timestamp, bool], list[str]]) -> str:
    peak = days.loc[days["posts"].idxmax()]
    when = pd.Timestamp(peak["date"])
    parts = [f"Posts a day peaked at {number(float(peak['posts']), 0)} on {when.day} {when:%b %Y}"]
    if baseline:
        parts[0] += f", {number(float(peak['posts']) / baseline)} times the normal {number(baseline, 0)}"
    if days["net_sentiment"].notna().any():
        worst = days.loc[days["net_sentiment"].idxmin()]
        low = pd.Timestamp(worst["date"])
        parts.append(f"net sentiment was lowest, {signed(float(worst['net_sentiment']), 2)}, on {low.day} {low:%b %Y}")
    else:
        parts.append("no post has a sentiment score")
    told = [f"{joined(names)} on {day.day} {day:%b}" for (day, grey), names in sorted(notes.items()) if not grey]
    return "; ".join(parts) + "." + (f" Milestones: {'; '.join(told)}." if told else "")
