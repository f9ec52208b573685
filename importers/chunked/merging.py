"""The results of a sheet's chunks as one, with bounded memory however much is wrong with the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from importers.issues import Issue, Severity, issue
from importers.result import SHOWN, Rejected, SheetResult
from importers.traps.seen import NAMED, listed

#: Issues of a kind and column that are told row by row, and rejected rows that can be handed back.
MOST = 10_000
_COUNTS = ("rows", "new", "updated", "duplicate", "rejected", "skipped")

#: Code, column and severity of an issue.
_Kind = tuple[str, str | None, Severity]


class Issues:
    """Issues as they come: those of a column as a whole once, those of rows up to `MOST` of a kind."""

    def __init__(self) -> None:
        self._kept: dict[Issue, None] = {}
        self._number: Counter[_Kind] = Counter()
        self._beyond: dict[_Kind, tuple[Issue, list[int]]] = {}

    def add(self, found: Iterable[Issue]) -> None:
        for one in found:
            if one.row is None:
                self._kept.setdefault(one)
                continue
            kind = one.code, one.column, one.severity
            self._number[kind] += 1
            if self._number[kind] <= MOST:
                self._kept.setdefault(one)
                continue
            rows = self._beyond.setdefault(kind, (one, []))[1]
            if len(rows) < NAMED:
                rows.append(one.row)

    def all(self) -> list[Issue]:
        """All that are kept, then an issue a kind for those beyond."""
        found = list(self._kept)
        for kind, (one, rows) in self._beyond.items():
            more = self._number[kind] - MOST
            place: dict[str, Any] = {"sheet": one.sheet, "column": one.column, "severity": one.severity}
            summed = issue("rows-more", **place, n=f"{more:,}", rows=listed(rows, more))
            found.append(replace(summed, code=one.code))
        return found


class Merged:
    """The results of the chunks of one sheet, added up in order."""

    def __init__(self) -> None:
        self._result: SheetResult | None = None
        self._rejects: Rejected | None = None
        self._issues = Issues()

    def add(self, part: SheetResult) -> None:
        """Add the next chunk."""
        self._issues.add(part.issues)
        for rejected in part.rejects:
            kept = self._rejects or replace(rejected, rows={})
            room = MOST - len(kept.rows)
            kept.rows.update(list(rejected.rows.items())[:room])
            self._rejects = kept
        if self._result is None:
            self._result = replace(part, issues=[], rejects=[])
            return
        for name in _COUNTS:
            setattr(self._result, name, getattr(self._result, name) + getattr(part, name))
        if self._result.first is not None and part.first:
            self._result.first = (self._result.first + part.first)[:SHOWN]

    def result(self, more: Iterable[Issue]) -> SheetResult:
        """The whole, with further issues of it; there must have been a chunk."""
        if self._result is None:
            raise RuntimeError("no chunk was added")
        self._issues.add(more)
        rejects = [self._rejects] if self._rejects else []
        return replace(self._result, issues=self._issues.all(), rejects=rejects)
