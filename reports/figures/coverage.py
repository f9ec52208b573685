"""What is stored of each stream on each day: a row a stream, filled where there are data, crises as bands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from metrics.words import date, plural
from reports.figures import bands, style
from reports.figures.text import fit, hover, plain, safe
from reports.figures.text import width as text_width

ROW, RIGHT, BOTTOM = 26, 16, 36
#: Pixels that a cell needs at least; the days are put together by week, then by month, until they have them.
_CELL = 4
_STEPS = {"D": 1, "W": 7, "M": 30}
#: Rows in their order: stream → what a row is called, and one of what it counts.
_NAMES = {
    "engagement": ("{name} {kind}", "{kind}"),
    "incidents": ("Incident log", "event"),
    "survey": ("Survey: {name}", "wave open"),
    "reputation": ("{name}", "score"),
}
_KINDS = {"mention": ("mentions", "mention"), "owned": ("owned posts", "owned post")}
#: From nothing stored to the most of a row.
_SCALE = [[0, style.CLEAR], [0.001, "rgba(0,114,178,0.20)"], [0.3, "rgba(0,114,178,0.40)"], [1, style.BLUE]]


@dataclass(frozen=True, slots=True)
class _Lane:
    """One row: its name and what it counts, as plain text, and its counts by day, NaN where nobody counted. `daily`
    streams have holes.
    """

    name: str
    one: str
    counts: pd.Series
    daily: bool


def coverage_calendar(days: pd.DataFrame, *, crises: pd.DataFrame | None = None, width: int = style.WIDTH) -> go.Figure:
    """A heat map of stored rows by stream and day, week or month, whichever fits.

    Parameters
    ----------
    days : DataFrame
        stream ("engagement", "incidents", "survey" or "reputation"), name, kind, date (naive day), n (missing: there are data, but
        nobody counted the posts).
    crises : DataFrame, optional
        label str, start, end (naive days; end NaT: still open).
    width : int
        Pixels that cells and names are laid out for.
    """
    known = days[days["date"].notna() & days["stream"].isin(list(_NAMES))]
    if known.empty:
        return style.missing("Nothing is stored yet: import a file, and the days it holds appear here.", 200)
    lanes = _lanes(known)
    left = min(max(text_width(lane.name, style.SMALL) for lane in lanes) + 12, 0.32 * width)
    first, last = style.day_span(known["date"].min(), known["date"].max() + pd.Timedelta(days=1))
    room = width - left - RIGHT
    step = _step((last - first).days, room)
    edges = _edges(first, last, step)
    fig = go.Figure()
    fig.add_heatmap(
        x=[style.iso(edge) for edge in edges],
        y=list(range(len(lanes))),
        z=[_levels(lane, edges) for lane in lanes],
        hovertext=[_hovers(lane, edges, step) for lane in lanes],
        hoverinfo="text",
        colorscale=_SCALE,
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=1,
        ygap=4,
        name="Stored",
    )
    bands.add_bands(fig, crises, first, last, room, RIGHT, layer="above")
    height = bands.TOP + ROW * len(lanes) + BOTTOM
    style.base(fig, height, alt=_alt(lanes), left=round(left), right=RIGHT, top=bands.TOP)
    style.day_axis(fig, first, last)
    ticks = [safe(fit(lane.name, left - 12, style.SMALL)) for lane in lanes]
    fig.update_yaxes(range=[len(lanes) - 0.5, -0.5], tickvals=list(range(len(lanes))), ticktext=ticks, showgrid=False)
    return fig


def _lanes(known: pd.DataFrame) -> list[_Lane]:
    order = list(_NAMES)
    found = []
    for (stream, name, kind), rows in known.groupby(["stream", "name", "kind"], dropna=False):
        title, one = _NAMES[str(stream)]
        many, single = _KINDS.get(str(kind), ("posts", "post"))
        told = title.format(name=plain(name) or "Unnamed", kind=many)
        lane = _Lane(told, one.format(kind=single), _by_day(rows), stream == "engagement")
        found.append((order.index(str(stream)), told, lane))
    return [lane for *_, lane in sorted(found, key=lambda item: item[:2])]


def _by_day(rows: pd.DataFrame) -> pd.Series:
    return rows["n"].astype("Float64").astype("float64").groupby(rows["date"]).sum(min_count=1)


def _step(days: int, room: float) -> str:
    return next((step for step, length in _STEPS.items() if room / (days / length) >= _CELL), "M")


def _edges(first: pd.Timestamp, last: pd.Timestamp, step: str) -> list[pd.Timestamp]:
    """Where the cells begin, and where the last one ends; weeks begin on Monday."""
    first, last = first.normalize(), last.ceil("D")
    if step == "D":
        return list(pd.date_range(first, last))
    if step == "W":
        return list(pd.date_range(first - pd.Timedelta(days=first.weekday()), last + pd.Timedelta(days=6), freq="7D"))
    return list(pd.date_range(first.replace(day=1), last + pd.Timedelta(days=31), freq="MS"))


def _cells(lane: _Lane, edges: Sequence[pd.Timestamp]) -> list[pd.Series | None]:
    """The counts in each cell; None where none can be: outside a daily stream's first and last day, or a sparse
    stream's empty days.
    """
    parts = [lane.counts[(lane.counts.index >= a) & (lane.counts.index < b)] for a, b in _pairs(edges)]
    reach = lane.counts.index.min(), lane.counts.index.max()
    inside = [lane.daily and a <= reach[1] and b > reach[0] for a, b in _pairs(edges)]
    return [part if len(part) or within else None for part, within in zip(parts, inside, strict=True)]


def _pairs(edges: Sequence[pd.Timestamp]) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    return list(pairwise(edges))


def _levels(lane: _Lane, edges: Sequence[pd.Timestamp]) -> list[float | None]:
    """How full each cell is drawn: 0 nothing stored, a trace for a count of 0 or none, up to 1 for the most of the row; of a
    daily stream a week or month is as full as its days are.
    """
    cells = _cells(lane, edges)
    most = max((int(cell.sum()) for cell in cells if cell is not None), default=0)

    def level(cell: pd.Series, days: int) -> float:
        if cell.empty or cell.sum() == 0:
            return 0 if cell.empty else 0.001
        share = len(cell) / days if lane.daily else 1
        return share * (0.3 + 0.7 * math.log1p(int(cell.sum())) / math.log1p(most))

    return [
        None if cell is None else level(cell, (b - a).days) for cell, (a, b) in zip(cells, _pairs(edges), strict=True)
    ]


def _hovers(lane: _Lane, edges: Sequence[pd.Timestamp], step: str) -> list[str]:
    return [
        "" if cell is None else hover(f"<b>{safe(lane.name)}</b>", when, _said(lane, cell, (b - a).days))
        for cell, (a, b) in zip(_cells(lane, edges), _pairs(edges), strict=True)
        for when in [{"D": date(a), "W": f"Week of {date(a)}", "M": f"{a:%B %Y}"}[step]]
    ]


def _said(lane: _Lane, cell: pd.Series, days: int) -> str:
    if cell.empty:
        return "Nothing stored"
    if lane.one == "wave open":
        return plural(int(cell.max()), "wave open", "waves open")
    if cell.isna().all():
        return "Daily totals that do not count the posts"
    told = plural(int(cell.sum()), lane.one)
    return told if days == 1 else f"{told}, on {len(cell)} of {days} days"


def _alt(lanes: Sequence[_Lane]) -> str:
    told = [f"{lane.name} on {plural(len(lane.counts), 'day')}{_hole(lane)}" for lane in lanes[:8]]
    more = f", and {plural(len(lanes) - 8, 'more row')}" if len(lanes) > 8 else ""
    span = [day for lane in lanes for day in (lane.counts.index.min(), lane.counts.index.max())]
    return f"What is stored from {date(min(span))} to {date(max(span))}: {'; '.join(told)}{more}."


def _hole(lane: _Lane) -> str:
    """The longest stretch of a daily stream without anything stored, from three days on."""
    gaps = lane.counts.index.to_series().diff().dt.days - 1
    if not lane.daily or not gaps.max() >= 3:
        return ""
    end = gaps.idxmax()
    start = end - pd.Timedelta(days=int(gaps.max()))
    return f" (nothing from {date(start)} to {date(end - pd.Timedelta(days=1))})"
