"""Ids that a spreadsheet program rounded: it keeps 15 digits of a number."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from data.whole_words import column, holding
from importers.issues import Issue
from importers.traps.seen import Seen

_LONG = r"^\d{16,}$"
_ROUNDED = r"^\d{13,}000$"
_SCIENTIFIC = r"^\d([.,]\d+)?[eE]\+?\d{2}$"
#: Fields that hold ids of other systems.
NAMES = ("post_id", "crisis")
_LOOK = 1_000  # cells whose kind is looked at


def rounded_ids(seen: Seen) -> list[Issue]:
    """Columns of ids in scientific notation, or of long numbers that end in noughts more often than chance has it."""
    if seen.private:
        return []
    return [issue for name in NAMES if name in seen.rows for issue in _rounded(seen, name)]


@dataclass(slots=True)
class Ids:
    """The ids of one column: in scientific notation, long ones, and those of them that end in noughts.

    Of each, how many rows there are, and the first one with its id.
    """

    number: Counter[str] = field(default_factory=Counter)
    first: dict[str, tuple[int, str]] = field(default_factory=dict)
    numeric: bool = False
    looked: int = 0

    def add(self, seen: Seen, name: str) -> None:
        ids = column([value if isinstance(value, str) else None for value in seen.rows[name].tolist()])
        long = holding(ids, [_LONG])
        self._note(seen, name, "scientific", holding(ids, [_SCIENTIFIC]))
        self._note(seen, name, "long", long)
        if long.any():
            self._note(seen, name, "ends", long & holding(ids, [_ROUNDED]))
            places = np.flatnonzero(long)[: _LOOK - self.looked]
            self.looked += len(places)
            self.numeric |= _numbers(seen, name, places)

    def _note(self, seen: Seen, name: str, what: str, which: np.ndarray) -> None:
        places = np.flatnonzero(which)
        if len(places):
            rows = seen.rows.index[places]
            self.number[what] += rows.nunique()
            place = int(rows.argmin())
            self.first.setdefault(what, (int(rows[place]), seen.rows[name].iloc[places[place]]))

    def told(self, seen: Seen, name: str) -> list[Issue]:
        ends = self.number["ends"]
        broken = ["scientific"] if self.number["scientific"] else []
        if self.number["long"] and self.numeric:
            broken.append("long")
        elif ends >= 2 and ends * 20 >= self.number["long"]:
            broken.append("ends")
        if not broken:
            return []
        row, value = min(self.first[what] for what in broken)
        facts = {"n": f"{sum(self.number[what] for what in broken):,}", "first": row}
        return [seen.column("id-rounded", seen.shown(name), value, **facts)]


def _rounded(seen: Seen, name: str) -> list[Issue]:
    ids = Ids()
    ids.add(seen, name)
    return ids.told(seen, name)


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
