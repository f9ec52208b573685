"""Names as they are compared and as sentences tell them: two spellings of one step or department are one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping

#: Characters of a title that a sentence can carry.
_AT_MOST = 60
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def plain(word: object) -> str:
    """A name without case and with its white space run together; missing is blank."""
    return "" if word is None or word != word else " ".join(str(word).casefold().split())


def shortened(title: str, most: int = _AT_MOST) -> str:
    """A title of at most `most` characters, cut between words where there are any; one line.

    Text that runs from right to left is isolated (Unicode Standard Annex 9), so that it cannot turn what stands beside it.
    """
    text = " ".join(title.split())
    if len(text) > most:
        cut = text[: most - 1]
        between = cut.rfind(" ")
        text = f"{cut[:between].rstrip(' ,.;:') if between > most // 2 else cut}…"
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text) else text


def told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Code → what a sentence calls it: its title, with the code where another has the same title."""
    short = {code: shortened(title) for code, title in titles.items()}
    alike = {code: plain(unicodedata.normalize("NFKC", title)) for code, title in short.items()}
    taken = Counter(alike.values())
    return {code: f"“{title}”" if taken[alike[code]] == 1 else f"“{title}” ({code})" for code, title in short.items()}
