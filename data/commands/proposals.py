"""Deciding on a proposed gap: accepted, attached to the gap that it repeats, or dismissed with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import REGISTRARS, Viewer
from data.commands import audit, gaps, hand
from data.commands.entries import HandRefused
from data.enums import GapStatus, ProposalOutcome
from data.queries import protected
from data.queries.state import as_of
from data.settings import load
from data.tables import ProposalDecision

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as a person saw it: the crisis's code, what it is counted under, its title and what shows it."""

    crisis: str
    cause: str
    title: str
    evidence: str


def accept(session: Session, viewer: Viewer, proposed: Proposed, values: Mapping[str, Any]) -> str:
    """Make a gap of a proposal and return its code; `values` are what the proposal fills in of `GapEntry`.

    It is due when the time allowed for its severity is over.

    Raises
    ------
    HandRefused
        If the viewer's role keeps no register or sees no such crisis, or somebody decided on the proposal meanwhile.
    """
    crisis_id = _undecided(session, viewer, proposed)
    today = as_of(session).date()
    severity = values.get("severity")
    days = int(load(session)[f"sla.{severity}_days"]) if severity else None
    due = None if days is None else today + timedelta(days=days)
    told = {
        "title": proposed.title, "crisis": proposed.crisis, "evidence": proposed.evidence, "opened_on": today,
        "due_on": due, "status": GapStatus.OPEN,
    }  # fmt: skip
    code = gaps.enter_gap(session, viewer, {**values, **told})
    _keep(
        session, viewer, proposed, crisis_id, ProposalOutcome.ACCEPTED, gap_id=gaps.found_gap(session, viewer, code).id
    )
    return code


def attach(session: Session, viewer: Viewer, proposed: Proposed, gap: str) -> None:
    """Remember that a proposal repeats a gap of the register; raises like `accept`, also where there is no such gap."""
    crisis_id = _undecided(session, viewer, proposed)
    found = gaps.found_gap(session, viewer, gap)
    _keep(session, viewer, proposed, crisis_id, ProposalOutcome.ATTACHED, gap_id=found.id)


def dismiss(session: Session, viewer: Viewer, proposed: Proposed, reason: str) -> None:
    """Remember that a proposal makes no gap, and why; raises like `accept`, also without a reason."""
    crisis_id = _undecided(session, viewer, proposed)
    why = " ".join(reason.replace("\x00", " ").split())
    if not why:
        raise HandRefused("Say why: the reason is shown when the same is found again.")
    if len(why) > _LONGEST:
        raise HandRefused(f"A reason has at most {_LONGEST:,} characters.")
    why = protected.masker(session).text(why)
    _keep(session, viewer, proposed, crisis_id, ProposalOutcome.DISMISSED, reason=why)


def reconsider(session: Session, viewer: Viewer, crisis: str, cause: str) -> None:
    """Take back that a proposal was dismissed or attached, so that it waits again.

    Raises
    ------
    HandRefused
        If the viewer's role keeps no register or sees no such crisis, nothing was decided, or the proposal is a gap by now.
    """
    hand.allow(viewer, REGISTRARS, "decide on proposals")
    crisis_id = hand.found_crisis(session, viewer, crisis).id
    decided = _decision(session, crisis_id, cause)
    if decided is None:
        raise HandRefused("Nothing was decided on this proposal.")
    if decided.outcome is ProposalOutcome.ACCEPTED:
        raise HandRefused("The proposal is a gap of the register by now: close it there.")
    session.delete(decided)
    audit.record(session, viewer, "proposal reconsidered", f"crisis {crisis}: {decided.title}")


def _undecided(session: Session, viewer: Viewer, proposed: Proposed) -> int:
    """The number of the proposal's crisis; raises where the viewer may not decide, or somebody has."""
    hand.allow(viewer, REGISTRARS, "decide on proposals")
    crisis_id = hand.found_crisis(session, viewer, proposed.crisis).id
    known = _decision(session, crisis_id, proposed.cause)
    if known is not None:
        raise HandRefused(f"{known.decided_by} decided on this meanwhile: {known.outcome}.")
    return crisis_id


def _decision(session: Session, crisis_id: int, cause: str) -> ProposalDecision | None:
    mine = (col(ProposalDecision.crisis_id) == crisis_id, col(ProposalDecision.cause) == cause)
    return session.exec(select(ProposalDecision).where(*mine)).first()


def _keep(
    session: Session,
    viewer: Viewer,
    proposed: Proposed,
    crisis_id: int,
    outcome: ProposalOutcome,
    *,
    gap_id: int | None = None,
    reason: str | None = None,
) -> None:
    masker = protected.masker(session)
    decision = ProposalDecision(
        crisis_id=crisis_id, cause=proposed.cause, title=masker.text(proposed.title),
        evidence=masker.text(proposed.evidence), outcome=outcome, gap_id=gap_id, reason=reason,
        decided_at=datetime.now(UTC), decided_by=viewer.name,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(decision)
    except sa.exc.IntegrityError:
        raise HandRefused("Somebody decided on this at the same moment.") from None
    audit.record(session, viewer, f"proposal {outcome}", f"crisis {proposed.crisis}: {decision.title}")
