"""A mapping as data: which heading fills which field, what is the same for all rows, and what its words mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Literal, cast

from data.enums import Stream
from importers.context import zone_name
from importers.issues import Refused, issue
from importers.mapping.headings import signature
from importers.mapping.targets import TARGETS
from importers.mapping.vocabulary import VOCABULARIES
from importers.storable import is_storable
from importers.table import heading
from importers.values.words import fold

_ORDERS, _DECIMALS = ("dmy", "mdy", "ymd"), ("comma", "point")
_LONGEST_NAME, _LONGEST_LABEL = 100, 80
#: Fields of surveys that no mapping may hold words for: they are what people answered, or who they are.
_PRIVATE = frozenset({"comment", "respondent", "department", "location", "tenure"})


@dataclass(frozen=True)
class Mapping:
    """How to read a layout that no format knows.

    Attributes
    ----------
    record : str
        What a row is, a key of `importers.mapping.targets.TARGETS`; it settles the `kind`.
    headings : tuple of str
        The whole header it was made for, as `importers.mapping.headings.named` names it.
    columns : dict
        Field → the heading that fills it.
    items : tuple of str
        Headings of the columns that are each a question (record respondents) or a source (scores_wide).
    constants : dict
        Field → what holds for every row.
    values : dict
        Field → word in the file → what it stands for ("" for nothing). For surveys the labels of the scale alone,
        never what somebody answered in own words.
    header : int or None
        The spreadsheet row of the header, where it was; looked at first.
    """

    name: str
    kind: Stream
    record: str
    headings: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal: Literal["comma", "point"] | None = None
    timezone: str | None = None
    header: int | None = None

    @property
    def signature(self) -> str:
        return signature(self.headings)

    @property
    def item_field(self) -> str:
        """What the headings of the item columns fill: of scores the company, where the source is said otherwise."""
        named = TARGETS[self.record].by_heading
        return "company" if named == "source" and named in {*self.columns, *self.constants} else named

    @property
    def filled(self) -> set[str]:
        """The fields that a column, the item columns or a constant fill."""
        target = TARGETS[self.record]
        return {*self.columns, *self.constants, *([self.item_field, target.by_cell] if self.items else [])}

    def lacking(self) -> list[str]:
        """Needed fields that nothing fills, those that can be said beside the file left out."""
        target = TARGETS[self.record]
        lacking = [name for name in target.needed if name not in {*self.filled, *target.elsewhere}]
        return lacking + ([target.items] if target.items and not self.items else [])

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `from_dict` makes the same mapping of it."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return found | {
            "kind": self.kind.value,
            "headings": list(self.headings),
            "items": list(self.items),
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "values": {name: dict(words) for name, words in self.values.items()},
        }


def from_dict(data: object) -> Mapping:
    """A mapping from plain data.

    Raises
    ------
    Refused
        With one `mapping-broken` for each thing that is wrong.
    """
    if not isinstance(data, dict):
        raise Refused(issue("mapping-broken", what="it is not an object with name, kind, record and columns"))
    wrong = [what for name, check in _SHAPES.items() if name in data and (what := check(name, data[name]))]
    known = [one.name for one in fields(Mapping)]
    wrong += [f"it has no use for “{str(name)[:60]}”" for name in data if name not in known]
    wrong += [f"“{name}” is missing" for name in ("name", "kind", "record") if data.get(name) in (None, "")]
    if wrong:
        raise Refused(*(issue("mapping-broken", what=what) for what in wrong))
    lists = {name: tuple(data.get(name, ())) for name in ("headings", "items")}
    mapping = Mapping(**cast(dict[str, Any], data | lists | {"kind": Stream(data["kind"])}))
    if problems := list(dict.fromkeys(faults(mapping))):
        raise Refused(*(issue("mapping-broken", what=what) for what in problems))
    return mapping


def faults(mapping: Mapping) -> Iterator[str]:
    """What keeps a mapping from being used, in words; none if it is complete."""
    target = TARGETS.get(mapping.record)
    if target is None or target.stream is not mapping.kind:
        kinds = ", ".join(name for name, one in TARGETS.items() if one.stream is mapping.kind)
        yield f"{mapping.kind} has no record “{mapping.record[:60]}”, it has {kinds}"
        return
    if not mapping.name.strip() or len(mapping.name) > _LONGEST_NAME:
        yield f"a name has 1 to {_LONGEST_NAME} characters"
    for name in dict.fromkeys((*mapping.columns, *mapping.constants, *mapping.values)):
        if name not in target.fields and not (name == target.by_cell and name in mapping.values):
            yield f"{target.title} has no field “{name[:60]}”"
    yield from (f"“{name}” has both a column and a constant" for name in mapping.columns if name in mapping.constants)
    used = [heading(label) for label in (*mapping.columns.values(), *mapping.items)]
    yield from (f"the column “{label}” is used twice" for label in dict.fromkeys(used) if used.count(label) > 1)
    if mapping.items and not target.items:
        yield f"{target.title} has no item columns"
    if mapping.items and mapping.item_field in {*mapping.columns, *mapping.constants}:
        yield f"the item columns fill “{mapping.item_field}”, so nothing else can"
    yield from (f"nothing fills “{name}”, which is needed" for name in mapping.lacking())
    yield from _wrong_words(mapping)
    if mapping.timezone is not None and zone_name(mapping.timezone) is None:
        yield f"“{mapping.timezone[:60]}” is not a time zone"


def _wrong_words(mapping: Mapping) -> Iterator[str]:
    """Constants and meanings that a field of fixed words does not take, and what a survey's mapping must not hold."""
    for name, meant in [
        *mapping.constants.items(),
        *((name, word) for name, words in mapping.values.items() for word in words.values() if word),
    ]:
        vocabulary = VOCABULARIES.get((mapping.record, name))
        if vocabulary is not None and fold(meant) not in {fold(word) for word in vocabulary}:
            yield f"“{meant[:60]}” is not one of: {', '.join(vocabulary)} (for {name})"
    if mapping.kind is Stream.SURVEY:
        held = {
            *(set(mapping.values) - {"answer", "audience"}),
            *(_PRIVATE | {"answer"}).intersection(mapping.constants),
        }
        yield from (f"the mapping of a survey holds no words for “{name}”" for name in sorted(held))
        said = mapping.values.get("answer", {})
        if any(len(label) > _LONGEST_LABEL or not _is_number(meant) for label, meant in said.items()):
            yield "the answers of a survey are given numbers by the labels of their scale alone"


