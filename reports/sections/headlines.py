"""The numbers that a crisis is known by, with the way to the rows behind each: what an import may change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.queries import provenance
from data.queries.provenance import Place, Sources
from data.tables import Crisis, Event, Gap, Imported, Lesson, Plan, PlanStep, ReputationScore
from metrics import gaps, lessons
from metrics.catalogue import ALL
from metrics.engagement import Reaction
from metrics.estimate import Estimate, Status
from metrics.morale import morale_index, morale_vs_before
from metrics.reputation import reputations, vs_before
from metrics.response import INTERVALS, SINGLE, number, used
from metrics.surveys import response_rate
from metrics.timeline import POSTED, RESOLUTION
from metrics.windows import Window
from reports.sections.gaps import register
from reports.sections.lessons import lessons_of
from reports.sections.reaction import behind, rows_of
from reports.sections.scope import Portfolio, Scope
from reports.sections.survey_waves import compared, split
from reports.sections.targets import deciding_step, target

#: What is shown of the reaction; those that rest on sentiment come last.
_SENTIMENT = ("net_sentiment_change_during", "net_sentiment_change_after", "share_negative_during")
_REACTION = (
    "baseline_daily_volume", "peak_volume_ratio", "half_life", "crisis_over_on", "reignited_on", "reach",
    "engagement_rate", *_SENTIMENT,
)  # fmt: skip
#: Numbers of surveys.
SURVEYED = ("morale_index", "morale_vs_before", "response_rate")
_REPUTATION = ("reputation_drop", "reputation_recovery", "reputation_loss")
#: Counts of the whole company, and what is counted.
_COUNTS: dict[str, type[Gap] | type[Lesson]] = {
    "gaps_open": Gap,
    "gaps_overdue": Gap,
    "lessons_awaiting_validation": Lesson,
}


class Brought:
    """What some batches brought, as far as it still stands; each table is asked once."""

    def __init__(self, session: Session, batches: Collection[int]) -> None:
        self.session, self.batches = session, batches
        self._places: dict[type[Imported], dict[int, Place]] = {}

    def rows(self, table: type[Imported], ids: Iterable[Any]) -> Sources:
        """The rows of these batches that gave these records their values."""
        if table not in self._places:
            self._places[table] = provenance.brought(self.session, table, self.batches)
        known = self._places[table]
        return provenance.at_places(known[int(key)] for key in ids if int(key) in known)

    def coded(self, table: type[Gap] | type[Lesson], codes: Iterable[str]) -> Sources:
        """The same of records that go by a code."""
        return self.rows(table, provenance.coded(self.session, table, codes))


#: From what was brought to the rows behind a number.
Cause = Callable[[Brought], Sources]


@dataclass(frozen=True, slots=True)
class Headline:
    """One number. `crisis` is None for one of the whole company. `unscored`: posts that wait for the scorer, for want of
    which it has no value. `causes` are asked in order until one knows rows. `members` are the codes of what was counted.
    """

    crisis: str | None
    metric: str
    label: str
    unit: str
    value: float | str | None
    status: Status
    causes: tuple[Cause, ...]
    group: Mapping[str, str] = field(default_factory=dict)
    unscored: int = 0
    members: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str | None, str, tuple[tuple[str, str], ...]]:
        return self.crisis, self.metric, tuple(self.group.items())

    def because(self, brought: Brought, before: Headline | None) -> Sources:
        """The rows among those brought that stand behind the number; none where nobody can tell. Behind a count stand
        those by which it differs from `before`.
        """
        if self.metric in _COUNTS:
            moved = self.members ^ (before.members if before else frozenset())
            return brought.coded(_COUNTS[self.metric], moved)
        found = (cause(brought) for cause in self.causes)
        return next((sources for sources in found if sources.files), Sources())


def _of(scope: Scope, metric: str, estimate: Estimate, *causes: Cause, unscored: int = 0, **group: str) -> Headline:
    about, code = ALL[metric], scope.crisis["code"]
    value, status = estimate.value, estimate.status
    rest = (*causes, began(scope), _rows(Event, scope.events["event_id"]))
    return Headline(code, metric, about.label, estimate.unit, value, status, rest, group, unscored)


def _rows(table: type[Imported], ids: Iterable[Any]) -> Cause:
    return lambda brought: brought.rows(table, ids)


def _files_of_surveys(brought: Brought) -> Sources:
    return provenance.of_surveys(brought.session, brought.batches)


def began(scope: Scope) -> Cause:
    """The rows that say when the crisis began and was resolved: its own, and those of the events."""
    line = scope.line
    ends = (line.first(mark) for mark in (POSTED, RESOLUTION))
    events = [event for moment in ends if moment is not None for event in moment.events]

    def rows(brought: Brought) -> Sources:
        own = brought.rows(Crisis, [scope.crisis["crisis_id"]])
        return provenance.combined([own, brought.rows(Event, events)])

    return rows


def response(scope: Scope) -> Iterator[Headline]:
    """Every interval and count of the response."""
    for metric in SINGLE:
        events = used(metric, scope.line)
        yield _of(scope, metric, number(metric, scope.line), _rows(Event, events))


def reacted(scope: Scope, found: Reaction) -> Iterator[Headline]:
    """What people said. Behind it stand the days of the number, else those of all its windows."""

    @cache
    def rows(window: Window, brought: Brought) -> Sources:
        return rows_of(scope, window, brought.batches)

    w = found.windows
    around = Window("around", w.before.first, max(w.during.last, w.after.last), 0)
    for metric in _REACTION:
        estimate, days = found.estimates[metric], behind(found, metric)
        lacking = metric in _SENTIMENT and estimate.value is None and estimate.status is Status.UNDEFINED
        unscored = int(days.rows(found.series)["unscored"].sum()) if lacking else 0
        yield _of(scope, metric, estimate, partial(rows, days), partial(rows, around), unscored=unscored)


def reputed(scope: Scope, scores: pd.DataFrame, *, latest: bool) -> Iterator[Headline]:
    """Each source's fall and way back; for the latest crisis also where it stands now against before."""
    if scope.day0 is None or scores.empty:
        return
    for source, estimates in reputations(scores, scope.day0, as_of_date=scope.today).items():
        ids = scores.loc[scores["source"] == source, "score_id"]
        told = {metric: estimates[metric] for metric in _REPUTATION}
        if latest:
            told["reputation_vs_before"] = vs_before(scores, source, scope.day0, as_of_date=scope.today)
        for metric, estimate in told.items():
            yield _of(scope, metric, estimate, _rows(ReputationScore, ids), source=source)


