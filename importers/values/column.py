"""What all readers share: where a column lies, what a reader returns, which cells count as blank."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import pandas as pd

from importers.issues import Issue, Severity, issue

#: Written in cells to say that there is nothing; compared after `tidy` and casefold.
MISSING = frozenset(
    {"", "-", "--", "---", "–", "—", "?", ".", "…", "n/a", "#n/a", "na", "n.a.", "none", "null", "nil", "nan", "nat"}
)
_SPACES = re.compile(r"[\s\u200b\u200e\u200f\u202a-\u202e\ufeff]+")
_TYPOGRAPHIC = str.maketrans({"\u2212": "-", "\u2011": "-", "\u2010": "-", "\x00": None})
Values = TypeVar("Values", pd.Series, pd.DataFrame)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column lies; `private` (survey files) keeps cell values out of issues."""

    sheet: str | None
    column: str
    private: bool = False

    def issue(self, code: str, row: object, value: object = None, **facts: Any) -> Issue:
        return issue(
            code,
            sheet=self.sheet,
            row=None if row is None else int(str(row)),
            column=self.column,
            value=value,
            private=self.private,
            **facts,
        )

    def about_column(self, code: str, severity: Severity = Severity.ERROR, **facts: Any) -> Issue:
        """Issue that concerns the column as a whole: its row is None. Of severity error, it stops the file."""
        return issue(code, severity=severity, sheet=self.sheet, column=self.column, private=self.private, **facts)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Values]):
    """Values of a column, on the index of the raw cells, and what was wrong: an unread cell is null and has an issue.

    A blank cell is null without an issue.
    """

    values: Values
    issues: list[Issue] = field(default_factory=list)

    @property
    def refusals(self) -> list[Issue]:
        """Issues of the whole column (row None, severity error): the file can't be read until they are answered."""
        return [i for i in self.issues if i.row is None and i.severity is Severity.ERROR]


def tidy(cell: str) -> str:
    """Text on one line, single-spaced, with plain minus signs, without NULs and invisible marks."""
    return _SPACES.sub(" ", cell.translate(_TYPOGRAPHIC)).strip()


def is_missing(text: str) -> bool:
    """Whether tidied text says that there is nothing."""
    return text.casefold() in MISSING


def is_blank(cell: object) -> bool:
    """Whether a raw cell holds nothing: None, NaN, NaT."""
    return cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell)


def in_order(issues: Iterable[Issue]) -> list[Issue]:
    """Those of the whole column first, then by row; each once, though a row may stand in a column several times."""
    return sorted(dict.fromkeys(issues), key=lambda i: -1 if i.row is None else i.row)
