"""Saying by what a strength is followed, and who owns it: with history, and never over what another person just did."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from sqlmodel import Session

from data.access import REGISTRARS, Viewer
from data.commands import audit, hand
from data.commands.entries import HandRefused, MaybeLine, blank_is_none, checked
from data.enums import EditAction
from data.queries import strengths
from data.queries.hand import Seen
from data.tables import Base

_LESSONS = Base.metadata.tables["lesson"]


class _Followed(BaseModel):
    """How a strength is followed."""

    model_config = ConfigDict(extra="forbid")

    owner: MaybeLine = None
    check_step: MaybeLine = None
    check_metric: MaybeLine = None
    check_target: Annotated[float | None, BeforeValidator(blank_is_none)] = None


def follow_strength(
    session: Session,
    viewer: Viewer,
    code: str,
    changes: Mapping[str, Any],
    *,
    seen: Seen | None = None,
    reason: str = "",
) -> None:
    """Change who owns a strength and by what it is checked; `changes` are fields of `data.queries.strengths.FIELDS`.

    Raises
    ------
    data.commands.hand.Stale
        If somebody changed it since it was `seen`.
    HandRefused
        If the viewer's role keeps no register or sees no such strength, or a value cannot be stored.
    """
    hand.allow(viewer, REGISTRARS, "say how strengths are followed")
    entry = strengths.strength(session, viewer, code)
    if entry is None:
        raise HandRefused(f"There is no strength “{code}”.")
    after = checked(_Followed, entry.seen.values | dict(changes), {"check_target": "is a number"})
    if after["check_target"] is not None and not math.isfinite(after["check_target"]):
        raise HandRefused("Target cannot be read.")
    after = hand.masked(session, _LESSONS, after)
    hand.write(session, viewer, _LESSONS, entry, after, seen, EditAction.CORRECTED, reason)
    audit.record(session, viewer, "strength followed", f"lesson {entry.name}")
