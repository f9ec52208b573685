"""Dates far outside the other ones: most often a year that was typed wrong."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from importers.issues import Issue
from importers.traps.seen import Finding, Seen

#: Days without a date that set a date apart from the others.
GAP = 180
#: Dates among which one can lie apart.
FEWEST = 5
#: Days around the others within which a date with their year would fit.
_NEAR = 31
#: Days from the others beyond which a date is told of, though no year would make it fit.
_VERY_FAR = 730
#: Days that may well lie ahead of all others.
_PLANNED = frozenset({"due_on", "start_on", "effective_from", "review_due"})


def far_dates(seen: Seen) -> list[Issue]:
    """Single dates more than half a year from all others of the column, or of the same crisis."""
    rows = seen.rows
    by_crisis = seen.record == "events" and "crisis" in rows
    groups = pd.factorize(rows["crisis"])[0] if by_crisis else np.zeros(len(rows), dtype=np.int64)
    found = [one for name in dated(seen) for one in _far(seen, name, groups, fewest=3 if by_crisis else FEWEST)]
    return seen.told(found)


def dated(seen: Seen) -> list[str]:
    """The fields that hold dates or moments of the past."""
    rows = seen.rows
    return [
        str(name)
        for name in rows
        if pd.api.types.is_datetime64_any_dtype(rows[name].dtype)
        and str(name) not in _PLANNED
        and not _twin(name, rows)
    ]


def days_of(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The days (since 1970) of a column's dates, and the rows in which they stand."""
    naive = column.dt.tz_convert(None) if column.dt.tz is not None else column
    known = naive.notna().to_numpy()
    return naive.to_numpy("datetime64[D]")[known].astype(np.int64), naive.index.to_numpy()[known]


def _twin(name: object, rows: pd.DataFrame) -> bool:
    """Whether a column says again, for dates alone, what another says of all moments."""
    return str(name).endswith("_on") and f"{str(name).removesuffix('_on')}_at" in rows


def _far(seen: Seen, name: str, groups: np.ndarray, fewest: int) -> list[Finding]:
    days, numbers = days_of(seen.rows[name])
    groups = groups[seen.rows[name].notna().to_numpy()]
    if len(days) < fewest:
        return []
    order = np.lexsort((days, groups))
    days, groups, numbers = days[order], groups[order], numbers[order]
    runs = np.cumsum(np.r_[0, (np.diff(groups) != 0) | (np.diff(days) > GAP)])
    if runs[-1] == groups[-1]:  # nothing is set apart in any group
        return []
    usual = _usual_runs(runs, groups)
    sizes = np.bincount(groups)
    apart = runs != usual[groups]
    many = np.bincount(groups, weights=apart) > np.maximum(1, sizes // 10)
    told = apart & ~many[groups] & (sizes[groups] >= fewest)
    found: list[Finding] = []
    for at in np.flatnonzero(told).tolist():
        others = days[runs == usual[groups[at]]]
        one = finding(seen, name, int(numbers[at]), day_of(days[at]), day_of(others[0]), day_of(others[-1]))
        found += [one] if one else []
    one_a_row = {one.row: one for one in found}
    return [one_a_row[row] for row in sorted(one_a_row)]


def _usual_runs(runs: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """The run of each group in which most of its dates lie."""
    lengths = np.bincount(runs)
    first = np.r_[0, np.flatnonzero(np.diff(runs)) + 1]
    of_group = groups[first]
    usual = np.zeros(groups[-1] + 1, dtype=np.int64)
    shortest_first = np.argsort(lengths, kind="stable")
    usual[of_group[shortest_first]] = shortest_first  # the last one written, the longest, stays
    return usual


def day_of(day: int) -> date:
    """The day that is so many days after 1 January 1970."""
    return date.fromordinal(int(day) + date(1970, 1, 1).toordinal())


def finding(seen: Seen, name: str, row: int, day: date, first: date, last: date) -> Finding | None:
    """What to say of a date that lies apart from the others, which go from `first` to `last`."""
    would = next(
        (moved for year in range(last.year, first.year - 1, -1) if _fits(moved := _in(day, year), first, last)), None
    )
    if would is None and max((first - day).days, (day - last).days) <= _VERY_FAR:
        return None
    if seen.private:
        return Finding(row, seen.shown(name), "date-far", facts={"others": "", "would": ""})
    others = f" ({first} to {last})" if first < last else f" ({first})"
    facts = {"others": others, "would": f"; {would} would fit" if would else ""}
    return Finding(row, seen.shown(name), "date-far", day, facts)


def _in(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the 28th."""
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _fits(day: date, first: date, last: date) -> bool:
    return (first - day).days <= _NEAR and (day - last).days <= _NEAR
