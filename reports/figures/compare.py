"""Crises beside each other from the day of detection on: volume, sentiment and reputation, each on one scale for all."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from metrics.words import number, signed
from reports.figures import style
from reports.figures.key import Entry, Key
from reports.figures.text import absent, fit, hover, plain, safe

PANEL, BETWEEN, LEFT, TITLE = 104, 30, 44, 22
"""Pixels: a panel's height, the room above it for its name, the left margin, and the line of crises' names on top."""


class _Measure(NamedTuple):
    """One row of panels: the column of its frame, its name, and how a value is spoken."""

    column: str
    name: str
    unit: str


_TIMES = _Measure("times", "Posts a day, normal = 1", "times normal")
_POSTS = _Measure("posts", "Posts a day", "posts")
_SENTIMENT = _Measure("net_sentiment", "Net sentiment, −1 to +1", "net sentiment")


def curves(
    crises: pd.DataFrame,
    days: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    source: str | None = None,
    width: int = style.WIDTH,
) -> go.Figure:
    """A column of panels a crisis, a row a measure; on a narrow screen all panels below each other.

    Parameters
    ----------
    crises : DataFrame
        code, title str; detected bool (whether day 0 is that of detection); statement: day of the first statement or NaN.
    days : DataFrame
        crisis (code), day int, times, posts, net_sentiment floats; NaN is a gap.
    scores : DataFrame
        crisis, day, change: points of 100 against the level before.
    source : str, optional
        Whose scores they are.
    """
    measures = _measures(days, scores, source)
    if not measures or crises.empty:
        return style.missing("Neither posts nor reputation scores are stored for these crises: import them to compare.")
    wide, n = width >= 640, len(crises)
    rows, columns = (len(measures), n) if wide else (len(measures) * n, 1)
    between = BETWEEN if wide else BETWEEN + style.LINE
    key = Key(_entries(crises), width)
    top, height = key.height + TITLE + style.LINE, rows * (PANEL + between)
    fig = make_subplots(
        rows=rows, cols=columns, shared_xaxes=wide, shared_yaxes=False, vertical_spacing=between / height,
        horizontal_spacing=0.035 if wide else 0,
    )  # fmt: skip
    room = (width - LEFT - 8) / columns - 12
    for m, (measure, frame) in enumerate(measures):
        low, high = _scale(frame[measure.column], measure)
        for c, crisis in enumerate(style.rows(crises)):
            spot = (m, c) if wide else (m * n + c, 0)
            _add_panel(fig, spot, columns, crisis, frame[frame["crisis"] == crisis.code], measure, room, wide=wide)
            fig.update_yaxes(range=[low, high], nticks=4, showticklabels=spot[1] == 0, row=spot[0] + 1, col=spot[1] + 1)
    style.base(fig, top + height + 16, alt=_alt(crises, measures), left=LEFT, right=8, top=top)
    key.add(fig, LEFT, TITLE + style.LINE)
    reach = (min(f["day"].min() for _, f in measures), max(f["day"].max() for _, f in measures))
    fig.update_xaxes(range=[reach[0] - 1, reach[1] + 1], dtick=14, tick0=0, showgrid=False, zeroline=False)
    return fig


def _measures(days: pd.DataFrame, scores: pd.DataFrame, source: str | None) -> list[tuple[_Measure, pd.DataFrame]]:
    """What there is to draw; volume as a multiple of normal wherever every crisis with posts has a normal day."""
    found = []
    if len(days) and days["posts"].notna().any():
        bare = set(days.loc[days["posts"].notna(), "crisis"]) - set(days.loc[days["times"].notna(), "crisis"])
        found.append((_POSTS if bare else _TIMES, days))
        if days["net_sentiment"].notna().any():
            found.append((_SENTIMENT, days))
    if len(scores):
        found.append((_Measure("change", f"{plain(source)}: points against before", "points"), scores))
    return found


def _entries(crises: pd.DataFrame) -> list[Entry]:
    entries = [
        Entry("┃", "Day 0: detection" if crises["detected"].all() else "Day 0: detection, else the start", style.GREY)
    ]
    return entries + [Entry("▼", "First public statement", style.VERMILLION)] * bool(crises["statement"].notna().any())


def _scale(values: pd.Series, measure: _Measure) -> tuple[float, float]:
    """One scale for all panels of a row; counts start at zero, the others hold it."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    air = max((high - low) * 0.08, 0.05 if measure is _SENTIMENT else 0.5)
    return (0.0 if measure in (_TIMES, _POSTS) else low - air), high + air


