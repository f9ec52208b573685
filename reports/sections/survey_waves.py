"""The survey waves seen from one crisis: which came before, during and after it, and who was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from data.queries import feedback, provenance, surveys
from metrics.parties import missing_parties, parties_heard
from metrics.waves import AFTER_DAYS, Phase, wave_phase
from reports.sections.base import Measure
from reports.sections.reaction import measured
from reports.sections.scope import Scope

SINCE = ("during", "after")
_EMPLOYEES = "employees"


@dataclass(frozen=True, slots=True)
class Held:
    """One wave of one audience with its rows and its phase relative to the crisis."""

    wave_id: int
    name: str
    audience: str
    closed_on: pd.Timestamp
    rows: pd.DataFrame
    phase: str


class Calendar:
    """Day 0 and end of a crisis among the others, against which waves are placed."""

    def __init__(self, scope: Scope) -> None:
        standings = [scope.portfolio.standing(crisis) for crisis in scope.portfolio.crises]
        self.others = [s.day0 for s in standings if s.day0 is not None]
        self.day0, self.end = scope.day0, _end(scope)

    def phase(self, opened: pd.Timestamp, closed: pd.Timestamp) -> Phase:
        """Where a wave between two days stands."""
        if self.day0 is None:
            return "none"
        # Of the other crises only the beginning matters: the next one ends what counts as after this one.
        return wave_phase(opened, closed, [self.day0, *self.others], [self.end, *self.others])[0]


def _end(scope: Scope) -> pd.Timestamp:
    """The first local day after the crisis: by what people said where there are posts, else by its resolution."""
    known = measured(scope)
    if known is not None:
        return known[0].windows.end
    return (scope.resolved_on or scope.today) + pd.Timedelta(days=1)


def held(scope: Scope, results: pd.DataFrame) -> list[Held]:
    """Every wave with its phase relative to this crisis, oldest first; `results` are those of every wave."""
    calendar = Calendar(scope)
    found = []
    for wave_id in results["wave_id"].unique():
        rows = results[results["wave_id"] == wave_id]
        closed = rows["closed_on"].iloc[0]
        phase = calendar.phase(rows["opened_on"].iloc[0], closed)
        name, audience = str(rows["wave"].iloc[0]), str(rows["audience"].iloc[0])
        found.append(Held(int(wave_id), name, audience, closed, rows, phase))
    return sorted(found, key=lambda wave: (pd.isna(wave.closed_on), wave.closed_on, wave.wave_id))


def compared(scope: Scope, results: pd.DataFrame) -> tuple[Held | None, Held | None]:
    """The employee wave before a crisis that began, and the first one since; `results` are those of every wave."""
    return before_and_since(held(scope, results))


def employee_waves(scope: Scope, results: pd.DataFrame) -> list[Held]:
    """Every wave of employees, oldest first; `results` are those of every wave."""
    return [wave for wave in held(scope, results) if wave.audience == _EMPLOYEES]


def before_and_since(waves: list[Held]) -> tuple[Held | None, Held | None]:
    employees = [wave for wave in waves if wave.audience == _EMPLOYEES]
    before = last_before(employees).get(_EMPLOYEES)
    return before, next((wave for wave in employees if wave.phase in SINCE), None)


def last_before(waves: list[Held]) -> dict[str, Held]:
    """The last wave before the crisis of each audience."""
    return {wave.audience: wave for wave in waves if wave.phase == "before"}


def of_the_crisis(waves: list[Held]) -> list[Held]:
    """The last wave of each audience before the crisis, and all during and after it."""
    last = {wave.wave_id for wave in last_before(waves).values()}
    return [wave for wave in waves if wave.phase in SINCE or wave.wave_id in last]


def heard(scope: Scope) -> dict[str, list[int]]:
    """Each audience heard since the crisis began, with the waves in which it was; a feedback session is in none."""
    calendar, known = Calendar(scope), surveys.waves(scope.session)
    opened = known["opened_on"].fillna(known["closed_on"])
    some = known[known["wave_id"].isin(surveys.answered(scope.session)) & ~(opened > scope.today)]
    found: dict[str, list[int]] = {}
    for wave, audience, first, last in some[["wave_id", "audience", "opened_on", "closed_on"]].itertuples(index=False):
        if calendar.phase(first, last) in SINCE:
            found.setdefault(str(audience), []).append(int(wave))
    if scope.day0 is not None:
        until = min(scope.today, calendar.end + timedelta(days=AFTER_DAYS))
        days = [pd.Timestamp(day) for day in feedback.sessions(scope.session, scope.day0.date(), until.date())]
        if any(calendar.phase(day, day) in SINCE for day in days):
            found.setdefault(_EMPLOYEES, [])
    return found


def named(scope: Scope) -> list[str]:
    """The audiences that the plan in force names."""
    return sorted(set(scope.steps["audience"].dropna()))


def parties(scope: Scope) -> tuple[Measure, dict[str, list[int]], list[str]]:
    """The share of the plan's audiences that were heard, who was heard at all, and who is missing."""
    known = heard(scope)
    sources = provenance.of_waves(scope.session, [wave for waves in known.values() for wave in waves])
    estimate = parties_heard(named(scope), known)
    measure = Measure("parties_heard", estimate, {}, scope.settings.target("parties_heard"), sources)
    return measure, known, missing_parties(named(scope), known)
