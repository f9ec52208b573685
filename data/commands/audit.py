"""Writing the audit trail: who did what, when. Never the content of an answer."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from data.access import Viewer
from data.tables import AuditEntry


def record(session: Session, viewer: Viewer, action: str, target: str | None = None) -> None:
    """Add one entry inside the transaction of the deed itself."""
    at = datetime.now(UTC)
    session.add(AuditEntry(at=at, actor=viewer.name, role=viewer.role.value, action=action, target=target))
