"""Privacy at the door: protected terms are masked in typed rows before they are stored, and in all that is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.masking import KEPT, Masker
from data.queries import protected
from importers.check import Checked
from importers.issues import Issue
from importers.result import Rejected, SheetResult
from importers.sheet import Cell
from importers.streams.base import cells
from importers.streams.surveys import as_written

#: What records are met or grouped by, for which two different names must stay different.
_NAMES: dict[str, tuple[str, ...]] = {
    "crises": ("topics",),
    "posts": ("topic",),
    "daily": ("topic", "source"),
    "steps": ("step", "after_step"),
    "gaps": ("step",),
    "answers": ("question",),
    "summaries": ("question", "unit"),
}


@dataclass(slots=True)
class Known:
    """Names and addresses that were masked in earlier chunks of a sheet, and as what."""

    names: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)


def mask_rows(sheets: list[Checked], masker: Masker, known: Known | None = None) -> None:
    """Mask the typed rows of a file, and the names of its sheets. Scores name companies and sources, no persons.

    `known` goes with the chunks of a sheet from one to the next.
    """
    if not masker:
        return
    renamed = masker.names(checked.match.sheet.name for checked in sheets if checked.match.sheet.name)
    for checked in sheets:
        sheet = checked.match.sheet
        checked.match = replace(checked.match, sheet=replace(sheet, name=renamed.get(sheet.name or "", sheet.name)))
        if checked.match.layout.record != "scores":
            checked.rows = _masked_rows(checked.rows, checked.match.layout.record, masker, known or Known())
        checked.issues = _masked_issues(checked.issues, masker)


def masked(session: Session, results: list[SheetResult]) -> list[SheetResult]:
    """The results, with the terms of all crises masked in what is told: for files of which nothing was stored."""
    mask_results(results, protected.masker(session))
    return results


def mask_results(results: list[SheetResult], masker: Masker) -> None:
    """Mask what is told of a file: its name, issues, and the rejected rows that are handed back."""
    if not masker:
        return
    for result in results:
        result.file = masker.text(result.file)
        result.issues = _masked_issues(result.issues, masker)
        result.rejects = [_masked_rejects(rejected, masker) for rejected in result.rejects]
        result.first = result.first and [masker.nested(row) for row in result.first]


def _masked_rows(rows: pd.DataFrame, record: str, masker: Masker, known: Known) -> pd.DataFrame:
    texts = [str(name) for name in rows if name not in KEPT and pd.api.types.is_object_dtype(rows[name].dtype)]
    named = [name for name in _NAMES.get(record, ()) if name in texts]
    said = {one for name in named for value in rows[name] for one in _each(value) if isinstance(one, str)}
    names = masker.names(said, known=known.names)
    lists = dict.fromkeys(named, names)
    if "url" in texts:
        addresses = {value for value in rows["url"] if isinstance(value, str)}
        lists["url"] = masker.names(addresses, addresses=True, known=known.addresses)
    masked = {name: _masked_column(rows[name], masker, lists.get(name)) for name in texts}
    changed = {name: column for name, column in masked.items() if column is not None}
    if not changed:
        return rows
    written = {"as_written": _as_written(rows)} if record == "answers" else {}
    return rows.assign(**changed, **written)


def _masked_column(column: pd.Series, masker: Masker, names: dict[str, str] | None) -> pd.Series | None:
    """The column with its texts masked; None where none holds a term."""
    values = column.tolist()
    if names is not None:
        masked = [
            [names.get(one, one) for one in value] if isinstance(value, list) else names.get(value, value)
            for value in values
        ]
        return pd.Series(masked, index=column.index, dtype=object) if names else None
    changed: dict[int, object] = dict(masker.changed([value if isinstance(value, str) else None for value in values]))
    for position, value in enumerate(values):
        if isinstance(value, list) and (nested := masker.nested(value)) != value:
            changed[position] = nested
    if not changed:
        return None
    for position, masked_value in changed.items():
        values[position] = masked_value
    return pd.Series(values, index=column.index, dtype=object)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _as_written(rows: pd.DataFrame) -> pd.Series:
    """What tells respondents without an id apart, as the file has it."""
    answers = [as_written(answer) for _, answer in cells(rows)]
    return pd.Series(dict(enumerate(answers)), dtype=object).set_axis(rows.index)


def _masked_issues(issues: Iterable[Issue], masker: Masker) -> list[Issue]:
    listed = list(issues)
    fields = ("message", "value", "column", "sheet")
    changed = masker.changed([getattr(one, name) for one in listed for name in fields])
    by_issue: dict[int, dict[str, Any]] = {}
    for position, text in changed.items():
        by_issue.setdefault(position // len(fields), {})[fields[position % len(fields)]] = text
    for position, texts in by_issue.items():
        listed[position] = replace(listed[position], **texts)
    return listed


def _masked_rejects(rejected: Rejected, masker: Masker) -> Rejected:
    """Rejected rows with their texts masked, but for the columns that identify records."""

    def masked(cells: list[Cell]) -> list[Cell]:
        free = [
            cell if isinstance(cell, str) and at not in rejected.identities else None for at, cell in enumerate(cells)
        ]
        found = masker.changed(free)
        return [found.get(at, cell) for at, cell in enumerate(cells)]

    rows = {row: masked(cells) for row, cells in rejected.rows.items()}
    return replace(rejected, header=masked(rejected.header), rows=rows)
