"""Our own layout for incidents: sheets `events` and `crises`."""

from __future__ import annotations

from data.enums import Audience, CrisisStatus, Detector, Milestone, Role, Stream
from importers.formats.base import Column, Format
from importers.formats.readers import between, moment, name, platform, several, several_words, text, word, zone

EVENTS = Format(
    name="template_events",
    title="the incidents template, sheet events",
    stream=Stream.INCIDENTS,
    record="events",
    columns=(
        Column("crisis", name, required=True),
        Column("occurred_at", moment, required=True),
        Column("milestone", word(Milestone), required=True),
        Column("function", text),
        Column("audience", word(Audience)),
        Column("platform", platform),
        Column("detected_by", word(Detector)),
        Column("description", text),
    ),
)

CRISES = Format(
    name="template_crises",
    title="the incidents template, sheet crises",
    stream=Stream.INCIDENTS,
    record="crises",
    columns=(
        Column("crisis", name, required=True),
        Column("title", text, required=True),
        Column("category", text),
        Column("severity", between(1, 4, whole=True)),
        Column("platform", platform),
        Column("started_at", moment),
        Column("status", word(CrisisStatus)),
        Column("timezone", zone),
        Column("restricted_to", several_words(Role)),
        Column("summary", text),
        Column("topics", several),
        Column("policy_section", text),
    ),
)
