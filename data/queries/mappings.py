"""Reading the saved mappings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from data.access import Viewer, streams
from data.tables import SavedMapping


class Saved(NamedTuple):
    """One saved mapping; `content` is what `importers.mapping.model` makes and reads."""

    name: str
    signature: str
    content: dict[str, Any]
    saved_at: datetime
    saved_by: str
    version: int


def listed(session: Session, viewer: Viewer) -> list[Saved]:
    """Those for the kinds of file that the viewer may import, by name."""
    allowed = streams(viewer)
    found = session.exec(select(SavedMapping).order_by(col(SavedMapping.name))).all()
    return [_saved(one) for one in found if one.content.get("kind") in allowed]


def named(session: Session, name: str) -> Saved | None:
    """The one of this name."""
    found = session.exec(select(SavedMapping).where(SavedMapping.name == name)).first()
    return None if found is None else _saved(found)


def made_for(session: Session, signatures: Collection[str]) -> list[Saved]:
    """Those made for a header of one of these signatures, the last saved first."""
    statement = select(SavedMapping).where(col(SavedMapping.signature).in_(signatures))
    ordered = statement.order_by(col(SavedMapping.saved_at).desc(), col(SavedMapping.id).desc())
    return [_saved(one) for one in session.exec(ordered)]


def _saved(one: SavedMapping) -> Saved:
    return Saved(one.name, one.signature, one.content, one.saved_at, one.saved_by, one.version)
