"""From a mapping to a format: the fields and readers of our own layout, under the headings of the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from data.enums import Stream
from importers.context import Context
from importers.formats.base import Column, Format, Reader
from importers.issues import Issue, Severity, issue
from importers.mapping.headings import candidates, labels
from importers.mapping.model import Mapping
from importers.mapping.targets import TARGETS, Target
from importers.mapping.vocabulary import plain
from importers.sheet import Cell, Sheet
from importers.table import Raw, below, heading, is_blank
from importers.values import Parsed, Place, text
from importers.values.words import fold

_PERSONAL = re.compile(
    r"\b(e ?mails?|ip( address)?|names?|(first|last|full|sur)names?|nachname|vorname|nom|prenom|nombre|apellidos?|nome"
    r"|sobrenome|phone|telefon\w*|telephone|address|adresse|direccion|endereco|latitude|longitude|user ?id|birth\w*)\b"
)


@dataclass(frozen=True)
class Mapped(Format):
    """The format that a mapping makes."""

    mapping: Mapping | None = None


def layout(mapping: Mapping) -> Mapped:
    """The format that reads what the mapping was made for; a mapping has no `faults` then."""
    target = TARGETS[mapping.record]
    filled = [c for c in target.columns if c.field in mapping.filled or c.field in target.elsewhere]
    return Mapped(
        name=f"mapping:{mapping.name}",
        title=f"the mapping “{mapping.name}”",
        stream=target.stream,
        record=target.template.record,
        columns=tuple(replace(c, names=_names(c.field, mapping), read=_reader(c, mapping)) for c in filled),
        telling=tuple(_telling(mapping, target)),
        extract=_extractor(mapping, target),
        expand=lambda rows, context: target.template.expand(rows, told(context, mapping)),
        rules=target.template.rules,
        mapping=mapping,
    )


def locate(sheet: Sheet, mapping: Mapping) -> tuple[int | None, list[str]]:
    """The list index of the header, and the needed headings it lacks; of several rows the one that lacks least."""
    found = candidates(sheet)
    if mapping.header is not None:
        found.sort(key=lambda candidate: candidate[0] != (mapping.header or 0) - 1)
    best: tuple[int | None, list[str]] = (None, _telling(mapping, TARGETS[mapping.record]))
    for index, names in found:
        present = {heading(name) for name in names}
        missing = [label for label in best[1] if heading(label) not in present]
        if mapping.items and not present.intersection(map(heading, mapping.items)):
            missing.append(mapping.items[0])
        elif not missing:
            return index, []
    return best


def told(context: Context, mapping: Mapping) -> Context:
    """The context of a sheet that a mapping reads: what nobody said for this import, the mapping says."""
    options = context.options
    said = replace(
        options,
        date_order=options.date_order or mapping.date_order,
        decimal=options.decimal or mapping.decimal,
        timezone=options.timezone or mapping.timezone,
    )
    return replace(context, options=said)


def _names(name: str, mapping: Mapping) -> tuple[str, ...]:
    return (mapping.columns[name],) if name in mapping.columns else ()


def _telling(mapping: Mapping, target: Target) -> list[str]:
    """The headings without which a sheet is not what the mapping was made for; all of them if none is needed."""
    needed = [mapping.columns[name] for name in target.needed if name in mapping.columns]
    return needed or list(mapping.columns.values())


def _reader(column: Column, mapping: Mapping) -> Reader:
    words = {fold(said): meant for said, meant in mapping.values.get(column.field, {}).items()}

    def read(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
        meant = _translated(series, words) if words else series
        return column.read(meant, place, raw, told(context, mapping))

    return read


def _translated(series: pd.Series, words: dict[str, str]) -> pd.Series:
    """The cells, with the meaning of a word in its place; a number is one whatever the column's decimal mark."""
    numeric = all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", meant) for meant in words.values() if meant)
    cells: list[Cell] = []
    for cell, said in zip(series, text(series).values, strict=True):
        meant = words.get(fold(said)) if said is not None else None
        cells.append(cell if meant is None else float(meant) if numeric and meant else meant or None)
    return pd.Series(cells, index=series.index, dtype=object)


def _extractor(mapping: Mapping, target: Target) -> Callable[[Sheet, int, Format], Raw]:
    def extract(sheet: Sheet, header: int, layout: Format) -> Raw:
        shown = labels(sheet.rows[header])
        at = {heading(label): position for position, label in enumerate(shown)}
        raw = below(sheet, header)
        table, places = raw.cells, {name: at.get(heading(label)) for name, label in mapping.columns.items()}
        raw.issues += _absent(sheet, mapping, places)
        raw.issues += _dropped(sheet, shown, mapping, table) if target.stream is Stream.SURVEY else []
        found = {name: place for name, place in places.items() if place is not None}
        raw.cells = table[list(found.values())].set_axis(list(found), axis="columns")
        raw.headings = {name: shown[place] for name, place in found.items()}
        if mapping.items:
            items = [(shown[at[heading(label)]], at[heading(label)]) for label in mapping.items if heading(label) in at]
            _spread(raw, items, table, target, mapping)
        for name, said in mapping.constants.items():
            raw.cells[name] = pd.Series([said] * len(raw.cells), index=raw.cells.index, dtype=object)
            raw.headings[name] = name
        return target.refine(raw) if target.refine else raw

    return extract


def _spread(raw: Raw, items: list[tuple[str, int]], table: pd.DataFrame, target: Target, mapping: Mapping) -> None:
    """One record a row and item; of scores those that are filled in."""
    parts = []
    for label, place in items:
        part = raw.cells.copy()
        part[mapping.item_field], part[target.by_cell] = label, table[place]
        parts.append(part)
    # Row by row, so that what a row says stays together.
    raw.cells = pd.concat(parts).sort_index(kind="stable").astype(object)
    if target.by_cell == "score":
        raw.cells = raw.cells[[not is_blank([cell]) for cell in raw.cells["score"]]]
    # The heading of an answer is its question.
    shown = "" if target.stream is Stream.SURVEY else "the heading"
    raw.headings |= {mapping.item_field: shown, target.by_cell: shown and target.by_cell}


def _absent(sheet: Sheet, mapping: Mapping, places: dict[str, int | None]) -> list[Issue]:
    return [
        issue(
            "mapping-column-absent",
            severity=Severity.WARNING,
            sheet=sheet.name,
            column=mapping.columns[name],
            field=name,
        )
        for name, place in places.items()
        if place is None
    ]


def _dropped(sheet: Sheet, shown: list[str], mapping: Mapping, cells: pd.DataFrame) -> list[Issue]:
    """The filled columns of a survey that are not kept."""
    kept = {heading(label) for label in (*mapping.columns.values(), *mapping.items)}
    found = []
    for position, label in enumerate(shown):
        if heading(label) not in kept and not all(is_blank([cell]) for cell in cells[position]):
            why = "it can identify a person" if is_personal(label) else "the mapping has no use for it"
            found.append(issue("column-dropped", severity=Severity.INFO, sheet=sheet.name, column=label, why=why))
    return found


def is_personal(label: str) -> bool:
    """Whether a heading says that its column identifies people."""
    return _PERSONAL.search(plain(label)) is not None
