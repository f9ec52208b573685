"""Reading the review of a crisis: what was decided, by whom it was signed, and the numbers as they were signed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer, visible_crises
from data.enums import Role
from data.keys import folded
from data.queries.frames import DAY, frame
from data.tables import Crisis, CrisisRole, Decision, Review

_DECISIONS = {"decision_id": "int64", "text": "text", "function": "text", "due_on": DAY, "cost": "text"}

#: Leadership and Legal see surveys at company level; HR sees departments.
_LEAST_FIRST = (Role.LEADERSHIP, Role.LEGAL, Role.ANALYST, Role.HR)


class NoReview(LookupError):
    """There is no such crisis for the viewer, or nothing that was signed."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The review of one crisis as it stands.

    `review_id` is None until something is taken down, and `version` 0. `decisions`: decision_id, text, function, due_on,
    cost, in the order in which they were taken. `countersign`: whether the crisis asks Legal to countersign; `banner`: the
    privilege banner that it carries, `legal_hold` whether nothing of it may be erased.
    """

    crisis_id: int
    countersign: bool
    banner: str | None = None
    legal_hold: bool = False
    review_id: int | None = None
    version: int = 0
    held_on: date | None = None
    functions: tuple[str, ...] = ()
    decisions: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(_DECISIONS)))
    signed_at: datetime | None = None
    signed_by: str | None = None
    countersigned_at: datetime | None = None
    countersigned_by: str | None = None
    reservations: str | None = None

    @property
    def signed(self) -> bool:
        return self.signed_at is not None

    @property
    def waits_for_legal(self) -> bool:
        return self.signed and self.countersign and self.countersigned_at is None


def meeting(session: Session, viewer: Viewer, code: str) -> Meeting:
    """The latest review of a crisis.

    Raises
    ------
    NoReview
        If the viewer may see no crisis with this code.
    """
    asked = select(Crisis.id, Crisis.countersign, Crisis.privilege_banner, Crisis.legal_hold)
    found = session.exec(asked.where(col(Crisis.key) == folded(code), visible_crises(viewer))).first()
    if found is None or found[0] is None:
        raise NoReview(f"There is no crisis “{code}”.")
    about: dict[str, Any] = dict(zip(("crisis_id", "countersign", "banner", "legal_hold"), found, strict=True))
    names = ("version", "held_on", "functions", "signed_at", "signed_by", "countersigned_at", "countersigned_by")
    columns = [Review.id, *(getattr(Review, name) for name in names), Review.reservations]
    latest = sa.select(*columns).where(col(Review.crisis_id) == found[0]).order_by(col(Review.id).desc()).limit(1)
    row = session.execute(latest).first()
    if row is None:
        return Meeting(**about, decisions=_decisions(session, -1))
    known = dict(zip(("review_id", *names, "reservations"), row, strict=True))
    functions = tuple(known.pop("functions"))
    return Meeting(**about, **known, functions=functions, decisions=_decisions(session, known["review_id"]))


def _decisions(session: Session, review_id: int) -> pd.DataFrame:
    d = Decision
    statement = select(d.id, d.text, d.function, d.due_on, d.cost).where(d.review_id == review_id)
    return frame(session, statement.order_by(col(d.id)), _DECISIONS)


def banner(session: Session, crisis_id: int) -> str | None:
    """The privilege banner of a crisis, which stands over everything that leaves the app about it."""
    return session.exec(select(Crisis.privilege_banner).where(Crisis.id == crisis_id)).one()


def held(session: Session, viewer: Viewer) -> dict[int, date]:
    """Id → the day on which its review was first held, of every crisis that the viewer may see."""
    statement = (
        select(Review.crisis_id, sa.func.min(col(Review.held_on)))
        .join(Crisis, col(Crisis.id) == col(Review.crisis_id))
        .where(col(Review.held_on).is_not(None), visible_crises(viewer))
        .group_by(col(Review.crisis_id))
    )
    return {crisis: day for crisis, day in session.exec(statement) if day is not None}


def signed_plans(session: Session) -> dict[int, str | None]:
    """Crisis → the version of the plan by which its signed review judged it; None where the pack does not tell."""
    told = col(Review.pack)["plan_version"].as_string()
    found = session.execute(sa.select(col(Review.crisis_id), told).where(col(Review.signed_at).is_not(None)))
    return {int(crisis): version for crisis, version in found}


def signed_pack(session: Session, viewer: Viewer, review_id: int) -> dict[str, Any]:
    """The pack of a signed review as it was frozen, with `signed`: by whom, when, with which reservations; and with the
    privilege banner as it is now.

    Raises
    ------
    NoReview
        If there is no signed review of this number of a crisis that the viewer may see.
    """
    statement = select(Review).join(Crisis, col(Crisis.id) == col(Review.crisis_id))
    wanted = statement.where(Review.id == review_id, col(Review.signed_at).is_not(None), visible_crises(viewer))
    found = session.exec(wanted).first()
    if found is None or found.signed_at is None:
        raise NoReview(f"There is no signed review {review_id}.")
    again = found.countersigned_at
    pack = found.pack if isinstance(found.pack, dict) else {}
    about = pack.get("crisis")
    return pack | {
        "crisis": {**(about if isinstance(about, dict) else {}), "privilege_banner": banner(session, found.crisis_id)},
        "signed": {
            "review": found.id,
            "at": found.signed_at.isoformat(),
            "by": found.signed_by,
            "countersigned_at": None if again is None else again.isoformat(),
            "countersigned_by": found.countersigned_by,
            "reservations": found.reservations,
        },
    }


def seen_by_all(session: Session, crisis_id: int) -> set[int]:
    """The crises that every role sees which sees this one: what may be told beside it to all of its readers."""
    named = _named(session)
    mine = named.get(crisis_id)
    every = [number for number in session.exec(select(Crisis.id)) if number is not None]
    return {one for one in every if one not in named or (mine is not None and mine <= named[one])}


def plainest_reader(session: Session, crisis_id: int) -> Role:
    """Of the roles that may see a crisis, the one that sees least of people's answers; the administrator where none may."""
    mine = _named(session).get(crisis_id)
    return next((role for role in _LEAST_FIRST if mine is None or role in mine), Role.ADMIN)


def _named(session: Session) -> dict[int, set[Role]]:
    """The roles to which each restricted crisis is restricted."""
    found: dict[int, set[Role]] = {}
    for crisis, role in session.exec(select(CrisisRole.crisis_id, CrisisRole.role)):
        found.setdefault(crisis, set()).add(Role(role))
    return found
