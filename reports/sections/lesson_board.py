"""The lessons as their page shows them: where each stands, and what bears one out in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from data.enums import LessonStatus, Role
from data.keys import folded
from data.lesson_paths import MOVES
from data.queries import lessons as queries
from data.queries import provenance
from data.queries.crises import events
from data.tables import Event, Lesson
from metrics import clock
from metrics.catalogue import ALL
from metrics.findings import lessons as say
from metrics.response import SINGLE, SINGLE_BUSINESS, used
from reports.sections.base import Measure, Section
from reports.sections.lessons import learned_in_all
from reports.sections.scope import Portfolio, Scope
from reports.sections.targets import target
from reports.sections.values import Values

_ROLES = {Role.LEADERSHIP: "leadership", Role.ANALYST: "an analyst"}
#: Crises in which a lesson's metrics are shown: the one it is from, and the latest.
_CRISES = 6


def board(of: Portfolio) -> Section:
    """Frames: `lessons`, every one in full. Findings and measures are those of all lessons."""
    told = learned_in_all(of)
    return Section(told.name, told.findings, told.measures, {"lessons": in_full(of)}, told.sources)


def in_full(of: Portfolio) -> pd.DataFrame:
    """`data.queries.lessons.in_full` without the lessons of crises that had not begun."""
    found = queries.in_full(of.session, of.viewer)
    begun = {scope.crisis["code"] for scope in of.each()}
    return found[found["crisis"].isna() | found["crisis"].isin(begun)].reset_index(drop=True)


def one_lesson(of: Portfolio, code: str) -> Section | None:
    """One lesson with what bears it out; None where there is none with this code that had been observed.

    Facts: `lesson` (a row of `in_full`). Frames: `events` that it names. A measure for each metric that it names in the
    crisis it is from and in the latest ones.
    """
    found = in_full(of)
    mine = found[found["code"] == code]
    if mine.empty:
        return None
    row: dict[str, Any] = {str(name): value for name, value in mine.iloc[0].items()}
    scopes = _shown(of, row["crisis"])
    values = Values()
    measures = tuple(
        Measure(metric, values.of(s, metric), {"crisis": s.crisis["code"]}, target(s, metric)[0], _rows(s, metric))
        for metric in row["metrics"]
        if metric in ALL
        for s in scopes
    )
    named = _events(of, row["events"])
    own = provenance.of_records(of.session, Lesson, [row["lesson_id"]])
    behind = provenance.of_records(of.session, Event, named["event_id"])
    sources = provenance.combined([own, behind, *(m.sources for m in measures)])
    takers = {to.value: _takers(roles) for to, roles in MOVES[LessonStatus(row["status"])].items()}
    return Section(
        "lesson", (say.next_step(row["status"], takers),), measures, {"events": named}, sources, {"lesson": row}
    )


def _shown(of: Portfolio, origin: str | None) -> list[Scope]:
    """The crisis that a lesson is from and the latest, oldest first."""
    days = {s.crisis["code"]: s.day0 for s in of.each() if s.day0 is not None}
    first = [code for code in days if code == origin]
    later = sorted((day, code) for code, day in days.items() if code != origin and (not first or day >= days[first[0]]))
    shown = [*first, *(code for _, code in later[-(_CRISES - len(first)) :])]
    return [of.find(code) for code in shown]


def _rows(scope: Scope, metric: str) -> provenance.Sources:
    if metric not in (*SINGLE, *SINGLE_BUSINESS):
        return provenance.Sources()
    return provenance.of_records(scope.session, Event, used(metric, scope.line, scope.office))


def _events(of: Portfolio, keys: list[str]) -> pd.DataFrame:
    """The events that a lesson names, oldest first, with the code and time zone of their crises."""
    numbers = set(queries.seen_events(of.session, of.viewer, keys).values())
    crises = {c["crisis_id"]: c for c in of.crises}
    found = events(of.session, of.viewer, sorted(crises)) if numbers else events(of.session, of.viewer, [])
    found = found[found["event_id"].isin(numbers)].reset_index(drop=True)
    told = [crises[number] for number in found["crisis_id"]]
    return found.assign(crisis=[c["code"] for c in told], timezone=[c["timezone"] for c in told])


def _takers(roles: Iterable[Role]) -> list[str]:
    """The roles in words, without the administrator, who may do everything."""
    return [_ROLES[role] for role in sorted(roles) if role in _ROLES]


def waiting(of: Portfolio) -> Iterator[tuple[dict[Any, Any], pd.Timestamp | None]]:
    """The lessons that wait to be validated, with the local day on which a person moved them there, where one did."""
    moved = queries.implemented_on(of.session)
    found = in_full(of)
    for row in found[found["status"] == LessonStatus.IMPLEMENTED.value].to_dict("records"):
        at = moved.get(folded(row["code"]))
        yield row, None if at is None else min(clock.local_date(at, of.settings["company.timezone"]), of.today)
