"""The local time below rows that share a clock axis: round times, and how long each quiet stretch is that was cut."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import plotly.graph_objects as go

from reports.figures import style
from reports.figures.clock_axis import ClockAxis
from reports.figures.text import safe

BOTTOM = 62
"""Pixels below the rows."""


def add_time(fig: go.Figure, axis: ClockAxis, bottom: float, timezone: str, as_of: datetime | None = None) -> None:
    """Draw it on `fig`, whose y axis is in pixels from the top and ends at `bottom`."""
    places, labels = axis.ticks()
    for left, right, length in axis.cuts:
        ends = {"x0": left, "x1": right, "y0": 0, "y1": bottom}
        fig.add_shape(type="rect", layer="below", line_width=0, fillcolor=style.SHADE, **ends)
        place = {"x": (left + right) / 2, "xanchor": "center", "y": bottom, "yanchor": "top", "yshift": -6}
        text = _gap(length) if axis.width < 480 else f"⋯ {_gap(length)} ⋯"
        fig.add_annotation(style.label(text, **place, opacity=style.QUIET, name="cut"))
    title = f"Local time, {safe(timezone)}"
    if as_of is not None:
        seen = pd.Timestamp(as_of).tz_convert(timezone)
        title += "<br>" if axis.width < 480 else " · "
        title += f"as of {seen.day} {seen:%b %Y}, {seen:%H:%M}"
    title += " · ⋯ quiet time cut" if axis.cuts else ""
    ticks = {"tickmode": "array", "tickvals": places, "ticktext": labels, "tickangle": 0, "ticks": "outside"}
    axis_title = {"text": title, "font": {"size": style.SMALL}, "standoff": 4}
    fig.update_xaxes(range=[0, axis.width], ticklen=4, showgrid=True, automargin=False, title=axis_title, **ticks)


def _gap(length: pd.Timedelta) -> str:
    hours = length / pd.Timedelta(hours=1)
    return f"{hours / 24:.0f} d" if hours >= 47.5 else f"{hours:.0f} h"
