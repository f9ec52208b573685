"""What the cells of an unknown column look like. Nothing here repeats a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from importers.formats.labels import SCALES
from importers.mapping.vocabulary import SCALE_LABELS, plain
from importers.sheet import Cell
from importers.values import Place, dates, numbers, text
from importers.values.column import is_missing, tidy
from importers.values.layouts import Order

LOOK = 2_000  # rows below the header that are looked at
_NOWHERE = Place(None, "")
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DIGITS = re.compile(r"[-+]?[\d.,\s]+")
_LONG_TEXT, _FEW, _LONGEST_DATE = 40, 25, 80


@dataclass(frozen=True)
class Profile:
    """A column's cells, blank ones left out: how many, and the shares (0 to 1) that are of a sort.

    `words` are its distinct texts where they are few and short, else empty. `lowest` and `highest` are of its numbers.
    """

    n: int
    more: bool
    dates: float
    numbers: float
    whole: bool
    lowest: float
    highest: float
    addresses: float
    mails: float
    labels: float
    length: float
    words: tuple[str, ...]

    @property
    def is_long_text(self) -> bool:
        return self.n > 0 and self.length >= _LONG_TEXT and max(self.numbers, self.dates, self.addresses) < 0.3

    @property
    def all_of_them(self) -> str:
        """“all 212 values are”, or those that were looked at."""
        return f"the first {self.n:,} values are" if self.more else f"all {self.n:,} values are"


def profile(cells: pd.Series, today: date) -> Profile:
    """Look at one column below its header, of which the first `LOOK` rows count."""
    looked = cells.iloc[:LOOK]
    said = text(looked).values
    filled = said[[one is not None and not is_missing(tidy(one)) for one in said]]
    raw, n = looked[filled.index], len(filled)
    read = numbers(raw, where=_NOWHERE, decimal="point" if n == 0 else None, counts=True).values
    known = read.dropna()

    folded = [plain(one) for one in filled]
    scale = SCALE_LABELS.keys() | {label for points in SCALES for label in points}
    distinct = filled.unique()
    return Profile(
        n=n, more=len(cells) > LOOK, dates=_dates(raw, today), numbers=len(known) / n if n else 0.0,
        whole=bool((known % 1 == 0).all()), lowest=float(known.min()) if len(known) else 0.0,
        highest=float(known.max()) if len(known) else 0.0,
        addresses=sum(_ADDRESS.fullmatch(one) is not None for one in filled) / max(1, n),
        mails=sum(_MAIL.fullmatch(one) is not None for one in filled) / max(1, n),
        labels=sum(one in scale for one in folded) / max(1, n),
        length=sum(map(len, filled)) / max(1, n),
        words=tuple(distinct) if len(distinct) <= _FEW and all(len(one) <= _LONG_TEXT for one in distinct) else (),
    )  # fmt: skip


def _dates(raw: pd.Series, today: date) -> float:
    """The share of cells that are dates, in the order in which more of them are; bare numbers are not counted."""
    could = raw[[_could_be_date(cell) for cell in raw]]
    if could.empty:
        return 0.0
    orders: tuple[Order, ...] = ("dmy", "mdy") if any(isinstance(cell, str) for cell in could) else ("dmy",)
    read = [dates(could, where=_NOWHERE, today=today, order=order, future=True).values for order in orders]
    return float(max(one.notna().sum() for one in read)) / len(raw)


def _could_be_date(cell: Cell) -> bool:
    if isinstance(cell, str):
        if len(cell) > _LONGEST_DATE or not any(c.isdigit() for c in cell):
            return False
        return _DIGITS.fullmatch(cell.strip()) is None or cell.count(".") == 2  # 31.12.2026, and not 12,345.60
    return isinstance(cell, (date, datetime))
