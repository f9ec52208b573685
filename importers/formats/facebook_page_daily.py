"""Meta Business Suite, daily results of a page: a line with the metric's name, then `Date` and `Primary`.

Several such tables may stand under each other. Views, impressions and reach of Facebook or Instagram are kept, each
file adding its metric to the day; followers, visits and interactions taken together are no counts that a day has here,
and an issue says that they were left out. The export counts no posts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from data.enums import Stream
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.combine import without
from importers.formats.owned import not_counted, own_days
from importers.formats.readers import count, day, text
from importers.issues import Issue, Refused, Severity, issue
from importers.sheet import Cell, Sheet
from importers.table import Raw, end_of, heading, is_blank

_DATE, _VALUE = "date", "primary"
_PLATFORM = re.compile(r"\b(facebook|instagram)\b")
_FIELDS = {
    "views": "impressions", "impressions": "impressions", "page impressions": "impressions", "reach": "reach",
    "page reach": "reach", "viewers": "reach",
}  # fmt: skip


class Metric(NamedTuple):
    """The platform of a metric, and the field that its values fill."""

    platform: str
    field: str


class _Title(NamedTuple):
    """The line that names a metric, by list index."""

    row: int
    said: str


def metric(title: str) -> Metric | None:
    """What a metric's name stands for; None for one that no day has a place for."""
    said = heading(title)
    named = _PLATFORM.search(said)
    field = _FIELDS.get(" ".join(_PLATFORM.sub("", said).split()))
    return Metric(named[1].capitalize(), field) if named and field else None


def by_metric(sheet: Sheet, header: int, layout: Format) -> Raw:
    """One record a day and metric, from every table of the sheet.

    Raises
    ------
    Refused
        `metric-left-out` if no table has a metric that is kept.
    """
    end = end_of(sheet, header + 1)
    headers = [i for i in range(header, end) if {_DATE, _VALUE} <= set(_headings(sheet.rows[i]))]
    titles = [_title_above(sheet, index) for index in headers]
    records: list[tuple[int, Cell, Cell, str]] = []
    left_out: list[Issue] = []
    for title, top, bottom in zip(titles, headers, [*(title.row for title in titles[1:]), end], strict=True):
        if metric(title.said) is None:
            row = title.row + 1
            left_out.append(
                issue("metric-left-out", severity=Severity.WARNING, sheet=sheet.name, row=row, value=title.said)
            )
            continue
        at = [_headings(sheet.rows[top]).index(name) for name in (_DATE, _VALUE)]
        for i in range(top + 1, bottom):
            if not is_blank(sheet.rows[i]):
                day_cell, value = (sheet.rows[i][p] if p < len(sheet.rows[i]) else None for p in at)
                records.append((i + 1, day_cell, value, title.said))
    if left_out and not records:
        raise Refused(*(replace(one, severity=Severity.ERROR) for one in left_out))
    table = pd.DataFrame(records, columns=["row", "date", "value", "metric"], dtype=object).set_index("row")
    skipped = set(range(header + 2, end + 1)) - set(table.index)
    headings = {"date": "Date", "value": "Primary", "metric": "metric"}
    return not_counted(Raw(table, headings, end - header - 1, skipped, left_out), sheet)


def by_day(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Each value in the field of its metric, on its platform; a day of which nothing was counted has no row."""
    counted = rows[rows["value"].notna()]
    metrics = [metric(said) or Metric("", "") for said in counted["metric"]]
    fields = pd.Series([one.field for one in metrics], index=counted.index, dtype=object)
    named = counted.assign(platform=pd.Series([one.platform for one in metrics], index=counted.index, dtype=object))
    for field in dict.fromkeys(_FIELDS.values()):
        named[field] = counted["value"].where(fields == field)
    return without(own_days("Meta Business Suite")(named, context), "value", "metric")


def _headings(row: list[Cell]) -> list[str]:
    return [heading(cell) for cell in row]


def _filled(row: list[Cell]) -> list[Cell]:
    return [cell for cell in row if not is_blank([cell])]


def _title_above(sheet: Sheet, header: int) -> _Title:
    """The line right above a header, blank ones passed over; without one, the header itself with no name."""
    row = next((i for i in reversed(range(header)) if _filled(sheet.rows[i])), None)
    cells = [] if row is None else _filled(sheet.rows[row])
    if row is None or len(cells) != 1 or str(cells[0]).casefold().startswith("sep="):
        return _Title(header, "")
    return _Title(row, str(cells[0]).strip())


FACEBOOK_PAGE_DAILY = Format(
    name="facebook_page_daily",
    title="daily results of a page of Meta Business Suite",
    stream=Stream.ENGAGEMENT,
    record="daily",
    columns=(
        Column("date", day, names=("Date",), required=True),
        Column("value", count, names=("Primary",)),
        Column("metric", text),
    ),
    telling=("Date", "Primary"),
    extract=by_metric,
    expand=by_day,
)
