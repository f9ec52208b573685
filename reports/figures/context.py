"""Context on a time axis: what else happened, as dotted grey lines with names that do not collide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from reports.figures import style
from reports.figures.placing import Row, put_near
from reports.figures.text import absent, fit, hover, joined, plain, safe, wrapped
from reports.figures.text import width as text_width

LEVELS = 2
"""Lines of names at most; where there is no room for a name its line still stands."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One day's notes: its place `x` as the axis takes it and in pixels; `text` is None without room for a name."""

    x: Any
    pixel: float
    names: tuple[str, ...]
    text: str | None = None
    left: float = 0.0
    level: int = 0


def marks(
    markers: pd.DataFrame | None,
    span: tuple[Any, Any],
    room: float,
    right: float,
    *,
    column: str = "date",
    at: Callable[[Any], Any] = lambda day: day,
) -> list[Mark]:
    """The notes of `markers` (title, and a day or number in `column`) that lie in `span`, on `room` pixels.

    Names may run `right` pixels over the end of the axis; `at` turns a place into what the axis takes.
    """
    if markers is None or markers.empty:
        return []
    known = markers[[not absent(value) and span[0] <= value <= span[1] for value in markers[column]]]
    days = known.groupby(column, sort=True)["title"].agg(list)
    rows = [Row(-20, room + right) for _ in range(LEVELS)]
    found = []
    for place, titles in days.items():
        pixel = (place - span[0]) / (span[1] - span[0]) * room
        names = tuple(plain(title) or "Unnamed" for title in sorted(titles, key=str))
        found.append(_named(Mark(at(place), pixel, names), rows))
    return found


def _named(mark: Mark, rows: Sequence[Row]) -> Mark:
    for pixels in (240, 140, 80, 56):
        text = fit(joined(mark.names), pixels, style.SMALL)
        if place := put_near(rows, mark.pixel, text_width(text, style.SMALL), 2.0):
            return Mark(mark.x, mark.pixel, mark.names, text, place[1], place[0])
    return mark


def lines(found: Sequence[Mark]) -> int:
    """How many lines the names take."""
    return max((mark.level + 1 for mark in found if mark.text is not None), default=0)


def add_context(fig: go.Figure, found: Sequence[Mark], axes: Sequence[tuple[str, str]], lift: int) -> None:
    """Draw the lines through the panels `axes` (x and y axis of each), the names `lift` pixels above the first."""
    for mark in found:
        for x, y in axes:
            place = {"xref": x, "yref": f"{y} domain", "x0": mark.x, "x1": mark.x, "y0": 0, "y1": 1}
            look = {"color": style.GREY, "width": 1, "dash": "dot"}
            fig.add_shape(type="line", layer="below", line=look, **place)
        if mark.text is None:
            continue
        x, y = axes[0]
        spot = {"x": mark.x, "xref": x, "xanchor": "left", "xshift": mark.left - mark.pixel, "y": 1}
        spot |= {"yref": f"{y} domain", "yanchor": "bottom", "yshift": lift + style.LINE * mark.level}
        whole = hover(*(wrapped(name) for name in mark.names))
        text = f"<i>{safe(mark.text)}</i>"
        fig.add_annotation(style.label(text, **spot, opacity=style.QUIET, name="marker", hovertext=whole))


def told(markers: pd.DataFrame | None, first: Any, last: Any) -> str:
    """The notes from `first` to `last` as a sentence for those who cannot see them; "" without any."""
    if markers is None:
        return ""
    known = markers[markers["date"].between(first, last)].sort_values(["date", "title"])
    said = [f"{plain(row.title) or 'Unnamed'} on {row.date.day} {row.date:%b %Y}" for row in style.rows(known)]
    more = f" and {len(said) - 6} more" if len(said) > 6 else ""
    return f" What else happened: {'; '.join(said[:6])}{more}." if said else ""
