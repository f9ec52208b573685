"""``python -m importers``: what the Import page does, without a browser."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from data import schema
from data.access import LOCAL
from data.commands.batches import UndoRefused
from data.config import config
from data.engine import reading
from data.enums import Audience, Stream
from importers import gap_export, rejects, sample, sets, templates
from importers.archives import unpacked
from importers.context import Options
from importers.formats import FORMATS
from importers.issues import Refused, Severity, issue
from importers.mapping import command as mappings
from importers.masking import masked
from importers.pace import FilesOnStandardError, OnStandardError
from importers.result import FileStatus, SheetResult, refused
from importers.scoring import score_unscored
from importers.undo import undo
from importers.upload import Upload, is_long


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m importers", description="Import spreadsheets, or take imports back."
    )
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
    parser.add_argument("--kind", type=Stream, choices=list(Stream), metavar="KIND", help=", ".join(Stream))
    parser.add_argument("--sheet", help="only this sheet of a workbook")
    parser.add_argument("--crisis", metavar="CODE", help="the crisis of rows that name none")
    parser.add_argument("--wave", metavar="NAME", help="the survey wave (default: month of the responses)")
    parser.add_argument("--audience", type=Audience, choices=list(Audience), metavar="A", help=", ".join(Audience))
    parser.add_argument("--source", metavar="NAME", help="the source of a wide score table whose columns are companies")
    parser.add_argument("--date-order", choices=["dmy", "mdy", "ymd"])
    parser.add_argument("--decimal", choices=["comma", "point"])
    parser.add_argument("--timezone", metavar="ZONE", help="of timestamps without an offset")
    parser.add_argument("--score", action=argparse.BooleanOptionalAction, default=True, help="score text afterwards")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    parser.add_argument("--strict", action="store_true", help="refuse a file with any rejected row")
    parser.add_argument("--over-hand-edits", action="store_true", help="the file wins over what was entered by hand")
    parser.add_argument("--rejects", metavar="FILE.xlsx", type=Path, help="write the rejected rows to this workbook")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--undo", metavar="BATCH", type=int, help="take a batch back")
    other.add_argument("--template", nargs=2, metavar=("KIND", "FILE.xlsx"), help="write an empty template")
    other.add_argument("--register", metavar="FILE.xlsx|FILE.csv", type=Path, help="write the register of gaps")
    other.add_argument("--formats", action="store_true", help="list the recognised formats")
    other.add_argument("--sample", action="store_true", help="load the sample company into an empty database")
    parser.add_argument(
        "--force",
        action="store_true",
        help="with --sample: although there are data; with --save-mapping: over one of that name",
    )
    mappings.add_arguments(parser)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one call and return its exit status: 0 done, 1 refused, 2 usage."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.formats:
        for layout in FORMATS:
            print(f"{layout.name}\t{layout.stream}\t{layout.title}")
        return 0
    if asked.template:
        kind, file = asked.template
        return _write_template(kind, Path(file))
    schema.create()
    for given, deed in ((asked.undo, _undo), (asked.register, _write_register)):
        if given is not None:
            return int(deed(given))
    if asked.sample:
        return _load_sample(asked)
    if (status := mappings.run(asked)) is not None:
        return status
    if not asked.files:
        parser.error("name at least one FILE, or one of --undo, --template, --register, --formats, --sample")
    return _import(asked)


def _import(asked: argparse.Namespace) -> int:
    try:
        mapping = mappings.chosen(asked.mapping)
    except Refused as wrong:
        unread = _masked([refused(_name(path), wrong.issues) for path in asked.files])
        _say(unread)
        return _exit_status(unread, as_json=asked.json)
    options = Options(
        kind=asked.kind, sheet=asked.sheet, crisis=asked.crisis, wave=asked.wave, audience=asked.audience,
        mapping=mapping, source=asked.source, date_order=asked.date_order, decimal=asked.decimal, timezone=asked.timezone,
        strict=asked.strict, over_hand=asked.over_hand_edits,
    )  # fmt: skip
    opened = [_opened(path, options) for path in asked.files]
    files = [one for found in opened for one in found if isinstance(one, sets.Asked)]
    told = FilesOnStandardError("Checking" if asked.dry_run else "Importing")
    done = iter((sets.preview if asked.dry_run else sets.apply)(files, LOCAL, told.file, told.rows).files)
    results = [
        r for found in opened for one in found for r in (_masked([one]) if isinstance(one, SheetResult) else next(done))
    ]
    _say(results)
    if (
        asked.score
        and not asked.dry_run
        and any(r.kind == Stream.ENGAGEMENT and r.status == "applied" for r in results)
    ):
        scored = score_unscored(progress=OnStandardError("Scoring text"))
        print(f"{scored} posts scored by the lexicon", file=sys.stderr)
    is_written = asked.rejects is None or _written(asked.rejects, rejects.workbook(results))
    return _exit_status(results, as_json=asked.json) or int(not is_written)


def _opened(path: Path, options: Options) -> list[sets.Asked | SheetResult]:
    """The file or, of an archive, its members; why it can't be opened, if it can't. A long text stays where it is."""
    name = _name(path)
    try:
        if is_long(path):
            return [sets.Asked(Upload(name, path=path), options)]
        members = unpacked(name, path.read_bytes(), limit_mb=config().upload_limit_mb)
    except OSError as failure:
        return [refused(name, [issue("file-unreadable", what=failure.strerror or "it cannot be opened")])]
    except Refused as refusal:
        return [refused(name, refusal.issues)]
    return [sets.Asked(Upload(member, content), options) for member, content in members]


def _masked(results: list[SheetResult]) -> list[SheetResult]:
    """Of files that could not be opened: what is told of them names no protected term either."""
    with reading() as session:
        return masked(session, results)


def _name(path: Path) -> str:
    return path.name.encode(errors="replace").decode()  # Linux file names need not be text


def _say(results: list[SheetResult]) -> None:
    """What happened, for a person, on standard error."""
    for r in results:
        name = f"{r.file}, sheet {r.sheet}" if r.sheet else r.file
        name += f", from row {r.table}" if r.table else ""
        if r.status is not FileStatus.REFUSED:
            counts = f"{r.new} new, {r.updated} updated, {r.duplicate} already here, {r.rejected} rejected, {r.skipped} skipped"
            print(f"{name}: {r.status}, {r.kind} ({r.format}): {r.rows} rows: {counts}", file=sys.stderr)
        else:
            print(f"{name}: refused, nothing was written", file=sys.stderr)
        for found in r.issues:
            if found.severity is not Severity.INFO:
                place = ", ".join(f"{k} {v}" for k, v in (("sheet", found.sheet), ("row", found.row)) if v is not None)
                print(f"  {place + ': ' if place else ''}{found.message}", file=sys.stderr)


def _exit_status(results: list[SheetResult], *, as_json: bool) -> int:
    """Print the JSON document if it was asked for; 1 if a file was refused."""
    if as_json:
        print(json.dumps([result.as_dict() for result in results], ensure_ascii=False))
    return 1 if any(result.status is FileStatus.REFUSED for result in results) else 0


def _written(path: Path, content: bytes) -> bool:
    """Whether a file could be written; if not, why is said."""
    try:
        path.write_bytes(content)
    except OSError as failure:
        print(f"{path} cannot be written: {failure.strerror}.", file=sys.stderr)
        return False
    return True


def _write_template(kind: str, path: Path) -> int:
    if kind not in list(Stream):
        print(f"There is no template “{kind}”. The kinds are: {', '.join(Stream)}.", file=sys.stderr)
        return 2
    return 0 if _written(path, templates.content(Stream(kind))) else 1


def _write_register(path: Path) -> int:
    kind = path.suffix.removeprefix(".").lower()
    if kind not in gap_export.KINDS:
        print(f"The register is written as {' or '.join(gap_export.KINDS)}, not as “{kind}”.", file=sys.stderr)
        return 2
    with reading() as session:
        content = gap_export.content(session, LOCAL, kind)
    return 0 if _written(path, content) else 1


def _undo(batch: int) -> int:
    try:
        undo(batch, LOCAL)
    except UndoRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def _load_sample(asked: argparse.Namespace) -> int:
    try:
        results = sample.load(LOCAL, force=asked.force, progress=lambda name: print(name, file=sys.stderr))
    except sample.NotEmpty as refusal:
        print(refusal, file=sys.stderr)
        return 1
    _say(results)
    return _exit_status(results, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
