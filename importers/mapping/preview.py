"""The first rows of a sheet as a mapping reads them, while it is being corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from data.enums import Stream
from importers.check import check
from importers.context import Context
from importers.identify import Match
from importers.issues import Issue, Refused, issue
from importers.mapping.layout import Mapped, layout, locate
from importers.mapping.model import Mapping, faults
from importers.sheet import Cell, Sheet
from importers.streams.base import cells
from importers.values import Place

LOOK = 2_000  # rows below the header from which a column's reading is decided


@dataclass(frozen=True)
class Reading:
    """One cell as it stands and as it is read. Of a survey neither is told, only how it went."""

    raw: Cell
    value: Any
    state: Literal["read", "empty", "issue"]


@dataclass(frozen=True)
class Preview:
    """`headings`: field → heading in the file. `rows`: spreadsheet row and its cells by field, maybe several a row."""

    headings: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, dict[str, Reading]]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def parsed(sheet: Sheet, mapping: Mapping, context: Context, rows: int = 20) -> Preview:
    """Read the first `LOOK` rows and show the first `rows` records; a mapping that can't be used is told as issues."""
    if problems := list(dict.fromkeys(faults(mapping))):
        return Preview(issues=[issue("mapping-broken", what=what) for what in problems])
    made = layout(mapping)
    header, missing = locate(sheet, mapping)
    if header is None or missing:
        label, columns = missing[0] if missing else "", ", ".join(mapping.headings)
        absent = issue("column-missing", sheet=sheet.name, column=label, format=made.title, columns=columns)
        return Preview(issues=[absent])
    match = Match(Sheet(sheet.name, sheet.rows[: header + 1 + LOOK]), made, header)
    try:
        issues = check(match, context).issues
    except Refused as refusal:
        return Preview(*_cells(match, made, context, rows), refusal.issues)
    return Preview(*_cells(match, made, context, rows), issues)


def _cells(
    match: Match, made: Mapped, context: Context, rows: int
) -> tuple[dict[str, str], list[tuple[int, dict[str, Reading]]]]:
    raw = made.extract(match.sheet, match.header, made)
    numbers = raw.cells.index
    raw.cells.index = pd.RangeIndex(len(raw.cells))
    private = made.stream is Stream.SURVEY
    shown: dict[str, list[Reading]] = {}
    for column in made.columns:
        if column.field in raw.cells:
            place = Place(match.sheet.name, raw.headings[column.field], private=private)
            read = column.read(raw.cells[column.field], place, raw.cells, context)
            wrong = {one.row for one in read.issues if one.row is not None}
            values = _values(read.values)
            shown[column.field] = [
                _reading(raw.cells[column.field].iloc[i], values[i], is_wrong=i in wrong, private=private)
                for i in range(min(rows, len(raw.cells)))
            ]
    listed = [
        (int(numbers[i]), {name: readings[i] for name, readings in shown.items()})
        for i in range(min(rows, len(numbers)))
    ]
    return {name: raw.headings[name] for name in shown}, listed


def _values(read: pd.Series | pd.DataFrame) -> list[Any]:
    """Plain values; of a moment known to the day its date, of an answer its place on the scale or its words."""
    names = ("value",) if isinstance(read, pd.Series) else ("on", "at") if "date_only" in read else ("value", "words")
    frame = read.to_frame("value") if isinstance(read, pd.Series) else read
    told = ([row[name] for name in names if row[name] is not None] for _, row in cells(frame))
    return [values[0] if values else None for values in told]


def _reading(cell: Cell, value: Any, *, is_wrong: bool, private: bool) -> Reading:
    state: Literal["read", "empty", "issue"] = "issue" if is_wrong else "empty" if value is None else "read"
    return Reading(None, None, state) if private else Reading(cell, value, state)
