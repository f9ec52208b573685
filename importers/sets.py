"""The files of one upload as a set: previewed together in one transaction that is rolled back, applied file by file.

Files are stored in the order in which their records rest on each other, whatever the order of the upload: a gap that
names a crisis finds it, though the incident log was dropped after the register.
"""

from __future__ import annotations

import operator
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from data.access import Viewer
from data.commands import batches
from data.engine import reading, trying, writing
from data.queries.provenance import listed
from data.queries.state import as_of
from importers import effects
from importers.context import Context, Options
from importers.issues import Refused
from importers.masking import masked
from importers.pace import Rows
from importers.recognise import context, recognise, turn
from importers.result import SheetResult, refused
from importers.storing import Done, fingerprint, run, unchanged
from importers.upload import Upload

_TRIES = 3
#: SQLSTATE of a deadlock and of a transaction that must be tried again.
_COLLISIONS = frozenset({"40P01", "40001"})

#: Is told the file at work, how many files are done, and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A file, and how it is to be read."""

    upload: Upload
    options: Options = field(default_factory=Options)


@dataclass(slots=True)
class SetResult:
    """What became, or would become, of a set.

    `files` holds the results of each file in the order of the upload; `effects` what they change together. `set_id`
    names the set in History; None for a preview and where nothing was stored.
    """

    files: list[list[SheetResult]]
    effects: list[dict[str, Any]] = field(default_factory=list)
    set_id: str | None = None


def preview(
    asked: Sequence[Asked], viewer: Viewer, progress: Progress | None = None, rows: Rows | None = None
) -> SetResult:
    """What `apply` would do, by doing it in a transaction that is rolled back.

    `rows` is told how far the file at work is.
    """
    with trying() as session:
        done: dict[int, Done] = {}
        for place in _in_turn(session, asked, viewer):
            _tell(progress, asked, place, done)
            done[place] = run(session, asked[place].upload, asked[place].options, viewer, preview=True, rows=rows)
        changed = _changes(session, viewer, list(done.values()))
    return SetResult([done[place].results for place in range(len(asked))], changed)


def apply(
    asked: Sequence[Asked],
    viewer: Viewer,
    progress: Progress | None = None,
    rows: Rows | None = None,
    *,
    tell_effects: bool = True,
) -> SetResult:
    """Import each file in a transaction of its own: all of it, or nothing. A refused one leaves the others as they are.

    `effects` are those of each file when it was stored, one after another; they cost time where there are many crises.
    """
    set_id = uuid.uuid4().hex
    with reading() as session:
        order = _in_turn(session, asked, viewer)
    done: dict[int, Done] = {}
    changed: list[dict[str, Any]] = []
    for place in order:
        _tell(progress, asked, place, done)
        done[place], changes = _after_collisions(asked[place], viewer, set_id, rows, tell_effects=tell_effects)
        changed += changes
    stored = any(one.batch is not None for one in done.values())
    return SetResult([done[place].results for place in range(len(asked))], changed, set_id if stored else None)


def _after_collisions(
    one: Asked, viewer: Viewer, set_id: str, rows: Rows | None, *, tell_effects: bool
) -> tuple[Done, list[dict[str, Any]]]:
    """Try again when somebody else wrote the same records between our look and our write: the next look sees them."""
    for _ in range(_TRIES - 1):
        try:
            return _applied(one, viewer, set_id, rows, tell_effects=tell_effects)
        except IntegrityError:
            continue
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _COLLISIONS:
                raise
    return _applied(one, viewer, set_id, rows, tell_effects=tell_effects)


def _applied(
    one: Asked, viewer: Viewer, set_id: str, rows: Rows | None, *, tell_effects: bool
) -> tuple[Done, list[dict[str, Any]]]:
    with reading() as session:
        try:
            known = batches.applied(session, fingerprint(one.upload, _context(session, one, viewer)))
        except Refused as refusal:
            return Done(masked(session, [refused(one.upload.name, refusal.issues)])), []
        if known is not None:
            return Done(masked(session, unchanged(session, one.upload, known))), []
    with writing() as session:
        done = run(session, one.upload, one.options, viewer, preview=False, set_id=set_id, rows=rows)
        if done.batch is None:
            session.rollback()  # what was refused leaves the data's version as it was
            return done, []
        return done, _changes(session, viewer, [done]) if tell_effects else []


def _context(session: Session, one: Asked, viewer: Viewer) -> Context:
    """How a file is read; it is opened here, before a writer's turn is taken."""
    return context(session, one.options, one.upload.first, viewer)


def _in_turn(session: Session, asked: Sequence[Asked], viewer: Viewer) -> list[int]:
    """Places in the upload in the order of storing; a file that is refused keeps its place at the end."""

    def rank(place: int) -> tuple[int, int]:
        one = asked[place]
        try:
            matches, _ = recognise(one.upload.first, _context(session, one, viewer))
        except Refused:
            return 1_000, place
        return min(turn(match) for match in matches), place

    return sorted(range(len(asked)), key=rank) if len(asked) > 1 else list(range(len(asked)))


def _changes(session: Session, viewer: Viewer, done: Sequence[Done]) -> list[dict[str, Any]]:
    """What these files change, seen from inside the transaction that stored them; another still sees the state before.

    Each effect stands with the sheet whose rows are behind it, else with the last one; so do the warnings.
    """
    stored = [one for one in done if one.batch is not None]
    touched = reduce(operator.or_, (one.touched for one in stored), effects.Touched())
    if not touched:
        return []
    moment = as_of(session)
    with reading() as outside:
        before = effects.numbers(outside, viewer, touched, moment)
    changed = effects.changes(session, viewer, touched, before, moment, [one.batch for one in stored if one.batch])
    results = [result for one in stored for result in one.results]
    for effect in changed.effects:
        _causing(effect, results).effects.append(effect)
    results[-1].issues += changed.issues
    return changed.effects


def _causing(effect: dict[str, Any], results: Sequence[SheetResult]) -> SheetResult:
    """The sheet of the first row behind an effect; of several tables in it the last one that begins above the row."""
    for because in effect["because"] or ():
        row = next(iter(listed(because["rows"] or "")), 0)
        here = [one for one in results if (one.file, one.sheet) == (because["file"], because["sheet"])]
        if here:
            above = [one for one in here if one.table is not None and one.table < row]
            return max(above, key=lambda one: one.table or 0, default=here[0])
    return results[-1]


def _tell(progress: Progress | None, asked: Sequence[Asked], place: int, done: dict[int, Done]) -> None:
    if progress:
        progress(asked[place].upload.name, len(done), len(asked))
