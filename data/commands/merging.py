"""Making one crisis of two: events, gaps, lessons and reviews move over, and the code that goes stays as another name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.access import EDITORS, Viewer
from data.commands import aliases, audit, hand, rekeying, restrictions, rows, sightings
from data.commands.entries import HandRefused
from data.enums import EditAction
from data.queries.hand import CRISIS, Entry
from data.tables import Base

Values = dict[str, Any]
_CRISES, _TERMS = Base.metadata.tables["crisis"], Base.metadata.tables["protected_term"]
_DECIDED = Base.metadata.tables["proposal_decision"]
#: What goes with a crisis and is written anew, or is treated on its own here.
_APART = {"crisis_role", "protected_term"}
#: Taken from the crisis that goes, where the one that stays says nothing.
_FILLED = (*(name for name in CRISIS if name not in {"status", "topics"}), "privilege_banner")


def merge(session: Session, viewer: Viewer, code: str, into: str, *, reason: str = "") -> None:
    """Move everything of crisis `code` to crisis `into`, which from now on is met by both codes.

    What `into` leaves open is taken from the other. A restriction, a legal hold and a countersignature of either stay in
    force. An event that both hold is one event. An import of a file that brought `code` can't be undone any more.

    Raises
    ------
    HandRefused
        If the viewer's role merges no crises or sees not both, they are one, the one that goes has a signed review, or
        no role could see what both are restricted to.
    """
    if viewer.role not in EDITORS:
        raise HandRefused("Your role can't merge crises.")
    gone, stays = hand.found_crisis(session, viewer, code), hand.found_crisis(session, viewer, into)
    if gone.id == stays.id:
        raise HandRefused("That is one crisis already.")
    both = rows.existing(session, _CRISES, [gone.key, stays.key])
    was, present = both[gone.key], both[stays.key]
    _refuse_signed(session, gone)
    taken = _taken(was, present)
    hand.overlay(session, _CRISES, gone.key, {})  # from here on an undo of what brought it is refused
    _move(session, gone, stays)
    hand.overlay(session, _CRISES, stays.key, taken)
    restrictions.follow(session, {stays.key: (present, present | taken)})
    session.execute(sa.delete(_CRISES).where(_CRISES.c.id == gone.id))
    aliases.add(session, "crisis", gone.key, stays.key)
    told = {None: (gone.crisis, None)} | {name: (present[name], value) for name, value in taken.items()}
    hand.log(session, viewer, EditAction.MERGED, "crisis", stays.key, told, reason)
    audit.record(session, viewer, "crises merged", f"crisis {gone.crisis} into {stays.crisis}")


def _refuse_signed(session: Session, gone: Entry) -> None:
    reviews = Base.metadata.tables["review"]
    signed = sa.select(reviews.c.id).where(reviews.c.crisis_id == gone.id, reviews.c.signed_at.is_not(None))
    if session.execute(signed.limit(1)).first():
        raise HandRefused(f"The review of {gone.crisis} is signed: merge the other crisis into it instead.")


def _taken(was: Values, present: Values) -> Values:
    """What the crisis that stays says from now on."""
    blank = {name for name in _FILLED if present[name] is None and was[name] is not None}
    if present["started_at"] is not None:
        blank -= {"started_on"}
    taken = {name: was[name] for name in _FILLED if name in blank}
    if "started_at" in taken:
        taken["started_on"] = was["started_on"]
    topics = list(dict.fromkeys([*present["topics"], *was["topics"]]))
    limits = [set(one["restricted_to"]) for one in (was, present) if one["restricted_to"]]
    roles = sorted(set.intersection(*limits)) if limits else None
    if roles == []:
        raise HandRefused("The two are restricted to different roles: restrict them alike first.")
    said = {"topics": topics, "restricted_to": roles}
    said |= {name: was[name] or present[name] for name in ("legal_hold", "countersign")}
    return taken | {name: value for name, value in said.items() if value != present[name]}


def _move(session: Session, gone: Entry, stays: Entry) -> None:
    """Let everything that names the one crisis name the other, also in what rows carried."""
    known = sa.select(_DECIDED.c.cause).where(_DECIDED.c.crisis_id == stays.id)
    session.execute(sa.delete(_DECIDED).where(_DECIDED.c.crisis_id == gone.id, _DECIDED.c.cause.in_(known)))
    for table in Base.metadata.sorted_tables:
        if table.name in _APART or not any(key.column is _CRISES.c.id for key in table.foreign_keys):
            continue
        mine = table.c.crisis_id == gone.id
        moved = [dict(row) for row in session.execute(sa.select(table).where(mine)).mappings()]
        session.execute(sa.update(table).where(mine).values(crisis_id=stays.id))
        if "key" in table.c:
            _carry(session, table, [row["key"] for row in moved], gone.id, stays.id)
            rekeying.follow(session, table, [row | {"crisis_id": stays.id} for row in moved])
    known = sa.select(_TERMS.c.term).where(_TERMS.c.crisis_id == stays.id)
    session.execute(sa.delete(_TERMS).where(_TERMS.c.crisis_id == gone.id, _TERMS.c.term.in_(known)))
    session.execute(sa.update(_TERMS).where(_TERMS.c.crisis_id == gone.id).values(crisis_id=stays.id))


def _carry(session: Session, table: sa.Table, keys: list[str], old: int, new: int) -> None:
    """Let what rows carried of these records name the crisis that stays, so that an undo makes them anew there."""
    s = sightings.TABLE
    for chunk in rows.chunks(keys):
        mine = (s.c.record == table.name, s.c.key.in_(chunk))
        for number, carried in session.execute(sa.select(s.c.id, s.c.carried).where(*mine)).all():
            if carried and carried.get("crisis_id") == old:
                told = sa.update(s).where(s.c.id == number)
                session.execute(told.values(carried=carried | {"crisis_id": new}))
