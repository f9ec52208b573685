"""A mapping while it is being made: what the table of columns starts with, and the mapping that its answers make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from data.enums import Stream
from data.masking import Masker
from importers.mapping.model import Mapping
from importers.mapping.suggest import Suggestion, suggest
from importers.mapping.targets import TARGETS, Target
from importers.mapping.vocabulary import VOCABULARIES
from importers.sheet import Sheet
from importers.table import heading, is_blank
from importers.values.words import fold

LEAVE_OUT = "leave out"
#: What a word can stand for beside the words of its field: nobody has said yet, or nothing at all.
UNSAID, NOTHING = "not said yet", "nothing"
_FIRST, _LONGEST, _WORDS, _LOOK = 3, 27, 25, 2_000


@dataclass(slots=True)
class Draft:
    """What is known of an unknown sheet. `start` is the mapping the table begins with: suggested, saved or uploaded.

    `version` is that of the saved mapping it rests on; `turn` tells widgets that they begin anew.
    """

    sheet: Sheet
    suggestion: Suggestion
    start: Mapping
    version: int | None = None
    turn: int = 0

    @property
    def target(self) -> Target:
        return TARGETS[self.start.record]

    @property
    def is_private(self) -> bool:
        return self.target.stream is Stream.SURVEY


def begun(sheet: Sheet, kind: Stream | None = None, record: str | None = None, turn: int = 0) -> Draft:
    """A draft as the sheet's headings and cells suggest it."""
    found = suggest(sheet, kind, record)
    return Draft(sheet, found, found.mapping, turn=turn)


def taken(draft: Draft, mapping: Mapping, version: int | None = None) -> Draft:
    """A draft that begins with a mapping that was made before, as far as this sheet has its columns."""
    found = suggest(draft.sheet, mapping.kind, mapping.record)
    start = replace(mapping, headings=found.mapping.headings, header=found.mapping.header)
    return Draft(draft.sheet, found, start, version, draft.turn + 1)


def goals(target: Target) -> list[str]:
    """Where a column can go: left out, a field, or one of the columns that are each a question or a source."""
    return [LEAVE_OUT, *target.fields, *([target.items] if target.items else [])]


def goal(name: str, target: Target) -> str:
    """A goal in words; the fields without which nothing can be read are marked."""
    if name == target.items and name:
        return f"each a {name}"
    words = name.replace("_", " ")
    return f"{words} (needed)" if name in target.needed and name not in target.elsewhere else words


def columns_table(draft: Draft, masker: Masker) -> pd.DataFrame:
    """One row a column of the sheet: its heading, first values, where it goes, why, and how sure that is; protected
    terms masked.
    """
    by_heading = {heading(label): name for name, label in draft.start.columns.items()}
    by_heading |= {heading(label): draft.target.items for label in draft.start.items}
    return pd.DataFrame([_row(draft, place, by_heading, masker) for place in range(len(draft.suggestion.proposals))])


def _row(draft: Draft, place: int, by_heading: Dict[str, str], masker: Masker) -> dict[str, str]:
    proposal = draft.suggestion.proposals[place]
    goes = by_heading.get(heading(proposal.heading), LEAVE_OUT)
    as_suggested = (proposal.field or LEAVE_OUT) == goes
    return {
        "Column": masker.text(proposal.heading),
        "First values": "not shown" if draft.is_private else _shown(draft, place, masker),
        "Goes to": goes,
        "Why": masker.text(proposal.reason) if as_suggested else "the mapping says so",
        "How sure": (proposal.confidence or "–") if as_suggested else "said",
    }


def _shown(draft: Draft, place: int, masker: Masker) -> str:
    distinct = masker.texts(list(dict.fromkeys(str(cell) for cell in _cells(draft, place)))[:_FIRST])
    told = " · ".join(" ".join(cell.split()) for cell in distinct)
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"


def _cells(draft: Draft, place: int) -> list[object]:
    first = draft.suggestion.mapping.header or 1
    rows = draft.sheet.rows[first : first + _LOOK]
    return [row[place] for row in rows if place < len(row) and not is_blank([row[place]])]


def twice(goes: Dict[str, str], target: Target) -> list[str]:
    """Fields to which several columns were sent."""
    counts = Counter(name for name in goes.values() if name not in {LEAVE_OUT, target.items})
    return [name for name, count in counts.items() if count > 1]


def meanings_asked(draft: Draft, goes: Dict[str, str]) -> dict[str, dict[str, str]]:
    """Field → word in the file → what it stands for so far: of fields with words of their own, and of platforms."""
    asked: dict[str, dict[str, str]] = {}
    for place, proposal in enumerate(draft.suggestion.proposals):
        name = goes.get(proposal.heading, LEAVE_OUT)
        vocabulary = VOCABULARIES.get((draft.start.record, name))
        if draft.is_private or (vocabulary is None and name != "platform"):
            continue
        words = list(dict.fromkeys(str(cell).strip() for cell in _cells(draft, place)))[:_WORDS]
        known = draft.suggestion.mapping.values.get(name, {}) | draft.start.values.get(name, {})
        asked[name] = {word: _meaning(word, known, vocabulary) for word in words}
    return asked


def _meaning(word: str, known: Dict[str, str], vocabulary: type[StrEnum] | None) -> str:
    """What a word stands for so far; a platform's name stands for itself."""
    if word in known:
        return known[word] or NOTHING
    if vocabulary is None:
        return word
    return next((str(one) for one in vocabulary if fold(str(one)) == fold(word)), UNSAID)


def made(
    draft: Draft, goes: Dict[str, str], constants: Dict[str, str], values: Dict[str, Dict[str, str]], **said: Any
) -> Mapping:
    """The mapping that the answers make; `said` are its name, date_order, decimal and timezone."""
    target = draft.target
    columns = {name: label for label, name in goes.items() if name not in {LEAVE_OUT, target.items}}
    items = tuple(label for label, name in goes.items() if target.items and name == target.items)
    kept = dict(draft.start.values) if draft.is_private else {}
    meant = {
        name: {word: "" if one == NOTHING else one for word, one in words.items() if one not in {word, UNSAID, ""}}
        for name, words in values.items()
    }
    return replace(
        draft.start,
        columns=columns,
        items=items,
        constants={name: value for name, value in constants.items() if value and name not in columns},
        values=kept | {name: words for name, words in meant.items() if words},
        **said,
    )
