"""Google Forms: a timestamp, then one column a question; grids have a column a line, `Question [Line]`.

A response has no number: it is known by its time and its answers. The e-mail address is dropped.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from data.enums import Stream
from importers.formats.answers import answers
from importers.formats.base import Column, Format
from importers.formats.readers import limited, moment, text
from importers.formats.survey_rows import complete, cut_of, has_answers, line, one_record_an_answer, sort
from importers.sheet import Cell, Sheet
from importers.table import Raw, body, heading, is_blank

_KNOWN = {"timestamp": "answered_at", "score": ""}
#: 2020/03/31 3:56:19 PM GMT+1, as only this tool writes it.
_OWN_TIME = re.compile(r"\d{4}/\d{2}/\d{2} \d{1,2}:\d{2}:\d{2} [ap]\.?m\.? (?:gmt|utc|[a-z]{3,4})\S*", re.IGNORECASE)
#: 3/31/2020 15:56:19, as its sheet shows it.
_SHEET_TIME = re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}:\d{2}")
_LOOK = 20


def by_question(sheet: Sheet, header: int, layout: Format) -> Raw:
    """Melt responses × questions into answers."""
    width = len(sheet.rows[header])
    titles = line(sheet, header, width)
    cells = body(sheet, header + 1, width)
    form = sort(titles, cells, _KNOWN)
    return one_record_an_answer(sheet, layout, titles, cells, form, has_answers(form))


def looks_like_a_form(sheet: Sheet, header: int) -> bool:
    """Whether the timestamps are the tool's own, or such as many tools write and the other headings are questions.

    Many logs have a column “Timestamp”.
    """
    titles = [heading(cell) for cell in sheet.rows[header]]
    at = titles.index("timestamp")
    times = [
        row[at] for row in sheet.rows[header + 1 : header + 1 + _LOOK] if len(row) > at and not is_blank([row[at]])
    ]
    if not times:
        return True
    if all(isinstance(time, str) and _OWN_TIME.fullmatch(time.strip()) for time in times):
        return True
    others = [title for title in titles if title and title not in _KNOWN]
    asked = [title for title in others if _is_question(title)]
    return all(_is_sheet_time(time) for time in times) and 2 * len(asked) >= len(others) > 0


def _is_sheet_time(cell: Cell) -> bool:
    return isinstance(cell, (date, datetime)) or bool(_SHEET_TIME.fullmatch(str(cell).strip()))


def _is_question(title: str) -> bool:
    """A sentence, the line of a grid, a cut, or the address that the tool asks for."""
    asked = title.endswith(("?", "]")) or len(title.split()) >= 3
    return asked or title in {"email address", "username"} or cut_of(title) is not None


GOOGLE_FORMS = Format(
    name="google_forms",
    title="Google Forms responses",
    stream=Stream.SURVEY,
    record="answers",
    columns=(
        Column("answered_at", moment, names=("Timestamp",), required=True),
        Column("question", limited(2_000), required=True),
        Column("answer", answers),
        Column("department", text),
        Column("location", text),
        Column("tenure", text),
    ),
    telling=("Timestamp",),
    looks=looks_like_a_form,
    extract=by_question,
    expand=complete,
)
