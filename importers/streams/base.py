"""What the streams share: rows of a typed frame, and the fate of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from sqlmodel import Session

from data.commands.records import Origin, Record, Stored, store
from data.enums import Effect
from data.tables import Imported
from importers.issues import Issue
from importers.streams import by_hand

#: What is plain Python, and never a way to say that nothing is there.
_PLAIN = {str, int, bool, type(None)}
_ORDER = {Effect.DUPLICATE: 0, Effect.UPDATED: 1, Effect.NEW: 2}


@dataclass(slots=True)
class Outcome:
    """What storing a sheet did: the effect of each spreadsheet row, and issues that only the database could tell.

    `new` counts rows of which each made a new record and nothing else; they do not stand in `effects`.
    """

    effects: dict[int, Effect] = field(default_factory=dict)
    new: int = 0
    issues: list[Issue] = field(default_factory=list)

    def count_new(self, rows: np.ndarray) -> None:
        """Rows that made new records, each counted once."""
        self.new += len(pd.unique(rows))

    def note(self, rows: Iterable[int], effects: Iterable[Effect]) -> None:
        """A row that touched several records counts by the strongest effect: new, then updated, then duplicate."""
        for row, effect in zip(rows, effects, strict=True):
            present = self.effects.get(row)
            if present is None or _ORDER[effect] > _ORDER[present]:
                self.effects[row] = effect


def keep(
    session: Session, table: type[Imported], records: list[Record], origin: Origin, outcome: Outcome | None
) -> Stored:
    """Store records; with an `outcome`, their effects count for their rows."""
    stored = store(session, table, records, origin)
    if outcome is not None:
        outcome.note([record.row for record in records], stored.effects)
        outcome.issues += by_hand.issues(session, table, stored.held, origin.sheet)
    return stored


def cells(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each spreadsheet row with its values as plain Python (days as dates); what is missing is None."""
    names = [str(name) for name in frame]
    columns = [plain(frame[name]) for name in frame]
    for row, values in zip(frame.index.tolist(), zip(*columns, strict=True), strict=True):
        yield int(row), dict(zip(names, values, strict=True))


def plain(column: pd.Series) -> list[Any]:
    """A column as plain Python: moments as datetimes in UTC, days as dates, None where there is nothing."""
    kind = column.dtype
    if isinstance(kind, pd.DatetimeTZDtype):
        return [None if moment is pd.NaT else moment.to_pydatetime() for moment in column]
    if pd.api.types.is_datetime64_dtype(kind):
        return [None if day is pd.NaT else day.date() for day in column]
    listed: list[Any] = column.tolist()
    if set(map(type, listed)) <= _PLAIN:
        return listed
    if kind == np.dtype("float64"):
        return [None if value != value else value for value in listed]
    return [None if value is None or value is pd.NA or value is pd.NaT or value != value else value for value in listed]
