"""Lessons in full: what they say, what bears them out, how far they have come, and what of them employees may read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer, visible_crises, visible_register
from data.enums import LessonStatus
from data.keys import folded
from data.queries import hand
from data.queries.culture import department_names
from data.queries.frames import DAY, UTC_TIME, frame
from data.queries.hand import Entry, Seen
from data.queries.surveys.names import group_names
from data.settings import load
from data.tables import Crisis, Edit, Event, Gap, Lesson

#: What a person may write of a lesson; `crisis` and `gap` are codes, `events` keys.
WRITTEN = (
    "title", "observation", "discussion", "conclusion", "recommendation", "kind", "confidence", "evidence",
    "counter_evidence", "metrics", "events", "tags", "share_safe", "observed_on", "crisis", "gap",
)  # fmt: skip
_STANDS = ("status", "learned_on", "reviewed_summary", "reviewed_at", "reviewed_by")
_TEXTS = (
    "code", "title", "observation", "discussion", "conclusion", "recommendation", "kind", "status", "confidence",
    "evidence", "counter_evidence", "share_safe", "reviewed_summary", "reviewed_by",
)  # fmt: skip
_TYPES: dict[str, str] = (
    {"lesson_id": "int64"}
    | dict.fromkeys(_TEXTS, "text")
    | {"tags": "object", "metrics": "object", "events": "object", "reviewed_at": UTC_TIME}
    | {"observed_on": DAY, "learned_on": DAY, "version": "int64"}
)
_OF_CRISIS = {"crisis": "text", "crisis_title": "text", "gap": "text", "gap_title": "text", "withheld": "bool"}


def in_full(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Every lesson whose crisis the viewer may see, in order of its code.

    Returns
    -------
    DataFrame
        lesson_id, code … reviewed_by, tags, metrics and events (lists), reviewed_at (UTC), observed_on, learned_on,
        version; crisis and gap (codes or None) with their titles; withheld (whether its crisis is restricted or
        privileged, so that nothing of it is for employees).
    """
    names = ("id", *list(_TYPES)[1:])
    kept_back = sa.func.coalesce(sa.or_(_restricted(), col(Crisis.privilege_banner).is_not(None)), sa.false())
    statement = (
        select(*(getattr(Lesson, name) for name in names), Crisis.code, Crisis.title, Gap.code, Gap.title, kept_back)
        .outerjoin(Crisis, col(Lesson.crisis_id) == col(Crisis.id))
        .outerjoin(Gap, sa.and_(col(Lesson.gap_id) == col(Gap.id), seen_gap(viewer)))
        .where(visible_register(viewer, col(Lesson.crisis_id).is_(None)))
        .order_by(col(Lesson.code))
    )
    return frame(session, statement, _TYPES | _OF_CRISIS)


def _restricted() -> Any:
    return sa.and_(col(Crisis.restricted_to).is_not(None), sa.cast(col(Crisis.restricted_to), sa.String) != "[]")


def seen_gap(viewer: Viewer) -> Any:
    """A condition on a gap: of a crisis that the viewer may see, or of none."""
    crises = select(Crisis.id).where(visible_crises(viewer)).correlate(None)
    return sa.or_(col(Gap.crisis_id).is_(None), col(Gap.crisis_id).in_(crises))


def lesson(session: Session, viewer: Viewer, code: str) -> Entry | None:
    """The lesson with this code, if the viewer may see its crisis; `seen` holds what is written, and how it stands."""
    joined = select(Lesson, Crisis.code).outerjoin(Crisis, col(Crisis.id) == col(Lesson.crisis_id))
    mine = (col(Lesson.key) == folded(code), visible_register(viewer, col(Lesson.crisis_id).is_(None)))
    found = session.exec(joined.where(*mine)).first()
    if found is None:
        return None
    one, crisis = found
    gap = session.exec(select(Gap.code).where(col(Gap.id) == one.gap_id, seen_gap(viewer))).first()
    own = tuple(name for name in WRITTEN if name not in {"crisis", "gap", "events"})
    values = {name: getattr(one, name) for name in (*own, *_STANDS)}
    values |= {"crisis": crisis, "gap": gap, "events": list(seen_events(session, viewer, one.events))}
    zone = str(load(session)["company.timezone"])
    return Entry(int(one.id or 0), one.key, crisis or "", zone, Seen(one.version, values), one.code)


def seen_events(session: Session, viewer: Viewer, keys: list[str]) -> dict[str, int]:
    """Key → id of those of these events whose crisis the viewer may see, in the order given."""
    joined = select(Event.key, Event.id).join(Crisis, col(Crisis.id) == col(Event.crisis_id))
    found = dict(session.exec(joined.where(col(Event.key).in_(keys), visible_crises(viewer))).all())
    return {key: int(found[key] or 0) for key in keys if key in found}


def event_keys(session: Session, viewer: Viewer, crisis: str) -> dict[str, int]:
    """Key → id of every event of the crisis with this code, if the viewer may see it, oldest first."""
    joined = select(Event.key, Event.id).join(Crisis, col(Crisis.id) == col(Event.crisis_id))
    mine = joined.where(col(Crisis.key) == folded(crisis), visible_crises(viewer))
    return {key: int(number or 0) for key, number in session.exec(mine.order_by(col(Event.occurred_at)))}


def history(session: Session, viewer: Viewer, code: str) -> pd.DataFrame:
    """Who changed what of a lesson by hand, the latest first (`hand.of_record`), events in words; empty where the viewer
    sees no such lesson.
    """
    entry = lesson(session, viewer, code)
    found = hand.of_record(session, "lesson", "" if entry is None else entry.key)
    named = found["field"] == "events"
    for side in ("before", "after"):
        told = [_in_words(session, viewer, keys or []) for keys in found.loc[named, side]]
        found.loc[named, side] = pd.Series(told, index=found.index[named], dtype=object)
    return found


def _in_words(session: Session, viewer: Viewer, keys: list[str]) -> list[str]:
    """Events by milestone and moment; one that is gone, or that the viewer may not see, is “an event”."""
    numbers = seen_events(session, viewer, keys)
    at = select(Event.id, Event.milestone, Event.occurred_at).where(col(Event.id).in_(numbers.values()))
    words = {n: f"{what.replace('_', ' ')} of {when:%Y-%m-%d %H:%M} UTC" for n, what, when in session.exec(at)}
    return [words.get(numbers.get(key, -1), "an event") for key in keys]


def implemented_on(session: Session) -> dict[str, dt.datetime]:
    """Key of a lesson → when a person last said that it was implemented."""
    mine = (col(Edit.record) == "lesson", col(Edit.field) == "status")
    found = session.exec(select(Edit.key, Edit.at, Edit.after).where(*mine).order_by(col(Edit.id))).all()
    return {key: at for key, at, after in found if after == LessonStatus.IMPLEMENTED.value}


def groups(session: Session) -> frozenset[str]:
    """The names of all groups of employees, for the check that no text for employees names one."""
    return department_names(session) | group_names(session)
