"""What employees and other parties answered, each figure as the data layer lets it out, and who was not asked."""

from __future__ import annotations

import pandas as pd

from data.queries import provenance
from data.queries.surveys import waiting
from metrics.estimate import Estimate
from metrics.findings import morale as say
from metrics.findings import surveys as tell
from metrics.findings.hidden import hidden, waits
from metrics.morale import morale_index, morale_vs_before
from metrics.survey_changes import Change
from metrics.surveys import enps, favourable, favourable_bounds, response_rate
from reports.sections.base import Measure, Section
from reports.sections.scope import Portfolio, Scope
from reports.sections.survey_measures import Groups, as_measures, recommending, wave_changes, wave_measures
from reports.sections.survey_waves import (
    SINCE,
    Held,
    before_and_since,
    held,
    last_before,
    of_the_crisis,
    parties,
    results_of,
)


def people(scope: Scope) -> Section:
    """Frames: `waves` (the morale index of each employee wave against the one before the crisis); facts: since."""
    if scope.day0 is None:
        return _nothing("nobody recorded when the crisis began")
    results = results_of(scope.portfolio, scope.today)
    party, known, missing = parties(scope)
    if results.empty:
        return _nothing("no survey is imported", tell.not_heard(missing), measures=(party,))
    waves = held(scope, results)
    shown = of_the_crisis(waves)
    before, latest = before_and_since(waves)
    measures = [m for wave in shown for m in wave_measures(scope.session, scope.settings, wave.rows)]
    index, told = _morale(scope, before, latest)
    changed, found = _changes(scope, shown, before, latest)
    late = waiting(scope.session)
    findings = [
        *told,
        *found,
        *(waits(wave.name) for wave in shown if wave.wave_id in late),
        *_answered(latest, measures),
        *_feedback(shown),
        tell.heard(known),
        tell.not_heard(missing),
    ]
    return Section(
        "people",
        tuple(sentence for sentence in findings if sentence),
        (*measures, *index, *changed, party),
        {"waves": _frame([(w, morale_index(w.rows, (before or w).rows)) for w in waves if w.audience == "employees"])},
        provenance.of_waves(scope.session, [wave.wave_id for wave in shown]),
        {"crises": bands(scope.portfolio)},
    )


def _nothing(why: str, *more: str | None, measures: tuple[Measure, ...] = ()) -> Section:
    findings = tuple(sentence for sentence in (f"Not measured: {why}.", *more) if sentence)
    return Section("people", findings, measures, {"waves": _frame([])})


def _morale(scope: Scope, before: Held | None, latest: Held | None) -> tuple[list[Measure], list[str]]:
    """Morale in the first wave since the crisis began against the last one before."""
    if before is None or latest is None:
        lack = "before" if before is None else "since"
        return [], [f"Morale can't be compared: there is no employee survey {lack} the crisis."]
    index, change = morale_index(latest.rows, before.rows), morale_vs_before(latest.rows, before.rows)
    sources = provenance.of_waves(scope.session, [before.wave_id, latest.wave_id])
    measures = [
        Measure(metric, estimate, {"wave": latest.name}, scope.settings.target(metric), sources)
        for metric, estimate in (("morale_index", index), ("morale_vs_before", change))
    ]
    return measures, [say.morale(index, change, since=f"{before.name}, the wave before the crisis")]


def _changes(
    scope: Scope, shown: list[Held], before: Held | None, latest: Held | None
) -> tuple[list[Measure], list[str]]:
    """Question by question each wave since against the last one before of the same audience; departments too."""
    measures: list[Measure] = []
    findings: list[str] = []
    if not shown:
        return measures, findings
    earlier, session = last_before(shown), scope.session
    groups = Groups(session, scope.portfolio.viewer, pd.concat([wave.rows for wave in shown]))
    for wave in shown:
        measures += as_measures(session, scope.settings, groups.of_wave(wave.rows), wave.rows)
        old = earlier.get(wave.audience)
        if wave.phase not in SINCE or old is None:
            continue
        changes = wave_changes(session, wave.rows, old.rows)
        by_group = groups.changes(wave.rows, old.rows)
        measures += as_measures(session, scope.settings, [*changes, *by_group], wave.rows, old.rows)
        if wave is latest and before is not None:
            findings += _told(changes, by_group, wave, before, departments=groups.seen)
            findings += _hidden(groups.of(wave.rows))
    return measures, findings


def _hidden(groups: pd.DataFrame) -> list[str]:
    """How much of the departments is hidden, where anything is."""
    sentence = hidden(groups) if groups["withheld"].notna().any() else None
    return [sentence] if sentence else []


def _told(changes: list[Change], by_group: list[Change], now: Held, before: Held, *, departments: bool) -> list[str]:
    sentences = [tell.changes(changes, now.name, before.name)] if changes else []
    if departments and by_group:
        sentences.append(tell.changes(by_group, now.name, before.name, what=tell.BY_DEPARTMENT))
    return sentences


def _answered(latest: Held | None, measures: list[Measure]) -> list[str | None]:
    """Of the first employee wave since: eNPS, how many answered, and what goes together with recommending us."""
    if latest is None:
        return []
    rows = latest.rows.sort_values("question").to_dict("records")
    associated = {
        m.group["question"]: m.estimate
        for m in measures
        if m.id == "driver_importance" and m.group["wave"] == latest.name and m.group["audience"] == latest.audience
    }
    scores = [say.enps(enps(row)) for row in rows if row["kind"] == "enps"]
    return [*scores[:1], _silence(latest), tell.drivers(associated, recommending(latest.rows) or "")]


def _silence(wave: Held) -> str | None:
    """How many answered, with the bounds of the question whose favourable share the silent could move most."""
    bounds = {
        str(row["question"]): favourable_bounds(row) for row in wave.rows.to_dict("records") if row["kind"] == "scale"
    }
    known = {question: one for question, one in bounds.items() if one.number is not None}
    widest = max(
        sorted(known), key=lambda question: (known[question].hi or 0.0) - (known[question].lo or 0.0), default=""
    )
    return tell.silence(response_rate(wave.rows), known.get(widest), widest)


def _feedback(shown: list[Held]) -> list[str]:
    """What each other audience answered since the crisis began."""
    found = []
    for wave in shown:
        if wave.phase in SINCE and wave.audience != "employees":
            rows = wave.rows[wave.rows["kind"] == "scale"].to_dict("records")
            shares = {str(row["question"]): favourable(row) for row in rows}
            found.append(tell.feedback(wave.audience, wave.name, shares))
    return found


def bands(portfolio: Portfolio) -> pd.DataFrame:
    """Each crisis the viewer may see as a band from day 0 to its resolution (NaT while open)."""
    rows = [
        (crisis["code"], standing.day0, standing.resolved_on or pd.NaT)
        for crisis, standing in ((c, portfolio.standing(c)) for c in portfolio.crises)
        if standing.day0 is not None
    ]
    return pd.DataFrame(rows, columns=["label", "start", "end"])


def _frame(waves: list[tuple[Held, Estimate]]) -> pd.DataFrame:
    rows = [(w.name, w.closed_on, e.number, e.lo, e.hi, e.status.value, e.n) for w, e in waves]
    columns = ["wave", "closed_on", "value", "lo", "hi", "status", "n"]
    types = dict.fromkeys(("value", "lo", "hi"), "float64") | {"closed_on": "datetime64[us]"}
    return pd.DataFrame(rows, columns=columns).astype(types)
