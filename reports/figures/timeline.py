"""What happened, in swim lanes: one lane a function, one mark an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from reports.figures import style
from reports.figures.clock_axis import clock_axis
from reports.figures.lanes import HALF, NOT_RECORDED, Lane, Mark, event_name, lanes, words
from reports.figures.text import absent, hover, lines_fit, plain, safe, wrapped
from reports.figures.time_below import BOTTOM, add_time

TOP, TITLE, NARROW_TITLE = 30, 112, 94
"""Pixels above the lanes (key) and left of them (functions; on a narrow screen)."""
TALLEST = 84
"""A lane is no higher than this: a crisis of one lane is a low figure."""
SHAPES = {
    "Outside the company": ("diamond", style.BLUE),
    "Employees": ("square", style.VERMILLION),
    "No audience": ("circle", style.GREY),
}


def timeline(
    events: pd.DataFrame, *, timezone: str, as_of: datetime | None = None, width: int = style.WIDTH
) -> go.Figure:
    """Swim lanes of one crisis's events in local time; long quiet stretches are shortened and say how long they are.

    Parameters
    ----------
    events : DataFrame
        event_id int, milestone str, earliest and latest UTC timestamps (apart for a time known to the day), date_only
        bool, function, audience, platform, detected_by, description str or None. Row order does not matter.
    timezone : str
        IANA name; the axis shows its local time and names it.
    as_of : datetime, optional
        Aware. Later events are not drawn.
    width : int
        Pixels that names are laid out for; wider is fine, narrower brings them closer.

    Returns
    -------
    Figure
        About 400 px high; lower for few lanes, higher for many. Each mark's customdata is ``[event_id]``; its hover
        has the whole text.
    """
    known = events[events["earliest"].notna()]
    if as_of is not None:
        known = known[known["earliest"] <= pd.Timestamp(as_of)]
    if known.empty:
        return style.missing("No events are recorded yet: import an incident log.")
    known = known.sort_values(["earliest", "event_id"], kind="stable")
    spans = [(e.earliest, e.earliest if absent(e.latest) else max(e.latest, e.earliest)) for e in style.rows(known)]
    title = TITLE if width >= 640 else NARROW_TITLE
    axis = clock_axis(spans, max(width - title - 8, 160), timezone)
    drawn = lanes(known, axis)
    heights = _heights(drawn)
    middles = _middles(drawn, heights)
    fig = go.Figure()
    for name in SHAPES:
        _add_marks(fig, name, _of(name, drawn, middles), timezone)
    style.base(fig, round(sum(heights)) + TOP + BOTTOM, alt=_alt(known, drawn, timezone), left=title, top=TOP)
    fig.update_layout(showlegend=True, margin_b=BOTTOM + (14 if as_of is not None and axis.width < 480 else 0))
    fig.update_yaxes(visible=False, range=[sum(heights), 0])
    for number, lane in enumerate(drawn):
        _add_stripe(fig, sum(heights[:number]), heights[number] if number % 2 == 0 else 0)
        _add_names(fig, lane, middles[number], title)
    add_time(fig, axis, sum(heights), timezone, as_of)
    return fig


def _heights(drawn: Sequence[Lane]) -> list[float]:
    """A lane's height is what its names need, and its part of what is left of 400 px."""
    spare = max(400 - TOP - BOTTOM - sum(lane.need for lane in drawn), 0) / len(drawn)
    return [max(lane.need, min(lane.need + spare, TALLEST)) for lane in drawn]


def _middles(drawn: Sequence[Lane], heights: Sequence[float]) -> list[float]:
    """Pixels from the top of each lane's line of marks."""
    tops = [sum(heights[:number]) for number in range(len(heights))]
    return [
        top + (height - lane.need) / 2 + HALF + style.LINE * lane.above
        for top, height, lane in zip(tops, heights, drawn, strict=True)
    ]


