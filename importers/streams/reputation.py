"""Reputation scores."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session, col, select

from data.commands.records import Origin, Record
from data.commands.rows import chunks
from data.keys import digest, folded
from data.tables import ReputationScore
from importers.context import Context
from importers.issues import Issue, Severity, issue
from importers.streams.base import Outcome, cells, keep


def store_scores(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One score a typed row; the spreadsheet rows `with_rows` that fed it too share its fate.

    Our own company is stored without a name, so that it may be renamed.
    """
    outcome = Outcome()
    records: list[Record] = []
    months: list[Record] = []
    fed: list[tuple[int, ...]] = []
    ours = folded(context.company or "")
    unscaled: set[str] = set()
    for row, values in cells(rows):
        values["scored_on"] = values.pop("date")
        others = values.pop("with_rows", None)
        fed.append((row, *(others or ())))
        company = values.get("company") or ""
        values["company"] = "" if folded(company) == ours else company
        if values.get("scale_min") is None or values.get("scale_max") is None:
            values["scale_min"] = values["scale_max"] = None  # half a scale is none, and may not meet another's half
            unscaled.add(values["source"])
        key = digest((folded(values["source"]), folded(values["company"]), values["scored_on"]))
        records.append(Record(key, row, values))
        if others is not None:
            months.append(records[-1])
    outcome.issues += _smaller(session, months, origin)
    stored = keep(session, ReputationScore, records, origin, None)
    for told, effect in zip(fed, stored.effects, strict=True):
        outcome.note(told, [effect] * len(told))
    for source in sorted(unscaled):
        outcome.issues.append(
            issue(
                "score-without-scale", severity=Severity.WARNING, sheet=origin.sheet, column="scale_max", value=source
            )
        )
    return outcome


def _smaller(session: Session, months: list[Record], origin: Origin) -> list[Issue]:
    """A warning for each month of reviews of which more are here already: the export may begin or end within it."""
    held: dict[str, int | None] = {}
    for chunk in chunks(months):
        statement = select(ReputationScore.key, ReputationScore.n)
        held |= dict(session.exec(statement.where(col(ReputationScore.key).in_([m.key for m in chunk]))).all())
    return [
        issue(
            "month-smaller",
            severity=Severity.WARNING,
            sheet=origin.sheet,
            row=month.row,
            value=month.values["scored_on"].strftime("%Y-%m"),
            n=month.values["n"],
            known=before,
        )
        for month in months
        if (before := held.get(month.key) or 0) > month.values["n"]
    ]
