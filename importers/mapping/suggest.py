"""What an unknown sheet probably is: its header, what a row is, and which column fills which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from data.enums import Stream
from importers.mapping.evidence import Evidence, weigh
from importers.mapping.headings import candidates, labels, named
from importers.mapping.layout import is_personal
from importers.mapping.model import Mapping
from importers.mapping.profile import LOOK, Profile, profile
from importers.mapping.synonyms import every_name, likeness
from importers.mapping.targets import Target, of_kind
from importers.mapping.vocabulary import SCALE_LABELS, VOCABULARIES, meanings, plain
from importers.sheet import Sheet
from importers.table import body
from importers.values.words import fold

_SURE, _LIKELY, _LEAST = 0.85, 0.65, 0.3
_EXACT, _MOSTLY, _HALF = 0.97, 0.8, 0.5
_NUMBER = re.compile(r"[\s\d.,:/%+-]*\d[\s\d.,:/%+-]*")


@dataclass(frozen=True)
class Proposal:
    """What one column could be. `field` is None for a column to leave out, and what an item is for an item column."""

    heading: str
    field: str | None
    score: float
    reason: str

    @property
    def confidence(self) -> Literal["sure", "likely", "guess"] | None:
        if self.field is None:
            return None
        return "sure" if self.score >= _SURE else "likely" if self.score >= _LIKELY else "guess"


@dataclass(frozen=True)
class Suggestion:
    """A draft to correct.

    Attributes
    ----------
    mapping : Mapping
        The draft, without a name; `mapping.lacking()` are the needed fields that nothing fills yet.
    proposals : tuple of Proposal
        One a column, in the order of the sheet.
    unknown : dict
        Field → words of the file whose meaning is not known. Never of a survey.
    others : tuple of str
        The other records a row could be, the likeliest first.
    """

    mapping: Mapping
    proposals: tuple[Proposal, ...]
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    @property
    def lacking(self) -> list[str]:
        return self.mapping.lacking()


@dataclass(frozen=True)
class _Looked:
    """A sheet's columns below its header: names and what their cells look like."""

    header: int
    labels: list[str]
    profiles: list[Profile]


@dataclass(frozen=True)
class _Reading:
    """The columns of a sheet as fields of one target: position → field and evidence; `items` likewise."""

    target: Target
    fields: dict[int, tuple[str, Evidence]]
    items: dict[int, Evidence]
    worth: float


def suggest(
    sheet: Sheet, kind: Stream | None = None, record: str | None = None, *, today: date | None = None
) -> Suggestion:
    """A draft of a mapping for an unknown sheet.

    Parameters
    ----------
    kind, record
        What the sheet holds, where it is known; else the likeliest is taken.
    today
        For telling dates from other things; default: the day in UTC.
    """
    looked = _look(sheet, today or datetime.now(UTC).date())
    targets = [target for target in of_kind(kind) if record in {None, target.record}]
    readings = sorted((_read(looked, target) for target in targets), key=lambda one: -one.worth)
    best = readings[0]
    columns = {name: looked.labels[place] for place, (name, _) in sorted(best.fields.items())}
    values, unknown = _words(looked, best)
    draft = Mapping(
        name="",
        kind=best.target.stream,
        record=best.target.record,
        headings=tuple(named(sheet.rows[looked.header])) if looked.labels else (),
        columns=columns,
        items=tuple(looked.labels[place] for place in sorted(best.items)),
        values=values,
        header=looked.header + 1,
    )
    others = tuple(one.target.record for one in readings[1:] if one.worth > 0)
    return Suggestion(draft, tuple(_proposals(looked, best)), unknown, others)


def _look(sheet: Sheet, today: date) -> _Looked:
    header = find_header(sheet)
    if header is None:
        return _Looked(0, [], [])
    shown = labels(sheet.rows[header])
    head = Sheet(sheet.name, sheet.rows[: header + LOOK + 2])
    cells = body(head, header + 1, len(shown))
    return _Looked(header, shown, [profile(cells[place], today) for place in range(len(shown))])


def find_header(sheet: Sheet) -> int | None:
    """List index of the likeliest header: the first of the rows with most headings, those that are known twice."""
    best: tuple[int, int] | None = None
    for index, _ in candidates(sheet):
        texts = {plain(cell) for cell in sheet.rows[index] if isinstance(cell, str) and not _NUMBER.fullmatch(cell)} - {
            ""
        }
        worth = len(texts) + 2 * len(texts & every_name())
        if best is None or worth > best[0]:
            best = (worth, index)
    return None if best is None else best[1]


