"""Puts a post's text together from phrase parts."""

from __future__ import annotations

import re

from data.samples import phrases_brand, phrases_crisis
from data.samples.dice import Dice

_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS = {name: tuple(words.split("|")) for name, words in phrases_brand.SLOTS.items()}

MOODS = ("positive", "neutral", "negative")


def lines(block: str) -> tuple[str, ...]:
    """Return the phrases of a block, one a line."""
    return tuple(line for line in block.strip().splitlines() if line)


_BRAND = {
    "positive": lines(phrases_brand.POSITIVE),
    "neutral": lines(phrases_brand.NEUTRAL),
    "negative": lines(phrases_brand.NEGATIVE),
}
_CRISIS = {
    "positive": lines(phrases_crisis.POSITIVE),
    "neutral": lines(phrases_crisis.NEUTRAL),
    "negative": lines(phrases_crisis.NEGATIVE),
}
_BRAND_GERMAN = {mood: lines(block) for mood, block in phrases_brand.GERMAN.items()}
_CRISIS_GERMAN = {mood: lines(block) for mood, block in phrases_crisis.GERMAN.items()}
_BRAND_FRAME = (lines(phrases_brand.OPENERS), lines(phrases_brand.CLOSERS))
_CRISIS_FRAME = (lines(phrases_crisis.OPENERS), lines(phrases_crisis.CLOSERS))


def _specifics(code: str, mood: str) -> tuple[str, ...]:
    pairs = (line.split("|", 1) for line in lines(phrases_crisis.SPECIFIC[code]))
    return tuple(text for name, text in pairs if name == mood)


_SPECIFIC = {(code, mood): _specifics(code, mood) for code in phrases_crisis.SPECIFIC for mood in MOODS}


def fill(dice: Dice, phrase: str, case: str = "") -> str:
    """Replace each `{slot}` by one of its words."""
    return _SLOT.sub(lambda slot: case if slot[1] == "case" else dice.pick(_SLOTS[slot[1]]), phrase)


def post_text(dice: Dice, mood: str, language: str, code: str | None) -> str:
    """Return a post of one mood, about the crisis `code` or, with None, about ordinary business."""
    if language == "de":
        core = dice.pick((_CRISIS_GERMAN if code else _BRAND_GERMAN)[mood])
        return _sentence(fill(dice, core), "")
    openers, closers = _CRISIS_FRAME if code else _BRAND_FRAME
    case = dice.pick(phrases_crisis.CASES[code].split("|")) if code else ""
    pool = _CRISIS[mood] + 2 * _SPECIFIC[code, mood] if code else _BRAND[mood]
    core = fill(dice, dice.pick(pool), case)
    opener = fill(dice, dice.pick(openers)) if dice.chance(0.45) else ""
    closer = fill(dice, dice.pick(closers)) if dice.chance(0.55) else ""
    if opener:
        core = f"{opener} {core}"
    return _sentence(core, closer)


def _sentence(core: str, closer: str) -> str:
    text = core[0].upper() + core[1:]
    if text[-1] not in ".?!":
        text += "."
    return f"{text} {closer}".strip()
