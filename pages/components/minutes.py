"""The decisions of a meeting while they are typed: a table with its unsaved changes, and what is to be saved of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from data.commands.reviews import Decided
from data.queries.reviews import Meeting

EMPTY = Decided("")
COLUMNS = ("text", "function", "due_on", "cost")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person has before them: on which version it rests, and how it stood when the table was last drawn anew.

    `turn` numbers the drawings: each has widgets of its own, because a table keeps its changes by its key.
    """

    code: str
    version: int
    held_on: date | None
    functions: tuple[str, ...]
    rows: tuple[Decided, ...]
    turn: int = 0

    def key(self, field: str) -> str:
        return f"meeting_{field}_{self.code}_{self.turn}"


def of(code: str, now: Meeting, turn: int = 0) -> Draft:
    """A draft without changes."""
    return Draft(code, now.version, now.held_on, now.functions, saved(now), turn)


def saved(now: Meeting) -> tuple[Decided, ...]:
    """The decisions as they are stored."""
    return tuple(
        Decided(row["text"], row["function"], _day(row["due_on"]), row["cost"], int(row["decision_id"]))
        for row in now.decisions.to_dict("records")
    )


def differs(draft: Draft, now: Meeting) -> bool:
    """Whether the draft holds anything that is not stored."""
    return (draft.held_on, draft.functions, draft.rows) != (now.held_on, now.functions, saved(now))


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
