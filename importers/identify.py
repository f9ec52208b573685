"""Telling a sheet's format by its columns, never by the file's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from data.enums import Stream
from importers.context import Context
from importers.formats import FORMATS
from importers.formats.base import Format
from importers.issues import Issue, Severity, issue
from importers.mapping.headings import first_rows, named, signature, signatures
from importers.mapping.layout import Mapped, locate
from importers.mapping.layout import layout as mapped
from importers.mapping.model import Mapping
from importers.sheet import Cell, Sheet
from importers.table import heading

_SHOWN = 60  # characters of a heading in a message


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet, the format it is of, and the list index of its header row.

    Where the sheet holds tables of several formats, `sheet` shows only those of this one (see `importers.stacked`):
    `begins` are the spreadsheet rows of their headers, and `beside` is how many more rows are counted with them than
    lie below the header there.
    """

    sheet: Sheet
    layout: Format
    header: int
    begins: tuple[int, ...] = ()
    beside: int = 0


@dataclass(frozen=True, slots=True)
class _Near:
    """A layout that lacks exactly one column of a sheet's header, most of which it knows."""

    layout: Format
    column: str
    known: int


def identify(sheet: Sheet, context: Context) -> Match | None:
    """The best format for a sheet, or None. With a kind asked for, only its formats are tried.

    A mapping that was asked for is the only format. Without one, a saved mapping made for just this header is taken
    where no format of ours knows the sheet by itself.
    """
    if context.mapping is not None:
        return _by_mapping(sheet, context.mapping, context)
    match = _by_format(sheet, context)
    if match is not None and not match.layout.only_if_asked:
        return match
    saved = (one for one in _by_signature(sheet, context) if not _is_nameless(one.layout, context))
    return next(saved, match)


def _by_format(sheet: Sheet, context: Context) -> Match | None:
    """The best format of ours.

    A layout that lacks one column but knows more of the header than any complete one is what the sheet was meant to
    be: then there is none, and `explain` names the column.
    """
    best: tuple[tuple[int, int, int], Match] | None = None
    for index, headings in _candidates(sheet):
        for layout in _layouts(context.options.kind):
            if _missing(layout, headings, context) or not layout.looks(sheet, index):
                continue
            telling = len(layout.telling or [c for c in layout.columns if c.required])
            score = (telling, layout.known(headings), -index)
            if best is None or score > best[0]:
                best = (score, Match(sheet, layout, index))
        if best is not None and not best[1].layout.only_if_asked:
            break  # the header of a further table would hide this one
    if best is None:
        return None
    (_, known, _), match = best
    near = _nearest(sheet, context)
    if match.layout.only_if_asked:
        return None if near or _by_format(sheet, _any_kind(context)) else match
    return None if near and near.known > known else match


def may_be_known(row: Sequence[Cell], context: Context) -> bool:
    """Whether a row has the headings that a format or a saved mapping needs: a quick look before `identify`."""
    headings = {heading(cell) for cell in row} - {""}
    if not context.mappings and headings.isdisjoint(_needed()):
        return False
    if any(not _missing(layout, headings, context) for layout in _layouts(context.options.kind)):
        return True
    return bool(context.mappings) and signature(named(row)) in {one.signature for one in context.mappings}


@lru_cache(maxsize=1)
def _needed() -> frozenset[str]:
    """Every heading that some format can't do without."""
    required = (name for layout in FORMATS for column in layout.columns if column.required for name in column.headings)
    return frozenset([*required, *(heading(name) for layout in FORMATS for name in layout.telling)])


def _by_mapping(sheet: Sheet, mapping: Mapping, context: Context) -> Match | None:
    """A sheet as a mapping reads it, if it has the columns that are needed."""
    layout = mapped(mapping)
    header, missing = locate(sheet, mapping)
    other = context.options.kind not in {None, layout.stream}
    return None if header is None or missing or other or _is_nameless(layout, context) else Match(sheet, layout, header)


