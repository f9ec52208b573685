"""The selected file: what is asked about it, what was wrong with it, and its first rows as they will be stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from data.access import Viewer
from importers.issues import Issue, Severity
from importers.result import FileStatus, SheetResult
from metrics.words import plural
from pages.components import loaders
from pages.components.choose import legible
from pages.components.import_questions import ask
from pages.components.import_table import placed, recognised, skipped
from pages.components.issues_table import issues_table
from pages.components.mapping_editor import mapping_editor
from pages.components.text import plain
from pages.components.uploads import Bench, Waiting, start


def file_details(file: Waiting, table: Bench, viewer: Viewer, version: int) -> None:
    """Name, the ways to take it alone or leave it, and one view of it; only the chosen one is computed."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(plain(file.upload.name), anchor=False, width="content")
        with st.container(horizontal=True, width="content"):
            if len(table.files) > 1 and file.is_ready:
                st.button(
                    "Import it alone", key="apply_one", icon=":material/check:", type="tertiary",
                    on_click=start, args=(table, [file], viewer),
                )  # fmt: skip
            word, icon = ("Take it in", ":material/undo:") if file.left_out else ("Leave it out", ":material/remove:")
            st.button(word, key="leave_out", icon=icon, type="tertiary", on_click=_turn, args=(file,))
    st.caption(plain(_about(file)))
    _refusals(file)
    views = _views(file, viewer, version)
    key = f"view_{file.number}"
    if st.session_state.get(key) not in views:
        st.session_state[key] = next(iter(views))
    chosen = st.segmented_control(
        "What to see of it", list(views), key=key, required=True, label_visibility="collapsed", format_func=_label(file)
    )
    if chosen:
        views[chosen]()


def _turn(file: Waiting) -> None:
    file.left_out = not file.left_out


def _about(file: Waiting) -> str:
    kinds = [file.looks_like] if file.looks_like else list(dict.fromkeys(recognised(r) for r in file.results))
    parts = [f"{size(len(file.upload.content))} · {' and '.join(kinds)}", skipped(file)]
    if file.left_out:
        parts.append("left out: it is neither counted nor imported")
    return " · ".join(part for part in parts if part) + "."


def size(count: int) -> str:
    """Bytes in words."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3)):,} kB"


def _refusals(file: Waiting) -> None:
    """Why nothing of the file can be taken, unless it is asked about below."""
    for result in file.results:
        if result.status is FileStatus.REFUSED:
            for issue in result.issues:
                if issue.row is None and issue.severity is Severity.ERROR and issue.code not in file.asked:
                    st.error(plain(issue.message), icon=":material/error:")
    if any(r.status is FileStatus.UNCHANGED for r in file.results):
        st.info("This file is imported already, read in the same way: there is nothing to do.", icon=":material/check:")
    elif not file.is_ready and not file.is_refused and not file.left_out:
        st.info("Everything in this file is here already: there is nothing to do.", icon=":material/check:")


def _views(file: Waiting, viewer: Viewer, version: int) -> dict[str, Callable[[], None]]:
    """What there is to see: questions first, then what was wrong, then the rows."""
    known = {"crisis": loaders.crisis_list(viewer.role, version)["code"].tolist(), "wave": loaders.waves(version)}
    rejected, warned, noted = (file.issues(s) for s in (Severity.ERROR, Severity.WARNING, Severity.INFO))
    rows = [issue for issue in rejected if issue.row is not None]
    views: dict[str, Callable[[], None]] = {}
    if (file.is_question or file.is_assumed) and not file.is_unknown:
        views["Questions"] = lambda: ask(file, known)
    if file.is_unknown:
        views["Mapping"] = lambda: _map(file, viewer, version)
    if rows:
        views["Rejected"] = lambda: _issues(rows, "Rows that were rejected, and why")
    if warned:
        views["Warnings"] = lambda: _issues(warned, "Rows to look at again, and why")
    if not file.is_refused and not file.is_survey:
        views["Rows"] = lambda: _rows(file.results)
    if noted and not file.is_unknown:
        views["Notes"] = lambda: _notes(noted)
    views.setdefault("Questions", lambda: ask(file, known))
    if file.is_mapped:
        views["Mapping"] = lambda: _map(file, viewer, version)
    return views


def _map(file: Waiting, viewer: Viewer, version: int) -> None:
    mapping_editor(file, loaders.mappings(viewer.role, version), loaders.settings(version), viewer)


def _label(file: Waiting) -> Callable[[str], str]:
    counts = {
        "Rejected": len({(i.sheet, i.row) for i in file.issues(Severity.ERROR) if i.row is not None}),
        "Warnings": len(file.issues(Severity.WARNING)),
        "Notes": len(file.issues(Severity.INFO)),
    }
    return lambda view: legible(f"{view} {counts[view]:,}" if view in counts else view)


def _issues(issues: Sequence[Issue], alt: str) -> None:
    told = pd.DataFrame(
        [(i.sheet, i.row, i.column, i.message) for i in issues], columns=["sheet", "row", "column", "message"]
    )
    issues_table(told, alt)


def _notes(notes: Sequence[Issue]) -> None:
    """What was left out or assumed: no value stands here."""
    for note in notes:
        st.text(note.message)


def _rows(results: Sequence[SheetResult]) -> None:
    """The first rows of each sheet as they will be stored, by field."""
    for result in results:
        rows = result.first
        if len(results) > 1 and (place := placed(result)):
            st.caption(plain(place))
        if not rows:
            st.caption("No row of this sheet can be taken.")
            continue
        st.dataframe(
            _readable(rows),
            hide_index=True,
            alt="The first rows as they will be stored",
        )
        if result.rows > len(rows):
            st.caption(f"The first {len(rows)} of {plural(result.rows, 'row')}, as they will be stored.")


def _readable(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows by field in words, the spreadsheet's row number first."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    words = {name: name.replace("_", " ").capitalize() for name in names}
    return pd.DataFrame([{words[name]: _word(row.get(name)) for name in names} for row in rows])


def _word(value: object) -> str:
    """A value as a person reads it."""
    if value is None:
        return "–"
    return f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else str(value)
