"""One gap as it stands and how it came so, and when the fixes of the register were in place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from data.access import Viewer, visible_register
from data.enums import GapStatus
from data.keys import folded
from data.queries import hand
from data.queries.frames import frame
from data.queries.hand import HISTORY, Entry, Seen
from data.tables import Crisis, Edit, Gap

#: The fields of a gap that a person may edit; `crisis` is a code.
FIELDS = (
    "title", "section", "crisis", "step", "origin", "element", "severity", "root_cause", "corrective_action",
    "responsible_function", "contact", "opened_on", "start_on", "due_on", "completed_on", "status", "metric", "target",
    "evidence",
)  # fmt: skip


def gap(session: Session, viewer: Viewer, code: str) -> Entry | None:
    """The gap with this code, if the viewer may see its crisis."""
    statement = select(Gap, Crisis).outerjoin(Crisis, col(Gap.crisis_id) == col(Crisis.id))
    found = session.exec(statement.where(col(Gap.key) == folded(code), _visible(viewer))).first()
    if found is None:
        return None
    one, of = found
    named = None if of is None else of.code
    values: dict[str, Any] = {name: named if name == "crisis" else getattr(one, name) for name in FIELDS}
    zone = hand.zone(session, None if of is None else of.timezone)
    return Entry(int(one.id or 0), one.key, named or "", zone, Seen(one.version, values), one.code)


def gap_history(session: Session, viewer: Viewer, code: str) -> pd.DataFrame:
    """Every change by hand of a gap, the latest first.

    Returns
    -------
    DataFrame
        at (UTC), actor, role, action, record, key, field (None: the gap as a whole), before, after (as JSON holds
        them), reason. Empty where the viewer sees no such gap.
    """
    entry = gap(session, viewer, code)
    mine = (col(Edit.record) == "gap", col(Edit.key) == ("" if entry is None else entry.key))
    statement = select(*(getattr(Edit, name) for name in HISTORY)).where(*mine).order_by(col(Edit.id).desc())
    return frame(session, statement, HISTORY)


def fixes(session: Session, viewer: Viewer) -> dict[str, tuple[date, ...]]:
    """Code of each gap that was ever fixed → the days on which its fixes were in place, oldest first.

    The last is what the register says; the earlier ones are those that a new day replaced after the gap was opened again.
    A day that was merely corrected is none.
    """
    found: dict[str, set[date]] = {}
    opened_again: set[str] = set()
    for code, present, field, before, after in session.exec(_completions(viewer)):
        days = found.setdefault(code, set())
        if present:
            days.add(present)
        if field == "status" and after == GapStatus.OPEN:
            opened_again.add(code)
        elif field == "completed_on":
            if code in opened_again and before:
                days.add(date.fromisoformat(before))
            opened_again.discard(code)
    return {code: tuple(sorted(days)) for code, days in found.items() if days}


def _completions(viewer: Viewer) -> Any:
    """Every gap with the changes of its status and of its day of completion, oldest first."""
    mine = (col(Edit.record) == "gap") & (col(Edit.key) == col(Gap.key))
    return (
        select(Gap.code, Gap.completed_on, Edit.field, Edit.before, Edit.after)
        .outerjoin(Crisis, col(Gap.crisis_id) == col(Crisis.id))
        .outerjoin(Edit, mine & col(Edit.field).in_(["status", "completed_on"]))
        .where(_visible(viewer))
        .order_by(col(Gap.id), col(Edit.id))
    )


def _visible(viewer: Viewer) -> Any:
    return visible_register(viewer, col(Gap.crisis_id).is_(None))
