"""What is said with a file that no format knows: what its columns look like."""

from __future__ import annotations

from importers.context import Context
from importers.issues import Issue, Severity, issue
from importers.mapping.suggest import suggest
from importers.mapping.targets import TARGETS
from importers.sheet import Sheet

_AT_MOST = 40  # columns that are told


def hints(sheet: Sheet, context: Context) -> list[Issue]:
    """One info a column that resembles a field, and one for each needed field that nothing fills; none if all is a guess."""
    found = suggest(sheet, context.options.kind, today=context.today)
    told = [one for one in found.proposals if one.field is not None][:_AT_MOST]
    if all(one.confidence == "guess" for one in told):
        return []
    title, name = TARGETS[found.mapping.record].title, sheet.name
    return [
        issue("mapping-suggested", severity=Severity.INFO, sheet=name, column=p.heading, field=p.field, why=p.reason)
        for p in told
    ] + [issue("mapping-lacks", severity=Severity.INFO, sheet=name, title=title, field=one) for one in found.lacking]
