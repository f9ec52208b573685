"""What every section needs: the crises the viewer may see, their timelines, the plan of each, the moment looked from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.access import Viewer
from data.keys import folded
from data.queries import crises as crisis_queries
from data.queries import hand, plans
from data.queries.provenance import Sources
from data.queries.reviews import plainest_reader, seen_by_all
from data.queries.state import as_of as present
from data.settings import Settings, load
from metrics import clock
from metrics.clock import CrisisClock
from metrics.cuts import Counted, Span
from metrics.engagement import Reaction
from metrics.names import told_apart
from metrics.opening import OpeningHours
from metrics.steps import Course
from metrics.timeline import POSTED, RESOLUTION, Timeline, timeline_of
from reports.sections.timelines import Timelines


class UnknownCrisis(LookupError):
    """There is no crisis with this code that the viewer may see."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is read off one crisis's timeline once, because every section asks for it.

    `day0` is the local date of t₀, `resolved_on` that of the resolution; None where nobody recorded them.
    """

    line: Timeline
    t0: pd.Timestamp | None
    day0: pd.Timestamp | None
    resolved_on: pd.Timestamp | None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything the viewer may see, as of one moment.

    `timelines` holds the events of each crisis by its id; `plans` the versions of the plan, oldest first. Without `cited`
    only sections say which posts stand behind them, not each of their numbers too: pages show no more, and of millions of
    posts it takes long to tell.

    The rest is what was read or worked out so far, so that it is only once however many sections and crises ask:
    `reactions`, `courses` of its plan and `ends` (the day on which it was over) by a crisis's id; `rows` behind numbers,
    by crisis and days; `counts` the posts of each day by zone and topics, where they were read for many
    crises at once, and `cuts` the same to be cut, and `covered` and `spans` the days with data by zone
    (`reports.sections.counts`); `results` of surveys by day; `answered` the waves that anybody answered, `sessions` the
    days of feedback sessions, `asked` the days of both by audience, and `noted` the context markers; `deciding` the step
    that sets a metric's target, by version of the plan and metric, and `audiences` whom a version names.
    """

    session: Session
    viewer: Viewer
    as_of: datetime
    settings: Settings
    crises: list[dict[str, Any]]
    timelines: Timelines
    plans: list[dict[str, Any]]
    cited: bool = True
    reactions: dict[int, tuple[Reaction, pd.DataFrame] | None] = field(default_factory=dict)
    courses: dict[int, Course] = field(default_factory=dict)
    rows: dict[Any, Sources] = field(default_factory=dict)
    counts: dict[tuple[str, tuple[str, ...]], pd.DataFrame] = field(default_factory=dict)
    cuts: dict[tuple[str, tuple[str, ...]], Counted] = field(default_factory=dict)
    covered: dict[str, pd.DataFrame] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    results: dict[pd.Timestamp, pd.DataFrame] = field(default_factory=dict)
    answered: list[pd.DataFrame] = field(default_factory=list)
    sessions: list[list[pd.Timestamp]] = field(default_factory=list)
    noted: list[pd.DataFrame] = field(default_factory=list)
    asked: dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]] = field(default_factory=dict)
    ends: dict[int, pd.Timestamp | None] = field(default_factory=dict)
    deciding: dict[tuple[str | None, str], pd.Series | None] = field(default_factory=dict)
    audiences: dict[str | None, list[str]] = field(default_factory=dict)
    _standings: dict[int, Standing] = field(default_factory=dict)
    _steps: dict[int, pd.DataFrame] = field(default_factory=dict)
    _day0s: list[pd.Timestamp] = field(default_factory=list, init=False)
    _names: dict[str, str] = field(default_factory=dict, init=False)
    _begun: list[Scope] = field(default_factory=list, init=False)

    @property
    def today(self) -> pd.Timestamp:
        """The company's local date at the moment looked from."""
        return clock.local_date(self.as_of, self.settings["company.timezone"])

    def each(self) -> Iterator[Scope]:
        """The scope of every crisis that had begun, in order of its code."""
        if not self._begun:
            self._begun.extend(self.of(crisis) for crisis in self.crises if self._has_begun(crisis))
        return iter(self._begun)

    def find(self, code: str) -> Scope:
        """The scope of the crisis with this code, or into which the one with this code was merged.

        Raises
        ------
        UnknownCrisis
            If the viewer may see no crisis with this code.
        """
        wanted = folded(code)
        known = {folded(c["code"]): c for c in self.crises}
        if wanted not in known and (other := hand.codes(self.session, self.viewer).get(wanted)):
            wanted = folded(other)
        found = known.get(wanted)
        if found is None:
            raise UnknownCrisis(f"There is no crisis “{code}”.")
        return self.of(found)

    @property
    def names(self) -> dict[str, str]:
        """Code → what a sentence calls the crisis: its title, with the code where another has the same title."""
        if not self._names:
            self._names.update(told_apart({c["code"]: c["title"] for c in self.crises}))
        return self._names

    def of(self, crisis: dict[str, Any]) -> Scope:
        """The scope of one of `crises`; it is judged by the plan in force on its day 0."""
        day0 = self.standing(crisis).day0
        plan = None if day0 is None else self.plan_on(day0)
        steps = self._steps_of(-1 if plan is None else plan["plan_id"])
        return Scope(self, crisis, None if plan is None else plan["version"], steps)

    def plan_on(self, day: pd.Timestamp) -> dict[str, Any] | None:
        """The version in force on a day: the last that took effect by then; one without a date always had."""
        known = [p for p in self.plans if pd.isna(p["effective_from"]) or p["effective_from"] <= day]
        return known[-1] if known else None

    def standing(self, crisis: dict[str, Any]) -> Standing:
        known = self._standings.get(crisis["crisis_id"])
        if known is None:
            line = timeline_of(self.timelines.read(crisis["crisis_id"]), clock_of(crisis), self.as_of)
            known = _standing(line)
            self._standings[crisis["crisis_id"]] = known
        return known

    def next_day0(self, day: pd.Timestamp) -> pd.Timestamp | None:
        """The first day after this one on which a crisis began."""
        if not self._day0s:
            standings = [self.standing(crisis) for crisis in self.crises]
            self._day0s.extend(sorted(known.day0 for known in standings if known.day0 is not None))
        place = bisect_right(self._day0s, day)
        return self._day0s[place] if place < len(self._day0s) else None

    def _has_begun(self, crisis: dict[str, Any]) -> bool:
        """Whether anything had happened by then; a crisis without any date counts as begun."""
        known = self.standing(crisis)
        undated = not self.timelines.known(crisis["crisis_id"]) and pd.isna(crisis["started_at"])
        return bool(undated or known.t0 is not None or known.line.events)

    def _steps_of(self, plan_id: int) -> pd.DataFrame:
        if plan_id not in self._steps:
            self._steps[plan_id] = plans.steps(self.session, plan_id)
        return self._steps[plan_id]