def _is_number(text: str) -> bool:
    return text == "" or re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", text) is not None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and is_storable(value)


def _text(name: str, value: object) -> str:
    return "" if _is_text(value) else f"“{name}” is not a text"


def _texts(name: str, value: object) -> str:
    return "" if isinstance(value, list) and all(map(_is_text, value)) else f"“{name}” is not a list of texts"


def _pairs(name: str, value: object) -> str:
    fine = isinstance(value, dict) and all(key and _is_text(key) and _is_text(one) for key, one in value.items())
    return "" if fine else f"“{name}” is not an object of texts"


def _words(name: str, value: object) -> str:
    fine = isinstance(value, dict) and all(map(_is_text, value)) and not any(_pairs("", one) for one in value.values())
    return "" if fine else f"“{name}” does not hold an object of texts for each field"


def _one_of(*known: object) -> Callable[[str, object], str]:
    listed = ", ".join(str(one) for one in known if one is not None)
    return lambda name, value: "" if value in known else f"“{name}” is not one of: {listed}"


def _zone(name: str, value: object) -> str:
    return "" if value is None else _text(name, value)


def _row(name: str, value: object) -> str:
    fine = value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0)
    return "" if fine else f"“{name}” is not the number of a row"


#: What each key of the JSON must be; a check says what is wrong, or nothing.
_SHAPES: dict[str, Callable[[str, Any], str]] = {
    "name": _text,
    "kind": _one_of(*(stream.value for stream in Stream)),
    "record": _text,
    "headings": _texts,
    "items": _texts,
    "columns": _pairs,
    "constants": _pairs,
    "values": _words,
    "date_order": _one_of(None, *_ORDERS),
    "decimal": _one_of(None, *_DECIMALS),
    "timezone": _zone,
    "header": _row,
}
