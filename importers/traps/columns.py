"""Columns as a whole: those that are nearly empty, and names with blanks behind them."""

from __future__ import annotations

from importers.issues import Issue
from importers.traps.seen import Seen

_FEWEST = 20
_NAMES = ("crisis", "category", "platform", "source", "topic", "department", "section", "company")
_SHOWN = 8


def mostly_empty(seen: Seen) -> list[Issue]:
    """Columns that the format reads and of which no more than one cell in ten is filled; all in one issue."""
    n = len(seen.rows)
    if n < _FEWEST:
        return []
    found = []
    for column in seen.checked.match.layout.columns:
        at = seen.position(column.field)
        if at is not None and column.field in seen.rows:
            filled = int(seen.rows[column.field].notna().sum())
            if filled * 10 <= n:
                found.append(f"“{seen.title(at)}” ({filled:,} of {n:,})")
    if not found:
        return []
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return [seen.column("column-empty", None, columns=", ".join(found[:_SHOWN]) + more)]


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
