"""Columns as a whole: those that are nearly empty, and names with blanks behind them."""

from __future__ import annotations

from dataclasses import replace

from importers.issues import Issue, Severity
from importers.traps.seen import Seen

_FEWEST = 20
_NAMES = ("crisis", "category", "platform", "source", "topic", "department", "section", "company")
_SHOWN = 8
#: What most rows have nothing to say in.
_SPARSE = frozenset({"comment", "note", "detected_by", "contact", "evidence", "counter_evidence"})


def mostly_empty(seen: Seen) -> list[Issue]:
    """Columns that the format reads and of which no more than one cell in ten is filled; all in one issue.

    One that is wholly empty is what many tools write for what they do not count: worth a word, no warning.
    """
    n = len(seen.rows)
    if n < _FEWEST:
        return []
    found: dict[Severity, list[str]] = {Severity.WARNING: [], Severity.INFO: []}
    for column in seen.checked.match.layout.columns:
        at = seen.position(column.field)
        if at is not None and column.field in seen.rows and column.field not in _SPARSE:
            filled = int(seen.rows[column.field].notna().sum())
            if filled * 10 <= n:
                found[Severity.WARNING if filled else Severity.INFO].append(f"“{seen.title(at)}” ({filled:,} of {n:,})")
    return [
        replace(seen.column("column-empty", None, columns=_listed(columns)), severity=severity)
        for severity, columns in found.items()
        if columns
    ]


def _listed(columns: list[str]) -> str:
    more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return ", ".join(columns[:_SHOWN]) + more


def trailing_blanks(seen: Seen) -> list[Issue]:
    """Names that stand in a column with and without a blank behind them; they were read as one."""
    if seen.private:
        return []
    found = []
    for name in _NAMES:
        at = seen.position(name)
        if at is None or name not in seen.rows:
            continue
        lines = seen.checked.match.sheet.rows
        cells = {line[at] for line in lines[seen.checked.match.header + 1 :] if at < len(line)}
        words = {cell for cell in cells if isinstance(cell, str)}
        doubled = sorted(word for word in words if word != word.strip() and word.strip() in words)
        if doubled:
            found.append(seen.column("blank-trailing", seen.title(at), doubled[0].strip(), n=len(doubled)))
    return found
