"""What the marks of a figure mean: one entry beside another above the plot, in lines that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from reports.figures import style
from reports.figures.text import fit, safe
from reports.figures.text import width as text_width

#: Pixels between two entries, and the longest name.
_GAP, _LONGEST = 18, 240


class Entry(NamedTuple):
    """A sign that looks like the mark, what it means, and the mark's colour."""

    glyph: str
    name: str
    colour: str


class Key:
    """The entries with their places; `height` is what a figure leaves above its plot."""

    def __init__(self, entries: Sequence[Entry], width: int) -> None:
        self._placed: list[tuple[Entry, float, int]] = []
        x, line = 0.0, 0
        for entry in entries:
            short = entry._replace(name=fit(entry.name, _LONGEST, style.SMALL))
            size = text_width(f"{short.glyph} {short.name}", style.SMALL) + _GAP
            if x and x + size > width:
                x, line = 0.0, line + 1
            self._placed.append((short, x, line))
            x += size
        self.lines = line + 1 if entries else 0
        self.height = 8 + (style.LINE + 2) * self.lines

    def add(self, fig: go.Figure, left: int, above: int = 4) -> None:
        """Draw it over a plot whose left margin is `left` pixels, `above` pixels over it."""
        for entry, x, line in self._placed:
            text = f'<span style="color:{entry.colour};font-size:15px">{entry.glyph}</span> {safe(entry.name)}'
            place = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": x - left, "y": 1, "yref": "paper"}
            up = above + (style.LINE + 2) * (self.lines - 1 - line)
            fig.add_annotation(style.label(text, **place, yanchor="bottom", yshift=up, name="key"))
