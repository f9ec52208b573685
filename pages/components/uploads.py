"""The files on the Import page between upload and decision: each previewed once, applied when the analyst says so."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from data.access import Viewer
from data.enums import Stream
from importers import pace
from importers.context import Options
from importers.issues import Issue, Severity
from importers.pipeline import Upload, apply, preview
from importers.result import FileStatus, SheetResult
from importers.scoring import score_unscored
from pages.components.text import plain

#: Where the session keeps the outcome of its last import.
IMPORTED = "imported"
_STATE = "import_files"
_ROUND = "import_round"


@dataclass(slots=True)
class Waiting:
    """One uploaded file: how it is to be read, and what importing it would do at the data version it was tried on."""

    upload: Upload
    options: Options = field(default_factory=Options)
    results: list[SheetResult] = field(default_factory=list)
    tried: tuple[Options, int] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether applying it would write something."""
        return any(r.status is FileStatus.PREVIEWED and r.new + r.updated for r in self.results)

    @property
    def problems(self) -> list[Issue]:
        return [issue for result in self.results for issue in result.issues if issue.severity is not Severity.INFO]


def uploader_key() -> str:
    """A key that changes when the uploader is to be empty again."""
    return f"uploads_{st.session_state.get(_ROUND, 0)}"


def waiting(uploaded: Sequence, viewer: Viewer, version: int) -> list[Waiting]:
    """The uploaded files, each tried once per data version and way of reading."""
    known: dict[str, Waiting] = st.session_state.setdefault(_STATE, {})
    for gone in set(known) - {file.file_id for file in uploaded}:
        del known[gone]
    new = [file for file in uploaded if file.file_id not in known]
    for file in new:
        known[file.file_id] = Waiting(Upload(file.name, file.getvalue()))
    stale = [w for w in known.values() if w.tried != (w.options, version)]
    if stale:
        bar = st.progress(0.0, "Reading the files…")
        for number, one in enumerate(stale):
            bar.progress(number / len(stale), f"Reading {plain(one.upload.name)}…")
            one.results = preview(one.upload, one.options, viewer)
            one.tried = (one.options, version)
        bar.empty()
    return list(known.values())


def read_again(file: Waiting, options: Options) -> None:
    """Try a file once more, read in another way."""
    file.options = options


def apply_all(files: Sequence[Waiting], viewer: Viewer) -> list[SheetResult]:
    """Import every file that would write something, and score the texts that came without a score."""
    results: list[SheetResult] = []
    ready = [file for file in files if file.is_ready]
    with st.status(f"Importing {len(ready)} files…" if len(ready) != 1 else "Importing…") as status:
        for file in ready:
            status.update(label=f"Importing {plain(file.upload.name)}…")
            results += apply(file.upload, file.options, viewer)
        if any(r.kind == Stream.ENGAGEMENT and r.status is FileStatus.APPLIED for r in results):
            status.update(label="Scoring text that came without a score…")
            began = time.monotonic()
            score_unscored(
                progress=lambda done, total: status.update(
                    label=f"Scoring text: {pace.said(done, total, time.monotonic() - began)}"
                )
            )
        status.update(label="Done", state="complete")
    return results


def clear() -> None:
    """Forget every file and the last import, and empty the uploader."""
    for name in (_STATE, IMPORTED):
        st.session_state.pop(name, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
