"""Columns as a whole: those that are nearly empty, and names with blanks behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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
    return told_empty(seen, filled(seen), len(seen.rows))


def filled(seen: Seen) -> Counter[str]:
    """How many cells of each field hold something; a field that is wholly empty stands there too."""
    fields = [column.field for column in seen.checked.match.layout.columns]
    return Counter({name: int(seen.rows[name].notna().sum()) for name in fields if name in seen.rows})


def told_empty(seen: Seen, counts: Mapping[str, int], n: int) -> list[Issue]:
    """What `mostly_empty` says where of `n` rows so many are filled."""
    if n < _FEWEST:
        return []
    found: dict[Severity, list[str]] = {Severity.WARNING: [], Severity.INFO: []}
    for column in seen.checked.match.layout.columns:
        at = seen.position(column.field)
        if at is not None and column.field in counts and column.field not in _SPARSE:
            number = counts[column.field]
            if number * 10 <= n:
                found[Severity.WARNING if number else Severity.INFO].append(f"“{seen.title(at)}” ({number:,} of {n:,})")
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
    return [] if seen.private else told_blanks(seen, names(seen))


def names(seen: Seen) -> dict[int, set[str]]:
    """The names in each column of such, as they stand in the rows that were taken, by the column's position."""
    rows = seen.checked.match.sheet.rows
    lines = [rows[row - 1] for row in seen.rows.index.unique().tolist()]
    places = [at for name in _NAMES if name in seen.rows and (at := seen.position(name)) is not None]
    return {at: {cell for line in lines if at < len(line) and isinstance(cell := line[at], str)} for at in places}


def told_blanks(seen: Seen, found: Mapping[int, set[str]]) -> list[Issue]:
    """What `trailing_blanks` says of these names."""
    issues = []
    for at, words in found.items():
        doubled = sorted(word for word in words if word != word.strip() and word.strip() in words)
        if doubled:
            issues.append(seen.column("blank-trailing", seen.title(at), doubled[0].strip(), n=len(doubled)))
    return issues
