"""Why a column could be a field: what its heading says, what its cells look like, and how far both can be trusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from importers.formats import readers
from importers.formats.answers import answers
from importers.formats.base import Column, Reader
from importers.formats.survey_summary import share
from importers.mapping.profile import Profile
from importers.mapping.synonyms import likeness
from importers.mapping.targets import Target
from importers.mapping.vocabulary import VOCABULARIES, meaning

_SORTS: dict[Reader, str] = {
    readers.moment: "date", readers.day: "date", readers.coming_day: "date", readers.count: "count", readers.few: "count",
    readers.number: "number", readers.platform: "platform", readers.address: "address", readers.language: "language",
    answers: "answer", share: "number",
}  # fmt: skip
_BOUNDED = {"sentiment": (-1.0, 1.0), "severity": (1.0, 4.0), "target_minutes": (0.0, float("inf"))}
#: Fields that long text alone suggests.
_PROSE = frozenset({"text", "description", "observation", "summary", "comment"})
#: How far cells are trusted of which the heading says nothing; other sorts need a heading.
_ALONE = {"date": 0.62, "platform": 0.75, "word": 0.72, "address": 0.7, "bounded": 0.55, "prose": 0.4, "number": 0.45}
PLATFORMS = frozenset(
    {
        "x",
        "twitter",
        "linkedin",
        "facebook",
        "instagram",
        "youtube",
        "reddit",
        "tiktok",
        "threads",
        "mastodon",
        "bluesky",
    }
)
_MOSTLY, _HARDLY, _FEW, _SHORT, _VERY_LONG = 0.8, 0.3, 12, 10, 120
_SERIALS = 30_000  # from here on a number may be a date of Excel


@dataclass(frozen=True)
class Evidence:
    """How likely (0 to 1) a column is a field, and the reasons a person reads."""

    score: float
    reason: str


def weigh(label: str, cells: Profile, column: Column, target: Target) -> Evidence:
    """Heading and cells together; cells that contradict a heading outweigh it."""
    sort = sort_of(column, target)
    named, name = likeness(label, column.field)
    fits, why = _fit(cells, sort, column.field, target)
    reasons = [_named(name, column.field, exact=named >= 0.97)] if named else []
    reasons += [why] if why and fits > 0 else []
    if fits < 0:
        return Evidence(0.0, "")
    if named:
        return Evidence(0.62 * named + 0.38 * max(fits, 0.5), " and ".join(reasons))
    primary = sort not in {"date", "number"} or column.field in target.needed or column.field == "answered_at"
    alone = _ALONE.get("prose" if sort == "text" and column.field in _PROSE else sort, 0.0)
    return Evidence(fits * alone if primary and fits >= 0.7 else 0.0, why)


def sort_of(column: Column, target: Target) -> str:
    """What kind of cells a field takes: date, count, number, bounded, word, platform, address, language, answer, text."""
    if (target.record, column.field) in VOCABULARIES:
        return "word"
    return "bounded" if column.field in _BOUNDED else _SORTS.get(column.read, "text")


def _named(name: str, field: str, *, exact: bool) -> str:
    if name == field.replace("_", " "):
        return "the heading says so" if exact else f"the heading resembles “{field}”"
    return f"the heading {'is' if exact else 'resembles'} “{name}”"


def _fit(cells: Profile, sort: str, field: str, target: Target) -> tuple[float, str]:
    """How well cells fit a sort: −1 against it, 0 says nothing, up to 1; and why."""
    if cells.n == 0:
        return 0.0, ""
    if sort == "word":
        vocabulary = VOCABULARIES[target.record, field]
        return _listed(cells, {word for word in cells.words if meaning(word, vocabulary)})
    return _FITS[sort](cells, field)


def _dated(cells: Profile, field: str) -> tuple[float, str]:
    if cells.dates >= _MOSTLY:
        return 1.0, f"{'' if cells.dates == 1 else 'nearly '}{cells.all_of_them} dates"
    return (0.0, "") if cells.numbers >= _MOSTLY and cells.lowest > _SERIALS else (-1.0, "")


def _counted(cells: Profile, field: str) -> tuple[float, str]:
    fine = _is_numeric(cells) and cells.whole and cells.lowest >= 0
    return (
        (0.8, f"{cells.all_of_them} whole numbers" if cells.numbers == 1 else "its values are whole numbers")
        if fine
        else (-1.0, "")
    )


def _numeric(cells: Profile, field: str) -> tuple[float, str]:
    return (0.8, "its values are numbers") if _is_numeric(cells) else (-1.0, "")


def _bounded(cells: Profile, field: str) -> tuple[float, str]:
    lowest, highest = _BOUNDED[field]
    if not _is_numeric(cells) or not lowest <= cells.lowest <= cells.highest <= highest:
        return -1.0, ""
    narrow = not cells.whole or cells.lowest < 0
    return (1.0, f"its values lie between {lowest:g} and {highest:g}".replace("-", "−")) if narrow else (0.4, "")


def _is_numeric(cells: Profile) -> bool:
    return cells.numbers >= _MOSTLY > cells.dates


def _platform(cells: Profile, field: str) -> tuple[float, str]:
    return _listed(cells, {word for word in cells.words if word.casefold().split(" ")[0] in PLATFORMS})


def _address(cells: Profile, field: str) -> tuple[float, str]:
    return (
        (1.0, f"{cells.all_of_them} links" if cells.addresses == 1 else "its values are links")
        if cells.addresses >= _MOSTLY
        else (-1.0, "")
    )


def _language(cells: Profile, field: str) -> tuple[float, str]:
    return (0.3, "") if cells.words and cells.length <= _SHORT and cells.numbers < _HARDLY else (-1.0, "")


def _answer(cells: Profile, field: str) -> tuple[float, str]:
    return (1.0, "its values are labels of a scale") if cells.labels >= _MOSTLY else (0.3, "")


def _listed(cells: Profile, known: set[str]) -> tuple[float, str]:
    """Words of a vocabulary: those that are known are shown, no others."""
    if known and len(known) >= 0.6 * len(cells.words):
        return 1.0, f"it holds values such as {', '.join(f'“{word}”' for word in sorted(known)[:3])}"
    few = 0 < len(cells.words) <= _FEW and cells.numbers < _HARDLY and cells.dates < _HARDLY
    return (0.2 if known else 0.0, "") if few else (-1.0, "")


def _textual(cells: Profile, field: str) -> tuple[float, str]:
    if cells.dates >= _MOSTLY or (cells.addresses >= _MOSTLY and field != "evidence"):
        return -1.0, ""
    if field in _PROSE:
        return (
            (1.0, "its values are long texts")
            if cells.is_long_text
            else (-1.0 if cells.numbers >= _MOSTLY else 0.1, "")
        )
    return (-1.0, "") if cells.is_long_text and cells.length > _VERY_LONG else (0.1, "")


_FITS: dict[str, Callable[[Profile, str], tuple[float, str]]] = {
    "date": _dated, "count": _counted, "number": _numeric, "bounded": _bounded, "platform": _platform,
    "address": _address, "language": _language, "answer": _answer, "text": _textual,
}  # fmt: skip
