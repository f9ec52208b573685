"""Feedback that was recorded outside surveys: sessions with employees."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from data.enums import CultureKind
from data.tables import CultureActivity


def sessions(session: Session) -> list[date]:
    """The days on which a feedback session was held, in order."""
    held = col(CultureActivity.held_on)
    statement = select(held).where(col(CultureActivity.kind) == CultureKind.FEEDBACK_SESSION)
    return list(session.exec(statement.distinct().order_by(held)))
