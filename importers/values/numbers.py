"""Numbers of one column: which mark is the decimal one is decided from all its cells, or asked."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from importers.issues import Issue
from importers.values.column import Parsed, Place, in_order, is_blank, is_missing, tidy

Decimal = Literal["comma", "point"]
_MARKS: dict[Decimal, str] = {"comma": ",", "point": "."}
#: Powers of ten.
_SUFFIXES = {"": 0, "k": 3, "m": 6, "mio": 6, "mn": 6, "b": 9, "bn": 9}
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<digits>[0-9](?:[0-9.,'’ ]*[0-9])?[.,]?|[.,][0-9]+)(?:e(?P<power>[+-]?[0-9]{1,3}))?"
    r" ?(?P<suffix>k|mio|mn|m|bn|b)?\.? ?(?P<percent>%)?",
    re.IGNORECASE,
)
_SPACED = re.compile(r"[0-9]{1,3}(?:([ '’])[0-9]{3})(?:\1[0-9]{3})*(?![0-9 '’])")
#: Whole numbers beyond this are not exact as floats.
LARGEST_INTEGER = 2**53


@dataclass(frozen=True, slots=True)
class Numbers(Parsed[pd.Series]):
    """`values` float64; `percent` marks cells written with a percent sign (their value is a fraction: 6.5% is 0.065)."""

    percent: pd.Series = None  # type: ignore[assignment]  # set after init


class _Written(NamedTuple):
    """A number as written: digits with their . and , marks, and the power of ten that suffixes and % stand for."""

    digits: str
    negative: bool
    exponent: int
    percent: bool


def numbers(series: pd.Series, *, where: Place, decimal: Decimal | None = None, counts: bool = False) -> Numbers:
    """Read a column of numbers.

    Parameters
    ----------
    series
        Raw cells, indexed by spreadsheet row.
    decimal
        The decimal mark, when somebody said so; None lets the column decide.
    counts
        The column counts things: a mark followed by exactly three digits separates thousands (`2.345` is 2345).

    Returns
    -------
    Numbers
        float64 values, NaN where blank, and the mask `percent`.

    Issues: number-unreadable of a row; decimal-ambiguous (error) of the column, whose undecided cells are then NaN.
    """
    percent = np.zeros(len(series), dtype=bool)
    cells = series.tolist()
    if set(map(type, cells)) <= {int, float, type(None)}:
        native = np.array(cells, dtype="float64")
        if not np.isinf(native).any():
            return Numbers(pd.Series(native, index=series.index), percent=pd.Series(percent, index=series.index))
    values = np.full(len(series), np.nan)
    texts: dict[str, list[int]] = {}
    unread: list[int] = []
    for i, cell in enumerate(cells):
        if isinstance(cell, str):
            texts.setdefault(cell, []).append(i)
        elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) < math.inf:
            values[i] = float(cell)
        elif not is_blank(cell):
            unread.append(i)
    written = {text: _split(tidied) for text in texts if not is_missing(tidied := tidy(text))}
    readings = {text: {} if number is None else _readings(number) for text, number in written.items()}
    mark, is_open = (None, False) if counts else _settle_mark(list(readings.values()), decimal)
    for text, number in written.items():
        value = _choose(readings[text], mark, counts=counts, scaled=number is not None and number.exponent != 0)
        if value is not None:
            values[texts[text]], percent[texts[text]] = value, number is not None and number.percent
        elif not (is_open and len(readings[text]) == 2):
            unread += texts[text]
    rows = series.index
    issues: list[Issue] = [where.about_column("decimal-ambiguous")] if is_open else []
    issues += [where.issue("number-unreadable", rows[i], series.iloc[i]) for i in unread]
    return Numbers(pd.Series(values, index=rows), in_order(issues), percent=pd.Series(percent, index=rows))


def integers(series: pd.Series, *, where: Place) -> Parsed[pd.Series]:
    """Read a column of whole numbers (nullable Int64); fractions and numbers beyond 2⁵³ are number-unreadable."""
    read = numbers(series, where=where, counts=True)
    values = read.values
    broken = values.notna() & ((values % 1 != 0) | (values.abs() > LARGEST_INTEGER) | read.percent)
    found = np.flatnonzero(broken).tolist()
    issues = read.issues + [where.issue("number-unreadable", series.index[i], series.iloc[i]) for i in found]
    return Parsed(values.mask(broken).astype("Int64"), in_order(issues))


def _split(text: str) -> _Written | None:
    bracketed = text.startswith("(") and text.endswith(")")
    match = _NUMBER.fullmatch(text[1:-1].strip() if bracketed else text)
    if match is None:
        return None
    digits = match["digits"]
    if re.search("[ '’]", digits):
        spaced = _SPACED.match(digits)
        if spaced is None:
            return None
        digits = re.sub("[ '’]", "", spaced[0]) + digits[spaced.end() :]
        if re.search("[ '’]", digits):
            return None
    percent = match["percent"] is not None
    exponent = _SUFFIXES[(match["suffix"] or "").lower()] + int(match["power"] or 0) - (2 if percent else 0)
    return _Written(digits, (match["sign"] == "-") != bracketed, exponent, percent)


def _readings(number: _Written) -> dict[str, float]:
    """Decimal mark → value, for the marks that fit."""
    found = {mark: _reading(number, mark, other) for mark, other in ((".", ","), (",", "."))}
    return {mark: value for mark, value in found.items() if value is not None}


def _reading(number: _Written, mark: str, thousands: str) -> float | None:
    whole, _, fraction = number.digits.partition(mark)
    first, *groups = whole.split(thousands)
    if mark in fraction or thousands in fraction:
        return None
    if groups and not (re.fullmatch("[1-9][0-9]{0,2}", first) and all(len(group) == 3 for group in groups)):
        return None
    value = float(f"{first}{''.join(groups)}.{fraction}e{number.exponent}")
    return None if math.isinf(value) else -value if number.negative else value


def _settle_mark(readings: list[dict[str, float]], decimal: Decimal | None) -> tuple[str | None, bool]:
    """Decimal mark of the column, if one is decided, and whether cells stay open without it."""
    if decimal is not None:
        return _MARKS[decimal], False
    decided = {mark for found in readings if len(found) == 1 for mark in found}
    if len(decided) == 1:
        return decided.pop(), False
    return None, any(len(set(found.values())) == 2 for found in readings)


def _choose(readings: dict[str, float], mark: str | None, *, counts: bool, scaled: bool) -> float | None:
    """The column's reading of one cell; None when there is none."""
    if mark is not None:
        return readings.get(mark)
    if len(set(readings.values())) == 1:
        return next(iter(readings.values()))
    if counts and readings:  # a thousands separator, unless a suffix shows that the number is short: 1.234k
        return min(readings.values(), key=abs) if scaled else max(readings.values(), key=abs)
    return None
