"""Mappings by name, by the header they were made for, and as JSON files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.commands import mappings as commands
from data.engine import writing
from data.queries import mappings as queries
from data.queries.mappings import Saved
from importers.issues import Refused, issue
from importers.mapping.headings import signatures
from importers.mapping.layout import Mapped
from importers.mapping.model import Mapping, from_dict
from importers.sheet import Sheet


def to_json(mapping: Mapping) -> str:
    """The text of a mapping's file."""
    return json.dumps(mapping.to_dict(), ensure_ascii=False, indent=2) + "\n"


def from_json(content: bytes | str) -> Mapping:
    """A mapping from its file.

    Raises
    ------
    Refused
        With a `mapping-broken` for each thing that is wrong.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(issue("mapping-broken", what="the file is not JSON")) from None
    return from_dict(data)


def save(mapping: Mapping, viewer: Viewer, version: int | None = None) -> int:
    """Save a mapping under its name, and return its version.

    `version` is the one on which a change rests, None for a new mapping.

    Raises
    ------
    Refused
        If it is not complete.
    data.commands.mappings.MappingRefused
        If the name is taken, or somebody else changed it meanwhile.
    """
    whole = from_dict(replace(mapping, name=mapping.name.strip()).to_dict())
    with writing() as session:
        return commands.save(session, viewer, whole.name, whole.signature, whole.to_dict(), version)


def delete(name: str, version: int, viewer: Viewer) -> None:
    """Delete a saved mapping; raises `data.commands.mappings.MappingRefused` as saving does."""
    with writing() as session:
        commands.delete(session, viewer, name, version)


def listed(session: Session, viewer: Viewer) -> list[Saved]:
    """The saved mappings that the viewer can use, by name."""
    return queries.listed(session, viewer)


def named(session: Session, name: str, viewer: Viewer) -> Mapping:
    """The saved mapping of this name.

    Raises
    ------
    Refused
        With `mapping-unknown`, or `mapping-broken` if what is saved can't be used any more.
    """
    found = queries.named(session, name)
    known = queries.listed(session, viewer)
    if found is None or found.name not in {one.name for one in known}:
        names = ", ".join(one.name for one in known) or "none"
        raise Refused(issue("mapping-unknown", value=name, known=names))
    return from_dict(found.content)


def asked_for(session: Session, asked: str | Mapping | None, viewer: Viewer) -> Mapping | None:
    """The mapping that an import names: a saved one, or one at hand.

    Raises
    ------
    Refused
        If there is none of that name, or one at hand is not complete.
    """
    if asked is None:
        return None
    return named(session, asked, viewer) if isinstance(asked, str) else from_dict(asked.to_dict())


def made_for(session: Session, sheets: Iterable[Sheet]) -> tuple[Mapping, ...]:
    """The saved mappings made for a header of one of these sheets, the last saved first."""
    wanted = {signature for sheet in sheets for signature in signatures(sheet)}
    found = []
    for saved in queries.made_for(session, wanted):
        try:
            found.append(from_dict(saved.content))
        except Refused:  # what an earlier release saved and this one cannot use
            continue
    return tuple(found)


def used(layouts: Iterable[object]) -> dict[str, Any] | None:
    """What a batch keeps of the mappings that read its sheets: the one, or all under “several”."""
    found: list[Mapping] = []
    for layout in layouts:
        if isinstance(layout, Mapped) and layout.mapping is not None and layout.mapping not in found:
            found.append(layout.mapping)
    if len(found) < 2:
        return found[0].to_dict() if found else None
    return {"name": " and ".join(one.name for one in found), "several": [one.to_dict() for one in found]}
