"""What a person said of a record by hand stays, whatever a file says later, unless the file is asked to win."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.commands import sightings
from data.enums import Effect

Values = dict[str, Any]

#: Tables that people edit whose records don't count their edits: a version of the plan is edited as a whole.
UNCOUNTED = frozenset({"plan", "plan_step"})
#: Names of a record, which no correction changes.
_NAMES = {"code"}


@dataclass(frozen=True, slots=True)
class Held:
    """A field that a row would have changed although a person had the last word; `replaced` where the row was taken."""

    key: str
    row: int
    field: str
    stands: Any
    said: Any
    replaced: bool = False


def fields(session: Session, table: sa.Table, known: Mapping[str, Values]) -> dict[str, set[str]]:
    """Key → the fields of these records of which a person had the last word; only tables that people edit have any."""
    if not known or not ("version" in table.c or table.name in UNCOUNTED):
        return {}
    s = sightings.TABLE.c
    statement = sa.select(s.key, s.batch_id, s.effect, s.carried).where(s.record == table.name, s.key.in_(list(known)))
    found: dict[str, set[str]] = {}
    told: set[str] = set()
    for key, batch, effect, carried in session.execute(statement.order_by(s.id)):
        told.add(key)
        if batch is not None:
            found.get(key, set()).difference_update(carried or {})
        else:
            first = effect is Effect.NEW
            found.setdefault(key, set()).update(_meant(table, known[key], carried or {}) if first else carried or {})
    for key in known.keys() - told:
        if known[key]["batch_id"] is None:
            found[key] = _meant(table, known[key], sightings.data(known[key]))
    return {key: names - _NAMES for key, names in found.items() if names - _NAMES}


def _meant(table: sa.Table, present: Values, carried: Values) -> set[str]:
    """The fields of a new entry but those left at what they are without anybody saying so."""
    return {
        name
        for name, value in carried.items()
        if table.c[name].nullable or table.c[name].default is None or value != sightings.blank(table.c[name], present)
    }


def differences(key: str, row: int, present: Values, said: Values, held: set[str], *, replaced: bool) -> list[Held]:
    """The held fields of which a row says something else; of a moment and its day only the moment."""
    found = [
        Held(key, row, name, present[name], said[name], replaced)
        for name in sorted(held & said.keys())
        if said[name] != present[name]
    ]
    at = {one.field for one in found if one.field.endswith("_at")}
    return [one for one in found if f"{one.field.removesuffix('_on')}_at" not in at or one.field in at]


def without(said: Values, held: Sequence[str] | set[str]) -> Values:
    """What is left of what a row says."""
    return {name: value for name, value in said.items() if name not in held}
