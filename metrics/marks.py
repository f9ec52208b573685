"""The marks of a timeline that intervals run between: which events of EVENTS make a mark, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from metrics.clock import Moment, earliest_moment

#: Audiences that the public is reached through.
PUBLIC = ("public", "press")
EMPLOYEES = ("employees",)


@dataclass(frozen=True, slots=True)
class Pick:
    """Events of one milestone, to some audiences only where any are named."""

    milestone: str
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the timeline: the earliest of the events that any of its picks takes. `name` follows "no … recorded"."""

    name: str
    picks: tuple[Pick, ...]


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


def marked(events: pd.DataFrame, mark: Mark) -> pd.DataFrame:
    """The rows of EVENTS that make the mark."""
    mask = pd.Series(data=False, index=events.index)
    for pick in mark.picks:
        hit = events["milestone"] == pick.milestone
        if pick.audiences:
            hit &= events["audience"].isin(pick.audiences)
        mask |= hit
    return events[mask]


def moment_of(events: pd.DataFrame, mark: Mark) -> Moment | None:
    """When the mark was first made, among `existing` events."""
    return earliest_moment(marked(events, mark))


def without_audience(events: pd.DataFrame, mark: Mark) -> int:
    """How many events would make the mark if they named an audience: they are not counted, but they are said."""
    bare = Mark(mark.name, tuple(Pick(pick.milestone) for pick in mark.picks if pick.audiences))
    return int(marked(events, bare)["audience"].isna().sum()) if bare.picks else 0
