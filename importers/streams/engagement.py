"""Daily totals, the roll-ups they change, and what a score says."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session

from data.commands import rollups
from data.commands.records import Origin, Record
from data.enums import PostKind
from data.keys import of_day
from data.tables import DailyTotal
from importers.context import Context
from importers.streams.base import Outcome, cells, keep

#: Scores from here on are positive, and mirrored negative (Hutto & Gilbert 2014).
THRESHOLD = 0.05


def store_daily(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One day of one platform a row; a later export overwrites the day."""
    outcome = Outcome()
    records = []
    for row, values in cells(rows):
        values["day"] = values.pop("date")
        values["kind"] = values.get("kind") or PostKind.MENTION.value
        records.append(Record(of_day(values), row, values))
    stored = keep(session, DailyTotal, records, origin, outcome)
    rollups.refresh_totals(session, {v["day"] for pair in stored.changes.values() for v in pair if v is not None})
    return outcome


def polarity(score: float) -> int:
    """−1, 0 or 1 for a score between −1 and 1."""
    return int(score >= THRESHOLD) - int(score <= -THRESHOLD)
