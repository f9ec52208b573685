"""Names and words found in text as whole words, whatever their case, accents and separators.

Patterns are RE2's, which Arrow runs over a whole column at once: its time does not grow with the number of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

#: What stands before and after a whole word.
BEFORE, AFTER = r"(^|[^\pL\pN\pM])", r"($|[^\pL\pN\pM])"
_BETWEEN = r"(?:[\s_.+\-\x{2010}-\x{2015}\x{a0}]|%20){0,3}"
_MARKS = r"[\x{300}-\x{36f}]"
#: Letters that look like a Latin one with a mark, but that Unicode does not take apart.
_LOOKALIKES = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t"}
#: Where words are not set apart by blanks: Thai, Japanese, Chinese.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+")
#: Terms in one pattern: a much longer one outgrows the memory of RE2's automaton, and then takes 50 times as long.
_TERMS = 25


def words(term: str) -> list[str]:
    """The words of a term, folded: without case and accents."""
    plain = "".join(_base(character) for character in unicodedata.normalize("NFKD", term))
    return [word for word in _WORD.findall(plain.casefold()) if word]


def pattern(term: str) -> str:
    """A pattern of the term's words in order, run together or set apart by blanks, hyphens, dots or underscores."""
    return _BETWEEN.join("".join(_letter(character) for character in word) for word in words(term))


def whole(terms: Iterable[str]) -> list[str]:
    """Patterns that together find any of the terms as whole words, with or without @ or #.

    Groups 1 and 2 of each are what surrounds the term. Scripts that set no words apart are found anywhere.
    """
    spaced: list[str] = []
    unspaced: list[str] = []
    for term in sorted(set(terms), key=lambda term: (-len(term), term)):  # the longer of two that overlap goes first
        (unspaced if _UNSPACED.search(term) else spaced).append(pattern(term))
    return [
        f"{before}[@#]?(?:{'|'.join(some[start : start + _TERMS])}){after}"
        for some, before, after in ((spaced, BEFORE, AFTER), (unspaced, "()", "()"))
        for start in range(0, len(some), _TERMS)
    ]


def column(values: Sequence[str | None]) -> pa.Array:
    """Texts as Arrow holds them; half a surrogate pair, which it cannot hold, becomes a question mark."""
    try:
        return pa.array(values, type=pa.large_string())
    except UnicodeEncodeError:
        return pa.array([v and v.encode("utf-8", "replace").decode() for v in values], type=pa.large_string())


def holding(texts: pa.Array, patterns: Iterable[str]) -> np.ndarray:
    """Which of the texts hold any of the patterns, as a mask; None holds nothing."""
    held = np.zeros(len(texts), dtype=bool)
    for one in patterns:
        held |= pc.match_substring_regex(texts, pattern=one).fill_null(False).to_numpy(zero_copy_only=False)
    return held


def _base(character: str) -> str:
    """A character without its accent; combining marks vanish."""
    if unicodedata.combining(character):
        return ""
    return _LOOKALIKES.get(character.lower(), character)


@lru_cache(maxsize=1)
def _variants() -> dict[str, list[int]]:
    """Folded character → the code points that fold to it."""
    found: dict[str, list[int]] = {}
    for start, end in ((0x30, 0x250), (0x370, 0x530), (0x1E00, 0x2000)):
        for point in range(start, end):
            folded = words(chr(point))
            if folded and len(folded[0]) == 1:
                found.setdefault(folded[0], []).append(point)
    return found


@cache
def _letter(folded: str) -> str:
    """A class of all that folds to this character, and the combining marks behind it."""
    points = sorted({ord(folded), *_variants().get(folded, [])})
    breaks = [0, *(i for i in range(1, len(points)) if points[i] != points[i - 1] + 1), len(points)]
    runs = [points[start:end] for start, end in pairwise(breaks)]
    ranges = "".join(f"\\x{{{run[0]:x}}}-\\x{{{run[-1]:x}}}" for run in runs)
    return f"[{ranges}]{_MARKS}*"
