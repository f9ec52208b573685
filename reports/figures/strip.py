"""The strip of names above a chart of days: milestones, and grey what else happened, as flags that do not collide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from reports.figures import style
from reports.figures.placing import GAP
from reports.figures.text import absent, fit, hover, joined, plain, safe, wrapped
from reports.figures.text import width as text_width

LEVELS = 5
"""Lines of names at most."""
INSET = 3
"""Pixels from a flag's pole to its text."""


@dataclass(frozen=True, slots=True)
class Note:
    """What happened on one local day; `grey` where it is context, not part of the crisis."""

    day: pd.Timestamp
    names: tuple[str, ...]
    grey: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """A note's text, the pixels of its pole and of its left edge, and its line (0 is the lowest)."""

    note: Note
    text: str
    x: float
    left: float
    level: int

    @property
    def right(self) -> float:
        """The pixel at which the text ends."""
        return self.left + text_width(self.text, style.SMALL)


def notes(milestones: pd.DataFrame | None, markers: pd.DataFrame | None, timezone: str | None) -> list[Note]:
    """The notes of `milestones` (label, at) and `markers` (title, date) in order of time, one a day and kind.

    Raises
    ------
    ValueError
        If a timestamp is aware and no `timezone` says in which days to count.
    """
    found: list[tuple[pd.Timestamp, bool, str]] = []
    for frame, name, when, grey in ((milestones, "label", "at", False), (markers, "title", "date", True)):
        if frame is not None:
            pairs = zip(frame[when], frame[name], strict=True)
            found += [(_local(moment, timezone), grey, plain(text)) for moment, text in pairs if not absent(moment)]
    days: dict[tuple[pd.Timestamp, bool], list[str]] = {}
    for moment, grey, text in sorted(found):
        days.setdefault((moment.normalize(), grey), []).append(text or "Unnamed")
    return [Note(day, tuple(dict.fromkeys(names)), grey) for (day, grey), names in sorted(days.items())]


def told(note: Note) -> list[str]:
    """The whole of a note's names, one a line."""
    return [wrapped(name) for name in note.names]


def _local(moment: Any, timezone: str | None) -> pd.Timestamp:
    stamp = pd.Timestamp(moment)
    if stamp.tzinfo is None:
        return stamp
    if timezone is None:
        raise ValueError("aware timestamps need the timezone in which they are shown")
    return stamp.tz_convert(timezone).tz_localize(None)


def place(shown: Sequence[Note], span: tuple[pd.Timestamp, pd.Timestamp], room: float, limit: float) -> list[Flag]:
    """Place the notes on a day axis of `room` pixels; texts may run on to `limit`.

    A flag's text starts at its pole. Later ones go first and lower, so that no pole runs through a text. Where not all
    milestones find a line even when shortened, context is left out, and then the earliest milestones: the hover of the
    day has them all.
    """
    flags = _placed(shown, span, room, limit)
    own = [note for note in shown if not note.grey]
    if sum(1 for f in flags if not f.note.grey) < len(own):
        flags = _placed(own, span, room, limit)
    return flags


def _placed(shown: Sequence[Note], span: tuple[pd.Timestamp, pd.Timestamp], room: float, limit: float) -> list[Flag]:
    flags: list[Flag] = []
    for note in sorted(shown, key=lambda n: (-n.day.value, n.grey)):
        x = (note.day - span[0]) / (span[1] - span[0]) * room
        flag = next((f for f in _tries(note, x, limit) if _free(f, flags)), None)
        if flag:
            flags.append(flag)
    return flags


def _tries(note: Note, x: float, limit: float) -> list[Flag]:
    texts = dict.fromkeys(fit(joined(note.names), pixels, style.SMALL) for pixels in (280, 160, 100, 64))
    tries = [Flag(note, text, x, x + INSET, level) for text in texts for level in range(LEVELS)]
    return [f if f.right <= limit else Flag(note, f.text, x, limit - (f.right - f.left), f.level) for f in tries]


def _free(flag: Flag, others: Sequence[Flag]) -> bool:
    """Whether the flag covers no other, and neither one's pole runs through the other's text."""
    for other in others:
        if flag.level == other.level and flag.left < other.right + GAP and other.left < flag.right + GAP:
            return False
        low, high = sorted((flag, other), key=lambda f: f.level)
        if low.level < high.level and low.left - 2 < high.x < low.right + 2:
            return False
    return True


def add_strip(fig: go.Figure, shown: Sequence[Note], flags: Sequence[Flag], above: int) -> None:
    """Draw a line through both panels for each note, and its flag from `above` pixels over the plot on."""
    for note in shown:
        line = {"color": style.GREY if note.grey else style.RULE, "width": 1, "dash": "dot" if note.grey else "solid"}
        day = style.iso(note.day)
        for panel in ("y domain", "y2 domain"):
            fig.add_shape(type="line", xref="x", yref=panel, x0=day, x1=day, y0=0, y1=1, line=line, layer="below")
    for flag in flags:
        day, grey = style.iso(flag.note.day), flag.note.grey
        line = {"color": style.GREY if grey else style.RULE, "width": 1, "dash": "dot" if grey else "solid"}
        top = above + style.LINE * flag.level
        pole = {"ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": top + style.LINE - 3}
        fig.add_shape(type="line", xref="x", yref="paper", x0=day, x1=day, line=line, **pole)
        spot = {"x": day, "xanchor": "left", "xshift": flag.left - flag.x, "y": 1, "yref": "paper", "yanchor": "bottom"}
        look = {"opacity": style.QUIET if grey else 1, "name": "marker" if grey else "milestone"}
        text = f"<i>{safe(flag.text)}</i>" if grey else safe(flag.text)
        fig.add_annotation(style.label(text, **spot, **look, yshift=top - 1, hovertext=hover(*told(flag.note))))
