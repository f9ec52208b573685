"""The files on the Import page between upload and decision: a set that is previewed once per data version and answers,
and applied when the analyst says so, whole or file by file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from data.access import Viewer
from data.config import config
from data.enums import Stream
from importers import sets
from importers.archives import unpacked
from importers.context import Options
from importers.issues import Issue, Refused, Severity
from importers.masking import mask_results
from importers.result import FileStatus, SheetResult, refused
from importers.scoring import score_unscored
from importers.upload import Upload
from pages.components import loaders
from pages.components.questions import ASSUMED, OPEN, Question, looks_like, questions
from pages.components.work import Counted, Pace, Work

_BENCH = "import_bench"
#: The issue that speaks of data that no file has brought.
MISSING = "coverage-short"


@dataclass(slots=True)
class Waiting:
    """One uploaded file: how it is to be read, what was asked about it, and what importing it would do.

    `looks_like` is the format that a refused file seems to be of, if it seems to be of any; an archive that can't be
    opened `is_closed`, and its results say why.
    """

    number: int
    upload: Upload
    options: Options = field(default_factory=Options)
    left_out: bool = False
    asked: dict[str, Question] = field(default_factory=dict)
    results: list[SheetResult] = field(default_factory=list)
    looks_like: str = ""
    is_closed: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether applying it would write something."""
        return not self.left_out and any(_would_write(r) for r in self.results)

    @property
    def is_refused(self) -> bool:
        return any(r.status is FileStatus.REFUSED for r in self.results)

    @property
    def is_question(self) -> bool:
        """Whether an answer is all that it lacks."""
        refusals = [i for i in self.issues(Severity.ERROR) if i.row is None and self.is_refused]
        return not self.left_out and bool(refusals) and all(i.code in OPEN for i in refusals)

    @property
    def is_assumed(self) -> bool:
        """Whether it can be taken as it is, though something about it was assumed that somebody had better say."""
        return not self.left_out and any(i.code in ASSUMED for r in self.results for i in r.issues)

    @property
    def is_unknown(self) -> bool:
        """Whether no known format has its columns: a mapping must say what they are."""
        return any(i.code == "format-unknown" for r in self.results for i in r.issues)

    @property
    def is_mapped(self) -> bool:
        return not self.is_unknown and any((r.format or "").startswith("mapping:") for r in self.results)

    @property
    def is_survey(self) -> bool:
        return any(r.kind == Stream.SURVEY for r in self.results)

    def issues(self, severity: Severity) -> list[Issue]:
        """What was found in the file; what is missing beside it is told for the whole set."""
        return [i for r in self.results for i in r.issues if i.severity is severity and i.code != MISSING]


@dataclass(slots=True)
class Applied:
    """What became of a set. `is_new` until the page has said so once."""

    result: sets.SetResult
    scored: int = 0
    is_new: bool = True

    @property
    def sheets(self) -> list[SheetResult]:
        return [result for file in self.result.files for result in file]


@dataclass(slots=True)
class Bench:
    """Everything on the page that is not saved; one a session."""

    files: list[Waiting] = field(default_factory=list)
    effects: list[dict[str, Any]] = field(default_factory=list)
    tried: object = None
    taken: int = 0
    preview: Work[sets.SetResult] | None = None
    applying: Work[Applied] | None = None
    applied: Applied | None = None

    def selected(self, number: int) -> Waiting:
        return next(file for file in self.files if file.number == number)


def _would_write(result: SheetResult) -> bool:
    return result.status is FileStatus.PREVIEWED and bool(result.new + result.updated)


def bench() -> Bench:
    """The session's."""
    found: Bench = st.session_state.setdefault(_BENCH, Bench())
    return found


def take(uploaded: Sequence[Any], table: Bench) -> None:
    """Put new files on the bench, those of an archive one by one; what was imported before is no longer spoken of."""
    for file in uploaded:
        try:
            members = unpacked(file.name, file.getvalue(), limit_mb=config().upload_limit_mb)
        except Refused as refusal:
            _put(table, Upload(file.name, b"")).results = [refused(file.name, refusal.issues)]
            table.files[-1].is_closed = True
            continue
        for name, content in members:
            _put(table, Upload(name, content))
    table.applied = None


