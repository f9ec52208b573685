"""Viva Glint attributes: one row a person, who is known by the id that the file of responses has too.

They fill the department, location and tenure of responses that are here already; the id itself is stored nowhere. With
`--wave` they hold for that wave, else for responses of which nothing is known yet.
"""

from __future__ import annotations

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.personal import left_out
from importers.formats.readers import text
from importers.formats.survey_rows import line
from importers.sheet import Sheet
from importers.table import Raw, body, heading, plain

_NO_CUT = "it is neither department, location nor tenure"


def cuts_alone(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table; further attributes are said to be left out."""
    raw = plain(sheet, header, layout)
    titles = line(sheet, header, len(sheet.rows[header]))
    known = {name for column in layout.columns for name in column.headings}
    why = {position: _NO_CUT for position, title in enumerate(titles) if heading(title) not in known}
    raw.issues += left_out(sheet, titles, body(sheet, header + 1, len(titles)), why)
    return raw


VIVA_GLINT_ATTRIBUTES = Format(
    name="viva_glint_attributes",
    title="Viva Glint attributes",
    stream=Stream.SURVEY,
    record="attributes",
    columns=(
        Column("respondent", text, names=("Employee ID",), required=True),
        Column("department", text, names=("Department",)),
        Column("location", text, names=("Location", "Office", "Site")),
        Column("tenure", text, names=("Tenure Group", "Tenure")),
    ),
    telling=("Employee ID", "Department", "Tenure Group"),
    extract=cuts_alone,
)
