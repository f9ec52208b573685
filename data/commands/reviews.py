"""Holding a review: what was decided, and the signatures that freeze it; two people never overwrite each other unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import COUNTERSIGNERS, MINUTES, SIGNERS, Viewer
from data.commands import audit
from data.enums import Role
from data.masking import Masker
from data.queries import protected
from data.queries.reviews import Meeting, meeting
from data.queries.state import data_version
from data.tables import Decision, Review

_LONGEST = 2_000


class ReviewRefused(ValueError):
    """What was asked for cannot be done to the review; the message says why."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as it was typed; `decision_id` is that of an earlier one that it replaces."""

    text: str
    function: str | None = None
    due_on: date | None = None
    cost: str | None = None
    decision_id: int | None = None


def take_down(
    session: Session,
    viewer: Viewer,
    code: str,
    version: int,
    *,
    held_on: date | None,
    functions: Sequence[str],
    decisions: Sequence[Decided],
) -> int:
    """Write when the review was held, by whom, and all of its decisions; returns the review's new version.

    Parameters
    ----------
    version
        The version on which the changes rest; 0 where nothing had been taken down.

    Raises
    ------
    ReviewRefused
        If the role takes nothing down, the review was changed meanwhile or is signed, or a decision has no text.
    data.queries.reviews.NoReview
        If the viewer may see no crisis with this code.
    """
    now = _unsigned(meeting(session, viewer, code), viewer, version)
    masker = protected.masker(session)
    kept = [_checked(one, masker) for one in decisions]
    present = [masker.text(name) for name in dict.fromkeys(_words(one, "A function") for one in functions) if name]
    review = _row(session, now)
    review.held_on, review.functions, review.version = held_on, present, now.version + 1
    session.add(review)
    session.flush()
    _replace(session, review, kept)
    audit.record(session, viewer, "review taken down", f"crisis {code}")
    return review.version


def sign(
    session: Session, viewer: Viewer, code: str, version: int, pack: dict[str, Any], reservations: str | None = None
) -> None:
    """Sign the review and freeze `pack`, the document as the signer saw it.

    Raises
    ------
    ReviewRefused
        If the role does not sign, the review was not held, was changed meanwhile or is signed, or the data changed
        since the pack was made.
    data.queries.reviews.NoReview
        If the viewer may see no crisis with this code.
    """
    if viewer.role not in SIGNERS:
        raise ReviewRefused("Your role doesn't sign reviews; leadership and Legal do.")
    now = _current(meeting(session, viewer, code), version)
    if now.signed:
        raise ReviewRefused("The review is signed already.")
    if now.held_on is None:
        raise ReviewRefused("Say first on which day the review was held, and save it.")
    if pack["data_version"] != data_version(session) - 1:  # this transaction has raised it by one
        raise ReviewRefused("The data changed while you were reading. Look at the numbers again, then sign.")
    review = _row(session, now)
    review.pack, review.version = pack, now.version + 1
    review.signed_at, review.signed_by = datetime.now(UTC), viewer.name
    review.reservations = _text(reservations, protected.masker(session), "Reservations")
    session.add(review)
    audit.record(session, viewer, "review signed", f"crisis {code}")


def countersign(session: Session, viewer: Viewer, code: str, version: int) -> None:
    """Legal's signature below a review that is signed.

    Raises
    ------
    ReviewRefused
        If the role does not countersign, it is not asked for, or the review is not signed, or by the same person.
    data.queries.reviews.NoReview
        If the viewer may see no crisis with this code.
    """
    if viewer.role not in COUNTERSIGNERS:
        raise ReviewRefused("Only Legal countersigns.")
    now = _current(meeting(session, viewer, code), version)
    if not now.waits_for_legal:
        raise ReviewRefused("No countersignature is asked for.")
    if now.signed_by == viewer.name and viewer.role is not Role.ADMIN:
        raise ReviewRefused("The review needs the signatures of two people; you have signed it already.")
    review = _row(session, now)
    review.countersigned_at, review.countersigned_by = datetime.now(UTC), viewer.name
    review.version = now.version + 1
    session.add(review)
    audit.record(session, viewer, "review countersigned", f"crisis {code}")


def _unsigned(now: Meeting, viewer: Viewer, version: int) -> Meeting:
    if viewer.role not in MINUTES:
        raise ReviewRefused("Your role doesn't take down decisions.")
    if now.signed:
        raise ReviewRefused("The review is signed; its decisions stand as they are.")
    return _current(now, version)


def _current(now: Meeting, version: int) -> Meeting:
    if now.version != version:
        raise ReviewRefused("Somebody changed this review meanwhile. Nothing of yours was saved.")
    return now


def _row(session: Session, now: Meeting) -> Review:
    """The stored review, or a new one."""
    if now.review_id is None:
        return Review(crisis_id=now.crisis_id)
    return session.exec(select(Review).where(Review.id == now.review_id)).one()


def _replace(session: Session, review: Review, decisions: Sequence[Decided]) -> None:
    """Make the stored decisions these: known ones keep their number, those that are left out go."""
    kept = [one.decision_id for one in decisions if one.decision_id is not None]
    mine = col(Decision.review_id) == review.id
    session.execute(sa.delete(Decision).where(mine, col(Decision.id).not_in(kept)))
    stored = {row.id: row for row in session.exec(select(Decision).where(mine))}
    for one in decisions:
        row = stored.get(one.decision_id) or Decision(review_id=review.id or 0, text=one.text)
        row.text, row.function, row.due_on, row.cost = one.text, one.function, one.due_on, one.cost
        session.add(row)
        session.flush()  # one by one: their numbers are the order in which they were taken


def _checked(one: Decided, masker: Masker) -> Decided:
    text = _text(one.text, masker, "A decision")
    if text is None:
        raise ReviewRefused("A decision needs its text.")
    function, cost = _text(one.function, masker, "A function"), _text(one.cost, masker, "A cost")
    return Decided(text, function, one.due_on, cost, one.decision_id)


def _text(typed: str | None, masker: Masker, what: str) -> str | None:
    """What was typed, in one line and with protected terms masked; None where nothing was."""
    words = _words(typed or "", what)
    return masker.text(words) if words else None


def _words(typed: str, what: str) -> str:
    words = " ".join(typed.replace("\x00", " ").split())
    if len(words) > _LONGEST:
        raise ReviewRefused(f"{what} can have at most {_LONGEST:,} characters.")
    return words
