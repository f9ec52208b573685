"""The decisions of a meeting while they are typed: a table with its unsaved changes, and what is to be saved of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from data.commands.reviews import Decided
from data.queries.reviews import Meeting

#: The day, the functions present, the decisions.
Content = tuple[date | None, tuple[str, ...], tuple[Decided, ...]]
EMPTY = Decided("")
COLUMNS = ("text", "function", "due_on", "cost")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person has before them: on which version it rests, and how it stood when the table was last drawn anew.

    `turn` numbers the drawings: each has widgets of its own, because a table keeps its changes by its key. Saving draws
    nothing anew: the browser sends a cell a moment after it was typed, and to a table that is gone it sends nothing.
    `basis` is what that version says: the day, the functions, the decisions.
    """

    code: str
    version: int
    held_on: date | None
    functions: tuple[str, ...]
    rows: tuple[Decided, ...]
    turn: int = 0
    basis: Content = (None, (), ())

    def key(self, field: str) -> str:
        return f"meeting_{field}_{self.code}_{self.turn}"


def of(code: str, now: Meeting, turn: int = 0) -> Draft:
    """A draft without changes."""
    return Draft(code, now.version, now.held_on, now.functions, saved(now), turn, stored(now))


def stored(now: Meeting) -> Content:
    """The day, the functions and the decisions as they are stored."""
    return now.held_on, now.functions, saved(now)


def saved(now: Meeting) -> tuple[Decided, ...]:
    """The decisions as they are stored."""
    return tuple(
        Decided(row["text"], row["function"], _day(row["due_on"]), row["cost"], int(row["decision_id"]))
        for row in now.decisions.to_dict("records")
    )


def differs(draft: Draft, content: Content) -> bool:
    """Whether the draft holds anything else than this; the numbers of decisions are nothing that a person typed."""
    held_on, functions, rows = content
    return (draft.held_on, draft.functions, _unnumbered(draft.rows)) != (held_on, functions, _unnumbered(rows))


def numbered(draft: Draft) -> tuple[Decided, ...]:
    """The decisions of a draft with the numbers of those that they replace, also of rows that were added since the table
    was drawn and saved already: first what reads the same, then in order.
    """
    taken = {row.decision_id for row in draft.rows}
    free = {row.decision_id: row for row in draft.basis[2] if row.decision_id not in taken}
    found = list(draft.rows)
    for alike in (True, False):
        for place, row in enumerate(found):
            known = (n for n, old in free.items() if not alike or replace(old, decision_id=None) == row)
            if row.decision_id is None and (number := next(known, None)) is not None:
                found[place] = replace(row, decision_id=number)
                del free[number]
    return tuple(found)


def _unnumbered(rows: Sequence[Decided]) -> tuple[Decided, ...]:
    return tuple(replace(row, decision_id=None) for row in rows)


def table(rows: Sequence[Decided]) -> pd.DataFrame:
    """The rows as the editor takes them; an empty one to begin with where there are none."""
    shown = [[getattr(row, name) for name in COLUMNS] for row in rows or (EMPTY,)]
    frame = pd.DataFrame(shown, columns=list(COLUMNS))
    return frame.astype({"text": "str", "function": "str", "cost": "str", "due_on": "datetime64[us]"}).assign(
        **{name: frame[name].astype(object).where(frame[name].notna(), None) for name in ("text", "function", "cost")}
    )


def edited(rows: Sequence[Decided], changes: Mapping[str, Any]) -> tuple[Decided, ...]:
    """The rows with the editor's changes: cells written, rows deleted, rows added; a new row without a word is none."""
    written = {int(place): cells for place, cells in (changes.get("edited_rows") or {}).items()}
    gone = set(changes.get("deleted_rows") or ())
    kept = [_with(row, written.get(place, {})) for place, row in enumerate(rows or (EMPTY,)) if place not in gone]
    added = [_with(EMPTY, cells) for cells in changes.get("added_rows") or ()]
    return tuple(row for row in (*kept, *added) if row != EMPTY)


def _with(row: Decided, cells: Mapping[str, Any]) -> Decided:
    told: dict[str, Any] = {name: _word(cells[name]) for name in ("function", "cost") if name in cells}
    if "text" in cells:
        told["text"] = _word(cells["text"]) or ""
    if "due_on" in cells:
        told["due_on"] = _day(cells["due_on"])
    return replace(row, **told)


def _word(cell: Any) -> str | None:
    return str(cell).strip() or None if cell is not None else None


def _day(cell: Any) -> date | None:
    moment = pd.to_datetime(cell, errors="coerce")
    return None if pd.isna(moment) else moment.date()
