"""Where the review of a crisis stands, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from sqlmodel import Session

from data.access import Viewer
from data.queries.reviews import Meeting, meeting
from data.settings import load
from metrics import clock
from metrics.words import date, listed, plural
from reports.sections.scope import Scope


@dataclass(frozen=True, slots=True)
class Standing:
    """The review as it was taken down, and what it says of itself: the finding, then one sentence more."""

    now: Meeting
    findings: tuple[str, ...]


def standing(session: Session, viewer: Viewer, scope: Scope) -> Standing:
    """The review of the crisis of a scope.

    Raises
    ------
    data.queries.reviews.NoReview
        If the viewer may not see the crisis.
    """
    now = meeting(session, viewer, scope.crisis["code"])
    days = int(load(session)["review.deadline_days"])
    due = None if scope.resolved_on is None else scope.resolved_on + pd.Timedelta(days=days)
    zone = scope.settings["company.timezone"]
    return Standing(now, (_state(now, due, scope.today, zone), *_decided(now)))


def _state(now: Meeting, due: pd.Timestamp | None, today: pd.Timestamp, zone: str) -> str:
    if now.signed_at is not None:
        return f"{_signatures(now, zone)}."
    if now.held_on is not None:
        by = f" by {listed(list(now.functions))}" if now.functions else ""
        return f"The review was held on {date(pd.Timestamp(now.held_on))}{by}; it is not signed yet."
    if due is None:
        return "The review is not held yet, and the crisis is not over."
    return f"The review is not held yet; it {'was' if due < today else 'is'} due by {date(due)}."


def _signatures(now: Meeting, zone: str) -> str:
    told = f"Signed by {now.signed_by} on {date(clock.local_date(now.signed_at, zone))}" if now.signed_at else ""
    told += " with reservations" if now.reservations else ""
    if now.countersigned_at is not None:
        day = date(clock.local_date(now.countersigned_at, zone))
        return f"{told}, countersigned for Legal by {now.countersigned_by} on {day}"
    return f"{told}; Legal has not countersigned yet" if now.waits_for_legal else told


def _decided(now: Meeting) -> Iterator[str]:
    """How many decisions there are, and what they lack to be followed up."""
    found = now.decisions
    if found.empty:
        yield "No decision is taken down yet." if not now.signed else "It took no decision."
        return
    lacking = [
        f"{count} without a {what}"
        for what, count in (
            ("function", int(found["function"].isna().sum())),
            ("due date", int(found["due_on"].isna().sum())),
        )
        if count
    ]
    told = plural(len(found), "decision")
    yield f"{told}: {listed(lacking)}." if lacking else f"{told}, each with a function and a due date."
