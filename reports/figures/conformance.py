"""As planned? Each step of the plan in a row: when it was due, when it was done, and what that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from metrics.steps import State
from metrics.words import opened, plural
from reports.figures import style
from reports.figures.clock_axis import ClockAxis, clock_axis
from reports.figures.key import Entry, Key
from reports.figures.lanes import words
from reports.figures.text import absent, fit, hover, joined, lines_fit, plain, safe, wrapped
from reports.figures.time_below import BOTTOM, add_time

TITLE, NARROW_TITLE, SAID, NARROW_SAID = 236, 104, 178, 92
"""Pixels left (steps) and right (states) of the rows; on a narrow screen."""
ROW, TALLEST = 24, 34
"""Least and greatest height of a row in pixels."""
#: State → symbol and its glyph in the key, colour, what it is called there.
SHAPES = {
    State.ON_TIME: ("circle", "●", style.BLUE, "Done on time"),
    State.LATE: ("diamond", "◆", style.VERMILLION, "Done late"),
    State.OUT_OF_ORDER: ("square", "■", style.PURPLE, "Out of order"),
    State.UNCLEAR: ("circle-open", "○", style.GREY, "Can't be told"),
    State.MISSED: ("x", "✕", style.VERMILLION, "Not done"),
}
UNPLANNED = "Not in the plan"


@dataclass(frozen=True, slots=True)
class Row:
    """One step: its row of the frame, its pixel from the top, and the pixels of its bounds from the left."""

    step: Any
    y: float
    due: tuple[float, float] | None
    done: tuple[float, float] | None

    @property
    def shape(self) -> tuple[str, str, str, str] | None:
        """How its mark looks; None where there is nothing to mark."""
        known = SHAPES.get(State(self.step.state))
        return known if (self.done or self.due) and known else None

    @property
    def at(self) -> float:
        """Where its mark stands: when it was done, else when it was due."""
        lo, hi = self.done or self.due or (0.0, 0.0)
        return (lo + hi) / 2


def planned_and_actual(
    steps: pd.DataFrame, unplanned: pd.DataFrame, *, timezone: str, width: int = style.WIDTH
) -> go.Figure:
    """A row a step on one local time axis: a tick where it was due, joined with the mark of when it was done.

    Parameters
    ----------
    steps : DataFrame
        step, section, said str; state (of `State`); due_from, due, done_from, done UTC or NaT (bounds); reason str or
        None; required bool. Drawn top to bottom as given.
    unplanned : DataFrame
        Events that fulfil no step: milestone, earliest, latest (UTC), description. They share the last row.
    width : int
        Pixels that names are laid out for.
    """
    if steps.empty:
        return style.missing("No plan was in force when the crisis began: import one.")
    if not _spans(steps, unplanned):
        return style.missing("Nothing that starts a step of the plan is recorded yet: import an incident log.")
    wide = width >= 640
    title, room = (TITLE, SAID) if wide else (NARROW_TITLE, NARROW_SAID)
    axis = clock_axis(_spans(steps, unplanned), max(width - title - room, 120), timezone)
    strays = [event for event in style.rows(unplanned) if not absent(event.earliest)]
    count = len(steps) + bool(strays)
    high = min(max((400 - BOTTOM - 30) / count, ROW), TALLEST) if wide else TALLEST
    drawn = [_row(step, (n + 0.5) * high, axis) for n, step in enumerate(style.rows(steps))]
    key = Key(_entries(drawn), width)
    fig = go.Figure()
    style.base(fig, round(high * count) + key.height + BOTTOM, alt=_alt(drawn, strays), left=title, right=room)
    fig.update_layout(margin={"t": key.height, "b": BOTTOM})
    fig.update_yaxes(visible=False, range=[high * count, 0])
    for number, row in enumerate(drawn):
        if number % 2 == 0:
            _stripe(fig, high * number, high)
        _add_step(fig, row, high, title, room, timezone)
    if strays:
        _add_strays(fig, strays, high * (count - 0.5), axis, (title, room), timezone)
    key.add(fig, title)
    add_time(fig, axis, high * count, timezone)
    return fig


def _spans(steps: pd.DataFrame, unplanned: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    apply = steps[steps["state"] != State.NOT_APPLICABLE]
    known = [ends for s in style.rows(apply) for ends in ((s.due_from, s.due), (s.done_from, s.done))]
    known += [(e.earliest, e.earliest if absent(e.latest) else e.latest) for e in style.rows(unplanned)]
    return [(lo, max(lo, hi)) for lo, hi in known if not absent(lo)]


def _row(step: Any, y: float, axis: ClockAxis) -> Row:
    def ends(lo: Any, hi: Any) -> tuple[float, float] | None:
        return None if absent(lo) else (axis.x(lo), axis.x(hi))

    return Row(step, y, ends(step.due_from, step.due), ends(step.done_from, step.done))


def _entries(drawn: Sequence[Row]) -> list[Entry]:
    used = {row.shape for row in drawn}
    marks = [Entry(shape[1], shape[3], shape[2]) for shape in SHAPES.values() if shape in used]
    return [Entry("|", "Due", style.GREY), *marks]


def _add_step(fig: go.Figure, row: Row, high: float, title: int, room: int, timezone: str) -> None:
    told = _hover(row.step, timezone)
    if row.due and row.done:
        _line(fig, (sum(row.due) / 2, row.at), row.y, row.shape[2] if row.shape else style.GREY, 2.5, 0.7, "gap")
    for ends in (row.due, row.done):
        if ends and ends[1] > ends[0]:
            _line(fig, ends, row.y, style.GREY, 7, 0.35, "day")
    if row.due and row.step.state not in (State.MISSED, State.NOT_APPLICABLE):
        tick = {"symbol": "line-ns", "size": 13, "line": {"width": 3, "color": style.GREY}}
        _mark(fig, sum(row.due) / 2, row.y, tick, told, "Due")
    if row.shape:
        symbol, _, colour, name = row.shape
        mark = {"symbol": symbol, "size": 11, "color": colour}
        _mark(fig, row.at, row.y, mark, told, name)
    lines = 2 if high >= TALLEST - 4 else 1
    quiet = 1 if row.shape else style.QUIET
    name = _lines(row.step.step, title - 14, lines)
    _beside(fig, name, row.y, "right", quiet, wrapped(row.step.step), "step")
    said = _lines(opened(row.step.said), room - 10, lines)
    failed = row.step.state in (State.LATE, State.MISSED, State.OUT_OF_ORDER)
    _beside(fig, f"<b>{said}</b>" if failed else said, row.y, "left", quiet, told, "state")


def _lines(text: object, pixels: float, most: int) -> str:
    if most == 1:
        return safe(fit(text, pixels, style.SMALL))
    return "<br>".join(safe(line) for line in lines_fit(text, pixels, style.SMALL, most))


def _line(
    fig: go.Figure, ends: tuple[float, float], y: float, colour: str, wide: float, clear: float, name: str
) -> None:
    look = {"color": colour, "width": wide}
    fig.add_scatter(x=list(ends), y=[y, y], mode="lines", line=look, opacity=clear, hoverinfo="skip", name=name)


def _mark(fig: go.Figure, x: float, y: float, look: dict[str, Any], told: str, name: str) -> None:
    place = {"x": [x], "y": [y], "mode": "markers", "cliponaxis": False}
    fig.add_scatter(**place, marker=look, hovertext=[told], hoverinfo="text", name=name)


def _beside(fig: go.Figure, text: str, y: float, anchor: str, opacity: float, told: str, name: str) -> None:
    """A text that ends left of the rows, or begins right of them."""
    x, shift = (0, -8) if anchor == "right" else (1, 8)
    place = {"x": x, "xref": "paper", "xanchor": anchor, "xshift": shift, "y": y, "yanchor": "middle"}
    fig.add_annotation(style.label(text, **place, opacity=opacity, hovertext=told, name=name) | {"align": anchor})


def _stripe(fig: go.Figure, top: float, high: float) -> None:
    ends = {"x0": 0, "x1": 1, "xref": "paper", "y0": top, "y1": top + high}
    fig.add_shape(type="rect", layer="below", line_width=0, fillcolor=style.STRIPE, **ends)


def _add_strays(
    fig: go.Figure, strays: Sequence[Any], y: float, axis: ClockAxis, room: tuple[int, int], timezone: str
) -> None:
    fig.add_scatter(
        x=[axis.x(event.earliest) for event in strays],
        y=[y] * len(strays),
        mode="markers",
        marker={"symbol": "triangle-up", "size": 10, "color": style.GREY},
        hovertext=[
            hover(f"<b>{safe(words(e.milestone))}</b>", _when(e.earliest, e.latest, timezone), wrapped(e.description))
            for e in strays
        ],
        hoverinfo="text",
        cliponaxis=False,
        name=UNPLANNED,
    )
    names = joined(words(event.milestone) for event in strays)
    _beside(fig, safe(fit(UNPLANNED, room[0] - 14)), y, "right", style.QUIET, wrapped(names), "step")
    told = fit(plural(len(strays), "event"), room[1] - 10)
    _beside(fig, safe(told), y, "left", style.QUIET, wrapped(names), "state")


def _hover(step: Any, timezone: str) -> str:
    return hover(
        f"<b>{safe(step.step)}</b>",
        safe(step.section),
        safe(opened(step.said)) + ("" if step.required else ", optional"),
        f"Due {_when(step.due_from, step.due, timezone)}" if not absent(step.due) else "",
        f"Done {_when(step.done_from, step.done, timezone)}" if not absent(step.done) else "",
        wrapped(opened(plain(step.reason))),
    )


def _when(lo: pd.Timestamp, hi: pd.Timestamp, timezone: str) -> str:
    first = lo.tz_convert(timezone)
    if absent(hi) or hi == lo:
        return safe(f"{first.day} {first:%b %Y, %H:%M %Z}")
    last = hi.tz_convert(timezone)
    return safe(f"between {first.day} {first:%b %Y, %H:%M} and {last.day} {last:%b %Y, %H:%M %Z}")


def _alt(drawn: Sequence[Row], strays: Sequence[Any]) -> str:
    by_state: dict[str, list[str]] = {}
    for row in drawn:
        said = row.step.said
        by_state.setdefault(row.step.state, []).append(
            f"{plain(row.step.step, 80)}" + (f" ({said.removeprefix('late, ')})" if said.startswith("late, ") else "")
        )
    told = [f"{opened(words(state).lower())}: {', '.join(by_state[state])}." for state in State if state in by_state]
    more = f" {plural(len(strays), 'event')} not in the plan." if strays else ""
    return f"Steps of the plan. {' '.join(told)}{more}"
