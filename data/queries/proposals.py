"""What was decided about proposed gaps."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session, col, select

from data.access import Viewer, visible_crises, visible_register
from data.queries.frames import UTC_TIME, frame
from data.tables import Crisis, Gap, ProposalDecision

_DECIDED = {
    "crisis": "text", "cause": "text", "title": "text", "evidence": "text", "outcome": "text", "gap": "text",
    "reason": "text", "decided_at": UTC_TIME, "decided_by": "text",
}  # fmt: skip


def decided(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Every decision on a proposal of a crisis that the viewer may see, oldest first: crisis (code), cause, title,
    evidence, outcome (accepted, attached or dismissed), gap (its code; None where dismissed, or not to be seen), reason,
    decided_at (UTC), decided_by.
    """
    d = ProposalDecision
    of = select(Gap.id, Gap.code).outerjoin(Crisis, col(Gap.crisis_id) == col(Crisis.id))
    seen = of.where(visible_register(viewer, col(Gap.crisis_id).is_(None))).subquery()
    statement = (
        select(Crisis.code, d.cause, d.title, d.evidence, d.outcome, seen.c.code, d.reason, d.decided_at, d.decided_by)
        .join(Crisis, col(Crisis.id) == col(d.crisis_id))
        .outerjoin(seen, seen.c.id == d.gap_id)
        .where(visible_crises(viewer))
        .order_by(col(d.id))
    )
    return frame(session, statement, _DECIDED)
