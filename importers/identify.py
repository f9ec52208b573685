"""Telling a sheet's format by its columns, never by the file's name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.enums import Stream
from importers.context import Context
from importers.formats import FORMATS
from importers.formats.base import Format
from importers.issues import Issue, Refused, issue
from importers.sheet import Sheet
from importers.table import heading, is_blank

_LOOK = 15  # rows among which the header is sought: tools write titles and filters above it


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet, the format it is of, and the list index of its header row."""

    sheet: Sheet
    layout: Format
    header: int


def identify(sheet: Sheet, context: Context) -> Match | None:
    """The best format for a sheet, or None. With a kind asked for, only its formats are tried."""
    best: tuple[tuple[int, int, int], Match] | None = None
    for index, headings in _candidates(sheet):
        for layout in _layouts(context.options.kind):
            if _missing(layout, headings, context):
                continue
            telling = len(layout.telling or [c for c in layout.columns if c.required])
            score = (telling, layout.known(headings), -index)
            if best is None or score > best[0]:
                best = (score, Match(sheet, layout, index))
    return best[1] if best else None


def _layouts(kind: Stream | None) -> list[Format]:
    if kind is None:
        return [layout for layout in FORMATS if not layout.only_if_asked]
    return [layout for layout in FORMATS if layout.stream is kind]


def _missing(layout: Format, headings: set[str], context: Context) -> list[str]:
    missing = layout.missing(headings)
    return [name for name in missing if not (name == "crisis" and context.options.crisis)]


def _candidates(sheet: Sheet) -> list[tuple[int, set[str]]]:
    rows = [(i, row) for i, row in enumerate(sheet.rows[:_LOOK]) if not is_blank(row)]
    return [(i, {heading(cell) for cell in row} - {""}) for i, row in rows]


def explain(sheets: list[Sheet], context: Context) -> Issue:
    """Why no sheet was recognised: another kind than asked, one required column missing, or an unknown layout."""
    asked = context.options.kind
    anything = replace(context, options=replace(context.options, kind=None))
    for sheet in sheets:
        other = identify(sheet, anything)
        if asked and other:
            return issue("kind-mismatch", sheet=sheet.name, found=other.layout.stream.value, asked=asked.value)
    columns = _shown(sheets[0])
    nearest = _nearest(sheets, context)
    if nearest is None:
        return issue("format-unknown", sheet=sheets[0].name, columns=columns)
    sheet, layout, column = nearest
    return issue("column-missing", sheet=sheet.name, column=column, format=layout.title, columns=_shown(sheet))


def _nearest(sheets: list[Sheet], context: Context) -> tuple[Sheet, Format, str] | None:
    """The layout that lacks exactly one column while most of the header is known to it, and that column."""
    found: list[tuple[int, Sheet, Format, str]] = []
    for sheet in sheets:
        for _, headings in _candidates(sheet):
            for layout in _layouts(context.options.kind):
                missing = _missing(layout, headings, context)
                known = layout.known(headings)
                if len(missing) == 1 and known >= 2 and 2 * known >= len(headings):
                    found.append((known, sheet, layout, missing[0]))
    return max(found, key=lambda item: item[0])[1:] if found else None


def _shown(sheet: Sheet) -> str:
    """The first row that could be a header, for a message."""
    row = next((row for row in sheet.rows[:_LOOK] if not is_blank(row)), [])
    words = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
    return ", ".join(words[:8]) + (" …" if len(words) > 8 else "")
