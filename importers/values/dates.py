"""Dates and times of one column. One reading holds for the whole column; what does not decide itself is asked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd

from importers.issues import Issue, Severity
from importers.values.clock import start_of_day, to_utc
from importers.values.column import Parsed, Place, in_order, is_blank, is_missing, tidy
from importers.values.layouts import EMPTY_DATE, Order, Written, arrange, offset_of, orders, split

EARLIEST = datetime(1990, 1, 1)  # noqa: DTZ001 - compared with local times as written
#: Years ahead that a planned date may lie.
_PLANNED_YEARS = 50
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)[0-9]{0,3} ?(Z|z|[+-](?:0[0-9]|1[0-3]):?[0-5][0-9])?)?"
)
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
#: Excel's day 0, with its belief in 29 February 1900 made up for; serials of 1990 to 2099 are taken for dates.
_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial has no zone
_SERIALS = range(32_874, 73_051)
_EXCEL_EMPTY = date(1900, 1, 1)
_NAT = np.datetime64("NaT", "us")


class Bare(NamedTuple):
    """A distinct text that holds three bare numbers, and where it stands."""

    positions: list[int]
    written: Written
    numbers: tuple[str, str, str]


@dataclass(slots=True)
class _Cells:
    """A column's times as written: `local` naive, `offset` NaT when none was written, `day` without a time of day.

    `soft` days come from cells that hold a number or date, where midnight looks like no time. `bare` are the texts of
    three numbers that wait for an order. Positions, not row numbers.
    """

    local: np.ndarray
    offset: np.ndarray
    day: np.ndarray
    soft: np.ndarray
    blank: np.ndarray
    bare: list[Bare] = field(default_factory=list)

    @classmethod
    def empty(cls, n: int) -> _Cells:
        day, soft, blank = (np.zeros(n, dtype=bool) for _ in range(3))
        return cls(np.full(n, _NAT), np.full(n, np.timedelta64("NaT", "us")), day, soft, blank)

    def put(self, where: int | list[int], day: date, clock: time | None, offset: timedelta | None) -> None:
        self.local[where] = datetime.combine(day, clock or time())
        self.day[where] = clock is None
        if offset is not None:
            self.offset[where] = offset


def timestamps(
    series: pd.Series,
    *,
    zone: str | pd.Series,
    where: Place,
    today: date,
    order: Order | None = None,
    future: bool = False,
) -> Parsed[pd.DataFrame]:
    """Read a column of points in time.

    Parameters
    ----------
    series
        Raw cells, indexed by spreadsheet row.
    zone
        IANA zone for values without an offset of their own; one for all, or one a row on the index of `series`.
    today
        The day of the import; values after the day that follows it are implausible.
    order
        Order of bare numbers (`03/04/2026`), when somebody said so; None lets the column decide.
    future
        Whether later days are plausible too (planned dates).

    Returns
    -------
    Parsed[DataFrame]
        `at` (UTC; of a date without a time the first instant of that local day), `date_only` (bool), `on` (naive
        datetime64, set where `date_only`). Cells that hold a date or number are `date_only` when no value of the
        column has a time of day; else their midnight is meant.

    Issues: date-unreadable, date-implausible, time-nonexistent, time-ambiguous, reference-unknown (zone) of a row;
    date-order-ambiguous (error), date-order-mixed (warning) of the column.
    """
    cells, issues = _as_written(series, where, today, order, future)
    zones = pd.Series(zone, index=series.index, dtype=object).reset_index(drop=True)
    local, offset, day = pd.Series(cells.local), pd.Series(cells.offset), pd.Series(cells.day)
    fixed = (local - offset).dt.tz_localize("UTC")
    instants = to_utc(local.mask(day | offset.notna()), zones)
    at = instants.at.fillna(fixed).fillna(start_of_day(local.where(day), zones))
    day &= at.notna()
    frame = pd.DataFrame({"at": at, "date_only": day, "on": local.where(day)}).set_axis(series.index)
    homeless = local.notna() & at.isna() & ~instants.nonexistent & ~instants.ambiguous
    for i in np.flatnonzero(homeless).tolist():
        issues.append(where.issue("reference-unknown", series.index[i], zones[i], what="time zone"))
    for code, mask in (("time-nonexistent", instants.nonexistent), ("time-ambiguous", instants.ambiguous)):
        for i in np.flatnonzero(mask).tolist():
            issues.append(where.issue(code, series.index[i], series.iloc[i], zone=zones[i]))
    return Parsed(frame, in_order(issues))


def dates(
    series: pd.Series, *, where: Place, today: date, order: Order | None = None, future: bool = False
) -> Parsed[pd.Series]:
    """Read a column of days: naive datetime64 at midnight; a time of day and an offset are dropped as written.

    Arguments and issues as in `timestamps`, without those of clocks.
    """
    cells, issues = _as_written(series, where, today, order, future)
    return Parsed(pd.Series(cells.local, index=series.index).dt.normalize(), in_order(issues))


def date_order(series: pd.Series) -> Order | None:
    """Order that a column's bare dates decide, None when they fit both or there are none."""
    cells = _parse(series)
    day_first, month_first = _votes(cells)
    return "dmy" if day_first else "mdy" if month_first else None


