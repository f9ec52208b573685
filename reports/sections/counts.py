"""The posts of each day that a crisis is judged by, read once for all crises where a page shows many of them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.queries import engagement
from metrics.calm import Days
from metrics.cuts import Counted, Span
from reports.sections.scope import Portfolio, Scope


def daily(scope: Scope, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """What `data.queries.engagement.daily` gives of a crisis between two days, in its zone and of its topics."""
    known = scope.portfolio.counts.get(_whose(scope))
    if known is None:
        topics = scope.crisis["topics"] or None
        return engagement.daily(scope.session, scope.zone, first.date(), last.date(), scope.as_of, topics)
    days = known["date"]  # in order: the grouping that made them sorts by it
    start, end = days.searchsorted(first, "left"), days.searchsorted(last, "right")
    return known.iloc[start:end].reset_index(drop=True)


def cut(scope: Scope, first: pd.Timestamp, last: pd.Timestamp) -> Days | None:
    """The days of a crisis between two days as arrays; None where nothing is counted on any of them."""
    whose, known = _whose(scope), scope.portfolio.cuts
    if whose not in known:
        read = scope.portfolio.counts.get(whose)
        if read is None:
            return Counted(daily(scope, first, last)).cut(first, last, _spans(scope))
        known[whose] = Counted(read)
    return known[whose].cut(first, last, _spans(scope))


def _spans(scope: Scope) -> list[Span]:
    """For which days there is data of each platform and kind, in the zone of a crisis."""
    known = scope.portfolio.spans
    if scope.zone not in known:
        spans = coverage(scope)
        known[scope.zone] = [Span(*row) for row in zip(spans["kind"], spans["first"], spans["last"], strict=True)]
    return known[scope.zone]


def coverage(scope: Scope) -> pd.DataFrame:
    """What `data.queries.engagement.coverage` gives in the zone of a crisis."""
    known = scope.portfolio.covered
    if scope.zone not in known:
        known[scope.zone] = engagement.coverage(scope.session, scope.zone, scope.as_of)
    return known[scope.zone]


def read_ahead(of: Portfolio, scopes: Iterable[Scope], before: int, after: int) -> None:
    """Read the days of all these crises at once, each from `before` days before its day 0 to `after` days after it.

    Crises share a reading where they share their zone and topics; one alone is read when it is asked for.
    """
    shared: dict[tuple[str, tuple[str, ...]], list[Scope]] = {}
    for scope in scopes:
        if scope.day0 is not None:
            shared.setdefault(_whose(scope), []).append(scope)
    for (zone, topics), some in shared.items():
        days = [scope.day0 for scope in some if scope.day0 is not None]
        if len(days) > 1:
            first, last = min(days) - pd.Timedelta(days=before), max(days) + pd.Timedelta(days=after)
            of.counts[zone, topics] = engagement.daily(
                of.session, zone, first.date(), last.date(), of.as_of, list(topics) or None
            )


def _whose(scope: Scope) -> tuple[str, tuple[str, ...]]:
    return scope.zone, tuple(sorted(scope.crisis["topics"] or ()))