def _add_panel(
    fig: go.Figure,
    spot: tuple[int, int],
    columns: int,
    crisis: Any,
    frame: pd.DataFrame,
    measure: _Measure,
    room: float,
    *,
    wide: bool,
) -> None:
    row, col = spot
    place = row * columns + col
    axis = "" if place == 0 else str(place + 1)
    x, y = f"x{axis}", f"y{axis} domain"
    _add_names(fig, spot, x, y, crisis, measure, room, wide=wide)
    line = {"color": style.GREY, "width": 2}
    fig.add_shape(type="line", xref=x, yref=y, x0=0, x1=0, y0=0, y1=1, line=line, layer="below")
    if not absent(crisis.statement):
        spot_at = {"xref": x, "yref": y, "x": int(crisis.statement), "y": 1, "yanchor": "top", "yshift": 4}
        fig.add_annotation(style.label(f'<span style="color:{style.VERMILLION}">▼</span>', **spot_at, name="statement"))
    known = frame.sort_values("day")
    values = [None if absent(v) else float(v) for v in known[measure.column]]
    if not any(v is not None for v in values):
        look = {"xref": f"{x} domain", "yref": y, "x": 0.5, "y": 0.5, "opacity": style.QUIET, "name": "absent"}
        fig.add_annotation(style.label("not measured", **look))
        fig.add_scatter(x=[None], y=[None], hoverinfo="skip", row=row + 1, col=col + 1)
        return
    texts = [
        hover(f"<b>{safe(crisis.title)}</b>", _said(int(d), v, measure))
        for d, v in zip(known["day"], values, strict=True)
    ]
    cell = {"row": row + 1, "col": col + 1, "hovertext": texts, "hoverinfo": "text", "name": safe(crisis.code)}
    days = [int(day) for day in known["day"]]
    if measure in (_TIMES, _POSTS):
        fig.add_bar(x=days, y=values, marker={"color": style.OURS, "line": {"width": 0}}, **cell)
        return
    look = {"line": {"color": style.OURS, "width": 2}, "marker": {"size": 5, "color": style.OURS}}
    fig.add_scatter(x=days, y=values, mode="lines+markers", connectgaps=False, **look, **cell)
    zero = {"color": style.RULE, "width": 1}
    fig.add_shape(type="line", xref=f"{x} domain", yref=f"y{axis}", x0=0, x1=1, y0=0, y1=0, line=zero, layer="below")


def _add_names(
    fig: go.Figure, spot: tuple[int, int], x: str, y: str, crisis: Any, measure: _Measure, room: float, *, wide: bool
) -> None:
    """The measure over its first panel and the crisis over its column; on a narrow screen both over each panel."""
    row, col = spot
    left = {"xref": f"{x} domain", "x": 0, "xanchor": "left", "yref": y, "y": 1, "yanchor": "bottom"}
    title = f"<b>{safe(fit(crisis.title, room if wide else room / 2, style.SMALL))}</b>"
    if not wide:
        text = f"{title} · {safe(fit(measure.name, room / 2, style.SMALL))}"
        fig.add_annotation(style.label(text, **left, yshift=4, hovertext=safe(crisis.title), name="panel"))
        return
    if row == 0:
        fig.add_annotation(style.label(title, **left, yshift=TITLE, hovertext=safe(crisis.title), name="crisis"))
    if col == 0:
        fig.add_annotation(
            style.label(safe(fit(measure.name, 280, style.SMALL)), **left, yshift=4, opacity=style.QUIET, name="panel")
        )


def _said(day: int, value: float | None, measure: _Measure) -> str:
    when = f"Day {day}" if day >= 0 else f"Day −{-day}"
    if value is None or not math.isfinite(value):
        return f"{when}: not covered by any export"
    return (
        f"{when}: {signed(value, 2) if measure.column in ('net_sentiment', 'change') else number(value)} {measure.unit}"
    )


def _alt(crises: pd.DataFrame, measures: list[tuple[_Measure, pd.DataFrame]]) -> str:
    told = []
    for crisis in style.rows(crises):
        parts = []
        for measure, frame in measures:
            mine = frame.loc[frame["crisis"] == crisis.code, measure.column].dropna()
            if len(mine):
                peak = measure in (_TIMES, _POSTS)
                word, value = ("at most", mine.max()) if peak else ("at worst", mine.min())
                parts.append(f"{word} {number(float(value), 2 if measure is _SENTIMENT else 1)} {measure.unit}")
        told.append(f"{plain(crisis.title, 80)}: {', '.join(parts) or 'not measured'}")
    return f"From detection on. {'; '.join(told)}."
