"""Viva Glint: one row a person, a column an item with its score, `_COMMENT` beside it for what was written.

The person's id is hashed with the salt of the wave, so that a file of attributes can meet it; names, e-mail addresses
and managers are dropped. People who were asked and answered nothing are skipped.
"""

from __future__ import annotations

from itertools import pairwise

from data.enums import Stream
from importers.formats.answers import answers
from importers.formats.base import Column, Format
from importers.formats.readers import limited, moment, text
from importers.formats.survey_rows import NO_QUESTION, complete, has_answers, line, one_record_an_answer, sort
from importers.sheet import Sheet
from importers.table import Raw, body, heading

_KNOWN = {"status": "", "survey cycle completion date": "answered_at", "survey cycle sent date": ""}
_IDS = ("employee id", "employee number", "external id", "external user id", "user id", "id")
_COMMENT = "_COMMENT"
_ABOUT_COMMENTS = ("_COMMENT_TOPICS", "_SENSITIVE_COMMENT_FLAG")


def by_item(sheet: Sheet, header: int, layout: Format) -> Raw:
    """Melt people × items into answers, each with its comment."""
    width = len(sheet.rows[header])
    titles = line(sheet, header, width)
    cells = body(sheet, header + 1, width)
    known = _KNOWN | {_id_heading(titles): "respondent"}
    form = sort(titles, cells, known)
    items = {title: position for position, title in enumerate(titles) if position in form.questions}
    for position in list(form.questions):
        title = titles[position]
        if title.upper().endswith(_ABOUT_COMMENTS):
            del form.questions[position]
            form.dropped[position] = NO_QUESTION
        elif title.upper().endswith(_COMMENT):
            item = title[: -len(_COMMENT)]
            if item in items:
                del form.questions[position]
                form.comments[items[item]] = position
            else:
                form.questions[position] = item
    return one_record_an_answer(sheet, layout, titles, cells, form, has_answers(form))


def _id_heading(titles: list[str]) -> str:
    """The heading of the person's id, which a company may choose: a usual one, else the one that follows the status."""
    names = [heading(title) for title in titles]
    usual = next((name for name in _IDS if name in names), None)
    return usual or next((name for before, name in pairwise(names) if before == "status"), "")


VIVA_GLINT = Format(
    name="viva_glint",
    title="Viva Glint responses",
    stream=Stream.SURVEY,
    record="answers",
    columns=(
        Column("answered_at", moment, names=("Survey Cycle Completion Date",), required=True),
        Column("respondent", text, names=("Employee ID",), required=True),
        Column("question", limited(2_000), required=True),
        Column("answer", answers),
        Column("comment", text),
        Column("department", text),
        Column("location", text),
        Column("tenure", text),
    ),
    telling=("First Name", "Last Name", "Email", "Survey Cycle Completion Date", "Survey Cycle Sent Date"),
    extract=by_item,
    expand=complete,
)
