"""The chunks of a long text as typed rows, each under the row numbers of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

import pandas as pd

from importers.check import Checked, NoRows, check
from importers.chunked.decided import Decided
from importers.chunked.scan import Scan
from importers.chunked.text import LongText
from importers.context import Context
from importers.identify import Match
from importers.issues import Issue, issue
from importers.quotes import lines_taken
from importers.sheet import Cell, Sheet
from importers.table import is_blank
from importers.text_files import without_errors


class Window(Sequence[list[Cell]]):
    """The rows of a sheet of which only some are at hand: those at the top, and a chunk from a list index on."""

    def __init__(self, top: Sequence[list[Cell]], start: int, chunk: Sequence[list[Cell]]) -> None:
        self._top, self._start, self._chunk = top, start, chunk

    def __len__(self) -> int:
        return self._start + len(self._chunk)

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[list[Cell]]: ...

    def __getitem__(self, at: int | slice) -> list[Cell] | Sequence[list[Cell]]:
        """A row; or those rows of a slice that are at hand."""
        if isinstance(at, int):
            return self._top[at] if at < len(self._top) else self._chunk[at - self._start]
        first, last, _ = at.indices(len(self))
        return [*self._top[first:last], *self._chunk[max(first - self._start, 0) : max(last - self._start, 0)]]


@dataclass(frozen=True, slots=True)
class Chunks:
    """A long text that was looked through, and how its sheet is read."""

    text: LongText
    match: Match
    scan: Scan
    decided: Decided

    def __iter__(self) -> Iterator[list[list[str]]]:
        """The records below the header, up to the last that holds something."""
        header = self.match.header
        reading = self.text.reading(quoted=self.scan.is_quoted)
        reading.first(header + 1)
        left = self.scan.records - header - 1
        for rows in reading:
            if left <= 0:
                break
            yield rows[:left]
            left -= len(rows)

    def checked(self, rows: list[list[str]], start: int, context: Context) -> Checked:
        """One chunk, which begins at a list index of the whole."""
        header = self.match.header
        top = self.match.sheet.rows[: header + 1]
        body = [list[Cell](row) for row in rows] if self.scan.has_errors else rows
        sheet = Sheet(None, [*map(list, top), *body], tuple(self._swallowed(rows, header + 1)), {})
        if self.scan.has_errors:
            sheet = replace(sheet, odd=without_errors(sheet.rows))  # type: ignore[arg-type]  # a list, made above
        match = Match(sheet, self.decided.layout, header)
        try:
            found = check(match, context)
        except NoRows:
            found = Checked(match, pd.DataFrame(), 0)
        first = header + 2
        blank = range(first + found.total, first + len(rows))  # more rows follow in the next chunk
        found.total, found.skipped = len(rows), found.skipped | set(blank)
        return _moved(found, top, start - header - 1)

    def _swallowed(self, rows: list[list[str]], first: int) -> Iterator[Issue]:
        if self.scan.width >= 3:
            for number, row in enumerate(rows, start=first + 1):
                if lines := lines_taken(row, self.text.delimiter, self.scan.width):
                    yield issue("quote-swallows", row=number, n=lines)


def _moved(found: Checked, top: Sequence[list[Cell]], by: int) -> Checked:
    """The rows of a chunk under their numbers in the whole."""
    match, sheet = found.match, found.match.sheet
    header = match.header
    window = Window(top, header + 1 + by, sheet.rows[header + 1 :])
    odd = {(row + by if row > header + 1 else row, column): shown for (row, column), shown in sheet.odd.items()}
    found.match = replace(match, sheet=replace(sheet, rows=window, odd=odd))
    found.issues = [one if one.row is None or not by else replace(one, row=one.row + by) for one in found.issues]
    found.rejected = {row + by for row in found.rejected}
    found.skipped = {row + by for row in found.skipped}
    if len(found.rows):
        found.rows.index = found.rows.index + by
    return found


def same_top(text: LongText, match: Match, scan: Scan) -> bool:
    """Whether the rows down to the header are those from which the format was told."""
    first = text.reading(quoted=scan.is_quoted).first(match.header + 1)
    return first == [list(row) for row in match.sheet.rows[: match.header + 1]] and not any(map(is_blank, first[-1:]))
