"""Microsoft Forms: one row a response, one column a question; several choices stand in one cell, `a;b;`.

A response is known by its number and when it was given; the respondent's name and e-mail address are dropped.
"""

from __future__ import annotations

import pandas as pd

from data.enums import Stream
from importers.context import Context
from importers.formats.answers import answers
from importers.formats.base import Column, Format
from importers.formats.readers import limited, moment, text
from importers.formats.survey_rows import (
    NO_QUESTION,
    complete,
    has_answers,
    line,
    one_record_an_answer,
    sort,
)
from importers.sheet import Cell, Sheet
from importers.table import Raw, body, heading

_KNOWN = {
    "id": "respondent", "start time": "", "completion time": "answered_at", "last modified time": "", "language": "",
    "total points": "", "quiz feedback": "", "grade posted time": "",
}  # fmt: skip
_OF_A_QUIZ = ("points - ", "feedback - ")


def by_question(sheet: Sheet, header: int, layout: Format) -> Raw:
    """Melt responses × questions into answers."""
    width = len(sheet.rows[header])
    titles = line(sheet, header, width)
    cells = body(sheet, header + 1, width)
    form = sort(titles, cells, _KNOWN)
    for position in [p for p in form.questions if heading(titles[p]).startswith(_OF_A_QUIZ)]:
        del form.questions[position]
        form.dropped[position] = NO_QUESTION
    for position in form.questions:
        cells[position] = pd.Series([_choices(cell) for cell in cells[position]], index=cells.index, dtype=object)
    return one_record_an_answer(sheet, layout, titles, cells, form, has_answers(form))


def _choices(cell: Cell) -> Cell:
    """Several choices as one text: "a; b" for "a;b;"."""
    if not isinstance(cell, str) or not cell.rstrip().endswith(";"):
        return cell
    return "; ".join(part.strip() for part in cell.split(";") if part.strip())


def known_by_number_and_time(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Every form counts its responses from 1: the time tells those of two forms of one wave apart."""
    known = [f"{n}|{at.isoformat()}" for n, at in zip(rows["respondent"], rows["answered_at"], strict=True)]
    return complete(rows.assign(respondent=pd.Series(known, index=rows.index, dtype=object)), context)


MICROSOFT_FORMS = Format(
    name="microsoft_forms",
    title="Microsoft Forms responses",
    stream=Stream.SURVEY,
    record="answers",
    columns=(
        Column("answered_at", moment, names=("Completion time",), required=True),
        Column("respondent", text, names=("ID",), required=True),
        Column("question", limited(2_000), required=True),
        Column("answer", answers),
        Column("department", text),
        Column("location", text),
        Column("tenure", text),
    ),
    telling=("ID", "Start time", "Completion time"),
    extract=by_question,
    expand=known_by_number_and_time,
)
