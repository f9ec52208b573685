"""Gaps, lessons and culture activities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.commands.records import Origin, Record, ids
from data.keys import folded, of_activity
from data.tables import Crisis, CultureActivity, Gap, Imported, Lesson
from importers.context import Context
from importers.issues import issue
from importers.streams.base import Outcome, cells, keep


def store_gaps(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One gap a row, met by its code."""
    return _store_coded(session, Gap, "gap", {"crisis": Crisis}, rows, origin)


def store_lessons(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One lesson a row, met by its code."""
    return _store_coded(session, Lesson, "lesson", {"crisis": Crisis, "gap": Gap}, rows, origin)


def store_culture(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One activity a row; without an id the key is the row's content and its ordinal among equal rows."""
    outcome = Outcome()
    ordinals: Counter[str] = Counter()
    records = []
    for row, values in cells(rows):
        values["held_on"] = values.pop("date")
        content = of_activity(values)
        ordinals[content] += 1
        records.append(Record(f"{content}-{ordinals[content]}", row, values))
    keep(session, CultureActivity, records, origin, outcome)
    return outcome


def _store_coded(
    session: Session,
    table: type[Imported],
    code: str,
    references: Mapping[str, type[Imported]],
    rows: pd.DataFrame,
    origin: Origin,
) -> Outcome:
    """Store records that carry a code of their own and may name others by theirs; an unknown name rejects the row."""
    outcome = Outcome()
    listed = list(cells(rows))
    numbers = {
        field: ids(session, other, {folded(v[field]) for _, v in listed if v.get(field)})
        for field, other in references.items()
    }
    records = []
    for row, values in listed:
        unknown = [f for f in references if values.get(f) and folded(values[f]) not in numbers[f]]
        if unknown:
            named: dict[str, Any] = {"what": unknown[0], "column": unknown[0], "value": values[unknown[0]]}
            outcome.issues.append(issue("reference-unknown", sheet=origin.sheet, row=row, **named))
            continue
        for field in references:
            name = values.pop(field, None)
            values[f"{field}_id"] = numbers[field][folded(name)] if name else None
        values["code"] = values.pop(code)
        records.append(Record(folded(values["code"]), row, values))
    keep(session, table, records, origin, outcome)
    return outcome
