"""Our own layout for surveys: one row an answer."""

from __future__ import annotations

from data.enums import Audience, Stream
from importers.formats.answers import answers
from importers.formats.base import Column, Format
from importers.formats.readers import day, few, limited, name, number, text, word
from importers.formats.rules import greater, not_before
from importers.formats.survey_rows import complete

LONG = Format(
    name="template_survey",
    title="the survey template",
    stream=Stream.SURVEY,
    record="answers",
    columns=(
        Column("wave", name, required=True),
        Column("question", limited(2_000), required=True),
        Column("answer", answers),
        Column("audience", word(Audience)),
        Column("opened_on", day),
        Column("closed_on", day),
        Column("invited", few),
        Column("respondent", text),
        Column("department", text),
        Column("location", text),
        Column("tenure", text),
        Column("scale_min", number),
        Column("scale_max", number),
        Column("comment", text),
    ),
    telling=("wave", "question", "answer"),
    expand=complete,
    rules=(not_before("closed_on", "opened_on"), greater("scale_max", "scale_min")),
)
