"""Who may see a crisis, kept in step with what the crisis itself says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from data.enums import Role
from data.tables import Crisis, CrisisRole

Values = Mapping[str, Any]


def follow(session: Session, changes: Mapping[str, tuple[Values | None, Values]]) -> None:
    """Write the roles of crises whose `restricted_to` changed anew: natural key → the crisis before and after."""
    for key, (before, after) in changes.items():
        named = after.get("restricted_to")
        if named == (before or {}).get("restricted_to"):
            continue
        crisis_id = session.execute(sa.select(col(Crisis.id)).where(col(Crisis.key) == key)).scalar_one()
        session.execute(sa.delete(CrisisRole).where(col(CrisisRole.crisis_id) == crisis_id))
        roles = [{"crisis_id": crisis_id, "role": Role(role)} for role in sorted(set(named or []))]
        if roles:
            session.execute(sa.insert(CrisisRole), roles)
