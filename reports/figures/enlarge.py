"""A figure for the far end of a room: the same drawing with everything that is measured in pixels made larger."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from reports.figures.placing import apart

#: Fields that hold pixels wherever they stand.
_PIXELS = {"size", "xshift", "yshift", "borderpad", "ticklen", "standoff"}
#: Fields that hold pixels inside these parents alone.
_WITHIN = {
    "line": {"width"},
    "error_x": {"width", "thickness"},
    "error_y": {"width", "thickness"},
    "margin": set("lrtb"),
}

#: Pixels down that a line of a figure's small letters takes.
_LINE = 15


def enlarged(fig: go.Figure, factor: float, height: int | None = None) -> go.Figure:
    """A copy of `fig` whose letters, marks, lines and margins are `factor` times as large.

    Parameters
    ----------
    fig : Figure
        Drawn for ``width / factor`` pixels where it will be shown on `width`.
    factor : float
        From 1 on.
    height : int, optional
        Pixels of the whole; default: `factor` times those of `fig`.
    """
    spec: dict[str, Any] = fig.to_plotly_json()
    larger = {"data": _scaled(spec["data"], factor), "layout": _scaled(spec["layout"], factor)}
    copy = go.Figure(larger)
    before = fig.layout.height
    copy.update_layout(height=height or (round(before * factor) if before else None))
    if height is not None:
        _spread(copy, _LINE * factor)
    return copy


def _spread(fig: go.Figure, line: float) -> None:
    """Names at the right ends of lines, kept `line` pixels apart: they were laid out for other letters and another height."""
    beside: dict[str, list[Any]] = {}
    for note in fig.layout.annotations:
        if note.name == "line":
            beside.setdefault(note.yref, []).append(note)
    inner = fig.layout.height - (fig.layout.margin.t or 0) - (fig.layout.margin.b or 0)
    for ref, notes in beside.items():
        axis = fig.layout[ref.replace("y", "yaxis")]
        (low, high), (bottom, top) = axis.range, axis.domain or (0, 1)
        gap = (high - low) * line / (inner * (top - bottom))
        for note, y in zip(notes, apart([note.y for note in notes], gap, low + gap / 2, high - gap / 2), strict=True):
            note.y = y


def _scaled(node: Any, factor: float, parent: str = "") -> Any:
    if isinstance(node, dict):
        pixels = _PIXELS | _WITHIN.get(parent, set()) | _ends(node)
        return {
            name: _times(value, factor) if name in pixels else _scaled(value, factor, name)
            for name, value in node.items()
        }
    if isinstance(node, list | tuple):
        return [_scaled(value, factor, parent) for value in node]
    return node


def _ends(shape: dict[str, Any]) -> set[str]:
    """The ends of a shape that are measured in pixels."""
    return {f"{axis}{end}" for axis in "xy" if shape.get(f"{axis}sizemode") == "pixel" for end in "01"}


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, list | tuple):
        return [_times(one, factor) for one in value]
    return value * factor if isinstance(value, int | float) and not isinstance(value, bool) else value
