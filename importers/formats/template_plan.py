"""Our own layout for plans: one row a step."""

from __future__ import annotations

from data.enums import Audience, Milestone, Stream
from importers.formats.base import Column, Format
from importers.formats.readers import between, coming_day, name, text, word, yes_no

PLAN = Format(
    name="template_plan",
    title="the plan template",
    stream=Stream.PLAN,
    record="steps",
    columns=(
        Column("plan_version", name, required=True),
        Column("section", text, required=True),
        Column("step", name, required=True),
        Column("role", text, required=True),
        Column("contact", text),
        Column("fulfilled_by", word(Milestone)),
        Column("clock_starts", word(Milestone)),
        Column("target_minutes", between(0, 5_256_000)),
        Column("audience", word(Audience)),
        Column("required", yes_no),
        Column("after_step", text),
        Column("effective_from", coming_day),
        Column("review_due", coming_day),
    ),
)
