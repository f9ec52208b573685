"""Our own layout for surveys: one row an answer."""

from __future__ import annotations

from data.enums import Audience, Stream
from importers.formats.answers import answers
from importers.formats.base import Column, Format
from importers.formats.readers import count, day, number, text, word
from importers.formats.survey_rows import complete

LONG = Format(
    name="template_survey",
    title="the survey template",
    stream=Stream.SURVEY,
    record="answers",
    columns=(
        Column("wave", text, required=True),
        Column("question", text, required=True),
        Column("answer", answers),
        Column("audience", word(Audience)),
        Column("opened_on", day),
        Column("closed_on", day),
        Column("invited", count),
        Column("respondent", text),
        Column("department", text),
        Column("location", text),
        Column("tenure", text),
        Column("comment", text),
        Column("scale_min", number),
        Column("scale_max", number),
    ),
    telling=("wave", "question", "answer"),
    expand=complete,
)
