"""Reading who changed which setting, and when; the audit trail keeps no values."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session, col, select

from data.queries.frames import UTC_TIME, frame
from data.tables import AuditEntry


def setting_changes(session: Session, at_most: int) -> pd.DataFrame:
    """The latest changes of settings, newest first.

    Returns
    -------
    DataFrame
        at (UTC), key, actor, role.
    """
    a = AuditEntry
    statement = select(a.at, a.target, a.actor, a.role).where(col(a.action) == "setting changed")
    latest = statement.order_by(col(a.at).desc(), col(a.id).desc()).limit(at_most)
    return frame(session, latest, {"at": UTC_TIME, "key": "text", "actor": "text", "role": "text"})