def _of(name: str, drawn: Sequence[Lane], middles: Sequence[float]) -> list[tuple[Mark, float]]:
    """The marks of one kind of audience, and each one's pixel from the top."""
    pairs = [(mark, middle + mark.step) for lane, middle in zip(drawn, middles, strict=True) for mark in lane.marks]
    return [(mark, y) for mark, y in pairs if _audience(mark.event.audience) == name]


def _audience(audience: object) -> str:
    outside, employees, none = SHAPES
    if not plain(audience):
        return none
    return employees if audience == "employees" else outside


def _add_marks(fig: go.Figure, name: str, marks: Sequence[tuple[Mark, float]], timezone: str) -> None:
    if not marks:
        return
    symbol, colour = SHAPES[name]
    for mark, y in marks:
        if mark.right > mark.left:
            line = {"color": colour, "width": 7}
            band = {"mode": "lines", "opacity": 0.4, "hoverinfo": "skip", "showlegend": False, "name": "day"}
            fig.add_scatter(x=[mark.left, mark.right], y=[y, y], line=line, **band)
    fig.add_scatter(
        x=[mark.x for mark, _ in marks],
        y=[y for _, y in marks],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": 12, "color": colour},
        customdata=[[int(mark.event.event_id)] for mark, _ in marks],
        hovertext=[_hover(mark.event, timezone) for mark, _ in marks],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=True,
    )


def _hover(event: Any, timezone: str) -> str:
    local = event.earliest.tz_convert(timezone)
    day = f"{local:%a} {local.day} {local:%b %Y}"
    function = plain(event.function)
    return hover(
        f"<b>{safe(words(event.milestone))}</b>",
        f"{day}, time not recorded" if event.date_only else safe(f"{day}, {local:%H:%M %Z}"),
        safe(function) if function else "Function not recorded",
        f"To: {safe(event.audience)}" if plain(event.audience) else "",
        f"On: {safe(event.platform)}" if plain(event.platform) else "",
        f"Detected by: {safe(words(event.detected_by).lower())}" if plain(event.detected_by) else "",
        wrapped(event.description),
    )


def _add_stripe(fig: go.Figure, top: float, height: float) -> None:
    if height:
        ends = {"x0": 0, "x1": 1, "xref": "paper", "y0": top, "y1": top + height}
        fig.add_shape(type="rect", layer="below", line_width=0, fillcolor=style.STRIPE, **ends)


def _add_names(fig: go.Figure, lane: Lane, middle: float, width: int) -> None:
    title = "<br>".join(safe(line) for line in lines_fit(lane.title, width - 14, style.SIZE, 2))
    place = {"x": 0, "xref": "paper", "xanchor": "right", "xshift": -8, "y": middle, "yanchor": "middle"}
    quiet = style.QUIET if lane.title == NOT_RECORDED else 1
    text = style.label(title, **place, opacity=quiet, hovertext=wrapped(lane.title), name="lane")
    fig.add_annotation(text | {"font": {"size": style.SIZE}, "align": "right"})
    for name in lane.names:
        out = HALF + style.LINE * (abs(name.level) - 0.5)
        y = middle + (out if name.level > 0 else -out)
        spot = {"x": name.x, "xanchor": "center", "xshift": name.shift, "y": y, "yanchor": "middle"}
        fig.add_annotation(style.label(safe(name.text), **spot, name="milestone"))


def _alt(events: pd.DataFrame, drawn: Sequence[Lane], timezone: str) -> str:
    rows = style.rows(events)
    ends = []
    for event in (rows[0], rows[-1]):
        local = event.earliest.tz_convert(timezone)
        ends.append(f"{local.day} {local:%b %Y} ({event_name(event)})")
    functions = [lane.title for lane in drawn if lane.title != NOT_RECORDED]
    count = f"{len(rows)} event{'s' if len(rows) != 1 else ''}"
    took = f"Functions: {', '.join(functions)}." if functions else "No function is recorded."
    span = f"from {ends[0]} to {ends[1]}" if len(rows) > 1 else f"on {ends[0]}"
    return f"Timeline of {count} {span}. {took}"
