"""Crises as bands behind or over a chart of days, their names above it."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from reports.figures import style
from reports.figures.placing import Row, put_near
from reports.figures.text import absent, fit, safe, wrapped
from reports.figures.text import width as text_width

#: Pixels over the plot that two lines of names take.
TOP = 44


def add_bands(
    fig: go.Figure,
    crises: pd.DataFrame | None,
    first: pd.Timestamp,
    last: pd.Timestamp,
    room: float,
    right: float,
    *,
    layer: Literal["above", "below"] = "below",
) -> None:
    """A band for each crisis (label, start, end; end NaT: still open) that lies from `first` to `last`, its name above,
    in up to two lines; the plot is `room` pixels wide, and names may run `right` pixels over its end.
    """
    if crises is None:
        return
    rows = [Row(-20, room + right), Row(-20, room + right)]
    for crisis in style.rows(crises[crises["start"].notna()].sort_values("start")):
        end = last if absent(crisis.end) else crisis.end
        wide = min(max(end, crisis.start + pd.Timedelta(days=1)), last)
        start = max(crisis.start, first)
        if start >= wide:
            continue
        ends = {"x0": f"{start:%Y-%m-%d}", "x1": f"{wide:%Y-%m-%d}", "y0": 0, "y1": 1, "yref": "paper"}
        line = {"color": style.RULE, "width": 1}
        fig.add_shape(type="rect", layer=layer, fillcolor=style.SHADE, line=line, **ends)
        middle = start + (wide - start) / 2
        x = (middle - first) / (last - first) * room
        for pixels in (190, 110, 64):
            text = fit(crisis.label, pixels, style.SMALL)
            size = text_width(text, style.SMALL)
            if place := put_near(rows, x, size):
                level, left = place
                spot = {"x": f"{middle:%Y-%m-%d %H:%M}", "xanchor": "center", "xshift": left + size / 2 - x}
                spot |= {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4 + style.LINE * level}
                fig.add_annotation(style.label(safe(text), **spot, hovertext=wrapped(crisis.label), name="crisis"))
                break
