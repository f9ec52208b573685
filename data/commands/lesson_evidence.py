"""The events that lessons name as their evidence, when their keys are made anew."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session

from data.commands import sightings
from data.tables import Base

_LESSONS = Base.metadata.tables["lesson"]


def follow(session: Session, moves: Mapping[str, str]) -> None:
    """Let lessons, and what was said of them, name the events by their new keys: old key → new key."""
    for number, events in session.execute(sa.select(_LESSONS.c.id, _LESSONS.c.events)).all():
        if moves.keys() & set(events):
            session.execute(
                sa.update(_LESSONS).where(_LESSONS.c.id == number).values(events=_named(events, moves)),
            )
    s = sightings.TABLE
    said = sa.select(s.c.id, s.c.carried).where(s.c.record == _LESSONS.name)
    for number, carried in session.execute(said).all():
        named: list[str] = (carried or {}).get("events") or []
        if moves.keys() & set(named):
            now = carried | {"events": _named(named, moves)}
            session.execute(sa.update(s).where(s.c.id == number).values(carried=now))


def _named(events: list[str], moves: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(moves.get(key, key) for key in events))
