"""SurveyMonkey: two header rows, questions above and what each column of them holds below; blanks repeat the question.

A question with a column a choice is one answer that lists the choices; one with a column a statement is a question a
statement. Addresses, names and custom data are dropped.
"""

from __future__ import annotations

import html

import pandas as pd

from data.enums import Stream
from data.keys import folded
from importers.formats.answers import answers
from importers.formats.base import Column, Format
from importers.formats.personal import tells_who
from importers.formats.readers import limited, moment, text
from importers.formats.survey_rows import complete, has_answers, line, one_record_an_answer, sort
from importers.sheet import Cell, Sheet
from importers.table import Raw, body, heading, is_blank

_KNOWN = {
    "respondent id": "respondent", "collector id": "", "start date": "", "end date": "answered_at",
    "date created": "", "date modified": "",
}  # fmt: skip
_NOBODY = pd.Series(dtype=object)
#: What stands below a question that has a single column.
_ALONE = ("", "response", "open-ended response")


def by_question(sheet: Sheet, header: int, layout: Format) -> Raw:
    """Melt respondents × questions into answers."""
    width = max(len(row) for row in sheet.rows[header : header + 2])
    above = [html.unescape(title) for title in line(sheet, header, width)]
    below = [html.unescape(title) for title in line(sheet, header + 1, width)]
    has_two = not below[[heading(title) for title in above].index("respondent id")]
    if not has_two:
        below = [""] * width
    cells = body(sheet, header + (2 if has_two else 1), width)
    for position in cells:
        cells[position] = pd.Series([_unescaped(cell) for cell in cells[position]], index=cells.index, dtype=object)
    titles = _titles(above, below, cells)
    form = sort(titles, cells, _KNOWN)
    return one_record_an_answer(sheet, layout, titles, cells, form, has_answers(form))


def _titles(above: list[str], below: list[str], cells: pd.DataFrame) -> list[str]:
    """The question of each column; choices are gathered in the first column of their question, the others go blank."""
    titles = list(above)
    question, first = "", None
    for position, (own, part) in enumerate(zip(above, below, strict=True)):
        question, first = (own, None) if own else (question, first)
        if heading(own) in _KNOWN or heading(part) in _ALONE:
            continue
        if not _is_choice(cells[position], part):
            titles[position] = part if tells_who(part, _NOBODY) else f"{question} – {part}"
        elif first is None:
            first, titles[position] = position, question
        else:
            titles[position] = ""
            cells[first] = pd.Series(
                [_together(one, other) for one, other in zip(cells[first], cells[position], strict=True)],
                index=cells.index,
                dtype=object,
            )
    return titles


def _is_choice(cells: pd.Series, part: str) -> bool:
    """Whether a column says nothing but that its choice was taken."""
    return all(is_blank([cell]) or folded(str(cell)) == folded(part) for cell in cells)


def _together(one: Cell, other: Cell) -> Cell:
    """Choices of one response as one text."""
    return "; ".join(str(cell).strip() for cell in (one, other) if not is_blank([cell])) or None


def _unescaped(cell: Cell) -> Cell:
    return html.unescape(cell) if isinstance(cell, str) and "&" in cell else cell


SURVEYMONKEY = Format(
    name="surveymonkey",
    title="SurveyMonkey responses",
    stream=Stream.SURVEY,
    record="answers",
    columns=(
        Column("answered_at", moment, names=("End Date",), required=True),
        Column("respondent", text, names=("Respondent ID",), required=True),
        Column("question", limited(2_000), required=True),
        Column("answer", answers),
        Column("department", text),
        Column("location", text),
        Column("tenure", text),
    ),
    telling=("Respondent ID", "Collector ID", "Start Date", "End Date"),
    extract=by_question,
    expand=complete,
)
