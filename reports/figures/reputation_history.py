"""Reputation over the years: a panel a source below each other on one axis of days, the crises as bands through all."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from metrics.words import number, plural
from reports.figures import context, style
from reports.figures.bands import TOP, add_bands
from reports.figures.placing import apart
from reports.figures.text import fit, hover, plain, safe

PANEL, BETWEEN, LEFT, RIGHT, NARROW_RIGHT, BOTTOM = 130, 34, 40, 130, 84, 36
"""Pixels: a panel, the room above it for its name, and the margins."""


def reputation_history(
    scores: pd.DataFrame,
    crises: pd.DataFrame | None = None,
    *,
    markers: pd.DataFrame | None = None,
    primary: str | None = None,
    width: int = style.WIDTH,
) -> go.Figure:
    """Every score of ours bold, those of comparison companies thin and grey; each panel has a scale of its own.

    Parameters
    ----------
    scores : DataFrame
        date (naive local day), source, company str, ours bool, points float (0–100; NaN is left out).
    crises : DataFrame, optional
        label str, start, end (naive local days; end NaT: still open).
    markers : DataFrame, optional
        date (naive local day), title str: what else happened, drawn grey.
    primary : str, optional
        Source whose panel comes first.
    """
    known = scores[scores["points"].notna() & scores["date"].notna()]
    if known.empty:
        return style.missing("No reputation scores with a known scale: import them, with each source's scale.")
    known = known.assign(source=known["source"].astype(str))
    ours = set(known.loc[known["ours"].astype(bool), "source"])
    sources = sorted(known["source"].unique(), key=lambda s: (s != primary, s not in ours, s.lower()))
    right = RIGHT if width >= 640 else NARROW_RIGHT
    height = len(sources) * PANEL + (len(sources) - 1) * BETWEEN
    gap = BETWEEN / height if len(sources) > 1 else 0
    fig = make_subplots(rows=len(sources), cols=1, shared_xaxes=True, vertical_spacing=gap)
    first, last = style.day_span(known["date"].min(), known["date"].max())
    noted = context.marks(markers, (first, last), width - LEFT - right, right, at=style.iso)
    lift = style.LINE * context.lines(noted)
    top = TOP + BETWEEN + lift
    add_bands(fig, crises, first, last, width - LEFT - right, right)
    for note in fig.layout.annotations:  # above the name of the first panel
        note.yshift += BETWEEN - 10 + lift
    axes = [("x" if row == 1 else f"x{row}", "y" if row == 1 else f"y{row}") for row in range(1, len(sources) + 1)]
    context.add_context(fig, noted, axes, BETWEEN - 10)
    for row, source in enumerate(sources, 1):
        _add_panel(fig, known[known["source"] == source].sort_values(["company", "date"]), row, right)
    style.base(
        fig,
        height + top + BOTTOM,
        alt=_alt(known, sources, crises) + context.told(markers, first, last),
        left=LEFT,
        right=right,
        top=top,
    )
    style.day_axis(fig, first, last)
    return fig


def _add_panel(fig: go.Figure, scores: pd.DataFrame, row: int, right: int) -> None:
    axis = "" if row == 1 else str(row)
    low, high = float(scores["points"].min()), float(scores["points"].max())
    air = max((high - low) * 0.12, 2)
    low, high = max(low - air, -1), min(high + air, 101)
    fig.update_yaxes(range=[low, high], nticks=4, row=row, col=1)
    title = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": 8 - LEFT, "y": 1, "yref": f"y{axis} domain"}
    source = str(scores["source"].iloc[0])
    name = f"<b>{safe(fit(source, 220, style.SMALL))}</b>, points of 100"
    fig.add_annotation(style.label(name, **title, yanchor="bottom", yshift=4, hovertext=safe(source), name="source"))
    ends: list[tuple[float, str, bool]] = []
    for (mine, company), line in scores.groupby(["ours", "company"]):
        label = plain(company) or "Unnamed"
        colour = style.OURS if mine else style.OTHERS
        fig.add_scatter(
            x=[f"{day:%Y-%m-%d}" for day in line["date"]],
            y=[float(value) for value in line["points"]],
            mode="lines+markers" if mine else "lines",
            line={"color": colour, "width": 2.5 if mine else 1.2},
            marker={"size": 5, "color": colour},
            opacity=1 if mine else 0.8,
            name=safe(label),
            hovertext=[
                hover(f"<b>{safe(label)}</b>", f"{d.day} {d:%b %Y}: {number(float(v))} of 100")
                for d, v in zip(line["date"], line["points"], strict=True)
            ],
            hoverinfo="text",
            row=row,
            col=1,
        )
        ends.append((float(line["points"].iloc[-1]), label, bool(mine)))
    places = apart([value for value, _, _ in ends], (high - low) * 15 / PANEL, low, high)
    for (_, label, mine), y in zip(ends, places, strict=True):
        spot = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "y": y, "yref": f"y{axis}"}
        text = safe(fit(label, right - 12, style.SMALL))
        look = {"hovertext": safe(label), "opacity": 1 if mine else style.QUIET, "name": "line"}
        fig.add_annotation(style.label(f"<b>{text}</b>" if mine else text, **spot, **look))


def _alt(scores: pd.DataFrame, sources: list[str], crises: pd.DataFrame | None) -> str:
    told = []
    for source in sources:
        mine = scores[(scores["source"] == source) & scores["ours"].astype(bool)].sort_values("date")
        if mine.empty:
            told.append(f"{source}: no score of ours")
            continue
        low = mine.iloc[mine["points"].argmin()]
        when = f"{low['date'].day} {low['date']:%b %Y}"
        latest = number(float(mine["points"].iloc[-1]))
        told.append(f"{source}: lowest {number(float(low['points']))} on {when}, latest {latest}")
    through = f" over {plural(len(crises), 'crisis', 'crises')}" if crises is not None and len(crises) else ""
    return f"Reputation in points of 100{through}. {'; '.join(told)}."
