"""Qualtrics: three header rows (names, question text, ImportId), one row a respondent.

Previews and unfinished responses are skipped; addresses, names and places are dropped before anything is stored.
"""

from __future__ import annotations

import re

import pandas as pd

from data.enums import Stream
from importers.formats.answers import answers
from importers.formats.base import Column, Format
from importers.formats.readers import limited, moment, text
from importers.formats.survey_rows import NO_QUESTION, Form, complete, line, one_record_an_answer, sort
from importers.sheet import Cell, Sheet
from importers.table import Raw, body, heading, is_blank

#: What the tool says about the response itself → the field it fills, "" for none.
_KNOWN = {
    heading(name): ""
    for name in (
        "StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished", "DistributionChannel",
        "UserLanguage",
    )
} | {"recordeddate": "answered_at", "responseid": "respondent"}  # fmt: skip
_QUESTION_ID = re.compile(r'"ImportId"\s*:\s*"QID')


def by_question(sheet: Sheet, header: int, layout: Format) -> Raw:
    """Melt respondents × questions into answers, previews and unfinished rows skipped."""
    width = len(sheet.rows[header])
    names = line(sheet, header, width)
    texts, ids = (line(sheet, header + below, width) for below in (1, 2))
    has_ids = any("ImportId" in cell for cell in ids)
    cells = body(sheet, header + (3 if has_ids else 2), width)
    form = sort(names, cells, _KNOWN)
    for position in list(form.questions):
        is_topic = heading(names[position]).endswith((" topics", "- topics"))
        if is_topic or (has_ids and not _QUESTION_ID.search(ids[position])):
            del form.questions[position]
            form.dropped[position] = NO_QUESTION
    _look_at_texts(form, texts, cells)
    at = {heading(name): position for position, name in enumerate(names)}

    def counts(values: tuple[Cell, ...]) -> bool:
        """Whether a row is a finished response of a real respondent."""
        status = str(values[at["status"]]).strip().casefold()
        finished = str(values[at["finished"]]).strip().casefold() if "finished" in at else "1"
        real = status not in {"1", "1.0", "survey preview"}
        return not is_blank(values) and real and finished in {"1", "1.0", "true"}

    return one_record_an_answer(sheet, layout, names, cells, form, counts)


def _look_at_texts(form: Form, texts: list[str], cells: pd.DataFrame) -> None:
    """Questions go by their text, which may ask for a cut or for who somebody is."""
    asked = sort(["" if p not in form.questions else text for p, text in enumerate(texts)], cells, {})
    for position in list(form.questions):
        if texts[position]:
            del form.questions[position]
    form.questions |= asked.questions
    form.dropped |= asked.dropped
    form.dropped |= {position: NO_QUESTION for cut, position in asked.fields.items() if cut in form.fields}
    form.fields = asked.fields | form.fields


QUALTRICS = Format(
    name="qualtrics",
    title="Qualtrics responses",
    stream=Stream.SURVEY,
    record="answers",
    columns=(
        Column("answered_at", moment, required=True),
        Column("respondent", text, required=True),
        Column("question", limited(2_000), required=True),
        Column("answer", answers),
        Column("department", text),
        Column("location", text),
        Column("tenure", text),
    ),
    telling=("StartDate", "EndDate", "Status", "Progress", "ResponseId", "RecordedDate"),
    extract=by_question,
    expand=complete,
)
