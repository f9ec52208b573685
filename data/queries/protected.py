"""Protected terms: to the masker for everybody, in words only to those who keep them."""

from __future__ import annotations

from sqlmodel import Session, col, select

from data.access import Viewer, visible_crises
from data.enums import Role
from data.keys import folded
from data.masking import Masker
from data.tables import Crisis, ProtectedTerm

KEEPERS = frozenset({Role.HR, Role.LEGAL, Role.ADMIN})


class NotAllowed(ValueError):
    """The viewer's role does not keep protected terms, or there is no such crisis for it."""


def masker(session: Session) -> Masker:
    """What masks the terms of all crises in any text."""
    return Masker(session.exec(select(ProtectedTerm.term).distinct()).all())


def terms(session: Session, viewer: Viewer, crisis: str) -> list[str]:
    """The terms of one crisis, in order.

    Raises
    ------
    NotAllowed
        If the viewer keeps none, or does not see the crisis.
    """
    mine = col(ProtectedTerm.crisis_id) == crisis_id(session, viewer, crisis)
    return sorted(session.exec(select(ProtectedTerm.term).where(mine)))


def crisis_id(session: Session, viewer: Viewer, crisis: str) -> int:
    """The id of a crisis whose terms the viewer keeps; raises `NotAllowed` like `terms`."""
    if viewer.role not in KEEPERS:
        raise NotAllowed("Only HR and Legal keep protected terms.")
    found = session.exec(select(Crisis.id).where(col(Crisis.key) == folded(crisis), visible_crises(viewer))).first()
    if found is None:
        raise NotAllowed(f"There is no crisis “{crisis}”.")
    return found
