"""What a person looks for, as words; and where they stand in a text. Nothing of a query reaches a database but letters
and digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Words of a query that are looked for; the first ones.
MOST_WORDS = 12
#: Words that tell what a text is about; the first ones. Letters that such a word has at least, and those that are compared.
MOST_TELLING = 24
_TELLS, _STEM = 4, 6
_COMMON_WORDS = (
    "about after again all also always among another because been before being between both but could does done during each "
    "even every first from have having here into just know less like made make many more most much must need never next none "
    "nothing once only other over people same should since some still such than that their them then there these they thing "
    "this those through time under until very want well were what when where which while will with within without would your "
    "lesson crisis"
)
_COMMON = frozenset(_COMMON_WORDS.split())
#: Letters of a word that are looked for: longer ones are found by their beginning.
_LONGEST = 40
#: A word with so many letters or more finds all that begin with it; a shorter one only itself.
_BEGINNING = 3
#: Characters of a query that are read at all.
_READ = 10_000
_ACCENTS = re.compile("[\u0300-\u036f]")
# An accent that stands behind its letter belongs to the word.
_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
_BEFORE, _AROUND = 60, 160


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, folded. With `begins`, it is found wherever a word begins with it."""

    text: str
    begins: bool

    def matches(self, word: str) -> bool:
        """Whether a folded word is what was looked for."""
        return word.startswith(self.text) if self.begins else word == self.text


def words(query: str) -> list[Word]:
    """The words of a query, each once, at most `MOST_WORDS`; whatever is no letter or digit parts them."""
    found = dict.fromkeys(_parts(query[:_READ]))
    return [_sought(text) for text in list(found)[:MOST_WORDS]]


def telling(text: str) -> list[Word]:
    """The words of a text that tell what it is about, at most `MOST_TELLING`; each finds what begins as it does.

    Short and common words tell nothing, and endings little: “approver” finds “approval”.
    """
    found = dict.fromkeys(part[:_STEM] for part in _parts(text[:_READ]) if len(part) >= _TELLS and part not in _COMMON)
    return [Word(stem, begins=True) for stem in list(found)[:MOST_TELLING]]


def held(texts: Iterable[str | None], sought: Sequence[Word]) -> int:
    """How many of the words stand in any of the texts."""
    parts = {part for text in texts if text for part in _parts(text)}
    return sum(any(word.matches(part) for part in parts) for word in sought)


def _parts(text: str) -> list[str]:
    return [part for match in _WORD.finditer(text) for part in _folded(match.group())]


def _folded(text: str) -> list[str]:
    """A word without accents and case, as both databases' indexes hold it; one that folds into several gives several."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return [match.group() for match in _WORD.finditer(unicodedata.normalize("NFC", bare).lower())]


def _sought(text: str) -> Word:
    return Word(text[:_LONGEST], begins=len(text) >= _BEGINNING or not text.isascii())


@dataclass(frozen=True, slots=True)
class Place:
    """Where words were found: the name of the text, and a piece of it with the words in «»."""

    name: str
    excerpt: str


def place(texts: Iterable[tuple[str, str | None]], sought: Sequence[Word]) -> Place:
    """The text, of several by name, that holds most of the words; the earlier one of equals.

    Without a word in any, the beginning of the first that is not empty.
    """
    given = [(name, " ".join(text.split())) for name, text in texts if text and text.strip()]
    if not given:
        return Place("", "")
    found = [(name, text, *_hits(text, sought)) for name, text in given]
    name, text, spans, _ = max(found, key=lambda one: one[3])
    return Place(name, _excerpt(text, spans))


def _hits(text: str, sought: Sequence[Word]) -> tuple[list[tuple[int, int]], int]:
    """Where in a text the words stand, and how many different ones there are."""
    spans, known = [], set()
    for match in _WORD.finditer(text):
        hit = {word.text for word in sought if any(word.matches(part) for part in _folded(match.group()))}
        if hit:
            spans.append(match.span())
            known |= hit
    return spans, len(known)


def _excerpt(text: str, spans: list[tuple[int, int]]) -> str:
    start = max(spans[0][0] - _BEFORE, 0) if spans else 0
    start = text.rfind(" ", 0, start) + 1
    end = start + _BEFORE + _AROUND
    if end < len(text):
        end = max(text.rfind(" ", start, end), spans[0][1] if spans else start) or end
    pieces, at = ["…" if start else ""], start
    for first, last in spans:
        if start <= first and last <= end:
            pieces += [text[at:first], "«", text[first:last], "»"]
            at = last
    return "".join([*pieces, text[at:end], "…" if end < len(text) else ""])
