"""Our own layout for lessons: one row a lesson."""

from __future__ import annotations

from data.enums import Confidence, LessonKind, LessonStatus, Stream
from importers.formats.base import Column, Format
from importers.formats.readers import day, name, several, text, word
from importers.formats.rules import not_before

LESSONS = Format(
    name="template_lessons",
    title="the lessons template",
    stream=Stream.LESSONS,
    record="lessons",
    columns=(
        Column("lesson", name, required=True),
        Column("title", text, required=True),
        Column("observation", text, required=True),
        Column("crisis", text),
        Column("kind", word(LessonKind)),
        Column("discussion", text),
        Column("conclusion", text),
        Column("recommendation", text),
        Column("status", word(LessonStatus)),
        Column("confidence", word(Confidence)),
        Column("evidence", text),
        Column("counter_evidence", text),
        Column("gap", text),
        Column("tags", several),
        Column("share_safe", text),
        Column("observed_on", day),
        Column("learned_on", day),
        Column("metrics", several),
    ),
    rules=(not_before("learned_on", "observed_on"),),
)