def _as_written(
    series: pd.Series, where: Place, today: date, order: Order | None, future: bool
) -> tuple[_Cells, list[Issue]]:
    cells = _parse(series)
    issues, waiting = _settle_order(cells, where, order)
    if (~np.isnat(cells.local) & ~cells.day).any():
        cells.day &= ~cells.soft
    rows = series.index.tolist()
    unread = np.isnat(cells.local) & ~cells.blank
    unread[waiting] = False
    issues += [where.issue("date-unreadable", rows[i], series.iloc[i]) for i in np.flatnonzero(unread).tolist()]
    latest = date(today.year + _PLANNED_YEARS, 1, 1) if future else today + timedelta(days=2)
    implausible = (cells.local < np.datetime64(EARLIEST)) | (cells.local >= np.datetime64(latest))
    issues += [where.issue("date-implausible", rows[i], series.iloc[i]) for i in np.flatnonzero(implausible).tolist()]
    cells.local[implausible] = _NAT
    cells.day &= ~np.isnat(cells.local)
    return cells, issues


def _settle_order(cells: _Cells, where: Place, order: Order | None) -> tuple[list[Issue], list[int]]:
    """Read the bare numbers in one order; returns issues of the column and positions left open."""
    issues: list[Issue] = []
    if order is None and cells.bare:
        day_first, month_first = _votes(cells)
        if day_first and month_first:
            facts = {"days": day_first, "months": month_first}
            issues.append(where.about_column("date-order-mixed", Severity.WARNING, **facts))
        order = "dmy" if day_first else "mdy" if month_first else None
        if order is None and any(arrange(b.numbers, "dmy") != arrange(b.numbers, "mdy") for b in cells.bare):
            open_positions = [i for bare in cells.bare for i in bare.positions]
            return [where.about_column("date-order-ambiguous", n=len(open_positions))], open_positions
    for bare in cells.bare:
        day = arrange(bare.numbers, order or "dmy")
        if day is not None:
            cells.put(bare.positions, day, bare.written.clock, bare.written.offset)
    return issues, []


def _votes(cells: _Cells) -> tuple[int, int]:
    """Cells that can only be day-first, and only month-first."""
    votes = {"dmy": 0, "mdy": 0}
    for bare in cells.bare:
        fits = orders(bare.numbers)
        if len(fits) == 1:
            votes[fits.pop()] += len(bare.positions)
    return votes["dmy"], votes["mdy"]


def _parse(series: pd.Series) -> _Cells:
    cells = _Cells.empty(len(series))
    if _put_moments(cells, series):
        return cells
    texts: dict[str, list[int]] = {}
    for i, cell in enumerate(series.tolist()):
        if isinstance(cell, str):
            texts.setdefault(cell, []).append(i)
        elif is_blank(cell):
            cells.blank[i] = True
        else:
            _put_native(cells, i, cell)
    for text in _put_iso(cells, texts):
        _put_text(cells, tidy(text), texts[text])
    return cells


