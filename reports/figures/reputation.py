"""Reputation before, during and after: a small multiple for each source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from metrics.words import number
from reports.figures import context, style
from reports.figures.placing import apart
from reports.figures.text import absent, fit, hover, plain, safe

TOP, LEFT = 48, 40
"""Pixels: the margins above the panels and left of them."""
SPARSE = 10
"""Up to this many scores each one is drawn as a dot."""
ROOM = 120
"""Pixels right of each panel for the companies' names."""
BETWEEN = 76
"""Pixels between two rows of panels."""


def reputation(
    scores: pd.DataFrame,
    *,
    day0: datetime | None = None,
    end: datetime | None = None,
    baselines: Mapping[str, float] | None = None,
    primary: str | None = None,
    markers: pd.DataFrame | None = None,
    width: int = style.WIDTH,
) -> go.Figure:
    """A panel for each source: ours bold, comparison companies thin and grey, the level before the crisis dashed.

    Parameters
    ----------
    scores : DataFrame
        date (naive local day), source str, company str, ours bool, points float (0–100 of the source's own scale; NaN
        is left out).
    day0, end : datetime, optional
        First local day of the crisis and first local day after it, shaded; to the last score where `end` is missing.
    baselines : mapping, optional
        Source → points before the crisis.
    primary : str, optional
        Source whose panel comes first.
    markers : DataFrame, optional
        date (naive local day), title str: what else happened, drawn grey.
    width : int
        Pixels that names are laid out for: three panels beside each other on a wide screen, one on a narrow one.
    """
    known = scores[scores["points"].notna() & scores["date"].notna()]
    if known.empty:
        return style.missing("No reputation scores with a known scale: import them, with each source's scale.")
    sources = sorted(
        known["source"].astype(str).unique(), key=lambda s: (s != primary, not _ours_in(known, s), s.lower())
    )
    columns = min(len(sources), 3 if width >= 640 else 1)
    rows = -(-len(sources) // columns)
    room = (width - LEFT - columns * ROOM) / columns
    first, last = known["date"].min(), known["date"].max()
    pad = max((last - first) * 0.02, pd.Timedelta(days=1))
    span = style.day_span(first - pad, last + pad)
    noted = context.marks(markers, span, room, ROOM, at=style.iso)
    lift = style.LINE * context.lines(noted)
    height = 400 if rows == 1 else TOP + lift + rows * (230 + lift)
    gap = (ROOM + LEFT) / (width - LEFT - ROOM)
    fig = make_subplots(
        rows=rows, cols=columns, horizontal_spacing=gap, vertical_spacing=(BETWEEN + lift) / height if rows > 1 else 0
    )
    low, high = _limits(known, baselines)
    for place, source in enumerate(sources):
        cell = {"row": place // columns + 1, "col": place % columns + 1}
        some = known[known["source"].astype(str) == source].sort_values(["company", "date"])
        axis = "" if place == 0 else str(place + 1)
        _add_window(fig, axis, day0, end, first, last)
        baseline = (baselines or {}).get(source)
        context.add_context(fig, noted, [(f"x{axis}", f"y{axis}")], style.LINE)
        tall = (height - TOP - lift - 36 - (rows - 1) * (BETWEEN + lift)) / rows
        _add_lines(fig, some, cell, axis, baseline, (high - low) * 15 / tall, (low, high))
        title = f"<b>{safe(fit(source, room + ROOM - 20, style.SIZE))}</b>"
        spot = {"x": 0, "xref": f"x{axis} domain", "xanchor": "left", "y": 1, "yref": f"y{axis} domain"}
        fig.add_annotation(
            style.label(title, **spot, yanchor="bottom", yshift=18 + lift, hovertext=safe(source), name="source")
        )
    alt = _alt(known, sources, baselines) + context.told(markers, *span)
    style.base(fig, height, alt=alt, left=LEFT, right=ROOM, top=TOP + lift)
    style.day_axis(fig, *span)
    fig.update_xaxes(nticks=max(int(room // 48), 2))
    fig.update_yaxes(range=[low, high], nticks=6)
    return fig


def _ours_in(scores: pd.DataFrame, source: str) -> bool:
    return bool(scores.loc[scores["source"].astype(str) == source, "ours"].any())


def _limits(scores: pd.DataFrame, baselines: Mapping[str, float] | None) -> tuple[float, float]:
    """One scale for all panels, with a little air, so that drops can be compared by eye."""
    values = [*scores["points"], *(v for v in (baselines or {}).values() if not absent(v))]
    air = max((max(values) - min(values)) * 0.08, 2)
    return max(min(values) - air, -1), min(max(values) + air, 101)


def _add_window(
    fig: go.Figure, axis: str, day0: datetime | None, end: datetime | None, first: pd.Timestamp, last: pd.Timestamp
) -> None:
    if day0 is None or absent(day0):
        return
    start = pd.Timestamp(day0)
    stop = last if end is None or absent(end) else pd.Timestamp(end)
    if start > last or stop < first:
        return
    ends = {"x0": f"{max(start, first):%Y-%m-%d}", "x1": f"{min(max(stop, start), last):%Y-%m-%d}", "y0": 0, "y1": 1}
    refs = {"xref": f"x{axis}", "yref": f"y{axis} domain"}
    line = {"color": style.RULE, "width": 1}
    fig.add_shape(type="rect", layer="below", fillcolor=style.SHADE, line=line, **refs, **ends)
    place = {"x": ends["x0"], "y": 1, "xanchor": "left", "yanchor": "bottom", **refs}
    fig.add_annotation(style.label("Crisis", **place, opacity=style.QUIET, name="window"))


def _add_lines(
    fig: go.Figure,
    scores: pd.DataFrame,
    cell: dict[str, int],
    axis: str,
    baseline: float | None,
    gap: float,
    limits: tuple[float, float],
) -> None:
    """The companies' lines, ours last and on top, and their names at the right, kept `gap` points apart."""
    ends: list[tuple[float, str, bool]] = []
    for ours, some in sorted(scores.groupby("ours"), key=lambda pair: bool(pair[0])):
        for company, line in some.groupby("company"):
            name = plain(company) or "Unnamed"
            _add_company(fig, name, line, cell, bool(ours))
            ends.append((float(line["points"].iloc[-1]), name, bool(ours)))
    if baseline is not None and not absent(baseline):
        dash = {"color": style.OURS, "width": 1.5, "dash": "dash"}
        refs = {"xref": f"x{axis} domain", "yref": f"y{axis}", "x0": 0, "x1": 1, "y0": baseline, "y1": baseline}
        fig.add_shape(type="line", line=dash, **refs)
        ends.append((float(baseline), f"before: {number(float(baseline), 0)}", False))
    places = apart([value for value, _, _ in ends], gap, limits[0] + gap / 2, limits[1] - gap / 2)
    for (_, name, ours), y in zip(ends, places, strict=True):
        text = safe(fit(name, ROOM - 12, style.SMALL))
        spot = {"x": 1, "xref": f"x{axis} domain", "xanchor": "left", "xshift": 6, "y": y, "yref": f"y{axis}"}
        look = {"hovertext": safe(name), "opacity": 1 if ours else style.QUIET, "name": "line"}
        fig.add_annotation(style.label(f"<b>{text}</b>" if ours else text, **spot, **look))


def _add_company(fig: go.Figure, name: str, line: pd.DataFrame, cell: dict[str, int], ours: bool) -> None:
    colour = style.OURS if ours else style.OTHERS
    dots = len(line) <= SPARSE
    fig.add_scatter(
        x=[f"{d:%Y-%m-%d}" for d in line["date"]],
        y=[float(v) for v in line["points"]],
        mode="lines+markers" if dots else "lines",
        line={"color": colour, "width": 3 if ours else 1.2},
        marker={"size": 7 if ours else 4, "color": colour},
        opacity=1 if ours else 0.8,
        name=safe(name),
        hovertext=[
            hover(f"<b>{safe(name)}</b>", f"{d.day} {d:%b %Y}: {number(float(v))} of 100")
            for d, v in zip(line["date"], line["points"], strict=True)
        ],
        hoverinfo="text",
        **cell,
    )


def _alt(scores: pd.DataFrame, sources: Sequence[str], baselines: Mapping[str, float] | None) -> str:
    told = []
    for source in sources:
        mine = scores[(scores["source"].astype(str) == source) & scores["ours"].astype(bool)].sort_values("date")
        if mine.empty:
            told.append(f"{source}: no score of ours")
            continue
        low, last = float(mine["points"].min()), float(mine["points"].iloc[-1])
        before = (baselines or {}).get(source)
        start = f"{number(before)} before, " if before is not None and not absent(before) else ""
        told.append(f"{source}: {start}lowest {number(low)}, latest {number(last)}")
    return f"Reputation in points of 100. {'; '.join(told)}."
