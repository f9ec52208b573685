"""Where the marks and names of a swim-lane timeline go; drawing them is `timeline`'s."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.figures import style
from reports.figures.clock_axis import ClockAxis
from reports.figures.placing import Row, put_near
from reports.figures.text import absent, fit, plain, width

NOT_RECORDED = "Not recorded"
HALF = 10
"""Pixels from a mark's centre to the nearest text."""
LEVELS = (-1, 1, -2, 2)
"""Lines that a name may stand on: above the mark, below it, then one further out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One event: pixels from the left of its middle and of its bounds, and how far it steps out of its lane's line."""

    event: Any
    x: float
    left: float
    right: float
    step: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A mark's name: plain text, the mark's pixel, how far right of it the middle of the text is, and its line."""

    text: str
    x: float
    shift: float
    level: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One function's lane: its marks, its names, and the lines of text it needs above and below the marks."""

    title: str
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]

    @property
    def above(self) -> int:
        """Lines of names above the marks."""
        return max((-n.level for n in self.names), default=1)

    @property
    def below(self) -> int:
        """Lines of names below the marks."""
        return max((n.level for n in self.names), default=0)

    @property
    def need(self) -> float:
        """Least height in pixels."""
        return 2 * HALF + style.LINE * (max(self.above, 1) + max(self.below, 0)) + 2


def lanes(events: pd.DataFrame, axis: ClockAxis) -> list[Lane]:
    """One lane a function, in the order in which they first appear; what has none comes last.

    `events` is EVENTS, not empty and in order of time.
    """
    marks: dict[str, list[Mark]] = {}
    for event in style.rows(events):
        lane = marks.setdefault(plain(event.function) or NOT_RECORDED, [])
        lane.append(_mark(event, axis, lane))
    titles = [t for t in marks if t != NOT_RECORDED] + [t for t in marks if t == NOT_RECORDED]
    return [Lane(t, tuple(marks[t]), tuple(_names(marks[t], axis.width))) for t in titles]


def _mark(event: Any, axis: ClockAxis, lane: Sequence[Mark]) -> Mark:
    """Place an event; those of one lane that would lie on each other step up and down in turn."""
    left = axis.x(event.earliest)
    right = left if absent(event.latest) else max(axis.x(event.latest), left)
    x = (left + right) / 2
    crowd = sum(1 for m in lane if abs(m.x - x) < 10)
    return Mark(event, x, left, right, (0, 6, -6)[crowd % 3])


def _names(marks: Sequence[Mark], room: float) -> list[Name]:
    """Name each mark where there is room, shortened if need be; the hover names the few that find none."""
    rows = [Row(-24, room + 2) for _ in LEVELS]
    names = []
    for texts, x in _together(marks):
        for text in texts:
            size = width(text, style.SMALL)
            if place := put_near(rows, x, size):
                number, left = place
                names.append(Name(text, x, left + size / 2 - x, LEVELS[number]))
                break
    return names


def _together(marks: Sequence[Mark]) -> list[tuple[list[str], float]]:
    """Marks of the same name and place named once ("Statement ×2"): the texts to try, longest first, and the place."""
    groups: list[tuple[str, list[Mark]]] = []
    for mark in marks:
        name = event_name(mark.event)
        same = [g for known, g in groups if known == name and mark.x - g[-1].x < 14]
        if same:
            same[-1].append(mark)
        else:
            groups.append((name, [mark]))
    return [(_texts(name, len(group)), sum(m.x for m in group) / len(group)) for name, group in groups]


def event_name(event: Any) -> str:
    """What to call an event (a row of EVENTS), as plain text: its milestone, or what it is if that is "other"."""
    return (plain(event.description) if event.milestone == "other" else "") or words(event.milestone)


def words(code: object) -> str:
    """A code as words: "team_assembled" → "Team assembled"."""
    text = plain(code).replace("_", " ")
    return text[:1].upper() + text[1:]


def _texts(name: str, count: int) -> list[str]:
    times = f" ×{count}" if count > 1 else ""
    return list(dict.fromkeys(fit(name, pixels, style.SMALL) + times for pixels in (150, 84, 56)))
