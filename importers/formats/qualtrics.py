"""Qualtrics: three header rows (names, question text, ImportId), one row a respondent.

Previews and unfinished responses are skipped; addresses, names and places are dropped before anything is stored.
"""

from __future__ import annotations

import pandas as pd

from data.enums import Stream
from importers.formats.answers import answers
from importers.formats.base import Column, Format
from importers.formats.readers import moment, text
from importers.formats.survey_rows import complete
from importers.issues import Severity, issue
from importers.sheet import Cell, Sheet
from importers.table import Raw, body, heading, is_blank

#: What the tool says about the response itself; none of it is an answer.
_META = {
    heading(name)
    for name in (
        "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
        "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
        "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage",
    )
}  # fmt: skip
_PERSONAL = {
    heading(name)
    for name in (
        "IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
        "LocationLatitude", "LocationLongitude",
    )
}  # fmt: skip
_CUTS = ("department", "location", "tenure")
_HEADERS = 3


def one_record_an_answer(sheet: Sheet, header: int, layout: Format) -> Raw:
    """Melt respondents × questions into answers, previews and unfinished rows skipped."""
    names = [heading(cell) for cell in sheet.rows[header]]
    texts = [_shown(cell) for cell in sheet.rows[header + 1]] if len(sheet.rows) > header + 1 else []
    cells = body(sheet, header + _HEADERS).reindex(columns=range(len(names)))
    raw = Raw(pd.DataFrame(), {}, rows=len(cells))
    for position, name in enumerate(names):
        if name in _PERSONAL and not cells[position].map(lambda cell: is_blank([cell])).all():
            shown = _shown(sheet.rows[header][position])
            raw.issues.append(
                issue("column-dropped", severity=Severity.INFO, sheet=sheet.name, column=shown, why="it can identify a person")
            )
    at = {name: position for position, name in enumerate(names)}
    kept = cells[[_counts(values, at) for values in cells.itertuples(index=False, name=None)]]
    raw.skipped = set(cells.index) - set(kept.index)
    questions = [p for p, name in enumerate(names) if name and name not in _META and name not in _CUTS]
    questions = [p for p in questions if not names[p].endswith(("- topics", " topics"))]
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
    raw.cells = pd.DataFrame(records, columns=["row", *columns], dtype=object).set_index("row")
    raw.headings = {name: name for name in columns} | {"answered_at": "RecordedDate", "respondent": "ResponseId"}
    return raw


def _counts(values: tuple[Cell, ...], at: dict[str, int]) -> bool:
    """Whether a row is a finished response of a real respondent."""
    if is_blank(values):
        return False
    status = str(values[at["status"]]).strip().casefold()
    finished = str(values[at["finished"]]).strip().casefold() if "finished" in at else "1"
    return status not in {"1", "1.0", "survey preview"} and finished in {"1", "1.0", "true"}


def _shown(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


QUALTRICS = Format(
    name="qualtrics",
    title="Qualtrics responses",
    stream=Stream.SURVEY,
    record="answers",
    columns=(
        Column("answered_at", moment, required=True),
        Column("respondent", text, required=True),
        Column("question", text, required=True),
        Column("answer", answers),
        Column("department", text),
        Column("location", text),
        Column("tenure", text),
    ),
    telling=("StartDate", "EndDate", "Status", "Progress", "ResponseId", "RecordedDate"),
    extract=one_record_an_answer,
    expand=complete,
)
