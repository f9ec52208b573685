"""From raw cells to typed rows, with an issue for every cell that could not be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from data.enums import Stream
from data.keys import folded
from importers.context import Context
from importers.formats.base import Format
from importers.identify import Match
from importers.issues import Issue, Refused, Severity, issue
from importers.odd import with_odd
from importers.table import Raw, is_blank
from importers.values import Parsed, Place


@dataclass(slots=True)
class Checked:
    """Typed rows of one sheet.

    `rows` holds the fields of the accepted rows, indexed by spreadsheet row. `total` spreadsheet rows are `rejected`
    (an issue says why), `skipped` on purpose, or accepted.
    """

    match: Match
    rows: pd.DataFrame
    total: int
    rejected: set[int] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)


class NoRows(Refused):
    """A header with nothing below it."""


def check(match: Match, context: Context) -> Checked:
    """Read every column of a sheet as a whole.

    Raises
    ------
    NoRows
        If there is a header and no row below it.
    Refused
        If a column cannot be read before someone says how.
    """
    layout, sheet = match.layout, match.sheet
    raw = layout.extract(sheet, match.header, layout)
    if raw.rows == 0:
        raise NoRows(issue("no-rows", sheet=sheet.name))
    _name_crisis(raw, match, context)
    checked = Checked(match, pd.DataFrame(), raw.rows + match.beside, skipped=raw.skipped, issues=list(raw.issues))
    spreadsheet_rows = raw.cells.index
    raw.cells.index = pd.RangeIndex(len(raw.cells))  # a spreadsheet row may stand here several times
    columns, found = _read(layout, raw, sheet.name, context)
    refusals = [i for i in found if i.row is None and i.severity is Severity.ERROR]
    if refusals:
        raise Refused(*refusals)
    placed = [i if i.row is None else replace(i, row=int(spreadsheet_rows[i.row])) for i in found]
    placed = with_odd(placed, match, raw)
    checked.issues += sorted(dict.fromkeys(placed), key=lambda i: (i.row or 0, i.column or ""))
    checked.rejected = {i.row for i in placed if i.row is not None and i.severity is Severity.ERROR}
    checked.skipped -= checked.rejected  # a row of nothing but an error is not blank
    columns.index = spreadsheet_rows
    checked.rows = layout.expand(columns[~columns.index.isin(checked.rejected)], context)
    if layout.stream is Stream.INCIDENTS:
        _remember_zones(checked.rows, context)
    return checked


def _name_crisis(raw: Raw, match: Match, context: Context) -> None:
    """Events that name no crisis are of the one that was named for them."""
    said = context.options.crisis
    if said and match.layout.record == "events":
        if "crisis" not in raw.cells:
            raw.cells = raw.cells.assign(crisis=None)
            raw.headings["crisis"] = "crisis"
        named = [said if is_blank([cell]) else cell for cell in raw.cells["crisis"]]
        raw.cells["crisis"] = pd.Series(named, index=raw.cells.index, dtype=object)


def _read(layout: Format, raw: Raw, sheet: str | None, context: Context) -> tuple[pd.DataFrame, list[Issue]]:
    """The typed columns, and the issues of cells, of required cells without a value, and of rows."""
    columns: dict[str, pd.Series] = {}
    own: dict[str, pd.Series] = {}
    issues: list[Issue] = []
    for column in layout.columns:
        if column.field not in raw.cells:
            continue
        place = _place(layout, raw, sheet, column.field)
        parsed: Parsed = column.read(raw.cells[column.field], place, raw.cells, context)
        issues += parsed.issues
        if isinstance(parsed.values, pd.Series):
            own[column.field] = parsed.values
        columns = _named(column.field, parsed.values) | columns  # a scale found with the answers stays
    issues += _missing_values(layout, raw, columns, issues, sheet)
    told = {i.row for i in issues}
    for rule in layout.rules:
        for row, name, code, facts, value in rule(own):
            if row not in told:
                place = _place(layout, raw, sheet, name)
                issues.append(place.issue(code, row, value, **_in_headings(facts, raw)))
    return pd.DataFrame(columns, index=raw.cells.index), issues


def _place(layout: Format, raw: Raw, sheet: str | None, name: str) -> Place:
    return Place(sheet, raw.headings[name], private=layout.stream is Stream.SURVEY)


def _in_headings(facts: Mapping[str, object], raw: Raw) -> dict[str, object]:
    """Facts in which a field goes by its heading in the file."""
    return {name: raw.headings.get(str(fact), fact) if name == "other" else fact for name, fact in facts.items()}


def _named(name: str, read: pd.Series | pd.DataFrame) -> dict[str, pd.Series]:
    """A reader's columns under the names of the typed row; a moment known to the day fills ``…_on``."""
    if isinstance(read, pd.Series):
        return {name: read}
    if "date_only" not in read:
        return {str(column): read[column] for column in read}
    return {name: read["at"], name.removesuffix("_at") + "_on": read["on"]}


def _missing_values(
    layout: Format, raw: Raw, read: dict[str, pd.Series], issues: list[Issue], sheet: str | None
) -> list[Issue]:
    """A required cell that holds nothing; one that could not be read has its issue already."""
    told = {(i.row, i.column) for i in issues}
    found = []
    for column in layout.columns:
        if not column.required or column.field not in raw.cells:
            continue
        heading = raw.headings[column.field]
        empty = read[column.field].isna()
        found += [
            issue("value-missing", sheet=sheet, row=row, column=heading)
            for row in raw.cells.index[empty]
            if (row, heading) not in told
        ]
    return found


def _remember_zones(rows: pd.DataFrame, context: Context) -> None:
    """A crisis's zone, read from its sheet, holds for the events of the same workbook."""
    if {"crisis", "timezone"} <= set(rows):
        for code, zone in zip(rows["crisis"], rows["timezone"], strict=True):
            if zone:
                context.crisis_zones[folded(code)] = zone
