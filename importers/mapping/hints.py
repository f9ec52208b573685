"""What is said with a file that no format knows: what its columns look like."""

from __future__ import annotations

from importers.context import Context
from importers.issues import Issue, Severity, issue
from importers.mapping.suggest import suggest
from importers.mapping.targets import TARGETS
from importers.sheet import Sheet

_AT_MOST = 40  # columns that are told


def hints(sheet: Sheet, context: Context) -> list[Issue]:
    """One info a column that resembles a field, and one for each needed field that nothing fills; maybe none."""
    found = suggest(sheet, context.options.kind, today=context.today)
    told = [
        _info("mapping-suggested", sheet, column=one.heading, field=one.field, why=one.reason)
        for one in found.proposals
        if one.field is not None
    ][:_AT_MOST]
    title = TARGETS[found.mapping.record].title
    lacking = [_info("mapping-lacks", sheet, title=title, field=name) for name in found.lacking]
    return told + lacking if told else []


def _info(code: str, sheet: Sheet, **facts: str | None) -> Issue:
    return issue(code, severity=Severity.INFO, sheet=sheet.name, **facts)  # type: ignore[arg-type]  # column is one of the facts
