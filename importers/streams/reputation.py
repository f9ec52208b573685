"""Reputation scores."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session

from data.commands.records import Origin, Record
from data.keys import digest, folded
from data.tables import ReputationScore
from importers.context import Context
from importers.issues import Severity, issue
from importers.streams.base import Outcome, cells, keep


def store_scores(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One score a row. Our own company is stored without a name, so that it may be renamed."""
    outcome = Outcome()
    records = []
    ours = folded(context.company or "")
    unscaled: set[str] = set()
    for row, values in cells(rows):
        values["scored_on"] = values.pop("date")
        company = values.get("company") or ""
        values["company"] = "" if folded(company) == ours else company
        if values.get("scale_min") is None or values.get("scale_max") is None:
            values["scale_min"] = values["scale_max"] = None  # half a scale is none, and may not meet another's half
            unscaled.add(values["source"])
        key = digest((folded(values["source"]), folded(values["company"]), values["scored_on"]))
        records.append(Record(key, row, values))
    keep(session, ReputationScore, records, origin, outcome)
    for source in sorted(unscaled):
        outcome.issues.append(
            issue(
                "score-without-scale", severity=Severity.WARNING, sheet=origin.sheet, column="scale_max", value=source
            )
        )
    return outcome
