"""The traps of a file of posts that passes by in chunks: what each must know of the whole is kept small and added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from importers.check import Checked
from importers.context import Context
from importers.issues import Issue
from importers.traps import columns, dates, identifiers, ratings
from importers.traps.alike import Alike
from importers.traps.delays import contradicted_delays, replies_first
from importers.traps.seen import NAMED, ONE_BY_ONE, Finding, Ledger, Seen

#: Distinct names of a column that are compared with one another.
_MOST_NAMES = 100_000


@dataclass(frozen=True)
class _Chunk(Seen):
    """A chunk of a sheet; what is found in it is told with what is found in the others."""

    ledger: Ledger = field(default_factory=Ledger)

    def told(self, findings: Iterable[Finding]) -> list[Issue]:
        self.ledger.add(findings)
        return []


class _Day(NamedTuple):
    """How many rows are of a day, and the first of them."""

    number: int
    rows: list[int]


class Gathered:
    """Takes in the chunks of one sheet of posts, in order, and then says what `traps.warnings` would say of the whole."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen: Seen | None = None
        self._ledger = Ledger()
        self._rows = 0
        self._days: dict[str, dict[int, _Day]] = {}
        self._filled: Counter[str] = Counter()
        self._names: dict[int, set[str]] = {}
        self._ids: dict[str, identifiers.Ids] = {}
        self._ratings: dict[str, list[pd.Series]] = {}
        self._alike = Alike()

    def add(self, checked: Checked) -> None:
        """Look at the next chunk."""
        if checked.rows.empty:
            return
        seen = _Chunk(checked, self._context, self._ledger)
        replies_first(seen)
        contradicted_delays(seen)
        self._ledger.add(self._alike.add(seen))
        self._rows += len(seen.rows)
        self._add_days(seen)
        for name, number in columns.filled(seen).items():
            self._filled[name] += number
        for at, words in columns.names(seen).items():
            known = self._names.setdefault(at, set())
            if len(known) < _MOST_NAMES:
                known |= words
        for name in identifiers.NAMES:
            if name in seen.rows:
                self._ids.setdefault(name, identifiers.Ids()).add(seen, name)
        for title, values in ratings.rated(seen).items():
            self._ratings.setdefault(title, []).append(values.dropna())
        self._seen = Seen(checked, self._context)

    def warnings(self) -> list[Issue]:
        """What looks wrong in the whole."""
        seen = self._seen
        if seen is None:
            return []
        for name, days in self._days.items():
            self._add_far(seen, name, days)
        found = self._ledger.issues(seen)
        found += [one for name, ids in self._ids.items() for one in ids.told(seen, name)]
        rated = {title: pd.concat(values) for title, values in self._ratings.items()}
        found += [one for title, values in rated.items() for one in ratings.odd(seen, title, values, None)]
        found += columns.told_empty(seen, self._filled, self._rows)
        return found + columns.told_blanks(seen, self._names)

    def _add_days(self, seen: Seen) -> None:
        for name in dates.dated(seen):
            days, rows = dates.days_of(seen.rows[name])
            order = np.argsort(days, kind="stable")
            known = self._days.setdefault(name, {})
            distinct, first, number = np.unique(days[order], return_index=True, return_counts=True)
            for day, at, n in zip(distinct.tolist(), first.tolist(), number.tolist(), strict=True):
                before = known.get(day, _Day(0, []))
                room = ONE_BY_ONE + NAMED - len(before.rows)
                more = rows[order[at : at + min(n, room)]].tolist() if room else []
                known[day] = _Day(before.number + n, before.rows + more)

    def _add_far(self, seen: Seen, name: str, known: dict[int, _Day]) -> None:
        """What `dates.far_dates` finds, told from the number of rows of each day."""
        days = np.array(sorted(known), dtype=np.int64)
        number = np.array([known[day].number for day in days.tolist()], dtype=np.int64)
        runs = np.cumsum(np.r_[0, np.diff(days) > dates.GAP]) if len(days) else np.zeros(0, dtype=np.int64)
        if number.sum() < dates.FEWEST or not len(runs) or runs[-1] == 0:
            return
        lengths = np.bincount(runs, weights=number)
        usual = len(lengths) - 1 - int(np.argmax(lengths[::-1]))
        apart, others = days[runs != usual], days[runs == usual]
        if number[runs != usual].sum() > max(1, number.sum() // 10):
            return
        first, last = dates.day_of(others[0]), dates.day_of(others[-1])
        found: list[Finding] = []
        total = 0
        for day in apart.tolist():
            told = [dates.finding(seen, name, row, dates.day_of(day), first, last) for row in known[day].rows]
            found += [one for one in told if one]
            total += known[day].number if told[0] else 0
        found.sort(key=lambda one: one.row)
        self._ledger.add(found, total - len(found))
