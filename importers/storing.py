"""One file in one transaction: recognise → check → store. A preview is the same path, rolled back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from data.access import Viewer
from data.commands import batches
from data.commands.records import Origin
from data.queries import protected
from data.tables import Batch, BatchSheet
from importers import effects, traps
from importers.context import Options
from importers.identify import Match
from importers.issues import Refused, issue
from importers.masking import mask_results, mask_rows
from importers.recognise import allow, check_all, context, recognise
from importers.result import FileStatus, SheetResult, refused, told
from importers.streams import STORE
from importers.topics import name_topics
from importers.upload import Upload


@dataclass(slots=True)
class Done:
    """What became of one file. `touched` is what its rows speak of; `batch` None where nothing was stored."""

    results: list[SheetResult]
    batch: int | None = None
    touched: effects.Touched = effects.NOTHING


class _Strict(Refused):
    """Rows were rejected although every row was asked for; the sheets they stand in."""

    def __init__(self, matches: list[Match], *issues: object) -> None:
        super().__init__(*issues)  # type: ignore[arg-type]  # issues, as Refused takes them
        self.matches = matches


def run(
    session: Session, upload: Upload, options: Options, viewer: Viewer, *, preview: bool, set_id: str | None = None
) -> Done:
    """Store one file in a transaction of the caller's: all of it, or nothing.

    The same bytes, read in the same way, as a batch that is applied are `unchanged`.
    """
    try:
        with session.begin_nested():
            known = batches.applied(session, fingerprint(upload, options))
            if known is not None:
                return Done(unchanged(session, upload, known))
            return _store(session, upload, options, viewer, preview=preview, set_id=set_id)
    except _Strict as refusal:
        return Done([refused(upload.name, refusal.issues, refusal.matches)])
    except Refused as refusal:
        return Done([refused(upload.name, refusal.issues)])


def _store(
    session: Session, upload: Upload, options: Options, viewer: Viewer, *, preview: bool, set_id: str | None
) -> Done:
    reading = context(session, options)
    masker = protected.masker(session)
    matches, ignored = recognise(upload.sheets, reading)
    allow(matches, viewer)
    batch = _batch(upload, options, viewer, set_id)
    batch.file = masker.text(upload.name)
    batch_id = batches.open_batch(session, viewer, batch)
    status = FileStatus.PREVIEWED if preview else FileStatus.APPLIED
    sheets = check_all(matches, reading)
    mask_rows(sheets, masker)
    name_topics(sheets, reading.topics, masker)
    for checked in sheets:
        checked.issues += traps.warnings(checked, reading)
    results = []
    for checked in sheets:
        match = checked.match
        outcome = STORE[match.layout.record](session, checked.rows, Origin(batch_id, match.sheet.name), reading)
        results.append(told(upload.name, status, None if preview else batch_id, checked, outcome))
    results[0].issues += ignored
    mask_results(results, masker)
    _be_strict(results, options)
    for result in results:
        batches.close_sheet(session, _batch_sheet(batch_id, result), [i.as_dict() for i in result.issues])
    return Done(results, batch_id, effects.touched(sheets, options))


def fingerprint(upload: Upload, options: Options) -> str:
    return hashlib.sha256(bytes.fromhex(upload.sha256) + options.as_json().encode()).hexdigest()


def _batch(upload: Upload, options: Options, viewer: Viewer, set_id: str | None) -> Batch:
    return Batch(
        file=upload.name,
        sha256=upload.sha256,
        fingerprint=fingerprint(upload, options),
        size=len(upload.content),
        options=options.as_dict(),
        imported_at=datetime.now(UTC),
        imported_by=viewer.name,
        set_id=set_id,
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


def unchanged(session: Session, upload: Upload, known: Batch) -> list[SheetResult]:
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
