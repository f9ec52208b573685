"""What a format declares: how it is told from others, where its columns stand, and how their cells are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from data.enums import Stream
from importers.context import Context
from importers.formats.rules import Rule
from importers.sheet import Sheet
from importers.table import Raw, heading, plain
from importers.values import Parsed, Place

#: Reads one raw column. It gets the column, its place, the whole raw table (for zones) and the context.
Reader = Callable[[pd.Series, Place, pd.DataFrame, Context], Parsed]


@dataclass(frozen=True)
class Column:
    """One column of a format: the field it fills, the headings it may have, and how its cells are read."""

    field: str
    read: Reader
    names: tuple[str, ...] = ()
    required: bool = False

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The accepted headings as `importers.table.heading` folds them; the field's own name is always one."""
        return tuple(dict.fromkeys(heading(name) for name in (*self.names, self.field)))


def as_read(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """For the layouts that write everything they mean."""
    return rows


def any_sheet(sheet: Sheet, header: int) -> bool:
    """For the layouts that their headings tell."""
    return True


@dataclass(frozen=True)
class Format:
    """One export layout.

    Attributes
    ----------
    record : str
        Which of the stream's records a row is (see `importers.streams`): "events", "crises", "posts", "daily", ….
    telling : tuple of str
        Headings that must all be present for a sheet to be of this format; default: those of the required columns.
    extract : callable
        Turns the sheet into raw cells by field; the layouts with quirks bring their own.
    expand : callable
        Completes the typed rows: what the layout implies but does not write.
    rules : tuple of callable
        What must hold between the cells of one row.
    personal : tuple of str
        Headings under which people stand, or what they wrote: never stored, not with a rejected row either.
    looks : callable
        What must hold of the sheet below the header where the headings alone would take too much.
    only_if_asked : bool
        Not recognised by itself, only where the kind is given.
    """

    name: str
    title: str
    stream: Stream
    record: str
    columns: tuple[Column, ...]
    telling: tuple[str, ...] = ()
    extract: Callable[[Sheet, int, Format], Raw] = field(default=plain)
    expand: Callable[[pd.DataFrame, Context], pd.DataFrame] = field(default=as_read)
    rules: tuple[Rule, ...] = ()
    personal: tuple[str, ...] = ()
    looks: Callable[[Sheet, int], bool] = field(default=any_sheet)
    only_if_asked: bool = False

    def missing(self, headings: set[str]) -> list[str]:
        """What a header lacks to be of this format."""
        if self.telling:
            return [name for name in self.telling if heading(name) not in headings]
        return [c.field for c in self.columns if c.required and not headings.intersection(c.headings)]

    def known(self, headings: set[str]) -> int:
        """How many of the headings the format knows."""
        return sum(1 for column in self.columns if headings.intersection(column.headings))
