"""Entering, correcting and removing context markers by hand: with history, like every edit by hand.

A marker that was removed is one that was corrected to nothing: its fields have a value before and none after.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import EDITORS, Viewer
from data.commands import audit, entries, hand
from data.commands.entries import HandRefused
from data.enums import EditAction
from data.queries import hand as edits
from data.queries import markers, protected
from data.queries.hand import Entry, Seen
from data.queries.state import as_of
from data.tables import ContextMarker

Values = dict[str, Any]


def enter(session: Session, viewer: Viewer, values: Mapping[str, Any]) -> int:
    """Store a new marker and return its number; `values` are fields of `MarkerEntry`.

    Raises
    ------
    HandRefused
        If the viewer's role enters none, a value cannot be stored, or the marker is there already.
    """
    _allow(viewer)
    said = _checked(session, values)
    _refuse_twice(session, said, None)
    found = ContextMarker(**said)
    session.add(found)
    session.flush()
    number = int(found.id or 0)
    told: dict[str | None, tuple[Any, Any]] = {name: (None, value) for name, value in said.items()}
    hand.log(session, viewer, EditAction.ENTERED, markers.RECORD, str(number), told)
    audit.record(session, viewer, "context marker entered by hand", f"marker {number}")
    return number


def correct(
    session: Session,
    viewer: Viewer,
    number: int,
    changes: Mapping[str, Any],
    *,
    reason: str,
    seen: Seen | None = None,
) -> None:
    """Change the day or the title of a marker, for a reason.

    Raises
    ------
    Stale
        If somebody changed it since it was `seen`.
    HandRefused
        If the viewer's role corrects none, there is no such marker, no reason, nothing to change, or a value cannot be
        stored.
    """
    entry = _asked(session, viewer, number, reason, seen)
    after = _checked(session, entry.seen.values | dict(changes))
    told: dict[str | None, tuple[Any, Any]] = {
        name: (entry.seen.values[name], value) for name, value in after.items() if entry.seen.values[name] != value
    }
    if not told:
        raise HandRefused("Nothing was changed.")
    _refuse_twice(session, after, number)
    session.execute(sa.update(ContextMarker).where(col(ContextMarker.id) == number).values(**after))
    hand.log(session, viewer, EditAction.CORRECTED, markers.RECORD, entry.key, told, reason)
    audit.record(session, viewer, "context marker corrected by hand", f"marker {number}")


def remove(session: Session, viewer: Viewer, number: int, *, reason: str, seen: Seen | None = None) -> None:
    """Take a marker off every axis, for a reason; what it said stays in the history. Raises like `correct`."""
    entry = _asked(session, viewer, number, reason, seen)
    session.execute(sa.delete(ContextMarker).where(col(ContextMarker.id) == number))
    told: dict[str | None, tuple[Any, Any]] = {name: (value, None) for name, value in entry.seen.values.items()}
    hand.log(session, viewer, EditAction.CORRECTED, markers.RECORD, entry.key, told, reason)
    audit.record(session, viewer, "context marker removed by hand", f"marker {number}")


def _asked(session: Session, viewer: Viewer, number: int, reason: str, seen: Seen | None) -> Entry:
    """The marker that somebody wants to change, and may, as they saw it."""
    _allow(viewer)
    if not reason.strip():
        raise HandRefused("Say why: a correction needs a reason.")
    entry = markers.marker(session, viewer, number)
    if entry is None:
        raise HandRefused("There is no such context marker.")
    if seen is not None and seen.version != entry.seen.version:
        by, at = edits.last_edit(session, markers.RECORD, entry.key) or (None, None)
        raise hand.Stale(entry.seen, by, at)
    return entry


def _allow(viewer: Viewer) -> None:
    if viewer.role not in EDITORS:
        raise HandRefused("Your role can't enter or change context markers.")


def _checked(session: Session, values: Mapping[str, Any]) -> Values:
    said = entries.marker(values, today=as_of(session).date())
    return said | {"title": protected.masker(session).text(said["title"])}


def _refuse_twice(session: Session, said: Values, number: int | None) -> None:
    m = ContextMarker
    same = (m.happened_on == said["happened_on"], m.title == said["title"], col(m.id).is_distinct_from(number))
    if session.exec(select(m.id).where(*same)).first() is not None:
        raise HandRefused("This context marker is there already.")
