"""The survey waves seen from one crisis: which came before, during and after it, and who was heard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from data.queries import feedback, provenance, surveys
from metrics.names import plain
from metrics.parties import missing_parties, parties_heard
from metrics.waves import Phase, phase_of
from reports.sections.base import Measure
from reports.sections.reaction import end_of
from reports.sections.scope import Portfolio, Scope

SINCE = ("during", "after")
_EMPLOYEES = "employees"
_DAYS = ("opened_on", "closed_on")


@dataclass(frozen=True, slots=True)
class Held:
    """One wave of one audience with its rows and its phase relative to the crisis."""

    wave_id: int
    name: str
    audience: str
    closed_on: pd.Timestamp
    rows: pd.DataFrame
    phase: str


class Wave(NamedTuple):
    """One wave of one audience with its rows."""

    wave_id: int
    name: str
    audience: str
    opened_on: pd.Timestamp
    closed_on: pd.Timestamp
    rows: pd.DataFrame


class Calendar:
    """Day 0 and end of a crisis among the others, against which waves are placed."""

    def __init__(self, scope: Scope) -> None:
        self.day0, self._scope = scope.day0, scope
        # Of the other crises only the next one matters: its beginning ends what counts as after this one.
        self._next = None if scope.day0 is None else scope.portfolio.next_day0(scope.day0)

    @cached_property
    def end(self) -> pd.Timestamp:
        """The first local day after the crisis: by what people said where there are posts, else by its resolution."""
        s = self._scope
        return end_of(s) or (s.resolved_on or s.today) + pd.Timedelta(days=1)

    def phase(self, opened: pd.Timestamp, closed: pd.Timestamp) -> Phase:
        """Where a wave between two days stands."""
        return "none" if self.day0 is None else self._phase(opened, closed, self.day0, self.end)

    def side(self, opened: pd.Timestamp, closed: pd.Timestamp) -> Phase:
        """As `phase`, but during and after are not told apart: when it ended is looked up only where that decides."""
        if self.day0 is None:
            return "none"
        # What is since a crisis that ended at once is so too if it ended later, and what is before it stays before.
        soon = self._phase(opened, closed, self.day0, self.day0)
        return self.phase(opened, closed) if soon == "none" else soon

    def since(self, opened: pd.Timestamp, closed: pd.Timestamp) -> bool:
        """Whether a wave counts as during or after it."""
        return self.side(opened, closed) in SINCE

    def _phase(self, opened: pd.Timestamp, closed: pd.Timestamp, day0: pd.Timestamp, end: pd.Timestamp) -> Phase:
        return phase_of(opened, closed, day0, end, self._next)


def results_of(of: Portfolio, today: pd.Timestamp) -> pd.DataFrame:
    """What the data layer lets out of every wave that had opened by a day; read once for all who ask."""
    if today not in of.results:
        of.results[today] = surveys.company_results(of.session, today.date())
    return of.results[today]


def held(scope: Scope, results: pd.DataFrame) -> list[Held]:
    """Every wave with its phase relative to this crisis, oldest first; `results` are those of every wave."""
    return _placed(split(results), Calendar(scope).phase)


def split(results: pd.DataFrame) -> list[Wave]:
    """The results of every wave, wave by wave."""
    first: list[dict[Any, Any]] = results.drop_duplicates("wave_id").to_dict("records")
    of_wave = results.groupby("wave_id", sort=False)
    return [
        Wave(
            one["wave_id"],
            one["wave"],
            one["audience"],
            one["opened_on"],
            one["closed_on"],
            of_wave.get_group(one["wave_id"]),
        )
        for one in first
    ]


def _placed(waves: Iterable[Wave], phase_of: Callable[[pd.Timestamp, pd.Timestamp], Phase]) -> list[Held]:
    found = [
        Held(
            wave.wave_id, wave.name, wave.audience, wave.closed_on, wave.rows, phase_of(wave.opened_on, wave.closed_on)
        )
        for wave in waves
    ]
    return sorted(found, key=lambda wave: (pd.isna(wave.closed_on), wave.closed_on, wave.wave_id))


def compared(scope: Scope, waves: Iterable[Wave]) -> tuple[Held | None, Held | None]:
    """The employee wave before a crisis that began, and the first one since, during it or after; of all waves."""
    employees = (wave for wave in waves if wave.audience == _EMPLOYEES)
    return before_and_since(_placed(employees, Calendar(scope).side))


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
    calendar, known = Calendar(scope), _answered(scope.portfolio)
    some = known[~(known["opened_on"].fillna(known["closed_on"]) > scope.today)]
    found: dict[str, list[int]] = {}
    for wave, audience, first, last in some[["wave_id", "audience", "opened_on", "closed_on"]].itertuples(index=False):
        if calendar.since(first, last):
            found.setdefault(str(audience), []).append(int(wave))
    if scope.day0 is not None:
        held_on = (day for day in _sessions(scope.portfolio) if scope.day0 <= day <= scope.today)
        if any(calendar.since(day, day) for day in held_on):
            found.setdefault(_EMPLOYEES, [])
    return found


def _answered(of: Portfolio) -> pd.DataFrame:
    """The waves that anybody answered; read once for all crises."""
    if not of.answered:
        known = surveys.waves(of.session)
        of.answered.append(known[known["wave_id"].isin(surveys.answered(of.session))])
    return of.answered[0]


def _sessions(of: Portfolio) -> list[pd.Timestamp]:
    """The days of feedback sessions with employees; read once for all crises."""
    if not of.sessions:
        of.sessions.append([pd.Timestamp(day) for day in feedback.sessions(of.session)])
    return of.sessions[0]


def missing(scope: Scope) -> list[str]:
    """The audiences that the plan in force names and that nobody has heard since the crisis began."""
    calendar = Calendar(scope)
    return missing_parties(named(scope), [name for name in named(scope) if _is_heard(scope, calendar, name)])


def _is_heard(scope: Scope, calendar: Calendar, audience: str) -> bool:
    """As `heard`, of one audience and no further than to the first wave or session that tells."""
    if scope.day0 is None:
        return False
    # Of the waves that closed since, the first to open tells: what is too late for it is so for the others too.
    first = next((days for days in _days(scope.portfolio).get(plain(audience), ()) if days[1] >= scope.day0), None)
    return first is not None and first[0] <= scope.today and calendar.since(*first)


def _days(of: Portfolio) -> dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]]:
    """Audience → from when to when each wave of it was open and each session with it held, as far as they have dates;
    in order of their beginning.
    """
    if not of.asked:
        known = _answered(of)
        opened, closed = (known[name].fillna(known[other]) for name, other in (_DAYS, _DAYS[::-1]))
        for audience, first, last in zip(known["audience"], opened, closed, strict=True):
            if not pd.isna(first):
                of.asked.setdefault(plain(audience), []).append((first, last))
        of.asked.setdefault(_EMPLOYEES, []).extend((day, day) for day in _sessions(of))
        for days in of.asked.values():
            days.sort()
    return of.asked


def named(scope: Scope) -> list[str]:
    """The audiences that the plan in force names; looked up once for all crises that it judges."""
    known = scope.portfolio.audiences
    if scope.plan not in known:
        known[scope.plan] = sorted(set(scope.steps["audience"].dropna()))
    return known[scope.plan]


def parties(scope: Scope) -> tuple[Measure, dict[str, list[int]], list[str]]:
    """The share of the plan's audiences that were heard, who was heard at all, and who is missing."""
    known = heard(scope)
    sources = provenance.of_waves(scope.session, [wave for waves in known.values() for wave in waves])
    estimate = parties_heard(named(scope), known)
    measure = Measure("parties_heard", estimate, {}, scope.settings.target("parties_heard"), sources)
    return measure, known, missing_parties(named(scope), known)
