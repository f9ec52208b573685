"""Signing a review: the pack is made of what the signer saw, and frozen if nothing has changed since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.commands import reviews
from data.engine import reading, writing
from data.queries import changes
from data.queries.reviews import Meeting, meeting, signed_pack
from data.settings import load
from reports.sections.differences import Difference, differences
from reports.sections.frozen import freeze, seen_from, unsigned


def sign(viewer: Viewer, code: str, version: int, pack: dict[str, Any], reservations: str | None = None) -> None:
    """Sign with `pack` as `frozen` gave it; raises what `data.commands.reviews.sign` raises."""
    with writing() as session:
        reviews.sign(session, viewer, code, version, pack, reservations)


def frozen(viewer: Viewer, code: str, as_of: datetime) -> dict[str, Any]:
    """What a signature would freeze now."""
    with reading() as session:
        return freeze(session, viewer, code, as_of)


def since_signed(
    session: Session, viewer: Viewer, code: str, as_of: datetime
) -> tuple[Meeting, list[Difference], list[str]]:
    """The review of a crisis, which of its signed numbers differ as of a moment, and the labels of the numbers of which
    the signed pack tells nothing; none of either where it is not signed.

    Raises
    ------
    data.queries.reviews.NoReview
        If the viewer may see no crisis with this code.
    """
    now = meeting(session, viewer, code)
    if now.review_id is None or now.signed_at is None:
        return now, [], []
    signed = signed_pack(session, viewer, now.review_id)
    present = freeze(session, viewer, code, as_of)

    def then() -> dict[str, Any]:
        moment = seen_from(signed)
        return present if moment is None else freeze(session, viewer, code, moment)

    k = int(load(session)["anonymity.k"])
    found = differences(signed, present, then, changes.since(session, now.signed_at), k)
    return now, found, unsigned(signed, present)
