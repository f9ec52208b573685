"""Gaps whose days can't be a plan: due before they begin, or before they were opened."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from importers.issues import Issue
from importers.traps.seen import Finding, Seen


def due_first(seen: Seen) -> list[Issue]:
    """Rows whose due date lies before their start or their opening: registers are kept late, so they are taken."""
    if seen.record != "gaps" or "due_on" not in seen.rows:
        return []
    findings = [finding for other in ("start_on", "opened_on") for finding in _before(seen, other)]
    first_of_row = {one.row: one for one in reversed(findings)}
    return seen.told(sorted(first_of_row.values(), key=lambda one: one.row))


def _before(seen: Seen, other: str) -> Iterator[Finding]:
    if other not in seen.rows:
        return
    due, begun = (pd.to_datetime(seen.rows[name]) for name in ("due_on", other))
    for place in (due < begun).to_numpy().nonzero()[0].tolist():
        told = {"other": seen.shown(other), "begun": f"{begun.iloc[place]:%Y-%m-%d}"}
        row, said = int(seen.rows.index[place]), f"{due.iloc[place]:%Y-%m-%d}"
        yield Finding(row, seen.shown("due_on"), "due-before", said, told)
