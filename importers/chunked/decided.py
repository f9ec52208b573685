"""How a format reads a long text: its columns, with what the whole of each decides said to their readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from data.enums import Stream
from importers.chunked.evidence import Dates, Marks
from importers.chunked.scan import Scan, Wanted
from importers.context import Context
from importers.formats.base import Column, Format, Reader
from importers.identify import Match
from importers.issues import Issue, Refused, Severity
from importers.sheet import Sheet
from importers.values import Parsed, Place

#: Cells that a column's reader cannot read without being told how.
_OPEN = {"date-order-ambiguous": "03/04/2026", "decimal-ambiguous": "1,234"}


@dataclass(frozen=True, slots=True)
class Deciding:
    """A column that is read one way as a whole: its field, its heading and its position in the file."""

    code: str
    name: str
    heading: str
    position: int


def deciding(match: Match, context: Context) -> list[Deciding]:
    """The columns whose readers ask how to read a cell that can be read in two ways."""
    header = match.sheet.rows[match.header]
    tokens = [f"\ue000{position}\ue001" for position in range(len(header))]
    probe = Sheet(None, [*match.sheet.rows[: match.header + 1], list[object](tokens)])
    raw = match.layout.extract(probe, match.header, match.layout)
    found = []
    for column in match.layout.columns:
        cell = raw.cells[column.field].iloc[0] if column.field in raw.cells and len(raw.cells) else None
        if cell in tokens:
            place = Place(None, raw.headings[column.field], private=match.layout.stream is Stream.SURVEY)
            found += [
                Deciding(code, column.field, raw.headings[column.field], tokens.index(str(cell)))
                for code, open_cell in _OPEN.items()
                if _asks(column, open_cell, code, place, raw.cells, context)
            ]
    return found


def wanted(match: Match, columns: list[Deciding]) -> Wanted:
    """What a scan is to gather evidence of."""
    dates, marks = (frozenset(one.position for one in columns if one.code == code) for code in _OPEN)
    return Wanted(match.header, dates, marks)


def _asks(column: Column, cell: str, code: str, place: Place, raw: pd.DataFrame, context: Context) -> bool:
    read = column.read(pd.Series([cell], index=raw.index[:1], dtype=object), place, raw.iloc[:1], context)
    return any(one.code == code for one in read.issues)


@dataclass(frozen=True, slots=True)
class Decided:
    """The format with readers that know how to read, and what is to be said of columns as a whole."""

    layout: Format
    issues: list[Issue] = field(default_factory=list)


def decided(match: Match, columns: list[Deciding], scan: Scan) -> Decided | None:
    """How to read each column; None where only a reading of the whole tells.

    Raises
    ------
    Refused
        `date-order-ambiguous` or `decimal-ambiguous`, of each column that does not decide.
    """
    said: dict[str, Mapping[str, str]] = {}
    issues: list[Issue] = []
    for one in columns:
        place = Place(match.sheet.name, one.heading, private=match.layout.stream is Stream.SURVEY)
        found = scan.evidence[one.position]
        if isinstance(found, Dates):
            if found.clash:
                return None
            order, about = _order(found, place)
            issues += about
            said[one.name] = {"date_order": order} if order else {}
        elif isinstance(found, Marks):
            mark = _mark(found)
            issues += [place.about_column("decimal-ambiguous")] if found.matters and not mark else []
            said[one.name] = {"decimal": mark} if mark else {}
    if refusals := [one for one in issues if one.severity is Severity.ERROR]:
        raise Refused(*refusals)
    told = tuple(
        replace(c, read=_knowing(c.read, said[c.field])) if said.get(c.field) else c for c in match.layout.columns
    )
    return Decided(replace(match.layout, columns=told), issues)


def _order(found: Dates, place: Place) -> tuple[Literal["dmy", "mdy"] | None, list[Issue]]:
    if found.days and found.months:
        facts = {"days": found.days, "months": found.months}
        return "dmy", [place.about_column("date-order-mixed", Severity.WARNING, **facts)]
    if found.matters and not (found.days or found.months):
        return None, [place.about_column("date-order-ambiguous", n=found.bare)]
    return "mdy" if found.months else "dmy" if found.bare else None, []


def _mark(found: Marks) -> Literal["comma", "point"] | None:
    """The decimal mark of the column; none where its cells speak for both, or for none."""
    return None if found.point == found.comma else "point" if found.point else "comma"


def _knowing(read: Reader, said: Mapping[str, str]) -> Reader:
    def knowing(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
        options = replace(context.options, **said)  # type: ignore[arg-type]  # an order, a mark
        return read(series, place, raw, replace(context, options=options))

    return knowing
