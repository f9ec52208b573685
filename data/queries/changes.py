"""What was imported, undone and edited since a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.enums import BatchStatus
from data.tables import AuditEntry, Batch


@dataclass(frozen=True, slots=True)
class Changes:
    """`imported` and `undone`: number of a batch → its file; `edits`: what was done → how often. Nobody is named."""

    imported: Mapping[int, str]
    undone: Mapping[int, str]
    edits: Mapping[str, int]


def since(session: Session, moment: datetime) -> Changes:
    """Every change of the data after a moment, in order. What is undone again since then is not among the imports."""
    later = col(Batch.imported_at) > moment
    applied = select(Batch.id, Batch.file).where(later, Batch.status == BatchStatus.APPLIED).order_by(col(Batch.id))
    undone = select(Batch.id, Batch.file).where(col(Batch.undone_at) > moment, ~later).order_by(col(Batch.id))
    done = (
        select(AuditEntry.action, sa.func.count())
        .where(col(AuditEntry.at) > moment)
        .group_by(col(AuditEntry.action))
        .order_by(col(AuditEntry.action))
    )
    return Changes(
        {int(number or 0): file for number, file in session.exec(applied)},
        {int(number or 0): file for number, file in session.exec(undone)},
        {action: int(count) for action, count in session.exec(done)},
    )
