"""The readers that formats name in their columns; each reads one raw column as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

import pandas as pd

from data.enums import SentimentLabel
from data.keys import folded
from importers import values
from importers.context import Context, zone_name
from importers.formats.base import Reader
from importers.values import Parsed, Place


def text(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    return values.text(series)


def limited(most: int) -> Reader:
    """Text that the database keeps in an index, which takes so many bytes."""

    def read(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
        return _limit(values.text(series), series, place, most)

    return read


#: What identifies a record, or groups records: a code, a platform, a source, a topic.
name = limited(500)
address = limited(2_500)


def moment(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A timestamp; in the typed row ``…_at`` in UTC, and ``…_on`` where only the day is known."""
    order = context.options.date_order
    return values.timestamps(series, zone=context.zones(raw), where=place, today=context.today, order=order)


def day(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    return values.dates(series, where=place, today=context.today, order=context.options.date_order)


def coming_day(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A day that may lie ahead, such as a due date."""
    return values.dates(series, where=place, today=context.today, order=context.options.date_order, future=True)


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


#: A number of things: whole, and never below 0. The second is for columns of 32 bits.
count = between(0, 2**53, whole=True)
few = between(0, 2**31 - 1, whole=True)


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
    split = [None if cell is None else _parts(cell, ";") for cell in read.values]
    return Parsed(pd.Series(split, index=series.index, dtype=object), read.issues)


def several_words(vocabulary: type[StrEnum]) -> Reader:
    """A list of an enum's words, separated by semicolons or commas."""
    known = {member.value: member.value for member in vocabulary}

    def read(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
        listed = [(row, part) for row, cell in values.text(series).values.items() for part in _parts(cell or "", ";,")]
        said = pd.Series([part for _, part in listed], index=[row for row, _ in listed], dtype=object)
        parsed = values.words(said, known, where=place)
        words: dict[object, list[str]] = {}
        for row, found in parsed.values.dropna().items():
            words.setdefault(row, []).append(found)
        return Parsed(
            pd.Series([words.get(row) for row in series.index], index=series.index, dtype=object), parsed.issues
        )

    return read


def zone(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A time zone of the IANA database, in any case."""
    said = values.text(series).values
    known = pd.Series([None if cell is None else zone_name(cell) for cell in said], index=series.index, dtype=object)
    unknown = series.index[said.notna() & known.isna()]
    return Parsed(known, [place.issue("zone-unknown", row, series[row]) for row in unknown])


_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "portuguese": "pt", "italian": "it",
    "dutch": "nl", "polish": "pl", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "czech": "cs",
    "turkish": "tr", "russian": "ru", "ukrainian": "uk", "greek": "el", "arabic": "ar", "hebrew": "he", "hindi": "hi",
    "japanese": "ja", "chinese": "zh", "korean": "ko", "indonesian": "id", "englisch": "en", "deutsch": "de",
    "anglais": "en", "français": "fr", "inglés": "en", "español": "es", "inglês": "en", "português": "pt",
}  # fmt: skip
_NO_LANGUAGE = frozenset({"unknown", "und", "undefined", "zxx", "n/a", "-", "other"})


def language(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """The code of a language without its region: "en" for EN, en-US and English; nothing where it is unknown."""
    said = [None if cell is None else _language(cell.casefold()) for cell in values.text(series).values]
    return Parsed(pd.Series(said, index=series.index, dtype=object))


def _language(said: str) -> str | None:
    word = re.split("[;(,]", said)[0].strip()  # Spanish; Castilian
    return None if said in _NO_LANGUAGE else _LANGUAGES.get(word) or re.split("[-_]", said)[0]


_SENTIMENTS = {
    label.value: words.split()
    for label, words in {
        SentimentLabel.POSITIVE: "positiv positif positive positivo positiva positief pozytywny",
        SentimentLabel.NEUTRAL: "neutre neutro neutra neutraal neutralny",
        SentimentLabel.NEGATIVE: "negativ négatif négative negativo negativa negatief negatywny",
    }.items()
}
_NOT_RATED = frozenset(
    {"not_rated", "unrated", "unknown", "not_applicable", "nicht_bewertet", "non_classé", "sin_valorar"}
)


def sentiment_label(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """Positive, neutral or negative, in several languages; nothing where a tool says that it did not rate."""
    spelled = {word: label for label, words in _SENTIMENTS.items() for word in words}
    rated = [None if isinstance(cell, str) and values.fold(cell) in _NOT_RATED else cell for cell in series]
    cells = pd.Series(rated, index=series.index, dtype=object)
    return word(SentimentLabel, spelled)(cells, place, raw, context)


def _parts(cell: str, marks: str) -> list[str]:
    return [part.strip() for part in re.split(f"[{marks}]", cell) if part.strip()]


_PLATFORMS = {
    "x": "X", "twitter": "X", "x (twitter)": "X", "x (formerly twitter)": "X", "linkedin": "LinkedIn",
    "facebook": "Facebook", "meta": "Facebook", "instagram": "Instagram", "youtube": "YouTube", "reddit": "Reddit",
    "tiktok": "TikTok", "threads": "Threads", "mastodon": "Mastodon", "bluesky": "Bluesky", "glassdoor": "Glassdoor",
    "pinterest": "Pinterest", "tumblr": "Tumblr", "blog": "Blog", "blogs": "Blog", "forum": "Forum", "forums": "Forum",
    "news": "News", "online news": "News", "review": "Reviews", "reviews": "Reviews", "intranet": "Intranet",
    "x.com": "X", "twitter.com": "X", "t.co": "X", "linkedin.com": "LinkedIn", "facebook.com": "Facebook",
    "instagram.com": "Instagram", "youtube.com": "YouTube", "youtu.be": "YouTube", "reddit.com": "Reddit",
    "tiktok.com": "TikTok", "threads.net": "Threads", "threads.com": "Threads", "bsky.app": "Bluesky",
    "glassdoor.com": "Glassdoor", "pinterest.com": "Pinterest", "tumblr.com": "Tumblr",
}  # fmt: skip
#: What tools put before or after a platform's name.
_AROUND_PLATFORM = re.compile(
    r"^(?:https?://)?(?:www\.|m\.|mobile\.|old\.)?|/.*$|[\s_](?:page|pages|business|company|public)$"
)


def known_platform(said: str | None) -> str | None:
    """The usual name of a platform, told by a name, a host or an address; None for one that is not known."""
    bare = (said or "").strip().casefold()
    return _PLATFORMS.get(bare) or _PLATFORMS.get(_AROUND_PLATFORM.sub("", bare))


def platform(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A platform under its usual name; one that is not known keeps the name it has."""
    read = name(series, place, raw, context)
    usual = {cell: known_platform(cell) or cell for cell in read.values.dropna().unique()}
    named = [None if cell is None else usual[cell] for cell in read.values]
    return Parsed(pd.Series(named, index=series.index, dtype=object), read.issues)


def _limit(read: Parsed, series: pd.Series, place: Place, most: int) -> Parsed:
    """Texts of more bytes, as they stand or as they are compared, are issues."""
    cells = read.values.tolist()
    filled = list(filter(None, cells))
    if max(map(len, filled), default=0) <= most and all(map(str.isascii, filled)):
        return read
    long = pd.Series([_is_longer(cell, most) for cell in cells], index=series.index, dtype=bool)
    if not long.any():
        return read
    issues = [
        place.issue("too-long", row, series[row], n=len(read.values[row]), most=most) for row in series.index[long]
    ]
    return Parsed(read.values.where(~long, None), [*read.issues, *issues])


def _is_longer(cell: str | None, most: int) -> bool:
    if cell is None or (len(cell) <= most and cell.isascii()):
        return False
    return max(len(cell.encode()), len(folded(cell).encode())) > most


def _within(read: Parsed, series: pd.Series, place: Place, lowest: float, highest: float) -> Parsed:
    found = read.values
    outside = ((found < lowest) | (found > highest)).fillna(False).astype(bool)
    bounds = {"lo": f"{lowest:,}", "hi": f"{highest:,}"}
    issues = [place.issue("out-of-range", row, series[row], **bounds) for row in series.index[outside]]
    return Parsed(found.mask(outside), [*read.issues, *issues])
