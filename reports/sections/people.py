"""What employees and other parties answered: company level only, each figure as the data layer lets it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.queries import provenance, surveys
from data.settings import Settings
from metrics.estimate import Estimate
from metrics.findings import morale as say
from metrics.surveys import enps, favourable, mean_score, morale_index, morale_vs_before, response_rate, wave_phase
from metrics.words import listed
from reports.sections.base import Measure, Section
from reports.sections.scope import Portfolio, Scope


@dataclass(frozen=True, slots=True)
class Held:
    """One wave of one audience with its rows and its phase relative to the crisis."""

    wave_id: int
    name: str
    audience: str
    closed_on: pd.Timestamp
    rows: pd.DataFrame
    phase: str


def people(scope: Scope) -> Section:
    """Frames: `waves` (the morale index of each employee wave against the one before the crisis); facts: since."""
    results = surveys.company_results(scope.session, scope.today.date())
    if scope.day0 is None or results.empty:
        why = "no survey is imported" if results.empty else "nobody recorded when the crisis began"
        return Section("people", (f"Not measured: {why}.",), frames={"waves": _frame([])})
    waves = _waves(scope, results)
    before, latest = _compared(waves)
    shown = _of_the_crisis(waves)
    measures = [m for wave in shown for m in wave_measures(scope.session, scope.settings, wave.wave_id, wave.rows)]
    findings: list[str] = []
    if before and latest:
        index, change = morale_index(latest.rows, before.rows), morale_vs_before(latest.rows, before.rows)
        sources = provenance.of_waves(scope.session, [before.wave_id, latest.wave_id])
        for metric, estimate in (("morale_index", index), ("morale_vs_before", change)):
            measures.append(Measure(metric, estimate, {"wave": latest.name}, scope.settings.target(metric), sources))
        findings.append(say.morale(index, change, since=f"{before.name}, the wave before the crisis"))
    else:
        lack = "before" if not before else "since"
        findings.append(f"Morale can't be compared: there is no employee survey {lack} the crisis.")
    findings.append(_heard(shown))
    return Section(
        "people",
        tuple(findings),
        tuple(measures),
        {"waves": _frame([(w, morale_index(w.rows, (before or w).rows)) for w in waves if w.audience == "employees"])},
        provenance.of_waves(scope.session, [wave.wave_id for wave in shown]),
        {"crises": bands(scope.portfolio)},
    )


def compared(scope: Scope, results: pd.DataFrame) -> tuple[Held | None, Held | None]:
    """The employee wave before a crisis that began, and the first one since; `results` are those of every wave."""
    return _compared(_waves(scope, results))


def employee_waves(scope: Scope, results: pd.DataFrame) -> list[Held]:
    """Every wave of employees, oldest first, with its phase relative to a crisis that began."""
    return [wave for wave in _waves(scope, results) if wave.audience == "employees"]


def wave_measures(session: Session, settings: Settings, wave_id: int, rows: pd.DataFrame) -> list[Measure]:
    """The numbers of one wave, question by question."""
    sources = provenance.of_waves(session, [wave_id])
    named = {"wave": str(rows["wave"].iloc[0]), "audience": str(rows["audience"].iloc[0])}
    found = [Measure("response_rate", response_rate(rows), named, settings.target("response_rate"), sources)]
    for row in rows.to_dict("records"):
        group = named | {"question": row["question"]}
        for metric, estimate in question_estimates(row).items():
            found.append(Measure(metric, estimate, group, settings.target(metric), sources))
    return found


def question_estimates(row: Mapping[Any, Any]) -> dict[str, Estimate]:
    """Favourable share and mean of a question, or its net promoter score where it asks for one."""
    if row["kind"] == "enps":
        return {"enps": enps(row)}
    return {"favourable": favourable(row), "mean_score": mean_score(row)}


def _waves(scope: Scope, results: pd.DataFrame) -> list[Held]:
    """Every wave, oldest first, with its phase relative to this crisis."""
    portfolio = scope.portfolio
    standings = [(c["crisis_id"], portfolio.standing(c)) for c in portfolio.crises]
    known = [(key, s, s.day0) for key, s in standings if s.day0 is not None]
    day0s = [day0 for _, _, day0 in known]
    ends = [(s.resolved_on or scope.today) + pd.Timedelta(days=1) for _, s, _ in known]
    mine = [key for key, _, _ in known].index(scope.crisis["crisis_id"])
    found = []
    for wave_id in results["wave_id"].unique():
        rows = results[results["wave_id"] == wave_id]
        opened, closed = rows["opened_on"].iloc[0], rows["closed_on"].iloc[0]
        phase = wave_phase(opened, closed, day0s, ends)[mine]
        name, audience = str(rows["wave"].iloc[0]), str(rows["audience"].iloc[0])
        found.append(Held(int(wave_id), name, audience, closed, rows, phase))
    return sorted(found, key=lambda wave: (pd.isna(wave.closed_on), wave.closed_on, wave.wave_id))


def _compared(waves: list[Held]) -> tuple[Held | None, Held | None]:
    employees = [wave for wave in waves if wave.audience == "employees"]
    before = next((wave for wave in reversed(employees) if wave.phase == "before"), None)
    return before, next((wave for wave in employees if wave.phase in ("during", "after")), None)


def _of_the_crisis(waves: list[Held]) -> list[Held]:
    """The last wave of each audience before the crisis, and all during and after it."""
    last = {wave.audience: wave.wave_id for wave in waves if wave.phase == "before"}
    return [w for w in waves if w.phase in ("during", "after") or last.get(w.audience) == w.wave_id]


def _heard(waves: list[Held]) -> str:
    heard = sorted({wave.audience for wave in waves if wave.phase in ("during", "after")})
    return (
        f"Heard since the crisis began: {listed(heard)}." if heard else "Nobody has been asked since the crisis began."
    )


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