def _put_moments(cells: _Cells, series: pd.Series) -> bool:
    """Place a column of nothing but dates without offset, as a workbook gives them, at once; else do nothing."""
    listed = series.tolist()
    if not set(map(type, listed)) <= {datetime, date, type(None)}:
        return False
    if any(type(cell) is datetime and cell.tzinfo is not None for cell in listed):
        return False
    written = pd.DatetimeIndex(listed, dtype="datetime64[us]").to_numpy() + np.timedelta64(500, "ms")
    cells.local = written.astype("datetime64[s]").astype("datetime64[us]")
    cells.local[cells.local <= np.datetime64(_EXCEL_EMPTY)] = _NAT
    cells.blank = np.isnat(cells.local)
    cells.day = cells.local == cells.local.astype("datetime64[D]")
    cells.soft = cells.day.copy()
    return True


def _put_iso(cells: _Cells, texts: dict[str, list[int]]) -> Iterable[str]:
    """Place the ISO texts all at once; returns the texts that are not, or are no date."""
    matches = {text: match for text in texts if (match := _ISO.fullmatch(text.strip()))}
    if not matches:
        return texts
    naive = [f"{m[1]}T{m[2] or '00:00'}" for m in matches.values()]
    parsed = pd.to_datetime(pd.Series(naive), format="ISO8601", errors="coerce").to_numpy("datetime64[us]")
    offsets = {text: offset_of(text) for text in {match[3] for match in matches.values()}}
    times = [len(texts[text]) for text in matches]
    places = np.fromiter(chain.from_iterable(texts[text] for text in matches), dtype=np.intp)
    cells.local[places] = np.repeat(parsed, times)
    cells.day[places] = np.repeat([match[2] is None for match in matches.values()], times)
    cells.offset[places] = np.repeat(np.array([offsets[m[3]] for m in matches.values()], "timedelta64[us]"), times)
    unread = {text for text, local in zip(matches, parsed, strict=True) if np.isnat(local)}
    return [text for text in texts if text not in matches or text in unread]


def _put_text(cells: _Cells, text: str, positions: list[int]) -> None:
    """Place one distinct text, tidied, wherever it stands."""
    if is_missing(text) or EMPTY_DATE.fullmatch(text):
        cells.blank[positions] = True
        return
    if _SERIAL.fullmatch(text):
        _put_serial(cells, positions, float(text.replace(",", ".")))
        return
    written = split(text)
    if written is None:
        return
    if written.numbers is not None:
        cells.bare.append(Bare(positions, written, written.numbers))
    elif written.day is not None:
        cells.put(positions, written.day, written.clock, written.offset)


def _put_native(cells: _Cells, i: int, cell: object) -> None:
    """Place a cell that a workbook gave a type of its own."""
    if isinstance(cell, datetime):
        offset = cell.utcoffset()
        whole = (cell.replace(tzinfo=None) + timedelta(milliseconds=500)).replace(microsecond=0)
        cells.put(i, whole.date(), whole.time(), offset)
        if offset is None and whole.time() == time():
            cells.day[i] = cells.soft[i] = True
    elif isinstance(cell, date):
        cells.put(i, cell, None, None)
        cells.soft[i] = True
        if cell <= _EXCEL_EMPTY:
            cells.local[i], cells.blank[i] = _NAT, True
    elif isinstance(cell, time):
        cells.blank[i] = cell == time()  # an empty date: serial 0 shown as a date
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell):
        compact = split(str(int(cell))) if cell == int(cell) else None
        if compact is not None and compact.day is not None:
            cells.put(i, compact.day, None, None)
        elif cell == 0:
            cells.blank[i] = True
        else:
            _put_serial(cells, i, float(cell))


def _put_serial(cells: _Cells, where: int | list[int], serial: float) -> None:
    if int(serial) in _SERIALS:
        moment = _EXCEL_ZERO + timedelta(seconds=round(serial * 86_400))
        cells.put(where, moment.date(), moment.time(), None)
        if moment.time() == time():
            cells.day[where] = cells.soft[where] = True
