"""What every section of one crisis needs: the crisis, its timeline and clock, its plan, and the moment looked from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.access import Viewer
from data.keys import folded
from data.queries import crises as crisis_queries
from data.queries import plans
from data.queries.state import as_of as present
from data.settings import Settings, load
from metrics import clock
from metrics.clock import CrisisClock


class UnknownCrisis(LookupError):
    """There is no crisis with this code that the viewer may see."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything the viewer may see, as of one moment. `timelines` holds the events of each crisis by its id."""

    session: Session
    viewer: Viewer
    as_of: datetime
    settings: Settings
    crises: list[dict[str, Any]]
    timelines: dict[int, pd.DataFrame]

    def each(self) -> Iterator[Scope]:
        """The scope of every crisis, in order of its code."""
        return (self.of(crisis) for crisis in self.crises)

    def find(self, code: str) -> Scope:
        """The scope of one crisis.

        Raises
        ------
        UnknownCrisis
            If the viewer may see no crisis with this code.
        """
        found = next((c for c in self.crises if folded(c["code"]) == folded(code)), None)
        if found is None:
            raise UnknownCrisis(f"There is no crisis “{code}”.")
        return self.of(found)

    def of(self, crisis: dict[str, Any]) -> Scope:
        start = self.day0(crisis)
        plan = None if start is None else plans.in_force(self.session, start.date())
        steps = plans.steps(self.session, plan.id if plan and plan.id else -1)
        return Scope(self, crisis, plan.version if plan else None, steps)

    def events(self, crisis: dict[str, Any]) -> pd.DataFrame:
        return self.timelines[crisis["crisis_id"]]

    def t0(self, crisis: dict[str, Any]) -> pd.Timestamp | None:
        return clock.t0(self.events(crisis), clock_of(crisis))

    def day0(self, crisis: dict[str, Any]) -> pd.Timestamp | None:
        """The local date of t₀; None where nobody recorded when it began."""
        return clock.day0(self.events(crisis), clock_of(crisis))

    def resolved_on(self, crisis: dict[str, Any]) -> pd.Timestamp | None:
        """The local date of the resolution; None while open, or where nobody recorded it."""
        moment = clock.resolved_at(self.events(crisis), clock_of(crisis), self.as_of)
        return None if moment is None else clock.local_date(moment, crisis["timezone"])


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
        return self.portfolio.events(self.crisis)

    @property
    def happened(self) -> pd.DataFrame:
        """The events that exist as of the moment looked from."""
        return self.events[self.events["earliest"] <= pd.Timestamp(self.as_of)]

    @property
    def zone(self) -> str:
        return str(self.crisis["timezone"])

    @property
    def clock(self) -> CrisisClock:
        return clock_of(self.crisis)

    @property
    def day0(self) -> pd.Timestamp | None:
        return self.portfolio.day0(self.crisis)

    @property
    def resolved_on(self) -> pd.Timestamp | None:
        return self.portfolio.resolved_on(self.crisis)

    @property
    def today(self) -> pd.Timestamp:
        """The local date of the moment looked from."""
        return clock.local_date(self.as_of, self.zone)

    def earlier(self) -> list[dict[str, Any]]:
        """The crises that began before this one, in order of their beginning."""
        mine = self.portfolio.t0(self.crisis)
        began = [(self.portfolio.t0(c), c) for c in self.portfolio.crises]
        return [c for t, c in sorted(((t, c) for t, c in began if t and mine and t < mine), key=lambda pair: pair[0])]


def clock_of(crisis: dict[str, Any]) -> CrisisClock:
    """The crisis's clock: zone, recorded start (the first instant of the day where only the day is known), status."""
    started = crisis["started_at"]
    return CrisisClock(crisis["timezone"], None if pd.isna(started) else started.to_pydatetime(), crisis["status"])


def portfolio(session: Session, viewer: Viewer, as_of: datetime | None = None) -> Portfolio:
    """Load the crises and timelines that the viewer may see, as of a moment (default: the present)."""
    crises = crisis_queries.crises(session, viewer)
    events = crisis_queries.events(session, viewer)
    grouped = dict(iter(events.groupby("crisis_id")))
    timelines = {crisis_id: grouped.get(crisis_id, events.iloc[:0]) for crisis_id in crises["crisis_id"]}
    rows = [{str(name): value for name, value in row.items()} for row in crises.to_dict("records")]
    return Portfolio(session, viewer, as_of or present(session), load(session), rows, timelines)
