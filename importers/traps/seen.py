"""A sheet as the traps see it: typed rows, raw cells, and how a finding is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from data.enums import Stream
from importers.check import Checked
from importers.context import Context
from importers.issues import Issue, Severity, issue
from importers.sheet import Cell
from importers.table import heading

#: Rows of a kind that are told one by one, and then named.
ONE_BY_ONE, NAMED = 5, 12


@dataclass(frozen=True, slots=True)
class Finding:
    """A row to look at: the heading of its column, the issue, and what fills its words."""

    row: int
    column: str
    code: str
    value: object = None
    facts: Mapping[str, Any] = field(default_factory=dict)


class Ledger:
    """Findings by kind: the first ones, and how many there were."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], list[Finding]] = {}
        self._number: Counter[tuple[str, str]] = Counter()

    def add(self, findings: Iterable[Finding], more: int = 0) -> None:
        """Add findings, and to the last one's kind so many more."""
        kind = None
        for one in findings:
            kind = one.code, one.column
            first = self._first.setdefault(kind, [])
            if len(first) < ONE_BY_ONE + NAMED:
                first.append(one)
            self._number[kind] += 1
        if kind is not None:
            self._number[kind] += more

    def issues(self, seen: Seen) -> list[Issue]:
        """An issue a row for the first rows of each kind, and one for all others."""
        issues: list[Issue] = []
        for kind, rows in sorted(self._first.items(), key=lambda item: item[0]):
            code, column = kind
            issues += [seen.row(one) for one in rows[:ONE_BY_ONE]]
            if (others := self._number[kind] - ONE_BY_ONE) > 0:
                named = listed([one.row for one in rows[ONE_BY_ONE:]], others)
                issues.append(replace(seen.column("trap-more", column, n=others, rows=named), code=code))
        return issues


@dataclass(frozen=True)
class Seen:
    """One sheet. `rows` are its typed rows by spreadsheet row, of which one may stand there several times."""

    checked: Checked
    context: Context

    @property
    def rows(self) -> pd.DataFrame:
        return self.checked.rows

    @property
    def record(self) -> str:
        return self.checked.match.layout.record

    @property
    def private(self) -> bool:
        return self.checked.match.layout.stream is Stream.SURVEY

    @property
    def sheet(self) -> str | None:
        return self.checked.match.sheet.name

    @cached_property
    def headings(self) -> list[str]:
        """The header as it is compared, by position."""
        return [heading(cell) for cell in self.checked.match.sheet.rows[self.checked.match.header]]

    def position(self, name: str) -> int | None:
        """Where the column that fills a field stands in the file."""
        for column in self.checked.match.layout.columns:
            if column.field == name:
                return next((self.headings.index(one) for one in column.headings if one in self.headings), None)
        return None

    def shown(self, name: str) -> str:
        """The heading of a field as the file has it."""
        at = self.position(name)
        return name if at is None else self.title(at)

    def title(self, position: int) -> str:
        """The heading at a position as the file has it."""
        return str(self.checked.match.sheet.rows[self.checked.match.header][position]).strip()

    def raw(self, position: int) -> pd.Series:
        """The raw cells of one column, of the rows that were taken, by spreadsheet row."""
        rows = self.checked.match.sheet.rows
        taken = self.rows.index.unique()
        cells: list[Cell] = [
            line[position] if position < len(line := rows[row - 1]) else None for row in taken.tolist()
        ]
        return pd.Series(cells, index=taken, dtype=object)

    def told(self, findings: Iterable[Finding]) -> list[Issue]:
        """An issue a row for the first rows of each kind, and one for all others."""
        ledger = Ledger()
        ledger.add(findings)
        return ledger.issues(self)

    def row(self, one: Finding) -> Issue:
        return issue(
            one.code,
            severity=Severity.WARNING,
            sheet=self.sheet,
            row=one.row,
            column=one.column,
            value=one.value,
            private=self.private,
            **one.facts,
        )

    def column(self, code: str, column: str | None, value: object = None, **facts: Any) -> Issue:
        """An issue of a column as a whole."""
        place: dict[str, Any] = {"sheet": self.sheet, "column": column, "value": value, "private": self.private}
        return issue(code, severity=Severity.WARNING, **place, **facts)


def listed(rows: Sequence[int], number: int) -> str:
    """Row numbers in words; of many the first ones. `number` is how many there are, of which some are at hand."""
    named = ", ".join(str(row) for row in rows[:NAMED])
    return named + (f" and {number - NAMED:,} more" if number > NAMED else "")
