"""One file in one transaction: recognise → check → store. A preview is the same path, rolled back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from data.access import Viewer
from data.commands import batches, survey_figures
from data.commands.records import Origin
from data.enums import Stream
from data.masking import Masker
from data.queries import protected
from data.tables import Batch, BatchSheet, RejectedRow
from importers import effects, pace, traps
from importers.chunked import storing as chunked
from importers.chunked.merging import MOST
from importers.chunked.storing import Target
from importers.context import Context, Options
from importers.garbage import looked_for_rarely
from importers.identify import Match
from importers.issues import Issue, Refused, Severity, issue
from importers.mapping.saved import to_json, used
from importers.masking import mask_results, mask_rows, masked
from importers.recognise import allow, check_all, context, recognise
from importers.result import FileStatus, Rejected, SheetResult, refused, told
from importers.sheet import Cell
from importers.streams import STORE
from importers.topics import name_topics
from importers.upload import Upload


@dataclass(slots=True)
class Done:
    """What became of one file. `touched` is what its rows speak of; `batch` None where nothing was stored."""

    results: list[SheetResult]
    batch: int | None = None
    touched: effects.Touched = field(default_factory=effects.Touched)


class _Strict(Refused):
    """Rows were rejected although every row was asked for; the rows as they stood."""

    def __init__(self, rejects: list[Rejected], *issues: Issue) -> None:
        super().__init__(*issues)
        self.rejects = rejects


@looked_for_rarely()
def run(
    session: Session,
    upload: Upload,
    options: Options,
    viewer: Viewer,
    *,
    preview: bool,
    set_id: str | None = None,
    rows: pace.Rows | None = None,
) -> Done:
    """Store one file in a transaction of the caller's: all of it, or nothing. `rows` is told how far it is.

    The same bytes, read in the same way, as a batch that is applied are `unchanged`.
    """
    try:
        with session.begin_nested():
            reading = context(session, options, upload.first, viewer)
            known = batches.applied(session, fingerprint(upload, reading))
            if known is not None:
                return Done(masked(session, unchanged(session, upload, known)))
            steps = pace.Steps(rows, upload.rows)
            return _store(session, upload, reading, viewer, steps, preview=preview, set_id=set_id)
    except _Strict as refusal:
        return Done(masked(session, [refused(upload.name, refusal.issues, refusal.rejects)]))
    except Refused as refusal:
        return Done(masked(session, [refused(upload.name, refusal.issues)]))


def _store(
    session: Session,
    upload: Upload,
    reading: Context,
    viewer: Viewer,
    steps: pace.Steps,
    *,
    preview: bool,
    set_id: str | None,
) -> Done:
    masker = protected.masker(session)
    matches, ignored = recognise(upload.first, reading)
    allow(matches, viewer)
    chunks = chunked.plan(upload.long, matches, reading, steps) if upload.long else None
    if upload.long and chunks is None:
        matches, ignored = recognise(upload.sheets, reading)
        allow(matches, viewer)
    batch = _batch(upload, reading, matches, viewer, set_id)
    batch.file = masker.text(upload.name)
    batch_id = batches.open_batch(session, viewer, batch)
    target = Target(upload.name, batch_id, FileStatus.PREVIEWED if preview else FileStatus.APPLIED)
    if chunks is not None:
        result, touched = chunked.store(session, target, chunks, reading, masker, steps)
        results = [result]
    else:
        results, touched = _store_whole(session, target, matches, reading, masker, steps)
    results[0].issues += ignored
    mask_results(results, masker)
    _be_strict(results, reading.options)
    for result in results:
        kept = _rejected_rows(batch_id, result)
        if kept and len(kept) < result.rejected:
            place: dict[str, Any] = {"severity": Severity.WARNING, "sheet": result.sheet}
            result.issues.append(issue("rejects-kept", **place, n=f"{len(kept):,}", all=f"{result.rejected:,}"))
        batches.close_sheet(session, _batch_sheet(batch_id, result), [i.as_dict() for i in result.issues])
        batches.keep_rejects(session, kept)
    return Done(results, batch_id, touched)


def _store_whole(
    session: Session, target: Target, matches: list[Match], reading: Context, masker: Masker, steps: pace.Steps
) -> tuple[list[SheetResult], effects.Touched]:
    """Check every sheet, then store it; returns their results, and what their rows speak of."""
    steps.share(0)
    sheets = check_all(matches, reading)
    mask_rows(sheets, masker)
    name_topics(sheets, reading.topics, masker)
    for checked in sheets:
        checked.issues += traps.warnings(checked, reading)
    steps.share(0.5)
    results = []
    for done, checked in enumerate(sheets, start=1):
        match = checked.match
        origin = Origin(target.batch, match.sheet.name, over_hand=reading.options.over_hand)
        outcome = STORE[match.layout.record](session, checked.rows, origin, reading)
        results.append(told(target.file, target.status, target.number, checked, outcome))
        steps.share(0.5 + 0.5 * done / len(sheets))
    if any(checked.match.layout.stream is Stream.SURVEY for checked in sheets):
        survey_figures.decide(session, target.batch)
    return results, effects.touched(sheets, reading.options)


def fingerprint(upload: Upload, reading: Context) -> str:
    """The same for the same bytes, read in the same way."""
    mappings = [reading.mapping] if reading.mapping else reading.mappings
    said = reading.options.as_json() + "".join(to_json(mapping) for mapping in mappings)
    return hashlib.sha256(bytes.fromhex(upload.sha256) + said.encode()).hexdigest()


def _batch(upload: Upload, reading: Context, matches: list[Match], viewer: Viewer, set_id: str | None) -> Batch:
    return Batch(
        file=upload.name,
        sha256=upload.sha256,
        fingerprint=fingerprint(upload, reading),
        size=upload.size,
        options=reading.options.as_dict(),
        mapping=used(match.layout for match in matches),
        imported_at=datetime.now(UTC),
        imported_by=viewer.name,
        set_id=set_id,
    )


def _batch_sheet(batch_id: int, result: SheetResult) -> BatchSheet:
    counts = ("rows", "new", "updated", "duplicate", "rejected", "skipped")
    header = result.rejects[0].header if result.rejects else []
    return BatchSheet(
        batch_id=batch_id,
        sheet=result.sheet,
        kind=Stream(result.kind or ""),
        format=result.format or "",
        header=[_kept(cell) for cell in header] or None,
        **{name: getattr(result, name) for name in counts},
    )


def _rejected_rows(batch_id: int, result: SheetResult) -> list[RejectedRow]:
    """The rejected rows of one sheet that History can hand back; none of a survey."""
    return [
        RejectedRow(batch_id=batch_id, sheet=rejected.sheet, row=row, cells=[_kept(cell) for cell in cells])
        for rejected in result.rejects
        for row, cells in rejected.rows.items()
        if cells
    ][:MOST]


def _kept(cell: Cell) -> Any:
    """A cell as JSON holds it: dates and times as text."""
    return cell if cell is None or isinstance(cell, (str, int, float, bool)) else str(cell)


def _be_strict(results: list[SheetResult], options: Options) -> None:
    rejected = sum(result.rejected for result in results)
    if options.strict and rejected:
        rejects = [one for result in results for one in result.rejects]
        raise _Strict(rejects, issue("strict", n=rejected), *(i for result in results for i in result.issues))


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
