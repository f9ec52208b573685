"""What tests of figures look at: every text that is shown, every colour, and where annotations stand."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from reports.figures.text import width

SHOWN = {"text", "hovertext", "name", "ticktext", "hovertemplate", "texttemplate"}


def spec(fig: go.Figure) -> dict[str, Any]:
    """A figure as it is sent to the browser, the page's template apart."""
    sent: dict[str, Any] = json.loads(fig.to_json())
    sent["layout"].pop("template", None)
    return sent


def parts(fig: go.Figure) -> Iterator[tuple[str, Any]]:
    """Every key and value of a figure, at any depth."""
    todo: list[tuple[str, Any]] = [("", spec(fig))]
    while todo:
        key, value = todo.pop()
        yield key, value
        if isinstance(value, dict):
            todo += value.items()
        elif isinstance(value, list):
            todo += [(key, each) for each in value]


def shown(fig: go.Figure) -> list[str]:
    """Every text that Plotly draws, titles included."""
    return [value for key, value in parts(fig) if key in SHOWN and isinstance(value, str)]


def colours(fig: go.Figure) -> set[str]:
    """Every opaque colour of a mark."""
    return {v for k, v in parts(fig) if "color" in k.lower() and isinstance(v, str) and v.startswith("#")}


def contrast(one: str, other: str) -> float:
    """Contrast of two hex colours (WCAG 2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def named(fig: go.Figure, name: str) -> list[Any]:
    """The annotations of one kind."""
    return [a for a in fig.layout.annotations if a.name == name]


def trace(fig: go.Figure, name: str) -> Any:
    """The one trace of that name."""
    (found,) = [t for t in fig.data if t.name == name]
    return found


def visible(text: str) -> str:
    """A label's text as it is seen: without our own tags, entities as letters."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def overlaps(boxes: list[tuple[float, float, float, float]]) -> list[tuple[int, int]]:
    """Pairs of boxes (left, right, top, bottom) that cover each other."""
    return [
        (i, j)
        for i, a in enumerate(boxes)
        for j, b in enumerate(boxes)
        if i < j and a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ]


def box(annotation: Any, x: float, y: float) -> tuple[float, float, float, float]:
    """The box of an annotation whose point lies at the pixel (x, y), y downwards; of its first line where it has more."""
    size = max(width(visible(line), annotation.font.size) for line in annotation.text.split("<br>"))
    shift = {"left": 0.0, "center": -size / 2, "right": -size}[annotation.xanchor]
    left, top = x + (annotation.xshift or 0) + shift, y - (annotation.yshift or 0)
    lift = {"top": 0.0, "middle": -7.0, "bottom": -14.0}[annotation.yanchor or "middle"]
    return left, left + size, top + lift, top + lift + 14