def _put(table: Bench, upload: Upload) -> Waiting:
    table.taken += 1
    table.files.append(Waiting(table.taken, upload))
    return table.files[-1]


def try_all(table: Bench, viewer: Viewer, version: int) -> None:
    """Preview the files of the set together, unless that was done for this data version and these answers."""
    files = [file for file in table.files if not (file.left_out or file.is_closed)]
    asked = (tuple((file.number, file.options) for file in files), version)
    if not table.files or table.tried == asked:
        return
    _withhold(table)
    if table.preview is None or table.preview.asked != asked:
        wanted = [sets.Asked(file.upload, file.options) for file in files]
        table.preview = Work(asked, lambda pace: _previewed(wanted, viewer, pace))
    found = table.preview.shown()
    for file, results in zip(files, found.files, strict=True):
        file.results = results
        file.looks_like = looks_like(file.upload, file.options) if file.is_refused else ""
        file.asked |= {question.code: question for question in questions(file.upload, file.options, results)}
    table.effects, table.tried, table.preview = found.effects, asked, None


def _withhold(table: Bench) -> None:
    """No name of a file, nor what is told of a closed archive, shows a protected term; one may be new since the last try."""
    masker = loaders.masker()
    for file in table.files:
        file.upload.name = masker.text(file.upload.name)
        if file.is_closed:
            mask_results(file.results, masker)


def _previewed(wanted: Sequence[sets.Asked], viewer: Viewer, pace: Pace) -> sets.SetResult:
    pace.step("Reading", len(wanted), "files")
    rows = []
    for one in wanted:
        pace.what = f"Reading {one.upload.name}"
        rows.append((one.upload.name, one.upload.rows))
        pace.done += 1
    counted = Counted(pace, "Checking", rows)
    return sets.preview(wanted, viewer, counted, counted.rows)


def start(table: Bench, files: Sequence[Waiting], viewer: Viewer) -> None:
    """Begin to import these files."""
    wanted = [sets.Asked(file.upload, file.options) for file in files]
    table.applying = Work([file.number for file in files], lambda pace: _applied(wanted, viewer, pace))


def _applied(wanted: Sequence[sets.Asked], viewer: Viewer, pace: Pace) -> Applied:
    counted = Counted(pace, "Importing", [(one.upload.name, one.upload.rows) for one in wanted])
    done = Applied(sets.apply(wanted, viewer, counted, counted.rows))
    if any(r.kind == Stream.ENGAGEMENT and r.status is FileStatus.APPLIED for r in done.sheets):
        pace.step("Scoring text that came without a score", unit="posts")

        def looked_at(posts: int, total: int) -> None:
            pace.done, pace.total = posts, total

        done.scored = score_unscored(progress=looked_at)
    return done


def finish(table: Bench) -> None:
    """Wait for the import that is going on; what it stored leaves the bench, and so does what had nothing to bring."""
    work = table.applying
    if work is None:
        return
    try:
        table.applied = work.shown()
    finally:
        table.applying = table.tried = None
    pairs = zip(work.asked, table.applied.result.files, strict=True)
    stored = {number for number, results in pairs if _is_in(results)}
    table.files = [f for f in table.files if f.number not in stored and (f.is_ready or f.left_out or f.is_refused)]


def _is_in(results: Sequence[SheetResult]) -> bool:
    return all(r.status in {FileStatus.APPLIED, FileStatus.UNCHANGED} for r in results)


def answer(file: Waiting, **chosen: Any) -> None:
    """Read a file as somebody said."""
    file.options = replace(file.options, **chosen)


def clear() -> None:
    """Forget every file and the last import."""
    taken = bench().taken
    st.session_state[_BENCH] = Bench(taken=taken)


def forget_applied() -> None:
    """No longer speak of the last import: it was taken back."""
    bench().applied = None
