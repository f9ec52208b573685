"""Saving and deleting mappings; two people never overwrite each other's unseen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, select

from data.access import Viewer, streams
from data.commands import audit
from data.tables import SavedMapping


class MappingRefused(ValueError):
    """The mapping cannot be saved or deleted; the message says why."""


def save(
    session: Session, viewer: Viewer, name: str, signature: str, content: dict[str, Any], version: int | None = None
) -> int:
    """Save a mapping and return its new version.

    Parameters
    ----------
    content
        The mapping as plain data; its "kind" is one that the viewer may import.
    version
        The version on which the change rests; None for a mapping that is new.

    Raises
    ------
    MappingRefused
        If the name is taken, the mapping was changed or deleted meanwhile, or the role may not import its kind.
    """
    _allow(viewer, content)
    present = session.exec(select(SavedMapping).where(SavedMapping.name == name)).first()
    if present is not None:
        _check(viewer, present, version)
        present.signature, present.content, present.version = signature, content, present.version + 1
        present.saved_at, present.saved_by = datetime.now(UTC), viewer.name
    elif version is not None:
        raise MappingRefused(f"The mapping “{name}” was deleted meanwhile. Save it as a new one.")
    else:
        about: dict[str, Any] = {"saved_at": datetime.now(UTC), "saved_by": viewer.name}
        present = SavedMapping(name=name, signature=signature, content=content, **about)
        session.add(present)
    audit.record(session, viewer, "mapping saved", name)
    return present.version


def delete(session: Session, viewer: Viewer, name: str, version: int) -> None:
    """Delete the mapping of this name and version; what was imported with it stays.

    Raises
    ------
    MappingRefused
        If there is none, it was changed meanwhile, or the role may not import its kind.
    """
    present = session.exec(select(SavedMapping).where(SavedMapping.name == name)).first()
    if present is None:
        raise MappingRefused(f"There is no saved mapping “{name}”.")
    _check(viewer, present, version)
    session.delete(present)
    audit.record(session, viewer, "mapping deleted", name)


def _check(viewer: Viewer, present: SavedMapping, version: int | None) -> None:
    _allow(viewer, present.content)
    if version is None:
        raise MappingRefused(f"There is a mapping “{present.name}” already. Choose another name, or change that one.")
    if version != present.version:
        raise MappingRefused(
            f"The mapping “{present.name}” was changed meanwhile by {present.saved_by}. Open it again and repeat your change."
        )


def _allow(viewer: Viewer, content: dict[str, Any]) -> None:
    if content.get("kind") not in streams(viewer):
        raise MappingRefused(f"Your role can't keep mappings of {content.get('kind')}.")
