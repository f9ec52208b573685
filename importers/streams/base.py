"""What the streams share: rows of a typed frame, and the fate of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.commands.records import Origin, Record, Stored, store
from data.enums import Effect
from data.tables import Imported
from importers.issues import Issue

_ORDER = {Effect.DUPLICATE: 0, Effect.UPDATED: 1, Effect.NEW: 2}


@dataclass(slots=True)
class Outcome:
    """What storing a sheet did: the effect of each spreadsheet row, and issues that only the database could tell."""

    effects: dict[int, Effect] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

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
    return stored


def cells(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each spreadsheet row with its values as plain Python (days as dates); what is missing is None."""
    plain = pd.DataFrame({name: _plain(frame[name]) for name in frame}, index=frame.index, dtype=object)
    names = [str(name) for name in plain]
    for row, values in zip(plain.index, plain.itertuples(index=False, name=None), strict=True):
        yield int(row), dict(zip(names, values, strict=True))


def _plain(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        moments = [None if moment is pd.NaT else moment.to_pydatetime() for moment in column]
        return pd.Series(moments, index=column.index, dtype=object)
    if pd.api.types.is_datetime64_dtype(column.dtype):
        days = [None if day is pd.NaT else day.date() for day in column]
        return pd.Series(days, index=column.index, dtype=object)
    as_object = column.astype(object)
    return as_object.where(as_object.notna(), None)
