"""Words of a fixed vocabulary, yes and no, and free text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

import pandas as pd

from importers.issues import Issue
from importers.storable import is_storable, storable
from importers.values.column import Parsed, Place, in_order, is_blank, is_missing, tidy

_YES = frozenset({"yes", "y", "true", "t", "1", "x", "on", "✓", "✔", "☑", "ja", "oui", "si", "sí", "sim", "wahr"})
_NO = frozenset({"no", "n", "false", "f", "0", "off", "✗", "✘", "☐", "nein", "non", "não", "nao", "falsch", "faux"})


def fold(word: str) -> str:
    """A word without what spreadsheets vary: case, outer and doubled spaces, and _ or - for a space."""
    return re.sub(r"[\s_-]+", "_", tidy(word).casefold()).strip("_")


def words(series: pd.Series, vocabulary: Mapping[str, str], *, where: Place) -> Parsed[pd.Series]:
    """Read a column of words.

    Parameters
    ----------
    vocabulary
        Accepted spelling → canonical word; canonical words are accepted too. Compared after `fold`.

    Returns
    -------
    Parsed
        Object series of canonical words, None where blank. Issue of a row: word-unknown.
    """
    known = {fold(word): word for word in vocabulary.values()}
    known |= {fold(spelling): word for spelling, word in vocabulary.items()}
    listed = ", ".join(dict.fromkeys(vocabulary.values()))
    return _looked_up(series, known, listed, where)


def booleans(series: pd.Series, *, where: Place) -> Parsed[pd.Series]:
    """Read a column of yes and no (nullable boolean, NA where blank). Issue of a row: word-unknown."""
    read = _looked_up(series, dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False), "yes, no", where)
    return Parsed(read.values.astype("boolean"), read.issues)


def text(series: pd.Series) -> Parsed[pd.Series]:
    """Read free text: outer blanks and NULs go, line breaks inside stay; object series, None where blank.

    Numbers become the text a spreadsheet shows (`1801.0` is "1801"); words such as "N/A" are text.
    """
    cells = series.tolist()
    if set(map(type, cells)) <= {str, type(None)} and is_storable("".join(filter(None, cells))):
        return Parsed(
            pd.Series([cell.strip() or None if cell else None for cell in cells], index=series.index, dtype=object)
        )
    return Parsed(pd.Series([_as_text(cell) for cell in cells], index=series.index, dtype=object))


def _looked_up(series: pd.Series, known: Mapping[str, object], listed: str, where: Place) -> Parsed[pd.Series]:
    values: list[object] = []
    issues: list[Issue] = []
    seen: dict[str, str] = {}
    for row, cell in zip(series.index, series.tolist(), strict=True):
        written = _as_text(cell) or ""
        key = seen.setdefault(written, fold(written)) if written else ""
        value = known.get(key)
        if value is None and key and not is_missing(tidy(written)):
            issues.append(where.issue("word-unknown", row, cell, known=listed))
        values.append(value)
    return Parsed(pd.Series(values, index=series.index, dtype=object), in_order(issues))


def _as_text(cell: object) -> str | None:
    if is_blank(cell):
        return None
    if isinstance(cell, str):
        written = storable(cell).strip()
    elif isinstance(cell, float) and cell.is_integer():
        written = str(int(cell))
    elif isinstance(cell, datetime):
        written = cell.isoformat(sep=" ")
    elif isinstance(cell, (date, time)):
        written = cell.isoformat()
    else:
        written = str(cell)
    return written or None
