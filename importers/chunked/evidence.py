"""What the cells of a column say about how all of it must be read, added up while they pass by.

Cells that say the same are counted together: what matters of a date is its numbers, of an amount its marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd

from data.whole_words import column, holding
from importers.values import Place, numbers
from importers.values.column import tidy
from importers.values.layouts import arrange, orders, split

#: Day, month and year as three bare numbers, the year last.
_BARE = r"(^|[^\d])\d{1,2}[-/]\d{1,2}[-/]\d{2}"
#: A serial of a spreadsheet program without a time of day, and what has one.
_SERIAL, _TIMED = r"^\s*\d{5}\s*$", r"\d[:h.]\d{2}|\d\s?[aApP]\.?[mM]|^\s*\d{5}[.,]\d"
_SAME_DIGITS = str.maketrans("123456789", "1" * 9)
#: Characters at the beginning of a text in which its date stands.
_DATE = 12


class Evidence(Protocol):
    """What a column says of itself."""

    def add(self, cells: Sequence[str]) -> None:
        """Take in further cells."""


@dataclass(slots=True)
class Dates:
    """Cells that can only be day-first, only month-first, all that are bare numbers, and whether the order matters.

    `clash` is whether serials without a time of day stand in one chunk alone and times in another: then whether a serial
    means a day or a midnight is told by the whole column.
    """

    days: int = 0
    months: int = 0
    bare: int = 0
    matters: bool = False
    is_timed: bool = False
    is_bare_serial: bool = False

    @property
    def clash(self) -> bool:
        return self.is_timed and self.is_bare_serial

    def add(self, cells: Sequence[str]) -> None:
        texts = column(cells)
        timed = bool(holding(texts, [_TIMED]).any())
        self.is_timed |= timed
        self.is_bare_serial |= not timed and bool(holding(texts, [_SERIAL]).any())
        alike: dict[tuple[str, str], list[str]] = {}
        for at in np.flatnonzero(holding(texts, [_BARE])).tolist():
            cell = cells[at]
            alike.setdefault((cell[:_DATE], cell[_DATE:].translate(_SAME_DIGITS)), []).append(cell)
        for found in alike.values():
            self._count(found[0], len(found))

    def _count(self, cell: str, times: int) -> None:
        written = split(tidy(cell))
        if written is None or written.numbers is None:
            return
        self.bare += times
        fits = orders(written.numbers)
        self.days += times if fits == {"dmy"} else 0
        self.months += times if fits == {"mdy"} else 0
        self.matters |= arrange(written.numbers, "dmy") != arrange(written.numbers, "mdy")


@dataclass(slots=True)
class Marks:
    """Whether a cell fits only a decimal point, whether one fits only a comma, and whether one is another number by each."""

    point: bool = False
    comma: bool = False
    matters: bool = False
    _known: set[str] = field(default_factory=set)

    def add(self, cells: Sequence[str]) -> None:
        shapes = Counter(cell.translate(_SAME_DIGITS) for cell in set(cells)).keys() - self._known
        if not shapes:
            return
        some = pd.Series(sorted(shapes), dtype=object)
        where = Place(None, "")
        point = numbers(some, where=where, decimal="point").values
        comma = numbers(some, where=where, decimal="comma").values
        self.point |= bool((point.notna() & comma.isna()).any())
        self.comma |= bool((comma.notna() & point.isna()).any())
        self.matters |= bool((point.notna() & comma.notna() & (point != comma)).any())
        if len(self._known) < 10_000:
            self._known |= shapes
