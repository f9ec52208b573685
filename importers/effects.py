"""What an import changes: the response numbers of crises that were there before, from what to what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.enums import Stream
from data.keys import folded
from importers.check import Checked
from importers.context import Options
from metrics.response import SINGLE, number
from reports.sections.scope import portfolio

#: Crisis and metric → value in the metric's unit; None where there is none.
Numbers = dict[tuple[str, str], float | None]


#: The crises that files speak of.
Touched = frozenset[str]
NOTHING: Touched = frozenset()


def merged(parts: Iterable[Touched]) -> Touched:
    """What several files speak of together."""
    return NOTHING.union(*parts)


def touched(sheets: Iterable[Checked], options: Options) -> Touched:
    """The crises that the incident sheets of a file speak of."""
    crisis = options.crisis
    logs = [checked.rows for checked in sheets if checked.match.layout.stream is Stream.INCIDENTS]
    codes = {folded(code) for rows in logs if "crisis" in rows for code in rows["crisis"].dropna()}
    return frozenset(codes | ({folded(crisis)} if crisis and logs else set()))


def numbers(session: Session, viewer: Viewer, crises: Touched, as_of: datetime) -> Numbers:
    """Every response number of these crises as the database stands now; nothing for one that is not there yet."""
    if not crises:
        return {}
    known = portfolio(session, viewer, as_of)
    return {
        (crisis["code"], metric): number(metric, known.standing(crisis).line).number
        for crisis in known.crises
        if folded(crisis["code"]) in crises
        for metric in SINGLE
    }


def changes(
    session: Session, viewer: Viewer, crises: Touched, before: Numbers, as_of: datetime, batches: Collection[int]
) -> list[dict[str, Any]]:
    """The numbers that differ, as the elements of ``effects`` in INTERFACES."""
    after = numbers(session, viewer, crises, as_of)
    return [
        {"metric": metric, "crisis": crisis, "before": before[crisis, metric], "after": after.get((crisis, metric))}
        for crisis, metric in before
        if before[crisis, metric] != after.get((crisis, metric))
    ]
