"""Entering and correcting crises and events by hand: with history, and never over what another person just did."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.access import CORRECTORS, COUNSEL, EDITORS, RESTRICTERS, Viewer
from data.commands import aliases, audit, entries, held, restrictions, rows, sightings
from data.commands.entries import HandRefused
from data.enums import EditAction, Effect, Role
from data.keys import folded, of_event
from data.masking import is_text
from data.queries import hand, protected
from data.queries.hand import Entry, Seen
from data.tables import Base, Crisis, Edit, Event

Values = dict[str, Any]
_CRISES, _EVENTS = Base.metadata.tables["crisis"], Base.metadata.tables["event"]
_IDENTITY = ("occurred_at", "occurred_on", "milestone", "audience", "platform", "description")
_CODE = 80


class Stale(HandRefused):
    """Somebody changed the record since it was looked at. `present` is what it says now, with its version; `by` and `at`
    tell who did, where a person did.
    """

    def __init__(self, present: Seen, by: str | None, at: datetime | None) -> None:
        who = f"{by} changed it" if by else "It was changed"
        super().__init__(f"{who} since you opened it. Look at both versions and decide.")
        self.present, self.by, self.at = present, by, at


def enter_crisis(session: Session, viewer: Viewer, code: str, values: Mapping[str, Any]) -> int:
    """Store a new crisis and return its id; `values` are fields of `CrisisEntry`.

    Raises
    ------
    HandRefused
        If the viewer's role enters no crises, the code is taken, or a value cannot be stored.
    """
    allow(viewer, EDITORS, "enter crises")
    code = " ".join(code.split())
    if not code or len(code) > _CODE:
        raise HandRefused(f"A crisis needs a code of at most {_CODE} characters, such as 2026-03-thread.")
    key = folded(code)
    if rows.existing(session, _CRISES, [key]) or aliases.resolved(session, "crisis", [key]):
        raise HandRefused(f"The code “{code}” is taken.")
    entered = masked(session, _CRISES, entries.crisis(values))
    crisis = Crisis(key=key, code=code, **entered)
    session.add(crisis)
    session.flush()
    log(session, viewer, EditAction.ENTERED, "crisis", key, {})
    audit.record(session, viewer, "crisis entered by hand", f"crisis {code}")
    return int(crisis.id or 0)


def correct_crisis(
    session: Session,
    viewer: Viewer,
    code: str,
    changes: Mapping[str, Any],
    *,
    seen: Seen | None = None,
    reason: str = "",
) -> None:
    """Change fields of a crisis.

    Parameters
    ----------
    seen : Seen, optional
        What the person saw before; without it the change is made whatever it says now.

    Raises
    ------
    Stale
        If somebody changed it since.
    HandRefused
        If the viewer's role corrects no crises or sees no such one, a value cannot be stored, or nothing would change.
    """
    allow(viewer, EDITORS, "correct crises")
    entry = found_crisis(session, viewer, code)
    present = {name: entry.seen.values[name] for name in hand.CRISIS}
    after = masked(session, _CRISES, entries.crisis(present | dict(changes)))
    write(session, viewer, _CRISES, entry, after, seen, EditAction.CORRECTED, reason)
    audit.record(session, viewer, "crisis corrected by hand", f"crisis {entry.crisis}")


def restrict(session: Session, viewer: Viewer, code: str, roles: Iterable[Role], *, seen: Seen | None = None) -> None:
    """Let only these roles, and administrators, see a crisis; without any, all roles do.

    Raises
    ------
    Stale, HandRefused
        Like `correct_crisis`; also if the viewer would shut out themselves.
    """
    allow(viewer, RESTRICTERS, "restrict a crisis")
    entry = found_crisis(session, viewer, code)
    named = sorted({Role(role).value for role in roles} - {Role.ADMIN.value})
    if Role.AUDITOR.value in named:
        raise HandRefused("The auditor sees no crises, so none can be restricted to that role.")
    if named and viewer.role is not Role.ADMIN and viewer.role.value not in named:
        raise HandRefused("You would no longer see the crisis yourself. Name your own role too.")
    before = {"restricted_to": entry.seen.values["restricted_to"]}
    write(session, viewer, _CRISES, entry, {"restricted_to": named or None}, seen, EditAction.RESTRICTED, "")
    restrictions.follow(session, {entry.key: (before, {"restricted_to": named or None})})
    audit.record(session, viewer, "crisis restricted", f"crisis {entry.crisis}: {', '.join(named) or 'all roles'}")


def counsel(
    session: Session,
    viewer: Viewer,
    code: str,
    changes: Mapping[str, Any],
    *,
    seen: Seen | None = None,
    reason: str = "",
) -> None:
    """Set a crisis's privilege banner, its legal hold, and whether Legal countersigns its review.

    Parameters and errors are those of `correct_crisis`; `changes` are fields of `CounselEntry`.
    """
    allow(viewer, COUNSEL, "set what Legal says of a crisis")
    entry = found_crisis(session, viewer, code)
    present = {name: entry.seen.values[name] for name in hand.COUNSEL}
    after = masked(session, _CRISES, entries.counsel(present | dict(changes)))
    write(session, viewer, _CRISES, entry, after, seen, EditAction.CORRECTED, reason)
    audit.record(session, viewer, "legal protection of a crisis set", f"crisis {entry.crisis}")


def enter_event(session: Session, viewer: Viewer, code: str, values: Mapping[str, Any]) -> int:
    """Add an event to a timeline and return its id; `values` are fields of `EventEntry`.

    Raises
    ------
    HandRefused
        If the viewer's role enters no events or sees no such crisis, a value cannot be stored, or the timeline holds
        the event already.
    """
    allow(viewer, EDITORS, "enter events")
    entry = found_crisis(session, viewer, code)
    entered = masked(session, _EVENTS, entries.event(values))
    _refuse_twice(session, entry.id, entered, None)
    key = of_event(entry.key, entered)
    if _is_taken(session, key):
        key = uuid.uuid4().hex  # an event that was corrected since is still met by what it said first
    event = Event(key=key, crisis_id=entry.id, **entered)
    session.add(event)
    session.flush()
    log(session, viewer, EditAction.ENTERED, "event", key, {})
    audit.record(session, viewer, "event entered by hand", f"crisis {entry.crisis}")
    return int(event.id or 0)


def correct_event(
    session: Session,
    viewer: Viewer,
    event_id: int,
    changes: Mapping[str, Any],
    *,
    reason: str,
    seen: Seen | None = None,
) -> None:
    """Change fields of an event, for a reason; parameters and errors like `correct_crisis`.

    The rows of files that told of it still meet it, and so do rows that say what it says now.
    """
    allow(viewer, CORRECTORS, "correct events")
    if not reason.strip():
        raise HandRefused("Say why: a correction needs a reason.")
    entry = hand.event(session, viewer, event_id)
    if entry is None:
        raise HandRefused("There is no such event.")
    of = found_crisis(session, viewer, entry.crisis)
    after = masked(session, _EVENTS, entries.event(entry.seen.values | dict(changes)))
    _refuse_twice(session, of.id, after, event_id)
    write(session, viewer, _EVENTS, entry, after, seen, EditAction.CORRECTED, reason)
    told = of_event(of.key, after)
    if not _is_taken(session, told):
        aliases.add(session, "event", told, entry.key)
    audit.record(session, viewer, "event corrected by hand", f"crisis {entry.crisis}, event {event_id}")


def found_crisis(session: Session, viewer: Viewer, code: str) -> Entry:
    """The crisis that the viewer means; raises `HandRefused` where they see none."""
    entry = hand.crisis(session, viewer, code)
    if entry is None:
        raise HandRefused(f"There is no crisis “{code}”.")
    return entry


def log(
    session: Session,
    viewer: Viewer,
    action: EditAction,
    record: str,
    key: str,
    changes: Mapping[str | None, tuple[Any, Any]],
    reason: str = "",
) -> None:
    """Write the history of a change: field → what it was and is; none where the record as a whole was entered.

    The reason goes into one line, with protected terms masked.
    """
    at = datetime.now(UTC)
    why = protected.masker(session).text(" ".join(reason.split())) if reason else ""
    for field, pair in (changes or {None: (None, None)}).items():
        told = sightings.encoded({"before": pair[0], "after": pair[1]})
        session.add(
            Edit(
                at=at, actor=viewer.name, role=viewer.role.value, action=action, record=record, key=key, field=field,
                reason=why or None, **told,
            )
        )  # fmt: skip


def overlay(session: Session, table: sa.Table, key: str, said: Values) -> None:
    """Put what a person says over a record, as the latest sighting of it; it came from no file then."""
    (present,) = rows.existing(session, table, [key]).values()
    sightings.keep_first_versions(session, table.name, {key: present}, {key})
    place: Values = dict.fromkeys(sightings.PROVENANCE)
    carried = sightings.encoded(said)
    told = place | {"record": table.name, "key": key, "effect": Effect.UPDATED, "carried": carried, "defaults": None}
    rows.insert(session, sightings.TABLE, [told])
    count = {} if table.name in held.UNCOUNTED else {"version": present["version"] + 1}
    rows.update(session, table, [present | said | place | count])
    session.expire_all()


def write(
    session: Session,
    viewer: Viewer,
    table: sa.Table,
    entry: Entry,
    after: Values,
    seen: Seen | None,
    action: EditAction,
    reason: str,
    *,
    stored: Callable[[Values], Values] | None = None,
) -> None:
    """Store what a person says of a record, with its history; `stored` makes columns of fields that are none.

    Raises
    ------
    Stale
        If somebody changed the record since it was `seen`.
    HandRefused
        If nothing would change.
    """
    present = entry.seen
    changed = {name: value for name, value in after.items() if present.values[name] != value}
    if seen is not None:
        moved = [name for name in changed if name in seen.values and seen.values[name] != present.values[name]]
        if seen.version != present.version or moved:
            by, at = hand.last_edit(session, table.name, entry.key) or (None, None)
            raise Stale(present, by, at)
    if not changed:
        raise HandRefused("Nothing was changed.")
    told: dict[str | None, tuple[Any, Any]] = {n: (present.values[n], value) for n, value in changed.items()}
    log(session, viewer, action, table.name, entry.key, told, reason)
    for pair in (("occurred_at", "occurred_on"), ("started_at", "started_on")):
        if changed.keys() & set(pair):
            changed |= {name: after[name] for name in pair}  # a moment and its day go together
    overlay(session, table, entry.key, changed if stored is None else stored(changed))


def allow(viewer: Viewer, roles: frozenset[Role], what: str) -> None:
    """Raise `HandRefused` for a viewer whose role is none of these."""
    if viewer.role not in roles:
        raise HandRefused(f"Your role can't {what}.")


def masked(session: Session, table: sa.Table, values: Values) -> Values:
    """Values with the protected terms in their texts masked."""
    masker = protected.masker(session)
    if not masker:
        return values
    return {n: masker.nested(v) if n in table.c and is_text(table.c[n]) else v for n, v in values.items()}


def _is_taken(session: Session, key: str) -> bool:
    return bool(rows.existing(session, _EVENTS, [key]) or aliases.resolved(session, "event", [key]))


def _refuse_twice(session: Session, crisis_id: int, said: Values, event_id: int | None) -> None:
    same = [_EVENTS.c[name].is_not_distinct_from(said[name]) for name in _IDENTITY]
    other = sa.true() if event_id is None else _EVENTS.c.id != event_id
    if session.execute(sa.select(_EVENTS.c.id).where(_EVENTS.c.crisis_id == crisis_id, other, *same)).first():
        raise HandRefused("The timeline holds this event already.")
