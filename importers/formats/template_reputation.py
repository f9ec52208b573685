"""A reputation score table: long (our own layout), or wide with one column a source or company."""

from __future__ import annotations

import pandas as pd

from data.enums import Stream
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.readers import day, few, name, number
from importers.formats.rules import greater, within
from importers.sheet import Cell, Sheet
from importers.table import Raw, body, heading, is_blank
from importers.values.column import is_missing, tidy


def melt(sheet: Sheet, header: int, layout: Format) -> Raw:
    """One record per score: the heading of its column is its series, blank scores are left out."""
    headings = [heading(cell) for cell in sheet.rows[header]]
    shown = ["" if cell is None else str(cell).strip() for cell in sheet.rows[header]]
    dates = headings.index("date")
    cells = body(sheet, header + 1, len(headings))
    blank = {
        row
        for row, values in zip(cells.index, cells.itertuples(index=False, name=None), strict=True)
        if is_blank(values)
    }
    records = [
        (row, values[dates], shown[position], values[position])
        for row, values in zip(cells.index, cells.itertuples(index=False, name=None), strict=True)
        for position, name in enumerate(headings)
        if row not in blank and position != dates and name and not _is_left_open(values[position])
    ]
    table = pd.DataFrame(records, columns=["row", "date", "series", "score"], dtype=object).set_index("row")
    return Raw(table, {"date": shown[dates], "series": "header", "score": "score"}, rows=len(cells), skipped=blank)


def _is_left_open(cell: Cell) -> bool:
    return is_blank([cell]) or (isinstance(cell, str) and is_missing(tidy(cell)))


def name_series(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Each series is a source of our own score; with ``--source`` it is a company scored by that source."""
    if context.options.source:
        return rows.rename(columns={"series": "company"}).assign(source=context.options.source)
    return rows.rename(columns={"series": "source"})


LONG = Format(
    name="score_table",
    title="a reputation score table",
    stream=Stream.REPUTATION,
    record="scores",
    columns=(
        Column("date", day, required=True),
        Column("source", name, required=True),
        Column("score", number, required=True),
        Column("company", name),
        Column("scale_min", number),
        Column("scale_max", number, names=("scale",)),
        Column("n", few),
    ),
    rules=(greater("scale_max", "scale_min"), within("score", "scale_min", "scale_max")),
)

WIDE = Format(
    name="score_table_wide",
    title="a wide reputation score table",
    stream=Stream.REPUTATION,
    record="scores",
    columns=(Column("date", day, required=True), Column("series", name), Column("score", number, required=True)),
    telling=("date",),
    extract=melt,
    expand=name_series,
    only_if_asked=True,
)
