"""Text on its way into a figure: cleaned, cut to length, escaped.

Plotly reads a small HTML in every label, and what we draw was typed or imported by somebody. All of it passes here.
"""

from __future__ import annotations

import html
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Any

import pandas as pd

LIMIT = 200
JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_RTL = {"R", "AL", "AN"}


def plain(value: object, limit: int = LIMIT) -> str:
    """`value` as one line of at most `limit` characters; "" for None, NaN and NaT.

    Control characters and marks that turn the direction of text (with which a label can be made to read as another)
    are dropped; the joiners that emoji and Persian need stay.
    """
    if absent(value):
        return ""
    kept = (c if c in JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else " " for c in str(value))
    return _cut(" ".join("".join(kept).split()), limit)


def absent(value: Any) -> bool:
    """Whether there is nothing: None, NaN, NaT or NA."""
    return value is None or bool(pd.api.types.is_scalar(value) and pd.isna(value))


def safe(value: object, limit: int = LIMIT) -> str:
    """`plain` text that Plotly shows as it is: no tag, entity or formula in it is acted upon.

    Quotes stay (Plotly does not know `&quot;`, and no text of ours goes into an attribute); a dollar sign is written as
    an entity so that it cannot open a TeX formula; right-to-left text is isolated so that it cannot turn its neighbours.
    """
    text = plain(value, limit)
    escaped = html.escape(text, quote=False).replace("$", "&#36;")
    return f"\u2068{escaped}\u2069" if any(unicodedata.bidirectional(c) in _RTL for c in text) else escaped


def wrapped(value: object, columns: int = 60, most: int = 6) -> str:
    """`value` made `safe` and broken into at most `most` lines of `columns` characters."""
    lines = textwrap.wrap(plain(value, columns * most), columns, max_lines=most, placeholder=" …")
    return "<br>".join(safe(line) for line in lines)


def hover(*lines: str) -> str:
    """Lines that are already safe, without the empty ones, as the text of a hover box."""
    return "<br>".join(line for line in lines if line)


def width(text: str, size: int = 12) -> float:
    """About how many pixels plain `text` takes; on the generous side, for fonts differ.

    Letters are taken as 0.56 of the size, East Asian letters and emoji as 1.1 of it.
    """
    return size * sum(_advance(c) for c in text)


def fit(value: object, pixels: float, size: int = 12) -> str:
    """`value` as plain text, cut with an ellipsis to be no wider than about `pixels`."""
    text = plain(value)
    if width(text, size) <= pixels:
        return text
    while text and width(text + "…", size) > pixels:
        text = text[:-1]
    return _ended(text)


def lines_fit(value: object, pixels: float, size: int = 12, most: int = 2) -> list[str]:
    """`value` as at most `most` lines of plain text, none wider than about `pixels`."""
    columns = max(int(pixels / (0.56 * size)), 4)
    lines = textwrap.wrap(plain(value), columns, max_lines=most, placeholder="…")
    return [fit(line, pixels, size) for line in lines]


def joined(names: Iterable[str]) -> str:
    """Names as a list that starts like a sentence: "Detected, first statement"."""
    kept = list(dict.fromkeys(name for name in names if name))
    return ", ".join(kept[:1] + [_lower(name) for name in kept[1:]])


def _lower(name: str) -> str:
    return name[0].lower() + name[1:] if len(name) > 1 and name[1].islower() else name


def _advance(char: str) -> float:
    if unicodedata.combining(char) or char in JOINERS:
        return 0.0
    return 1.1 if unicodedata.east_asian_width(char) in "WF" else 0.56


def _cut(text: str, limit: int) -> str:
    """The first `limit` characters, ending in "…" when there were more."""
    return text if len(text) <= limit else _ended(text[: max(limit - 1, 0)])


def _ended(text: str) -> str:
    """`text` with an ellipsis, and nothing left over of an emoji that was cut through."""
    return text.rstrip(JOINERS + " ") + "…"
