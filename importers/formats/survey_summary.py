"""A survey that a tool has added up: one row a unit and question, with the favourable share and the number of answers.

Shares may be written as 72 %, 72 or 0.72, the column as a whole decides. A blank unit, or one that is called All,
Company or Total, is everybody. Rows that the tool kept back, without share and mean, are skipped.
"""

from __future__ import annotations

import pandas as pd

from data.enums import Audience, Stream
from data.keys import folded
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.readers import day, few, limited, name, number, word
from importers.formats.rules import greater, within
from importers.formats.survey_rows import complete, cut_of
from importers.sheet import Cell, Sheet
from importers.table import Raw, plain
from importers.values import Parsed, Place, numbers
from importers.values.column import is_blank, is_missing, tidy

_EVERYBODY = {
    "", "all", "company", "total", "overall", "everyone", "everybody", "all employees", "all staff", "all units",
    "entire company", "whole company", "organisation", "organization", "company overall", "grand total", "gesamt", "insgesamt",
    "alle", "gesamtes unternehmen", "unternehmen gesamt", "tous", "ensemble", "entreprise", "toda la empresa", "todos", "geral",
}  # fmt: skip
_UNIT = "unit"


def share(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A share from 0 to 1, written as 72 %, 72 or 0.72."""
    read = numbers(series, where=place, decimal=context.options.decimal)
    bare = read.values[~read.percent]
    hundreds = bool((bare > 1).any())
    found = read.values.where(read.percent, read.values / 100) if hundreds else read.values
    outside = (found < 0) | (found > 1)
    issues = [place.issue("out-of-range", row, series[row], lo="0 %", hi="100 %") for row in series.index[outside]]
    return Parsed(found.mask(outside), [*read.issues, *issues])


def without_kept_back(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table without the rows that hold neither a share nor a mean."""
    return figures(plain(sheet, header, layout))


def figures(raw: Raw) -> Raw:
    """Without the rows that hold neither a share nor a mean; the cut is named by the heading of the unit, if it is one."""
    said = [raw.cells[field] for field in ("favourable", "mean") if field in raw.cells]
    nothing = pd.Series([all(_says_nothing(cell) for cell in cells) for cells in zip(*said, strict=True)], dtype=bool)
    kept_back = raw.cells.index[nothing]
    raw.skipped |= set(kept_back)
    raw.cells = raw.cells.drop(index=kept_back)
    if _UNIT in raw.cells:
        raw.cells["cut"] = cut_of(raw.headings[_UNIT]) or raw.cells.get("cut", _UNIT)
        raw.headings.setdefault("cut", raw.headings[_UNIT])
    return raw


def _says_nothing(cell: Cell) -> bool:
    return is_blank(cell) or (isinstance(cell, str) and is_missing(tidy(cell)))


def of_units(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Everybody under one name, and what the file leaves open."""
    filled = complete(rows, context)
    for field in (_UNIT, "cut"):
        filled[field] = filled[field].fillna("") if field in filled else ""
    names = _EVERYBODY | {folded(context.company or "")}
    everybody = filled[_UNIT].map(lambda unit: folded(unit) in names)
    everybody |= filled["cut"].map(lambda cut: folded(cut) in _EVERYBODY - {""})
    filled.loc[everybody, [_UNIT, "cut"]] = ""
    filled.loc[~everybody & filled["cut"].eq(""), "cut"] = _UNIT
    return filled


SURVEY_SUMMARY = Format(
    name="survey_summary",
    title="a survey summary",
    stream=Stream.SURVEY,
    record="summaries",
    columns=(
        Column("question", limited(2_000), names=("Question", "Item", "Statement", "Survey item", "Question text"), required=True),
        Column(
            "favourable", share, required=True,
            names=(
                "favourable", "favorable", "% favourable", "% favorable", "favourable %", "favorable %", "favourable (%)",
                "favorable (%)", "percent favourable", "percent favorable", "favourable share", "favorable share", "% fav",
                "fav %", "favourability", "favorability", "favourable score", "favorable score", "positive %", "% positive",
            ),
        ),
        Column(
            "n", few, required=True,
            names=(
                "n", "responses", "response count", "respondents", "number of responses", "number of respondents", "n responses",
                "answers", "count", "n size", "# responses", "responded",
            ),
        ),
        Column(_UNIT, name, names=("unit", "department", "team", "group", "segment", "business unit", "location", "tenure", "tenure group", "org unit", "demographic value")),
        Column("cut", name, names=("cut", "dimension", "attribute", "demographic", "breakdown", "level")),
        Column("wave", name, names=("wave", "survey", "survey name", "cycle", "survey cycle", "period")),
        Column("audience", word(Audience)),
        Column("opened_on", day),
        Column("closed_on", day, names=("closed_on", "date", "survey date")),
        Column("mean", number, names=("mean", "average", "avg", "mean score", "average score")),
        Column("scale_min", number),
        Column("scale_max", number),
    ),
    extract=without_kept_back,
    expand=of_units,
    rules=(greater("scale_max", "scale_min"), within("mean", "scale_min", "scale_max")),
)  # fmt: skip
