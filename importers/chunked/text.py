"""Long delimited text as records that pass by, a list of them at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from importers.decoding import Encoding, Opens, encoding, lines
from importers.issues import Refused, issue
from importers.quotes import MARK
from importers.sheet import Sheet
from importers.text_files import ERROR, START, delimiter_of, records, refuse_other_kinds, without_errors

#: Records of a chunk, and characters of their text; whichever is reached first ends it.
RECORDS, CHARACTERS = 50_000, 1 << 24
#: Characters that one record may take: a quotation mark that swallows more is taken for one that is never closed.
LONGEST_RECORD = 1 << 24


class LongText:
    """Delimited text that is opened anew for each reading of it. `size` is in bytes.

    Raises
    ------
    Refused
        `file-unreadable` when it is no text, or text of another kind.
    """

    def __init__(self, name: str, opens: Opens, size: int) -> None:
        self.name, self.size = name, size
        self._opens = opens
        self._encoding: Encoding = encoding(name, opens)
        self._start = self._beginning()
        refuse_other_kinds(name, self._start)
        self.delimiter = delimiter_of(self._start)

    def _beginning(self) -> str:
        found: list[str] = []
        length = 0
        for line in lines(self._opens, self._encoding):
            found.append(line)
            length += len(line)
            if length >= START:
                break
        return "".join(found)[:START]

    @cached_property
    def head(self) -> Sheet:
        """The first records, as a sheet: what tells the format. The last of them may have been cut, and is left out."""
        found, _ = records(self._start, self.delimiter)
        rows = [list[object](row) for row in found[: max(len(found) - 1, 1)]]
        return Sheet(None, rows, odd=without_errors(rows) if ERROR.search(self._start) else {})

    @property
    def about(self) -> int:
        """How many records there are, by the length of the first ones."""
        per_record = len(self._start) / max(len(self.head.rows), 1)
        width = 2 if self._encoding.is_wide else 1
        return max(round(self.size / width / per_record), 1)

    def reading(self, *, strict: bool = False, quoted: bool = True) -> Reading:
        """Read it from the beginning; `strict` stops with csv.Error at the first quotation mark out of place."""
        quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
        return Reading(lines(self._opens, self._encoding), self.delimiter, strict=strict, quoting=quoting)

    def is_never_closed(self) -> bool:
        """Whether a quotation mark takes in all lines up to the end of the text, and would take in another."""
        last: list[str] = []
        again = Reading(self._and_then(["\n", MARK]), self.delimiter, strict=False, quoting=csv.QUOTE_MINIMAL)
        for rows in again:
            last = rows[-1]
        return last != [MARK]

    def _and_then(self, more: list[str]) -> Iterator[str]:
        yield from lines(self._opens, self._encoding)
        yield from more


class Reading:
    """One reading of a text: iterate over it for its chunks, in order.

    `has_errors` tells after the last chunk whether an error of Excel's stood anywhere.

    Raises
    ------
    csv.Error
        As the csv reader does.
    Refused
        `quote-open` at a record that is longer than `LONGEST_RECORD`.
    """

    def __init__(self, found: Iterator[str], delimiter: str, *, strict: bool, quoting: int) -> None:
        self.has_errors = False
        self._found = found
        self._taken = self._of_record = 0
        self._records = 0
        self._reader = csv.reader(self._counted(), delimiter=delimiter, strict=strict, quoting=quoting)  # type: ignore[arg-type]  # takes csv constants

    def _counted(self) -> Iterator[str]:
        for line in self._found:
            self._taken += len(line)
            if self._taken - self._of_record > LONGEST_RECORD:
                raise Refused(issue("quote-open", row=self._records + 1))
            if "#" in line and ERROR.search(line):
                self.has_errors = True
            yield line

    def __iter__(self) -> Iterator[list[list[str]]]:
        rows: list[list[str]] = []
        begun = 0
        for row in self._reader:
            rows.append(row)
            self._records += 1
            self._of_record = self._taken
            if len(rows) >= RECORDS or self._taken - begun >= CHARACTERS:
                yield rows
                rows, begun = [], self._taken
        if rows:
            yield rows

    def first(self, number: int) -> list[list[str]]:
        """The next few records; what is iterated over afterwards comes after them."""
        rows = list(islice(self._reader, number))
        self._records += len(rows)
        self._of_record = self._taken
        return rows
