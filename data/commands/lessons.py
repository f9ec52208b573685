"""Writing lessons down, editing and moving them, and reviewing what of them employees may read; all with history."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from sqlmodel import Session, col, select

from data.access import Viewer
from data.commands import audit, hand, rows
from data.commands.entries import EARLIEST, LABELS, HandRefused, Line, MaybeLine, MaybeText, blank_is_none, checked
from data.enums import Confidence, EditAction, LessonKind, LessonStatus, Role
from data.keys import folded
from data.lesson_paths import HELD, MOVES, OBSERVERS, SHARERS, WRITERS
from data.queries import lessons
from data.queries.hand import Entry, Seen
from data.queries.state import as_of
from data.settings import load
from data.share_safe import problems
from data.tables import Base, Edit, Gap, Lesson

Values = dict[str, Any]
_LESSONS = Base.metadata.tables["lesson"]
_CODE = 80
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]


class LessonEntry(BaseModel):
    """What a person writes of a lesson; its status moves on paths of its own."""

    model_config = ConfigDict(extra="forbid")

    title: Line
    observation: _Text
    discussion: MaybeText = None
    conclusion: MaybeText = None
    recommendation: MaybeText = None
    kind: LessonKind = LessonKind.IMPROVEMENT
    confidence: Annotated[Confidence | None, BeforeValidator(blank_is_none)] = None
    evidence: MaybeText = None
    counter_evidence: MaybeText = None
    metrics: list[Line] = []
    events: list[Line] = []
    tags: list[Line] = []
    share_safe: MaybeText = None
    observed_on: dt.date | None = None
    crisis: MaybeLine = None
    gap: MaybeLine = None


def enter(session: Session, viewer: Viewer, values: Mapping[str, Any], code: str = "") -> str:
    """Write down an observation and return its code, the next free one unless it is given.

    Raises
    ------
    HandRefused
        If the viewer's role writes none, the code is taken, or a value cannot be stored.
    """
    hand.allow(viewer, OBSERVERS, "write down lessons")
    code = " ".join(code.split()) or _next(session)
    if len(code) > _CODE:
        raise HandRefused(f"A lesson's code has at most {_CODE} characters.")
    if rows.existing(session, _LESSONS, [folded(code)]):
        raise HandRefused(f"The code “{code}” is taken.")
    entered = _checked(session, viewer, {"observed_on": _today(session)} | dict(values))
    columns = _columns(session, viewer, entered, kept=[])
    session.add(Lesson(key=folded(code), code=code, **columns))
    session.flush()
    hand.log(session, viewer, EditAction.ENTERED, "lesson", folded(code), {})
    audit.record(session, viewer, "lesson entered by hand", f"lesson {code}")
    return code


def correct(
    session: Session,
    viewer: Viewer,
    code: str,
    changes: Mapping[str, Any],
    *,
    seen: Seen | None = None,
    reason: str = "",
) -> None:
    """Change what is written of a lesson.

    Raises
    ------
    data.commands.hand.Stale
        If somebody changed it since it was `seen`.
    HandRefused
        If the viewer's role edits none or sees no such one, a value cannot be stored, what an approved lesson rests on
        would go, or nothing would change.
    """
    hand.allow(viewer, WRITERS, "edit lessons")
    entry = _found(session, viewer, code)
    present = entry.seen.values
    after = _checked(session, viewer, {name: present[name] for name in lessons.WRITTEN} | dict(changes))
    if present["status"] in HELD and (gone := set(_lacking(after)) - set(_lacking(present))):
        raise HandRefused(f"{_listed(gone)} can't go: the lesson was approved on it.")
    _write(session, viewer, entry, after, seen, reason)
    audit.record(session, viewer, "lesson corrected by hand", f"lesson {entry.name}")


def move(
    session: Session, viewer: Viewer, code: str, to: LessonStatus, *, seen: Seen | None = None, reason: str = ""
) -> None:
    """Move a lesson one step on its way, or reject it for a reason.

    Raises
    ------
    data.commands.hand.Stale, HandRefused
        Like `correct`; also if there is no such step, the viewer's role does not take it, or what it asks for is missing.
    """
    entry = _found(session, viewer, code)
    present = entry.seen.values
    roles = MOVES[present["status"]].get(to)
    if roles is None:
        raise HandRefused(f"A lesson doesn't go from {present['status']} to {to}.")
    hand.allow(viewer, roles, f"move a lesson from {present['status']} to {to}")
    if to in HELD and (lacking := _lacking(present)):
        raise HandRefused(f"{_listed(lacking)} must be given before a lesson is {to}: {_HINT}")
    if to is LessonStatus.REJECTED and not reason.strip():
        raise HandRefused("Say why the lesson is rejected.")
    after: Values = {"status": to} | ({"learned_on": _today(session)} if to is LessonStatus.LEARNED else {})
    _write(session, viewer, entry, after, seen, reason)
    audit.record(session, viewer, "lesson moved", f"lesson {entry.name}: {to}")


def review(session: Session, viewer: Viewer, code: str, *, seen: Seen | None = None) -> None:
    """Let employees read a lesson's summary as it is now; a summary that changes waits for the next review.

    Raises
    ------
    data.commands.hand.Stale, HandRefused
        Like `correct`; also if there is no summary, it names a person or a group, or the viewer wrote it themselves.
    """
    hand.allow(viewer, SHARERS, "review what employees read")
    entry = _found(session, viewer, code)
    present = entry.seen.values
    summary = present["share_safe"]
    if not summary:
        raise HandRefused("There is no summary for employees yet.")
    if against := problems(summary, lessons.groups(session)):
        raise HandRefused(f"Employees can't read it so: {'; '.join(against)}.")
    if viewer.role is not Role.ADMIN and _wrote(session, viewer, entry.key):
        raise HandRefused("You wrote this summary yourself: somebody else reviews it.")
    after = {"reviewed_summary": summary, "reviewed_at": dt.datetime.now(dt.UTC), "reviewed_by": viewer.name}
    if present["reviewed_summary"] == summary:
        raise HandRefused("This summary is reviewed already.")
    _write(session, viewer, entry, after, seen, "")
    audit.record(session, viewer, "lesson's summary reviewed", f"lesson {entry.name}")


_HINT = "evidence may be words, metrics or events; where nothing speaks against it, say where you looked."


def _lacking(values: Mapping[str, Any]) -> list[str]:
    """What an approval asks for and is not there, by field."""
    borne_out = values["evidence"] or values["metrics"] or values["events"]
    there = {"evidence": borne_out, "counter_evidence": values["counter_evidence"], "confidence": values["confidence"]}
    return [name for name, value in there.items() if not value]


def _listed(fields: Any) -> str:
    words = [LABELS[name].lower() for name in sorted(fields)]
    told = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return told[0].upper() + told[1:]


def _found(session: Session, viewer: Viewer, code: str) -> Entry:
    entry = lessons.lesson(session, viewer, code)
    if entry is None:
        raise HandRefused(f"There is no lesson “{code}”.")
    return entry


def _checked(session: Session, viewer: Viewer, values: Mapping[str, Any]) -> Values:
    """What a person wrote as it is kept, with codes as those who bear them spell them."""
    said = hand.masked(session, _LESSONS, checked(LessonEntry, values))
    if (day := said["observed_on"]) and not EARLIEST <= day <= _today(session):
        raise HandRefused("Observed on lies before 1990 or in the future.")
    if said["crisis"] is not None:
        said["crisis"] = hand.found_crisis(session, viewer, said["crisis"]).crisis
    if said["gap"] is not None:
        said["gap"] = _gap(session, viewer, said["gap"]).code
    return said


def _write(session: Session, viewer: Viewer, entry: Entry, after: Values, seen: Seen | None, reason: str) -> None:
    kept = session.exec(select(Lesson.events).where(col(Lesson.id) == entry.id)).one()
    hidden = [key for key in kept if key not in entry.seen.values["events"]]

    def stored(changed: Values) -> Values:
        return _columns(session, viewer, changed, hidden)

    hand.write(session, viewer, _LESSONS, entry, after, seen, EditAction.CORRECTED, reason, stored=stored)


def _columns(session: Session, viewer: Viewer, values: Values, kept: list[str]) -> Values:
    """Fields as columns: codes become the ids of what they name; events that the viewer does not see are `kept`."""
    found = dict(values)
    if "crisis" in found:
        code = found.pop("crisis")
        found["crisis_id"] = None if code is None else hand.found_crisis(session, viewer, code).id
    if "gap" in found:
        code = found.pop("gap")
        found["gap_id"] = None if code is None else _gap(session, viewer, code).id
    if "events" in found:
        if len(lessons.seen_events(session, viewer, found["events"])) < len(found["events"]):
            raise HandRefused("There is no such event.")
        found["events"] = [*found["events"], *kept]
    return found


def _gap(session: Session, viewer: Viewer, code: str) -> Gap:
    gap = session.exec(select(Gap).where(col(Gap.key) == folded(code), lessons.seen_gap(viewer))).first()
    if gap is None:
        raise HandRefused(f"There is no gap “{code}”.")
    return gap


def _next(session: Session) -> str:
    """``L-12``: one more than the highest number of a code of this form."""
    taken = [re.fullmatch(r"[Ll]-?(\d{1,9})", code) for code in session.exec(select(Lesson.code))]
    return f"L-{max((int(found[1]) for found in taken if found), default=0) + 1:02d}"


def _today(session: Session) -> dt.date:
    return as_of(session).astimezone(load(session).zone).date()


def _wrote(session: Session, viewer: Viewer, key: str) -> bool:
    """Whether the viewer said the present summary, when they entered the lesson or later."""
    said = sa.or_(col(Edit.field) == "share_safe", col(Edit.action) == EditAction.ENTERED)
    mine = (col(Edit.record) == "lesson", col(Edit.key) == key, said)
    last = session.exec(select(Edit.actor).where(*mine).order_by(col(Edit.id).desc()).limit(1)).first()
    return last == viewer.name
