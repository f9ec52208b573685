"""What a file leaves open, as questions with two readings of one of its own cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import pandas as pd

from data.enums import Stream
from importers.context import Context, Options
from importers.identify import Match, identify
from importers.issues import Issue, Refused
from importers.result import FileStatus, SheetResult
from importers.sheet import Sheet
from importers.stacked import apart
from importers.upload import Upload
from importers.values import Place
from importers.values.dates import dates
from importers.values.numbers import numbers
from metrics.words import date, number

#: Refusals that an answer settles.
OPEN = frozenset({"date-order-ambiguous", "decimal-ambiguous", "crisis-missing", "format-unknown", "zone-unknown"})

#: What was assumed although somebody had better say it: the file can be taken as it is.
ASSUMED = {
    "wave-assumed": ("wave", "Which survey wave is this?"),
    "audience-assumed": ("audience", "Who was asked?"),
    "hand-edit-kept": ("over_hand", "Does this file know better than what was entered by hand?"),
}
_OVER_HAND = (
    (False, "No, keep what was entered by hand", "The rows that say something else are listed under Warnings"),
    (True, "Yes, take what the file says", "What was entered by hand comes back when the import is undone"),
)

_LOOK, _CELLS, _EXAMPLES = 15, 2_000, 2
_ORDERS: tuple[tuple[Literal["dmy", "mdy"], str], ...] = (("dmy", "day first"), ("mdy", "month first"))
_MARKS: tuple[tuple[Literal["comma", "point"], str], ...] = (("comma", "a decimal comma"), ("point", "a decimal point"))


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide about a file. `answers` are the values of `option`, each with its label and its readings."""

    code: str
    option: str
    text: str
    answers: tuple[tuple[Any, str, str], ...] = ()


def questions(upload: Upload, options: Options, results: Sequence[SheetResult]) -> Iterator[Question]:
    """What stops this file until somebody says how to read it (of several columns the first is the example), and what
    was assumed of it.
    """
    asked: set[str] = set()
    for result in results:
        for issue in result.issues if result.status is FileStatus.REFUSED else ():
            if issue.code in OPEN and issue.code not in asked:
                asked.add(issue.code)
                yield _question(issue, upload, options)
        for issue in result.issues:
            if issue.code in ASSUMED and issue.code not in asked:
                asked.add(issue.code)
                option, text = ASSUMED[issue.code]
                why = re.split(" Say | To take ", issue.message)[0]
                yield Question(issue.code, option, f"{text} {why}", _OVER_HAND if option == "over_hand" else ())


def _question(issue: Issue, upload: Upload, options: Options) -> Question:
    if issue.code == "date-order-ambiguous":
        return _of_column(issue, "date_order", "Day first or month first?", _orders(_cells(issue, upload, options)))
    if issue.code == "decimal-ambiguous":
        return _of_column(issue, "decimal", "Decimal comma or decimal point?", _marks(_cells(issue, upload, options)))
    if issue.code == "crisis-missing":
        return Question(issue.code, "crisis", "Which crisis do these rows belong to?")
    if issue.code == "zone-unknown":
        return Question(issue.code, "timezone", "In which time zone are its times?")
    return Question(issue.code, "kind", "What does this file hold?")


def _of_column(
    issue: Issue, option: str, general: str, answers: list[tuple[Any, str, list[tuple[str, str]]]]
) -> Question:
    """The question with the readings of one cell, and below each answer those of several."""
    why = issue.message.partition(". ")[0] + "."  # what follows names the option of the command
    readings = [told for _, _, told in answers]
    asks = f"{readings[0][0][0]}: {readings[0][0][1]} or {readings[1][0][1]}?" if all(readings) else general
    listed = (
        (value, label.capitalize(), ", ".join(f"{cell} is {reading}" for cell, reading in told))
        for value, label, told in answers
    )
    return Question(issue.code, option, f"{asks} {why}", tuple(listed))


def _orders(cells: pd.Series) -> list[tuple[Any, str, list[tuple[str, str]]]]:
    where, today = Place(None, ""), datetime.now(UTC).date()
    read = [dates(cells, where=where, today=today, order=order, future=True).values for order, _ in _ORDERS]
    both = cells[read[0].notna() & read[1].notna() & (read[0] != read[1])]
    differ = read[0][both.index].drop_duplicates().index[:_EXAMPLES]
    return [
        (order, label, [(str(cells[at]), date(values[at])) for at in differ])
        for (order, label), values in zip(_ORDERS, read, strict=True)
    ]


def _marks(cells: pd.Series) -> list[tuple[Any, str, list[tuple[str, str]]]]:
    where = Place(None, "")
    read = [numbers(cells, where=where, decimal=mark).values for mark, _ in _MARKS]
    differ = cells[read[0].notna() & read[1].notna() & (read[0] != read[1])].drop_duplicates().index[:_EXAMPLES]
    return [
        (mark, label, [(str(cells[at]), number(float(values[at]), 3)) for at in differ])
        for (mark, label), values in zip(_MARKS, read, strict=True)
    ]


def _cells(issue: Issue, upload: Upload, options: Options) -> pd.Series:
    """The first cells of the column; none of a survey, whose values nobody is shown."""
    found: list[object] = []
    for sheet in upload.first:
        if sheet.name == issue.sheet and not _is_private(sheet, options):
            found = _below(sheet, issue.column or "")
    return pd.Series(found, dtype=object)


def _below(sheet: Sheet, heading: str) -> list[object]:
    for line, row in enumerate(sheet.rows[:_LOOK]):
        for position, cell in enumerate(row):
            if cell is not None and str(cell).strip() == heading.strip():
                below = sheet.rows[line + 1 : line + 1 + _CELLS]
                return [cells[position] for cells in below if position < len(cells)]
    return []


def looks_like(upload: Upload, options: Options) -> str:
    """The title of the format that a file which was refused seems to be of; empty if it can't be told."""
    try:
        found = [match for sheet in upload.first if (match := _match(sheet, options))]
    except Refused:
        return ""
    return re.sub("^(an?|the) ", "", found[0].layout.title) if found else ""


def _is_private(sheet: Sheet, options: Options) -> bool:
    """Whether there is a survey in the sheet, or nothing that says there is none."""
    match = _match(sheet, options)
    tables = apart(match, _reading(options)) if match else []
    return not tables or any(one.layout.stream is Stream.SURVEY for one in tables)


def _match(sheet: Sheet, options: Options) -> Match | None:
    return identify(sheet, _reading(options))


def _reading(options: Options) -> Context:
    return Context(options, None, "UTC", datetime.now(UTC).date(), k=5, paired=False)