def _read(looked: _Looked, target: Target) -> _Reading:
    """The best evidence first, each field and each column once."""
    columns = [column for column in target.columns if column.field in target.fields]
    found = sorted(
        (
            (-evidence.score, order, place, column.field, evidence)
            for place, (label, cells) in enumerate(zip(looked.labels, looked.profiles, strict=True))
            for order, column in enumerate(columns)
            if (evidence := weigh(label, cells, column, target)).score >= _LEAST
            and not _is_withheld(label, cells, column.field, target)
        ),
        key=lambda one: one[:3],
    )
    fields: dict[int, tuple[str, Evidence]] = {}
    taken: set[str] = set()
    for _, _, place, name, evidence in found:
        if place not in fields and name not in taken:
            fields[place] = (name, evidence)
            taken.add(name)
    items = _items(looked, target, fields)
    needed = [name for name in target.needed if name not in target.elsewhere]
    share = sum(name in taken for name in needed) / len(needed) if needed else min(1.0, len(items) / 2)
    persons = sum(map(_is_person, looked.labels, looked.profiles)) if items and target.stream is Stream.SURVEY else 0
    share += min(persons, 2)  # who is named beside questions was asked
    total = sum(evidence.score for _, evidence in fields.values()) + sum(one.score for one in items.values())
    is_any = bool(items) if target.items else bool(fields)
    worth = 0.5 * share + total / max(4, len(looked.labels) / 2) if is_any else 0.0
    return _Reading(target, fields, items, worth)


def _is_withheld(label: str, cells: Profile, name: str, target: Target) -> bool:
    """Whether a survey's column could identify people, and so is not proposed unless its heading is the field's name."""
    return target.stream is Stream.SURVEY and _is_person(label, cells) and likeness(label, name)[0] < _EXACT


def _is_person(label: str, cells: Profile) -> bool:
    return is_personal(label) or cells.mails >= _HALF


def _items(looked: _Looked, target: Target, fields: dict[int, tuple[str, Evidence]]) -> dict[int, Evidence]:
    """The columns that are each a question, or each a source."""
    if not target.items:
        return {}
    places = [place for place in range(len(looked.labels)) if place not in fields and looked.profiles[place].n]
    if target.by_cell == "score":
        numeric = all(looked.profiles[place].numbers >= _MOSTLY for place in places)
        return (
            dict.fromkeys(places, Evidence(_LEAST / 2, "its values are numbers")) if numeric and len(places) > 1 else {}
        )
    return {place: found for place in places if (found := _question(looked.labels[place], looked.profiles[place]))}


def _question(label: str, cells: Profile) -> Evidence | None:
    if _is_person(label, cells):
        return None
    asks = label.rstrip().endswith("?") or len(label.split()) >= 4
    if cells.labels >= _MOSTLY:
        return Evidence(0.9, f"{cells.all_of_them} labels of a scale")
    on_scale = cells.numbers >= _MOSTLY and cells.whole and 0 <= cells.lowest <= cells.highest <= 10
    if on_scale and asks:
        return Evidence(0.88, "the heading asks something and its values lie on a scale")
    return (
        Evidence(0.66, "the heading asks something") if asks and cells.numbers < _MOSTLY and cells.dates < 0.3 else None
    )


def _words(looked: _Looked, best: _Reading) -> tuple[dict[str, dict[str, str]], dict[str, tuple[str, ...]]]:
    """What words stand for, and words whose meaning is not known; of surveys the labels of scales alone."""
    values: dict[str, dict[str, str]] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for place, (name, _) in best.fields.items():
        words, vocabulary = looked.profiles[place].words, VOCABULARIES.get((best.target.record, name))
        if vocabulary is not None and words:
            values[name] = meanings(words, vocabulary)
            taken = {fold(word) for word in vocabulary} | {fold(word) for word in values[name]}
            unknown[name] = tuple(word for word in words if fold(word) not in taken)
    if best.target.stream is Stream.SURVEY:
        asked = [*best.items, *(place for place, (name, _) in best.fields.items() if name == "answer")]
        said = {word for place in asked for word in looked.profiles[place].words if plain(word) in SCALE_LABELS}
        values["answer"] = {word: str(SCALE_LABELS[plain(word)]) for word in sorted(said)}
        unknown = {}
    return {n: v for n, v in values.items() if v}, {n: v for n, v in unknown.items() if v}


def _proposals(looked: _Looked, best: _Reading) -> list[Proposal]:
    found = []
    for place, label in enumerate(looked.labels):
        if place in best.fields:
            name, evidence = best.fields[place]
            found.append(Proposal(label, name, evidence.score, evidence.reason))
        elif place in best.items:
            found.append(Proposal(label, best.target.items, best.items[place].score, best.items[place].reason))
        else:
            found.append(Proposal(label, None, 0.0, _why_left_out(label, looked.profiles[place], best.target)))
    return found


def _why_left_out(label: str, cells: Profile, target: Target) -> str:
    if cells.n == 0:
        return "it is empty"
    if target.stream is Stream.SURVEY and _is_person(label, cells):
        return "it can identify a person"
    return "it resembles no field"
