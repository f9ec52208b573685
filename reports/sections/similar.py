"""Other cases that a crisis is like, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.queries import engagement, provenance
from data.tables import Crisis
from metrics.findings import similarity as say
from metrics.names import shortened
from metrics.similarity import CURVE_DAYS, FEATURES, Match, matches
from metrics.windows import daily_series
from reports.sections.base import Measure, Section
from reports.sections.scope import Scope

#: Cases that are told of.
SHOWN = 5
#: Cases whose curves are read: those most alike in all else.
_READ = 40


def similar(scope: Scope) -> Section:
    """Frames: `cases`, the most alike first: code, title, similarity (0–1), alike and different (in words).

    With more than a few dozen cases the curves are compared only of those that are most alike in all else.
    """
    scopes = {one.crisis["code"]: one for one in scope.portfolio.each()} | {scope.crisis["code"]: scope}
    own = scope.crisis["code"]
    facts = {code: _facts(one) for code, one in scopes.items()}
    first = matches(_frame(facts), own)[:_READ]
    spans = engagement.coverage(scope.session, scope.settings["company.timezone"], scope.as_of)
    near = {code: facts[code] | {"curve": curve(scopes[code], spans)} for code in [own, *(m.code for m in first)]}
    best = [match for match in matches(_frame(near), own) if match.estimate.number is not None][:SHOWN]
    titles = {code: one.crisis["title"] for code, one in scopes.items()}
    rows = [_row(match, titles[match.code], near[own], near[match.code]) for match in best]
    told = (
        (say.likest(shortened(rows[0]["title"]), best[0]), say.because(rows[0]["alike"]))
        if best
        else (say.likest("", None),)
    )
    sources = provenance.of_records(
        scope.session, Crisis, [scopes[c].crisis["crisis_id"] for c in [own, *(m.code for m in best)]]
    )
    return Section(
        "similar",
        told if len(scope.portfolio.crises) > 1 else ("There is no other case yet to compare it with.",),
        tuple(Measure("case_similarity", match.estimate, {"crisis": match.code}, None, sources) for match in best),
        {"cases": pd.DataFrame(rows, columns=["code", "title", "similarity", "alike", "different"])},
        sources,
    )


def curve(scope: Scope, spans: pd.DataFrame) -> list[float] | None:
    """Mentions a day from day 0 on (owned posts where there are none), NaN where nothing covers the day."""
    if scope.day0 is None:
        return None
    days = pd.date_range(scope.day0, min(scope.day0 + pd.Timedelta(days=CURVE_DAYS - 1), scope.today))
    if days.empty:
        return None
    first, last = days[0], days[-1]
    topics = scope.crisis["topics"] or None
    daily = engagement.daily(scope.session, scope.zone, first.date(), last.date(), scope.as_of, topics)
    kind = "mention" if (daily["kind"] == "mention").any() else "owned"
    near = spans[(spans["kind"] == kind) & (spans["first"] <= last) & (spans["last"] >= first)]
    starts, ends = near["first"].where(near["first"] > first, first), near["last"].where(near["last"] < last, last)
    covered = near.assign(first=starts, last=ends)
    series = daily_series(daily, until=last, coverage=covered)
    return [float(count) for count in series.set_index("date")["posts"].reindex(days)]


def _facts(scope: Scope) -> dict[str, Any]:
    """What is known of a case beside its curve."""
    detected = scope.happened[scope.happened["milestone"] == "detected"]
    by = detected.sort_values(["earliest", "event_id"])["detected_by"].dropna()
    known = {name: scope.crisis[name] for name in ("code", "category", "platform", "severity")}
    return known | {"detected_by": None if by.empty else by.iloc[0], "curve": None}


def _frame(facts: Mapping[str, dict[str, Any]]) -> pd.DataFrame:
    columns = ["code", *FEATURES]
    return pd.DataFrame({name: pd.Series([case[name] for case in facts.values()], dtype=object) for name in columns})


def _row(match: Match, title: str, mine: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": match.code,
        "title": title,
        "similarity": match.estimate.number,
        "alike": say.alike(match, mine, other),
        "different": say.different(match, mine, other),
    }
