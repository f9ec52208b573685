"""Our own layout for culture: one row an activity of one department on one date."""

from __future__ import annotations

from data.enums import CultureKind, Stream
from importers.formats.base import Column, Format
from importers.formats.readers import day, few, text, word
from importers.formats.rules import at_most

CULTURE = Format(
    name="template_culture",
    title="the culture template",
    stream=Stream.CULTURE,
    record="activities",
    columns=(
        Column("date", day, required=True),
        Column("kind", word(CultureKind), required=True),
        Column("department", text),
        Column("assigned", few),
        Column("completed", few),
        Column("employees", few),
        Column("note", text),
    ),
    rules=(at_most("completed", "assigned"),),
)