def _by_signature(sheet: Sheet, context: Context) -> list[Match]:
    """A sheet as each saved mapping reads it that was made for one of its first rows as the header."""
    rows = signatures(sheet)
    return [
        Match(sheet, mapped(mapping), rows[mapping.signature])
        for mapping in context.mappings
        if mapping.signature in rows and context.options.kind in {None, mapping.kind}
    ]


def _is_nameless(layout: Format, context: Context) -> bool:
    """Whether neither the events of a mapping nor the options name a crisis."""
    known = isinstance(layout, Mapped) and layout.mapping is not None and "crisis" in layout.mapping.filled
    return layout.record == "events" and not known and not context.options.crisis


def explain(sheet: Sheet, context: Context, severity: Severity = Severity.ERROR) -> Issue:
    """Why a sheet was not recognised: another kind than asked, one column missing, or an unknown layout."""
    if context.mapping is not None:
        return _explain_mapping(sheet, context.mapping, context, severity)
    asked = context.options.kind
    other = identify(sheet, _any_kind(context)) if asked else None
    if asked and other:
        found = other.layout.stream.value
        return issue("kind-mismatch", severity=severity, sheet=sheet.name, found=found, asked=asked.value)
    if _by_signature(sheet, context):
        return issue("crisis-missing", severity=severity, sheet=sheet.name, column="crisis")
    near = _nearest(sheet, context)
    if near is None:
        return issue("format-unknown", severity=severity, sheet=sheet.name, columns=_shown(sheet))
    if near.layout.record == "events" and near.column == "crisis":
        return issue("crisis-missing", severity=severity, sheet=sheet.name, column=near.column)
    facts: dict[str, Any] = {"column": near.column, "format": near.layout.title, "columns": _shown(sheet)}
    return issue("column-missing", severity=severity, sheet=sheet.name, **facts)


def _explain_mapping(sheet: Sheet, mapping: Mapping, context: Context, severity: Severity) -> Issue:
    """Why a mapping does not read a sheet."""
    layout = mapped(mapping)
    asked = context.options.kind
    if asked not in {None, layout.stream}:
        return issue("kind-mismatch", severity=severity, sheet=sheet.name, found=layout.stream.value, asked=asked)
    _, missing = locate(sheet, mapping)
    if not missing:
        return issue("crisis-missing", severity=severity, sheet=sheet.name, column="crisis")
    facts: dict[str, Any] = {"column": missing[0], "format": layout.title, "columns": _shown(sheet)}
    return issue("column-missing", severity=severity, sheet=sheet.name, **facts)


def _any_kind(context: Context) -> Context:
    return replace(context, options=replace(context.options, kind=None))


def _layouts(kind: Stream | None) -> list[Format]:
    if kind is None:
        return [layout for layout in FORMATS if not layout.only_if_asked]
    return [layout for layout in FORMATS if layout.stream is kind]


def _missing(layout: Format, headings: set[str], context: Context) -> list[str]:
    """What a header lacks; the crisis of events may be named beside the file."""
    named = layout.record == "events" and context.options.crisis
    return [name for name in layout.missing(headings) if not (name == "crisis" and named)]


def _candidates(sheet: Sheet) -> list[tuple[int, set[str]]]:
    return [(i, {heading(cell) for cell in row} - {""}) for i, row in first_rows(sheet)]


def _nearest(sheet: Sheet, context: Context) -> _Near | None:
    found: list[_Near] = []
    for _, headings in _candidates(sheet):
        for layout in _layouts(context.options.kind):
            missing = _missing(layout, headings, context)
            known = layout.known(headings)
            if len(missing) == 1 and known >= 2 and 2 * known >= len(headings):
                found.append(_Near(layout, missing[0], known))
    return max(found, key=lambda near: near.known) if found else None


def _shown(sheet: Sheet) -> str:
    """The first row that could be a header, for a message."""
    row = next((row for _, row in first_rows(sheet)), [])
    words = [str(cell).strip()[:_SHOWN] for cell in row if cell is not None and str(cell).strip()]
    return ", ".join(words[:8]) + (" …" if len(words) > 8 else "")