def surveyed(scope: Scope, results: pd.DataFrame) -> Iterator[Headline]:
    """Morale after the crisis against before, of the whole company, as far as `results` let it out."""
    if scope.day0 is None or results.empty:
        return
    before, since = compared(scope, split(results))
    if since is None:
        return
    told = {"response_rate": response_rate(since.rows)}
    if before is not None:
        told |= {"morale_index": morale_index(since.rows, before.rows)}
        told |= {"morale_vs_before": morale_vs_before(since.rows, before.rows)}
    for metric, estimate in told.items():
        yield _of(scope, metric, estimate, _files_of_surveys, wave=since.name)


def aims(scope: Scope) -> Iterator[Headline]:
    """The targets that the plan in force sets for the response, by the settings' name for them."""
    code, plans = scope.crisis["code"], scope.steps["plan_id"].unique()
    for interval in INTERVALS:
        step, aim = deciding_step(scope, interval.id), target(scope, interval.id)[0]
        causes: tuple[Cause, ...] = (
            _rows(PlanStep, [] if step is None else [step["step_id"]]),
            _rows(Plan, plans),
            began(scope),
        )
        label, status = f"Target: {interval.label.lower()}", Status.OK if aim is not None else Status.UNDEFINED
        yield Headline(code, f"targets.{interval.id}", label, interval.unit, aim, status, causes)


def registered(of: Portfolio) -> Iterator[Headline]:
    """What Overview counts for the whole company: gaps open and overdue, lessons awaiting validation."""
    known, told = register(of), lessons_of(of)
    counted = {
        "gaps_open": gaps.still_open(known),
        "gaps_overdue": gaps.overdue(known, of.today),
        "lessons_awaiting_validation": lessons.waiting(told),
    }
    for metric, rows in counted.items():
        about = ALL[metric]
        codes = frozenset(rows["code"])
        yield Headline(None, metric, about.label, about.unit, len(rows), Status.OK, (), members=codes)