@dataclass(frozen=True, slots=True)
class Scope:
    """One crisis of a portfolio, with the plan in force when it began."""

    portfolio: Portfolio
    crisis: dict[str, Any]
    plan: str | None
    steps: pd.DataFrame

    @property
    def session(self) -> Session:
        return self.portfolio.session

    @property
    def settings(self) -> Settings:
        return self.portfolio.settings

    @property
    def as_of(self) -> datetime:
        return self.portfolio.as_of

    @property
    def events(self) -> pd.DataFrame:
        return self.portfolio.timelines[self.crisis["crisis_id"]]

    @property
    def happened(self) -> pd.DataFrame:
        """The events that exist as of the moment looked from."""
        return self.events[self.events["earliest"] <= pd.Timestamp(self.as_of)]

    @property
    def line(self) -> Timeline:
        """The timeline as of the moment looked from."""
        return self.portfolio.standing(self.crisis).line

    @property
    def status(self) -> str:
        """By the events up to the moment looked from, else by the sheet: open, resolved or reviewed."""
        return "reviewed" if self.line.reviewed else "resolved" if self.line.over else "open"

    @property
    def zone(self) -> str:
        return str(self.crisis["timezone"])

    @property
    def clock(self) -> CrisisClock:
        return clock_of(self.crisis)

    @property
    def office(self) -> OpeningHours:
        """The company's opening hours, on the crisis's own clock."""
        opens, closes = (time.fromisoformat(self.settings[f"company.{end}"]) for end in ("opens", "closes"))
        return OpeningHours(self.zone, opens, closes, self.settings["company.holidays"])

    @property
    def day0(self) -> pd.Timestamp | None:
        return self.portfolio.standing(self.crisis).day0

    @property
    def resolved_on(self) -> pd.Timestamp | None:
        return self.portfolio.standing(self.crisis).resolved_on

    @property
    def today(self) -> pd.Timestamp:
        """The crisis's local date at the moment looked from."""
        return clock.local_date(self.as_of, self.zone)

    def rows_of_events(self, events: Iterable[int]) -> Sources:
        """The rows behind some of its events."""
        return self.portfolio.timelines.rows(self.session, self.crisis["crisis_id"], events)

    def earlier(self) -> list[dict[str, Any]]:
        """The crises that began before this one, in order of their beginning."""
        mine = self.portfolio.standing(self.crisis).t0
        began = [(self.portfolio.standing(c).t0, c) for c in self.portfolio.crises]
        return [c for t, c in sorted(((t, c) for t, c in began if t and mine and t < mine), key=lambda pair: pair[0])]


def _standing(line: Timeline) -> Standing:
    posted, over = line.first(POSTED), line.first(RESOLUTION)
    started, zone = line.clock.started_at, line.clock.timezone
    begun = None if started is None or clock.utc(started) > line.now else clock.utc(started)
    t0 = begun if posted is None else posted.lo
    return Standing(
        line,
        t0,
        None if t0 is None else clock.local_date(t0, zone),
        None if over is None else clock.local_date(over.lo, zone),
    )


def clock_of(crisis: dict[str, Any]) -> CrisisClock:
    """The crisis's clock: zone, recorded start (the first instant of the day where only the day is known), status."""
    started = crisis["started_at"]
    return CrisisClock(crisis["timezone"], None if pd.isna(started) else started.to_pydatetime(), crisis["status"])


def shared(of: Portfolio, code: str) -> Portfolio:
    """The portfolio as every role sees it that may see one crisis: what is told to all readers of its review alike.

    Raises
    ------
    UnknownCrisis
        If the viewer may see no crisis with this code.
    """
    number = of.find(code).crisis["crisis_id"]
    seen, role = seen_by_all(of.session, number), plainest_reader(of.session, number)
    crises = [crisis for crisis in of.crises if crisis["crisis_id"] in seen]
    return replace(of, viewer=Viewer(of.viewer.name, role), crises=crises)


def portfolio(session: Session, viewer: Viewer, as_of: datetime | None = None) -> Portfolio:
    """Load the crises and timelines that the viewer may see, as of a moment (default: the present)."""
    crises = crisis_queries.crises(session, viewer)
    events = crisis_queries.events(session, viewer)
    return Portfolio(
        session,
        viewer,
        as_of or present(session),
        load(session),
        _records(crises),
        Timelines(events, crises["crisis_id"]),
        _records(plans.plans(session)),
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
