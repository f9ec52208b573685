"""Rules that tell a text's topic: words and phrases of which it holds one, and those of which it holds none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.whole_words import words

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_TERM = re.compile(r'\s*(?P<mark>[-−]?)\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^,;"]*))\s*(?:[,;]|$)')


@dataclass(frozen=True, slots=True)
class TermRule:
    """Terms of which a text must hold one, and terms of which it may hold none."""

    included: tuple[str, ...]
    excluded: tuple[str, ...] = ()


def parsed(text: str) -> TermRule:
    """Read ``term, "several words, with a comma", -excluded``.

    Raises
    ------
    ValueError
        If a quote is left open, a term has no letters, or nothing is included.
    """
    included: list[str] = []
    excluded: list[str] = []
    plain, at = text.translate(_QUOTES), 0
    while at < len(plain):
        found = _TERM.match(plain, at)
        if found is None:
            raise ValueError(f"“{text}” can't be read as terms; write them as thread, “two words”, -excluded")
        term = (found["quoted"] or found["bare"] or "").strip()
        if term and not words(term):
            raise ValueError(f"“{term}” has no letters or digits; write words or phrases, separated by commas")
        if term:
            (excluded if found["mark"] else included).append(term)
        at = found.end()
    if not included:
        raise ValueError("Name at least one term that a text must hold; others may be excluded with a minus")
    return TermRule(tuple(included), tuple(excluded))
