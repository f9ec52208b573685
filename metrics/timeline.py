"""One crisis's events as of a moment, and the marks on them that intervals run between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from metrics.clock import CLOSED, CrisisClock, local_text, utc, utc_column

#: Audiences that the public is reached through.
PUBLIC = ("public", "press")
EMPLOYEES = ("employees",)


@dataclass(frozen=True, slots=True)
class Event:
    """One row of EVENTS; `lo` and `hi` differ where it is known only to the day."""

    id: int
    milestone: str
    lo: pd.Timestamp
    hi: pd.Timestamp
    function: str | None
    audience: str | None
    platform: str | None
    detected_by: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC that may be known only as an interval; `events` are the ids of the rows behind its bounds."""

    lo: pd.Timestamp
    hi: pd.Timestamp
    events: tuple[int, ...] = ()

    @property
    def exact(self) -> bool:
        return self.lo == self.hi

    def said(self, timezone: str) -> str:
        """The moment, or its bounds, in a zone: ``2026-03-03 08:40``."""
        text = local_text(self.lo, timezone)
        return text if self.exact else f"{text} to {local_text(self.hi, timezone)}"


@dataclass(frozen=True, slots=True)
class Pick:
    """Events of one milestone, to some audiences only where any are named."""

    milestone: str
    audiences: tuple[str, ...] = ()

    def takes(self, event: Event) -> bool:
        return event.milestone == self.milestone and (not self.audiences or event.audience in self.audiences)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the timeline: the earliest of the events that any of its picks takes. `name` follows "no … recorded"."""

    name: str
    picks: tuple[Pick, ...]

    def takes(self, event: Event) -> bool:
        return any(pick.takes(event) for pick in self.picks)


POSTED = Mark("posted event", (Pick("posted"),))
DETECTED = Mark("detected event", (Pick("detected"),))
ACKNOWLEDGED = Mark("acknowledged event", (Pick("acknowledged"),))
ASSESSED = Mark("assessed event", (Pick("assessed"),))
ASSEMBLED = Mark("team assembled event", (Pick("team_assembled"),))
DECISION = Mark("decision", (Pick("decision"),))
DRAFTED = Mark("drafted event", (Pick("drafted"),))
APPROVED = Mark("approved event", (Pick("approved"),))
STATEMENT = Mark("public statement", (Pick("statement", PUBLIC),))
PUBLIC_MESSAGES = Mark("public statement or update", (Pick("statement", PUBLIC), Pick("update", PUBLIC)))
ANY_MESSAGES = Mark("statement or update", (Pick("statement"), Pick("update")))
INTERNAL = Mark("internal message", (Pick("internal_message"), Pick("statement", EMPLOYEES), Pick("update", EMPLOYEES)))
CONTACTED = Mark("employee contacted event", (Pick("employee_contacted"),))
CONTAINED = Mark("contained event", (Pick("contained"),))
RESOLVED = Mark("resolved event", (Pick("resolved"),))
REVIEWED = Mark("reviewed event", (Pick("reviewed"),))
RESOLUTION = Mark("resolved or reviewed event", tuple(Pick(word) for word in CLOSED))


@dataclass(frozen=True, slots=True)
class Timeline:
    """What had happened in one crisis by a moment.

    Attributes
    ----------
    now : Timestamp
        The as-of moment.
    events : tuple of Event
        Those that had begun by then, in order of time; a day that was not over then ends there.
    over, reviewed : bool
        Whether the crisis was resolved, and whether it was reviewed: by its events, else by its status.
    """

    clock: CrisisClock
    now: pd.Timestamp
    events: tuple[Event, ...]
    over: bool
    reviewed: bool
    _firsts: dict[str, Moment | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, mark: Mark) -> tuple[Event, ...]:
        """The events that make a mark, in order of time."""
        words = {pick.milestone for pick in mark.picks}
        return tuple(event for event in self.events if event.milestone in words and mark.takes(event))

    def first(self, mark: Mark) -> Moment | None:
        """When the mark was first made: not before the first lower bound, not after the first upper bound."""
        if mark.name not in self._firsts:
            self._firsts[mark.name] = self._first(mark)
        return self._firsts[mark.name]

    def _first(self, mark: Mark) -> Moment | None:
        made = self.of(mark)
        if not made:
            return None
        surest = min(made, key=lambda event: (event.hi, event.lo, event.id))
        return Moment(made[0].lo, surest.hi, tuple(dict.fromkeys((made[0].id, surest.id))))

    def without_audience(self, mark: Mark) -> int:
        """How many events would make the mark if they named an audience: they are not counted, but they are said."""
        asked = {pick.milestone for pick in mark.picks if pick.audiences}
        return sum(event.audience is None and event.milestone in asked for event in self.events)


def timeline(events: pd.DataFrame, clock: CrisisClock, as_of: datetime) -> Timeline:
    """Read EVENTS of one crisis, all of them: what lies after `as_of` is left out here."""
    return timeline_of(read(events), clock, as_of)


def timeline_of(events: Iterable[Event], clock: CrisisClock, as_of: datetime) -> Timeline:
    """`timeline` of events that were read already, in any order."""
    now = utc(as_of)
    everything = sorted(events, key=lambda event: (event.lo, event.hi, event.id))
    known = tuple(_ended(event, now) for event in everything if event.lo <= now)

    return Timeline(
        clock, now, known, _closed(everything, known, clock, CLOSED), _closed(everything, known, clock, ("reviewed",))
    )


def _closed(everything: Iterable[Event], known: Iterable[Event], clock: CrisisClock, words: tuple[str, ...]) -> bool:
    """By a closing event, else by the status; an event still to come shows that it was open then, whatever the status."""
    return _has(known, words) if _has(everything, words) else clock.status in words


def _has(events: Iterable[Event], words: Iterable[str]) -> bool:
    return any(event.milestone in words for event in events)


def _ended(event: Event, now: pd.Timestamp) -> Event:
    if event.hi <= now:
        return event
    return Event(
        event.id, event.milestone, event.lo, now, event.function, event.audience, event.platform, event.detected_by
    )


def read(events: pd.DataFrame) -> list[Event]:
    """The rows of EVENTS that have a time."""
    words = [_words(events[column]) for column in ("function", "audience", "platform", "detected_by")]
    earliest, latest = utc_column(events["earliest"]), utc_column(events["latest"])
    # A moment that is known is made once: of thousands of events, making a second one alike takes long.
    apart = latest.notna() & (latest != earliest)
    until = [hi if other else None for hi, other in zip(latest.where(apart).astype(object), apart, strict=True)]
    columns = (events["event_id"], events["milestone"], earliest, until, earliest.notna())
    return [
        Event(int(key), str(milestone), lo, lo if hi is None else hi, *rest)
        for key, milestone, lo, hi, dated, *rest in zip(*columns, *words, strict=True)
        if dated
    ]


def _words(column: pd.Series) -> list[str | None]:
    return [None if gone else str(word) for word, gone in zip(column, column.isna(), strict=True)]
