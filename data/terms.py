"""The words of a text, as they are counted: letters alone, in lower case, three at least."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Letters that a word must have.
_SHORTEST = 3


def terms(text: str) -> set[str]:
    """The different words of a text."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return {word for word in _WORD.findall(plain) if len(word) >= _SHORTEST}
