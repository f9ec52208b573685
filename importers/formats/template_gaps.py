"""Our own layout for the gap register: one row a gap."""

from __future__ import annotations

from data.enums import Element, GapStatus, Origin, Stream
from importers.formats.base import Column, Format
from importers.formats.readers import between, coming_day, day, name, number, text, word
from importers.formats.rules import not_before

GAPS = Format(
    name="template_gaps",
    title="the gaps template",
    stream=Stream.GAPS,
    record="gaps",
    columns=(
        Column("gap", name, required=True),
        Column("title", text, required=True),
        Column("section", text, required=True),
        Column("crisis", text),
        Column("step", text),
        Column("origin", word(Origin)),
        Column("element", word(Element)),
        Column("severity", between(1, 4, whole=True)),
        Column("root_cause", text),
        Column("corrective_action", text),
        Column("responsible_function", text),
        Column("contact", text),
        Column("opened_on", day),
        Column("start_on", coming_day),
        Column("due_on", coming_day),
        Column("completed_on", day),
        Column("status", word(GapStatus)),
        Column("metric", text),
        Column("target", number),
        Column("evidence", text),
    ),
    rules=(not_before("completed_on", "opened_on"),),
)
