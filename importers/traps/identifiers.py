"""Ids that a spreadsheet program rounded: it keeps 15 digits of a number."""

from __future__ import annotations

import re

import numpy as np

from data.whole_words import column, holding
from importers.issues import Issue
from importers.traps.seen import Seen

_LONG = r"^\d{16,}$"
_ROUNDED = r"^\d{13,}000$"
_SCIENTIFIC = r"^\d([.,]\d+)?[eE]\+?\d{2}$"
_LOOK = 1_000  # cells whose kind is looked at


def rounded_ids(seen: Seen) -> list[Issue]:
    """Columns of ids in scientific notation, or of long numbers that end in noughts more often than chance has it."""
    if seen.private:
        return []
    return [issue for name in ("post_id", "crisis") if name in seen.rows for issue in _rounded(seen, name)]


def _rounded(seen: Seen, name: str) -> list[Issue]:
    ids = column([value if isinstance(value, str) else None for value in seen.rows[name].tolist()])
    broken = holding(ids, [_SCIENTIFIC])
    long = holding(ids, [_LONG])
    if long.any():
        ends = long & holding(ids, [_ROUNDED])
        numeric = _numbers(seen, name, np.flatnonzero(long)[:_LOOK])
        if numeric or (ends.sum() >= 2 and ends.sum() * 20 >= long.sum()):
            broken |= long if numeric else ends
    places = np.flatnonzero(broken)
    if not len(places):
        return []
    rows = sorted(set(seen.rows.index[places].tolist()))
    facts = {"n": f"{len(rows):,}", "first": rows[0]}
    return [seen.column("id-rounded", seen.shown(name), seen.rows[name].iloc[places[0]], **facts)]


def _numbers(seen: Seen, name: str, places: np.ndarray) -> bool:
    """Whether long ids lie in the file as numbers, which are never exact."""
    at = seen.position(name)
    if at is None:
        return False
    lines = seen.checked.match.sheet.rows
    cells = [lines[row - 1][at] for row in seen.rows.index[places].tolist() if at < len(lines[row - 1])]
    return any(isinstance(cell, float) or _is_float(cell) for cell in cells)


def _is_float(cell: object) -> bool:
    return isinstance(cell, str) and re.fullmatch(r"\d{16,}\.0+", cell.strip()) is not None
