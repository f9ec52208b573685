"""The steps of a version as the editor's table takes them, and what is to be saved of its changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from data.commands.plan_entry import STEP_LABELS
from data.queries.plans import Version

Values = dict[str, Any]
#: A step's number (None: a new one) and its fields.
Typed = tuple[int | None, Mapping[str, Any]]
_FIELDS = ("position", *STEP_LABELS)
_DATES = {"effective_from": "Takes effect", "review_due": "Review due"}


def table(seen: Version) -> pd.DataFrame:
    """One row a step; an empty one to begin with where there is none."""
    rows = [[step.position, *(step.values[name] for name in STEP_LABELS)] for step in seen.steps]
    frame = pd.DataFrame(rows or [[1, *_blank().values()]], columns=list(_FIELDS))
    words = [name for name in STEP_LABELS if name not in ("target_minutes", "required")]
    texts = {name: pd.Series([_text(value) for value in frame[name]], dtype=object) for name in words}
    return frame.assign(
        **texts, target_minutes=frame["target_minutes"].astype("float64"), required=frame["required"].astype(bool)
    )


def _text(value: Any) -> str | None:
    return None if value is None or value != value else str(value)


def edited(seen: Version, changes: Mapping[str, Any]) -> list[Typed]:
    """The steps with the editor's changes, by their numbers: cells written, rows taken out, rows added at the end."""
    written = {int(place): cells for place, cells in (changes.get("edited_rows") or {}).items()}
    gone = set(changes.get("deleted_rows") or ())
    stored: Sequence[tuple[int | None, float, Values]] = [(s.id, s.position, dict(s.values)) for s in seen.steps]
    found = list(_kept(stored or [(None, 1, _blank())], written, gone))
    last = max((position for _, position, _ in found), default=0)
    found += _added(changes.get("added_rows") or (), last)
    kept = [one for one in found if one[0] is not None or one[2] != _blank()]
    return [(number, values) for number, _, values in sorted(kept, key=lambda one: one[1])]


def _kept(
    stored: Iterable[tuple[int | None, float, Values]], written: Mapping[int, Mapping[str, Any]], gone: set[int]
) -> Iterator[tuple[int | None, float, Values]]:
    for place, (number, position, values) in enumerate(stored):
        if place not in gone:
            cells = dict(written.get(place, {}))
            yield number, _place(cells.pop("position", None), position), values | cells


def _added(rows: Iterable[Mapping[str, Any]], last: float) -> Iterator[tuple[int | None, float, Values]]:
    for number, row in enumerate(rows, start=1):
        cells = dict(row)
        yield None, _place(cells.pop("position", None), last + number), _blank() | cells


def _place(said: Any, otherwise: float) -> float:
    """A number that was typed comes before the step that has it already."""
    return otherwise if said is None else float(said) - 0.5


def _blank() -> Values:
    return dict.fromkeys(STEP_LABELS) | {"required": True}


def differing(seen: Version, now: Version, dates: Mapping[str, Any], steps: Sequence[Typed]) -> list[tuple[str, ...]]:
    """What differs between the version as it was opened, as it is now, and as a person typed it."""
    old, new = ({step.id: step.values for step in one.steps} for one in (seen, now))
    mine = {number: dict(values) for number, values in steps if number is not None}
    rows: list[tuple[str, ...]] = [
        (_DATES[name], _word(seen.dates[name]), _word(now.dates[name]), _word(dates[name]))
        for name in _DATES
        if len({seen.dates[name], now.dates[name], dates[name]}) > 1
    ]
    for number in dict.fromkeys([*old, *new]):
        told = [one.get(number) for one in (old, new, mine if number in old else new)]
        name = next(str(one["step"]) for one in told if one is not None)
        if None in told:
            rows.append((name, *("no such step" if one is None else "a step" for one in told)))
            continue
        for field, label in STEP_LABELS.items():
            values = [_word(one[field]) for one in told if one is not None]
            if len(set(values)) > 1:
                rows.append((f"{name}: {label}", *values))
    added = [str(values["step"]) for number, values in steps if number is None]
    return [*rows, *((name, "no such step", "no such step", "a step") for name in added)]


def _word(value: Any) -> str:
    if value is None or value != value:
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
