"""The readers that formats name in their columns; each reads one raw column as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pandas as pd

from importers import values
from importers.context import Context
from importers.formats.base import Reader
from importers.values import Parsed, Place


def text(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    return values.text(series)


def moment(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A timestamp; in the typed row ``…_at`` in UTC, and ``…_on`` where only the day is known."""
    order = context.options.date_order
    return values.timestamps(series, zone=context.zones(raw), where=place, today=context.today, order=order)


def day(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    return values.dates(series, where=place, today=context.today, order=context.options.date_order)


def coming_day(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A day that may lie ahead, such as a due date."""
    return values.dates(series, where=place, today=context.today, order=context.options.date_order, future=True)


def count(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A number of things: whole, and never below 0."""
    read = values.integers(series, where=place)
    return _within(read, series, place, 0, None)


def number(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    return values.numbers(series, where=place, decimal=context.options.decimal)


def between(lowest: float, highest: float, *, whole: bool = False) -> Reader:
    """A number within bounds, both included."""

    def read(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
        if whole:
            return _within(values.integers(series, where=place), series, place, lowest, highest)
        parsed = values.numbers(series, where=place, decimal=context.options.decimal)
        return _within(parsed, series, place, lowest, highest)

    return read


def word(vocabulary: type[StrEnum], spellings: Mapping[str, str] | None = None) -> Reader:
    """One of an enum's words, or one of `spellings` for them."""
    known = {member.value: member.value for member in vocabulary} | dict(spellings or {})

    def read(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
        return values.words(series, known, where=place)

    return read


def yes_no(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    return values.booleans(series, where=place)


def several(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A list of texts, separated by semicolons."""
    read = values.text(series)
    split = [None if cell is None else [part.strip() for part in cell.split(";") if part.strip()] for cell in read.values]
    return Parsed(pd.Series(split, index=series.index, dtype=object), read.issues)


_PLATFORMS = {
    "x": "X", "twitter": "X", "x (twitter)": "X", "linkedin": "LinkedIn", "facebook": "Facebook", "meta": "Facebook",
    "instagram": "Instagram", "youtube": "YouTube", "reddit": "Reddit", "tiktok": "TikTok", "threads": "Threads",
    "mastodon": "Mastodon", "bluesky": "Bluesky", "glassdoor": "Glassdoor", "blog": "Blog", "intranet": "Intranet",
}  # fmt: skip


def platform(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A platform under its usual name; one that is not known keeps the name it has."""
    read = values.text(series)
    named = [None if cell is None else _PLATFORMS.get(cell.casefold(), cell) for cell in read.values]
    return Parsed(pd.Series(named, index=series.index, dtype=object), read.issues)


def _within(read: Parsed, series: pd.Series, place: Place, lowest: float, highest: float | None) -> Parsed:
    found = read.values
    outside = (found < lowest) | (found > highest if highest is not None else False)
    outside = outside.fillna(False).astype(bool)
    bound = "any number" if highest is None else f"{highest:g}"
    issues = [
        place.issue("out-of-range", row, series[row], lo=f"{lowest:g}", hi=bound) for row in series.index[outside]
    ]
    return Parsed(found.mask(outside), [*read.issues, *issues])
