"""Where the time from detection to the first public statement went."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from metrics.words import duration, percent
from reports.figures import style
from reports.figures.placing import Row, put_nearest
from reports.figures.text import absent, fit, hover, plain, safe
from reports.figures.text import width as text_width

HEIGHT, BAR = 90, 20
"""Pixels: the figure, and the bar in its middle; the rest is for two lines of text below and above it."""


def statement_path(path: pd.DataFrame, *, width: int = style.WIDTH) -> go.Figure:
    """One stacked bar, 90 px high, each part named beside it with its length.

    Parameters
    ----------
    path : DataFrame
        label str, hours float, in order of time. A part without hours is left out; one below zero counts as nothing.
    width : int
        Pixels that names are laid out for.
    """
    parts = [(plain(p.label) or "Other", max(float(p.hours), 0.0)) for p in style.rows(path) if not absent(p.hours)]
    total = sum(hours for _, hours in parts)
    if not total:
        return style.missing("The steps before the first statement are not recorded.", HEIGHT)
    fig = go.Figure()
    room = width - 16
    rows = [Row(0, room), Row(0, room)]
    start = 0.0
    for number, (name, hours) in enumerate(parts):
        colour = style.SERIES[number % len(style.SERIES)]
        length = hours / total * room
        share = f"{duration(hours)}, {percent(hours / total)} of {duration(total)}"
        text = [hover(f"<b>{safe(name)}</b>", share)]
        place = {"x": [length], "y": [0], "base": [start], "orientation": "h", "width": [BAR]}
        fig.add_bar(**place, name=safe(name), marker={"color": colour}, hovertext=text, hoverinfo="text")
        _add_name(fig, rows, start, name, hours, colour)
        start += length
    longest = max(parts, key=lambda part: part[1])
    told = ", ".join(f"{name} {duration(hours)}" for name, hours in parts)
    alt = f"Where the {duration(total)} to the first statement went: {told}. Longest: {longest[0]}."
    style.base(fig, HEIGHT, alt=alt, top=0)
    fig.update_layout(barmode="overlay", margin_b=0)
    fig.update_xaxes(visible=False, range=[0, room])
    fig.update_yaxes(visible=False, range=[HEIGHT / 2, -HEIGHT / 2])
    return fig


def _add_name(fig: go.Figure, rows: list[Row], start: float, name: str, hours: float, colour: str) -> None:
    """Name a part below the bar, or above it where there is no room; only the hover names what fits nowhere."""
    for pixels in (150, 96, 60):
        first = fit(name, pixels, style.SMALL)
        size = max(text_width(f"■ {first}", style.SMALL), text_width(duration(hours), style.SMALL) * 1.1)
        if place := put_nearest(rows, start, size):
            row, left = place
            text = f'<span style="color:{colour}">■</span> {safe(first)}<br><b>{duration(hours)}</b>'
            y, side = (BAR / 2 + 2, "top") if row == 0 else (-BAR / 2 - 2, "bottom")
            fig.add_annotation(style.label(text, x=left, xanchor="left", y=y, yanchor=side, name="part"))
            return
