"""The language of a text, as far as scoring needs it: English is told from all others with few mistakes on either side.

Posts are short, and what tells languages apart by their letters alone (lingua) takes every seventh English post of 20
characters or more for another language: "Damn, running late sucks." for Swedish. So what is no text is left out first
(links, names, tags); words that are common in English and rare elsewhere decide nine of ten English posts, in a
fraction of the time; the others lingua decides, with English as the likelier answer where nothing speaks against it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ENGLISH = _words(
    """
    the and you your yours yourself this that these those there their they them they're with without have having had
    haven't hasn't isn't wasn't weren't aren't been being i'm i'll i've i'd it it's its he's he she's she his him we're
    our my mine by from into onto about after before because between through during against not don't doesn't didn't
    can't cannot couldn't won't wouldn't shouldn't ain't let's that's what's who's there's here's you're you'll you've
    you'd we'll we've they've what which who whom whose when where why how would could should might must can will shall
    does did done doing or but nor if then than just only even still already yet again also too very really quite
    almost always never ever often sometimes some any much many more most other another each every both few such same
    own out up down back here now today tonight tomorrow yesterday morning night day days week weeks year years gets
    getting got goes going gone came comes coming makes making made make take takes taking took saw say says said know
    knows knew think thinks thought want wants wanted need needs needed look looks looking feel feels feeling felt find
    found give gives gave like likes liked love loves loved hates hated hope thanks thank thx please sorry congrats
    good great best better bad worst worse happy awesome amazing beautiful lovely terrible horrible awful old little
    first next right wrong high people guy guys girl friend friends life world thing things way work working house
    school one two three something anything nothing everything someone anyone everyone nobody everybody damn shit fuck
    fucking hell gonna wanna gotta dont cant ive thats didnt wont watch watching reading listen listening wait waiting
    try trying tried keep
    """
)
#: Common in English, and words of other languages too.
_ALSO_ENGLISH = _words(
    """
    a i an me no do in for is of on as at am to under so over may im come we go be get man all see help start show are
    has her us was were nice big long off hate stop time new home play game read cool fun last lol omg haha wow yay
    """
)
#: Common in languages that are written with few accents, and no English words.
_OTHER = _words(
    """
    de la el le les et une du il lo gli di da del della che una sono los las que por para su der das und ist nicht ein
    eine den dem mit von zu auf für sich van het een op niet och att det är som inte på og ikke til af na nie się je ne
    bu bir cu pe si și um uma os dos ao ei yang dan di tidak
    """
)
# Links, names, tags and marks such as &amp; are the same in every language.
_NO_TEXT = re.compile(r"https?://\S+|www\.\S+|[@#]\w+|&#?\w+;")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
#: At least so many words of English alone, and of English in all, and such a share of the text's words; each word of
#: another language takes two away.
_CLEAR = ((2, 2, 0.2), (1, 1, 0.3), (0, 3, 0.5))
#: Letters beyond ASCII in a text that can be clearly English.
_FOREIGN_LETTERS = 0.1
#: How many times as likely another language must be than English where nothing but letters speaks for it.
_TIMES = 50


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language, or "und" where it cannot be told."""
    said = _NO_TEXT.sub(" ", text).replace("’", "'")
    words = _WORD.findall(said.lower())
    if not words:
        return "und"
    return "en" if _is_clear(words) else _by_letters(said, words)


def _is_clear(words: list[str]) -> bool:
    """Whether the words are English without a doubt."""
    alone = sum(word in _ENGLISH for word in words)
    both = alone + sum(word in _ALSO_ENGLISH for word in words) - 2 * sum(word in _OTHER for word in words)
    if not any(alone >= a and both >= b and both >= share * len(words) for a, b, share in _CLEAR):
        return False
    letters = "".join(words)
    return letters.isascii() or sum(letter > "\x7f" for letter in letters) < _FOREIGN_LETTERS * len(letters)


def _by_letters(said: str, words: list[str]) -> str:
    """What lingua says; English is taken before one that is not `_TIMES` as likely, in plain letters and words alone."""
    likely = _detector().compute_language_confidence_values(said)
    first = likely[0]
    if not first.value:
        return "und"
    if "".join(words).isascii() and _OTHER.isdisjoint(words):
        english = next((one.value for one in likely if one.language.name == "ENGLISH"), 0.0)
        if english * _TIMES >= first.value:
            return "en"
    return str(first.language.iso_code_639_1.name.lower())


@lru_cache(maxsize=1)
def _detector() -> Any:
    from lingua import LanguageDetectorBuilder  # its models load when first used

    return LanguageDetectorBuilder.from_all_spoken_languages().with_low_accuracy_mode().build()
