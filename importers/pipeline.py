"""Read → identify → check → store, one transaction a file. A preview is the same path, rolled back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, col, select

from data.access import Viewer, streams
from data.commands import batches
from data.commands.records import Origin
from data.config import config
from data.engine import reading, trying, writing
from data.keys import folded
from data.queries.state import as_of as present
from data.settings import load
from data.tables import Batch, BatchSheet, Crisis
from importers import effects
from importers.check import Checked, NoRows, check
from importers.context import Context, Options, zone_name
from importers.identify import Match, explain, identify
from importers.issues import Issue, Refused, Severity, issue
from importers.read import read
from importers.result import FileStatus, SheetResult, refused, told
from importers.sheet import Sheet
from importers.streams import engagement, incidents, learning, plans, reputation, surveys
from importers.streams.base import Outcome

#: What a row of a sheet is → how it is stored. The order is that in which the sheets of a workbook are stored.
STORE: dict[str, Callable[[Session, pd.DataFrame, Origin, Context], Outcome]] = {
    "crises": incidents.store_crises,
    "events": incidents.store_events,
    "posts": engagement.store_posts,
    "daily": engagement.store_daily,
    "scores": reputation.store_scores,
    "answers": surveys.store_answers,
    "steps": plans.store_steps,
    "gaps": learning.store_gaps,
    "lessons": learning.store_lessons,
    "activities": learning.store_culture,
}


_TRIES = 3
#: SQLSTATE of a deadlock and of a transaction that must be tried again.
_COLLISIONS = frozenset({"40P01", "40001"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed over."""

    name: str
    content: bytes


class _Strict(Refused):
    """Rows were rejected although every row was asked for; the sheets they stand in."""

    def __init__(self, matches: list[Match], *issues: Issue) -> None:
        super().__init__(*issues)
        self.matches = matches


def apply(upload: Upload, options: Options, viewer: Viewer) -> list[SheetResult]:
    """Import one file: all of it, or nothing."""
    return _run(upload, options, viewer, preview=False)


def preview(upload: Upload, options: Options, viewer: Viewer) -> list[SheetResult]:
    """What `apply` would do, by doing it in a transaction that is rolled back."""
    return _run(upload, options, viewer, preview=True)


def _run(upload: Upload, options: Options, viewer: Viewer, *, preview: bool) -> list[SheetResult]:
    def attempt() -> list[SheetResult]:
        with reading() as session:
            known = batches.applied(session, fingerprint)
            if known is not None:
                return _unchanged(session, upload, known)
        with trying() if preview else writing() as session:
            return _import(session, upload, sheets, options, viewer, preview=preview)

    fingerprint = _fingerprint(upload, options)
    try:
        sheets = read(upload.name, upload.content, limit_mb=config().upload_limit_mb)
        return _after_collisions(attempt)
    except _Strict as refusal:
        return [refused(upload.name, refusal.issues, refusal.matches)]
    except Refused as refusal:
        return [refused(upload.name, refusal.issues)]


def _after_collisions(attempt: Callable[[], list[SheetResult]]) -> list[SheetResult]:
    """Try again when somebody else wrote the same records between our look and our write: the next look sees them."""
    for _ in range(_TRIES - 1):
        try:
            return attempt()
        except IntegrityError:
            continue
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _COLLISIONS:
                raise
    return attempt()


def _import(
    session: Session, upload: Upload, sheets: list[Sheet], options: Options, viewer: Viewer, *, preview: bool
) -> list[SheetResult]:
    context = _context(session, options)
    matches, ignored = _recognise(sheets, context)
    _allow(matches, viewer)
    batch_id = batches.open_batch(session, viewer, _batch(upload, options, viewer))
    status = FileStatus.PREVIEWED if preview else FileStatus.APPLIED
    sheets_checked = _check(matches, context)
    touched = effects.touched(sheets_checked, options)
    as_of = present(session)
    before = effects.numbers(session, viewer, touched, as_of)
    results = []
    for checked in sheets_checked:
        match = checked.match
        outcome = STORE[match.layout.record](session, checked.rows, Origin(batch_id, match.sheet.name), context)
        results.append(told(upload.name, status, None if preview else batch_id, checked, outcome))
    results[0].issues += ignored
    changed = effects.changes(session, viewer, touched, before, as_of, [batch_id])
    _lay_down(changed, results)
    _be_strict(results, options)
    for result in results:
        batches.close_sheet(session, _batch_sheet(batch_id, result), [i.as_dict() for i in result.issues])
    return results


def _lay_down(changed: effects.Changes, results: list[SheetResult]) -> None:
    """Each effect stands with the sheet whose rows are behind it, else with the last one."""
    by_sheet = {result.sheet: result for result in results}
    for effect in changed.effects:
        causes = [row["sheet"] for row in effect["because"] or () if row["sheet"] in by_sheet]
        by_sheet.get(causes[0] if causes else None, results[-1]).effects.append(effect)
    results[-1].issues += changed.issues


