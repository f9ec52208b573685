"""How fast: every interval of the response against its target and earlier crises."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data.queries import engagement
from metrics import statements
from metrics.estimate import Estimate, Status
from metrics.findings import response as say
from metrics.response import BUSINESS, SINGLE, SINGLE_BUSINESS, number, used, used_events
from metrics.statements import statement_platform_coverage
from reports.sections.base import Measure, Section
from reports.sections.scope import Scope
from reports.sections.targets import target

#: Intervals drawn in the figure; the others stand in the table.
DRAWN = (
    "time_to_detect", "time_to_acknowledge", "time_to_assess", "time_to_assemble", "time_to_decision",
    "time_to_first_statement", "time_to_first_internal_message", "time_to_employee_contact", "time_to_contain",
    "time_to_resolve", "longest_silence",
)  # fmt: skip
#: Intervals that have a sentence of their own.
_TOLD = ("time_to_first_statement", "time_to_first_internal_message")
_ROWS = ["id", "label", "value", "lo", "hi", "unit", "status", "target", "reason"]


def speed(scope: Scope) -> Section:
    """Frames: `intervals` (one row a drawn interval), `past` (the same of earlier crises), `path` (where the time to
    the first statement went).
    """
    office = scope.office
    estimates = {metric: number(metric, scope.line, office) for metric in (*SINGLE, *SINGLE_BUSINESS)}
    measures = [_measure(scope, metric, estimate) for metric, estimate in estimates.items()]
    measures.append(_measure(scope, "statement_platform_coverage", platform_coverage(scope)))
    path = statements.statement_path(scope.events, scope.clock, scope.as_of)
    worked = statements.statement_path(scope.events, scope.clock, scope.as_of, office.between)
    measures += [
        _measure(scope, metric, estimate, segment=segment)
        for metric, segments in (("statement_path", path), ("statement_path_business", worked))
        for segment, estimate in statements.path_estimates(segments).items()
    ]
    past = _past(scope)
    events = {event for metric in {m.id for m in measures} for event in _used(scope, metric)}
    return Section(
        "speed",
        _findings(scope, estimates, past, path),
        tuple(measures),
        {"intervals": _rows(measures), "past": _past_rows(past), "path": path},
        scope.rows_of_events(events),
    )


def _measure(scope: Scope, metric: str, estimate: Estimate, **group: str) -> Measure:
    return Measure(metric, estimate, group, target(scope, metric)[0], scope.rows_of_events(_used(scope, metric)))


def _used(scope: Scope, metric: str) -> list[int]:
    if BUSINESS.get(metric, metric) == "statement_path":
        return used_events(metric, scope.events, scope.clock, scope.as_of)
    return used(metric, scope.line, scope.office)


def mentioned(scope: Scope) -> list[str]:
    """The platforms with mentions from day 0 to the moment looked from."""
    if scope.day0 is None:
        return []
    topics = scope.crisis["topics"] or None
    daily = engagement.daily(scope.session, scope.zone, scope.day0.date(), scope.today.date(), scope.as_of, topics)
    return sorted(daily.loc[(daily["kind"] == "mention") & (daily["posts"] > 0), "platform"].unique())


def platform_coverage(scope: Scope) -> Estimate:
    """Statements' platforms against those with mentions."""
    return statement_platform_coverage(scope.events, scope.clock, scope.as_of, mentioned(scope))


def _past(scope: Scope) -> dict[str, dict[str, Estimate]]:
    """Code of each earlier crisis → its drawn intervals, as of the same moment."""
    return {c["code"]: {m: number(m, scope.portfolio.standing(c).line) for m in DRAWN} for c in scope.earlier()}


def _findings(
    scope: Scope, estimates: dict[str, Estimate], past: dict[str, dict[str, Estimate]], path: pd.DataFrame
) -> tuple[str, ...]:
    def aim(metric: str) -> dict[str, Any]:
        value, of = target(scope, metric)
        return {"target": value, "target_of": of}

    before = [known["time_to_first_statement"] for known in past.values()]
    said = [
        say.headline(
            estimates["time_to_first_statement"],
            past=before,
            business=estimates["time_to_first_statement_business"],
            **aim("time_to_first_statement"),
        ),
        say.where_it_went(path),
        say.silence(estimates["longest_silence"], **aim("longest_silence")),
        _employees(scope, estimates),
        *say.outcomes({m: (e, target(scope, m)[0]) for m, e in estimates.items() if m not in _TOLD}),
    ]
    return tuple(sentence for sentence in said if sentence)


def _employees(scope: Scope, estimates: dict[str, Estimate]) -> str:
    """Whether employees heard before the public; while nobody has told them, for how long already."""
    told = estimates["time_to_first_internal_message"]
    if told.status is Status.LOWER_BOUND:
        value, of = target(scope, "time_to_first_internal_message")
        return say.timing("time_to_first_internal_message", told, value, target_of=of)
    return say.internal(estimates["internal_first_margin"])


def _rows(measures: list[Measure]) -> pd.DataFrame:
    rows = [
        (m.id, m.label, e.number, e.lo, e.hi, e.unit, e.status.value, m.target, e.reason)
        for m in measures
        for e in [m.estimate]
        if m.id in DRAWN
    ]
    frame = pd.DataFrame(rows, columns=_ROWS)
    return frame.astype(dict.fromkeys(("value", "lo", "hi", "target"), "float64"))


def _past_rows(past: dict[str, dict[str, Estimate]]) -> pd.DataFrame:
    rows = [
        (metric, code, estimate.number)
        for code, known in past.items()
        for metric, estimate in known.items()
        if estimate.status is Status.OK
    ]
    return pd.DataFrame(rows, columns=["id", "crisis", "value"]).astype({"value": "float64"})
