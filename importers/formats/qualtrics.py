"""Qualtrics: three header rows (names, question text, ImportId), one row a respondent.

Previews and unfinished responses are skipped; addresses, names and places are dropped before anything is stored.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from data.enums import Stream
from importers.formats.answers import answers
from importers.formats.base import Column, Format
from importers.formats.readers import limited, moment, text
from importers.formats.survey_rows import complete
from importers.issues import Issue, Refused, Severity, issue
from importers.sheet import Cell, Sheet
from importers.table import Raw, body, heading, is_blank

_PERSONAL = {
    heading(name)
    for name in (
        "IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
        "LocationLatitude", "LocationLongitude",
    )
}  # fmt: skip
#: What the tool says about the response itself; none of it is an answer.
_META = _PERSONAL | {
    heading(name)
    for name in (
        "StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
        "ResponseId", "DistributionChannel", "UserLanguage",
    )
}  # fmt: skip
_CUTS = ("department", "location", "tenure")
_QUESTION_ID = re.compile(r'"ImportId"\s*:\s*"QID')


def one_record_an_answer(sheet: Sheet, header: int, layout: Format) -> Raw:
    """Melt respondents × questions into answers, previews and unfinished rows skipped."""
    names = [heading(cell) for cell in sheet.rows[header]]
    texts, ids = (_line(sheet, header + below, len(names)) for below in (1, 2))
    has_ids = any("ImportId" in cell for cell in ids)
    cells = body(sheet, header + (3 if has_ids else 2), len(names))
    questions = [
        position
        for position, name in enumerate(names)
        if name and name not in _META and name not in _CUTS and not name.endswith((" topics", "- topics"))
        and (not has_ids or _QUESTION_ID.search(ids[position]))
    ]  # fmt: skip
    if not questions:
        shown = ", ".join(_line(sheet, header, len(names))[:8])
        raise Refused(issue("column-missing", sheet=sheet.name, column="Q1", format=layout.title, columns=shown))
    at = {name: position for position, name in enumerate(names)}
    kept = cells[[_counts(values, at) for values in cells.itertuples(index=False, name=None)]]
    records = [
        {
            "row": row,
            "answered_at": values[at["recordeddate"]],
            "respondent": values[at["responseid"]],
            "question": texts[position] or names[position],
            "answer": values[position],
        }
        | {cut: values[at[cut]] for cut in _CUTS if cut in at}
        for row, values in zip(kept.index, kept.itertuples(index=False, name=None), strict=True)
        for position in questions
    ]
    columns = [column.field for column in layout.columns]
    table = pd.DataFrame(records, columns=["row", *columns], dtype=object).set_index("row")
    # The heading of an answer is its question.
    headings = dict.fromkeys(columns, "") | {"answered_at": "RecordedDate", "respondent": "ResponseId"}
    skipped = set(cells.index) - set(kept.index)
    return Raw(table, headings, len(cells), skipped, _dropped(sheet, header, questions, cells))


def _dropped(sheet: Sheet, header: int, questions: list[int], cells: pd.DataFrame) -> list[Issue]:
    """What is filled in and never kept: what can identify a person, and what is neither question nor cut."""
    found = []
    for position, shown in enumerate(_line(sheet, header, cells.shape[1])):
        name = heading(shown)
        kept = position in questions or name in _CUTS or name in _META - _PERSONAL
        if name and not kept and not all(is_blank([cell]) for cell in cells[position]):
            why = "it can identify a person" if name in _PERSONAL else "it is no question of the survey"
            place: dict[str, Any] = {"sheet": sheet.name, "column": shown}
            found.append(issue("column-dropped", severity=Severity.INFO, why=why, **place))
    return found


def _line(sheet: Sheet, row: int, width: int) -> list[str]:
    """One header row as text, `width` cells of it."""
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return ["" if cell is None else " ".join(str(cell).split()) for cell in [*cells, *[None] * width][:width]]


def _counts(values: tuple[Cell, ...], at: dict[str, int]) -> bool:
    """Whether a row is a finished response of a real respondent."""
    if is_blank(values):
        return False
    status = str(values[at["status"]]).strip().casefold()
    finished = str(values[at["finished"]]).strip().casefold() if "finished" in at else "1"
    return status not in {"1", "1.0", "survey preview"} and finished in {"1", "1.0", "true"}


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
    extract=one_record_an_answer,
    expand=complete,
)