def _fingerprint(upload: Upload, options: Options) -> str:
    return hashlib.sha256(hashlib.sha256(upload.content).digest() + options.as_json().encode()).hexdigest()


def _context(session: Session, options: Options) -> Context:
    if options.timezone and zone_name(options.timezone) is None:
        raise Refused(issue("zone-unknown", value=options.timezone))
    settings = load(session)
    zones = session.execute(select(Crisis.code, Crisis.timezone).where(col(Crisis.timezone).is_not(None)))
    stands_still = settings["sample.as_of"]  # the sample company's last day may lie after today
    return Context(
        options,
        company=settings["company.name"],
        company_zone=settings["company.timezone"],
        today=max([datetime.now(UTC), *([datetime.fromisoformat(stands_still)] if stands_still else [])]).date(),
        k=settings["anonymity.k"],
        paired=settings["surveys.paired"],
        crisis_zones={folded(code): zone for code, zone in zones},
    )


def _recognise(sheets: list[Sheet], context: Context) -> tuple[list[Match], list[Issue]]:
    """The sheets whose format is known, in the order of storing, and a warning for each other one."""
    asked = context.options.sheet
    wanted = [sheet for sheet in sheets if asked in {None, sheet.name}]
    if not wanted:
        names = ", ".join(sheet.name for sheet in sheets if sheet.name) or "none, it is a text file"
        raise Refused(issue("sheet-unknown", value=asked, sheets=names))
    found = [(sheet, identify(sheet, context)) for sheet in wanted]
    matches = [match for _, match in found if match is not None]
    if not matches:
        raise Refused(min((explain(sheet, context) for sheet in wanted), key=lambda i: i.code == "format-unknown"))
    order = list(STORE)
    matches.sort(key=lambda match: order.index(match.layout.record))
    return matches, [_ignored(sheet, context) for sheet, match in found if match is None]


def _ignored(sheet: Sheet, context: Context) -> Issue:
    """Why a sheet beside recognised ones is left out."""
    why = explain(sheet, context, Severity.WARNING)
    if why.code != "format-unknown":
        return why
    return issue("sheet-ignored", severity=Severity.WARNING, sheet=sheet.name, sheet_name=sheet.name)


def _allow(matches: list[Match], viewer: Viewer) -> None:
    allowed = streams(viewer)
    for match in matches:
        if match.layout.stream not in allowed:
            names = " and ".join(sorted(allowed)) or "nothing"
            raise Refused(
                issue("kind-forbidden", sheet=match.sheet.name, allowed=names, found=match.layout.stream.value)
            )


def _check(matches: list[Match], context: Context) -> list[Checked]:
    """Check every sheet; one without rows is left out, unless none has any."""
    filled, empty = [], []
    for match in matches:
        try:
            filled.append(check(match, context))
        except NoRows as nothing:
            empty.append(nothing)
    if not filled:
        raise empty[0]
    return filled


def _batch(upload: Upload, options: Options, viewer: Viewer) -> Batch:
    return Batch(
        file=upload.name,
        sha256=hashlib.sha256(upload.content).hexdigest(),
        fingerprint=_fingerprint(upload, options),
        size=len(upload.content),
        options=options.as_dict(),
        imported_at=datetime.now(UTC),
        imported_by=viewer.name,
    )


def _batch_sheet(batch_id: int, result: SheetResult) -> BatchSheet:
    counts = ("rows", "new", "updated", "duplicate", "rejected", "skipped")
    (match,) = result.matches
    return BatchSheet(
        batch_id=batch_id,
        sheet=match.sheet.name,
        kind=match.layout.stream,
        format=match.layout.name,
        **{name: getattr(result, name) for name in counts},
    )


def _be_strict(results: list[SheetResult], options: Options) -> None:
    rejected = sum(result.rejected for result in results)
    if options.strict and rejected:
        matches = [match for result in results for match in result.matches]
        raise _Strict(matches, issue("strict", n=rejected), *(i for result in results for i in result.issues))


def _unchanged(session: Session, upload: Upload, known: Batch) -> list[SheetResult]:
    """The same file again: all that it brought is here already."""
    stored = session.exec(select(BatchSheet).where(BatchSheet.batch_id == known.id).order_by(col(BatchSheet.id)))
    return [
        SheetResult(
            upload.name,
            FileStatus.UNCHANGED,
            kind=sheet.kind.value,
            format=sheet.format,
            sheet=sheet.sheet,
            batch=known.id,
            rows=sheet.rows,
            duplicate=sheet.new + sheet.updated + sheet.duplicate,
            rejected=sheet.rejected,
            skipped=sheet.skipped,
        )
        for sheet in stored
    ]
