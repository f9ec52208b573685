"""What reading a file found beside its cells, in the words of the format: headings for columns, errors for rows."""

from __future__ import annotations

from collections.abc import Iterator

from data.enums import Stream
from importers.formats import readers
from importers.identify import Match
from importers.issues import Issue, Severity, issue
from importers.sheet import NO_VALUE, Cell
from importers.table import Raw


def with_odd(found: list[Issue], match: Match, raw: Raw) -> list[Issue]:
    """The issues of a sheet's cells, and what was noticed while the file was read.

    A formula without a value or an error such as #REF! rejects its row where the format reads a number, a date, a word
    or what identifies the record. Free text is left blank with a warning. So is an answer of a survey, whose questions
    are no columns of a format. Columns that nobody reads are not spoken of. `value-missing` of such a cell goes: its
    reason is told.
    """
    before = [one for one in match.sheet.issues if one.row is None or one.row > match.header + 1]
    noticed = [*before, *_tables(match), *_cells(match, raw), *_beyond(match, raw)]
    told = {(one.row, one.column) for one in noticed if one.row is not None}
    return noticed + [one for one in found if one.code != "value-missing" or (one.row, one.column) not in told]


def _tables(match: Match) -> Iterator[Issue]:
    """Where each table begins, in a sheet that holds several formats. Its value is the name of the format."""
    private = match.layout.stream is Stream.SURVEY  # no issue of a survey has a value
    facts = {"value": match.layout.name, "format": match.layout.title}
    for row in match.begins:
        yield issue("table-read", severity=Severity.INFO, sheet=match.sheet.name, row=row, private=private, **facts)


def _cells(match: Match, raw: Raw) -> Iterator[Issue]:
    if not match.sheet.odd:
        return
    header = match.sheet.rows[match.header]
    severities = {
        raw.headings[column.field]: Severity.WARNING
        if column.read is readers.text and not column.required
        else Severity.ERROR
        for column in match.layout.columns
        if column.field in raw.headings
    }
    others = Severity.WARNING if match.layout.stream is Stream.SURVEY else None
    for (row, position), shown in sorted(match.sheet.odd.items()):
        heading = _text(header[position]) if position < len(header) else ""
        severity = severities.get(heading, others)
        if severity is None or not heading or row <= match.header + 1 or row in raw.skipped:
            continue
        code = "formula-without-value" if shown == NO_VALUE else "excel-error"
        yield issue(code, severity=severity, sheet=match.sheet.name, row=row, column=heading, error=shown)


def _beyond(match: Match, raw: Raw) -> Iterator[Issue]:
    """Rows of the first table with more cells than its header, which are lost."""
    width = len(match.sheet.rows[match.header])
    for position, cells in enumerate(match.sheet.rows[match.header + 1 : raw.end], start=match.header + 2):
        if len(cells) > width and (beyond := sum(1 for cell in cells[width:] if _text(cell).strip())):
            code = "cells-beyond-header"
            yield issue(code, severity=Severity.WARNING, sheet=match.sheet.name, row=position, n=beyond)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
