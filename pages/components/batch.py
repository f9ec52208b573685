"""One import in History: its counts, its issues, its rows, and taking it back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.commands.batches import UndoRefused
from data.enums import Stream
from data.queries.provenance import listed
from data.queries.records import LIMIT
from importers.formats import FORMATS
from importers.undo import undo
from metrics.words import date
from pages.components import loaders
from pages.components.choose import linked_selectbox
from pages.components.text import plain

_TITLES = {layout.name: layout.title for layout in FORMATS}
_REFUSED = "undo_refused"
#: Column of counts → its heading and width in pixels.
_COUNTS = {
    "rows": ("Rows", 55), "new": ("New", 55), "updated": ("Updated", 65), "duplicate": ("Already here", 85),
    "rejected": ("Rejected", 65), "skipped": ("Skipped", 65),
}  # fmt: skip


def batches_table(sheets: pd.DataFrame) -> int | None:
    """Every import, newest first; returns the chosen one, which the address names."""
    files = {str(batch): f"{batch}: {file}" for batch, file in zip(sheets["batch"], sheets["file"], strict=True)}
    picked = linked_selectbox(
        "Import", files, "batch", placeholder="Choose one to see its rows", clears=("rows", "sheet"), width=520
    )
    chosen = None if picked is None else int(picked)
    shown = sheets if chosen is None else sheets[sheets["batch"] == chosen]
    sheet = shown["sheet"].map(lambda name: f" · {name}" if name else "")
    named = shown.assign(file=shown["file"] + sheet, format=shown["format"].map(lambda name: _TITLES.get(name, name)))
    st.dataframe(
        named[["batch", "file", "format", "status", "imported_at", *_COUNTS]],
        hide_index=True,
        alt="Every import with its counts",
        column_config={
            "batch": st.column_config.NumberColumn("Import", width=55),
            "file": st.column_config.TextColumn("File", width=205),
            "format": st.column_config.TextColumn("Recognised as", width=150),
            "status": st.column_config.TextColumn("Status", width=65),
            "imported_at": st.column_config.DatetimeColumn("When", format="D MMM YYYY", width=95),
            **{
                name: st.column_config.NumberColumn(label, format="localized", width=width)
                for name, (label, width) in _COUNTS.items()
            },
        },
    )
    return chosen


def batch_details(batch: int, sheets: pd.DataFrame, viewer: Viewer, version: int) -> None:
    """The issues and the rows of one import; of a survey no row is shown."""
    mine = sheets[sheets["batch"] == batch]
    at = mine["imported_at"].iloc[0]
    st.caption(plain(f"Imported on {date(at)} at {at:%H:%M} UTC by {mine['imported_by'].iloc[0]}."))
    issues = loaders.issues(batch, viewer.role, version)
    if len(issues):
        st.subheader("Issues")
        empty = [name for name in issues if issues[name].isna().all()]
        st.dataframe(issues.drop(columns=[*empty, "code"]), hide_index=True, alt="What was wrong with this file")
    st.subheader("Rows")
    if (mine["kind"] == Stream.SURVEY).any():
        st.info("Answers are never shown one by one, so “where from?” stops at the file.", icon=":material/shield:")
    else:
        st.dataframe(
            _rows(batch, viewer, version), hide_index=True, height=420, alt="The rows of this file and what is stored of them",
            column_config={"sheet": "Sheet", "row": "Row", "effect": "Effect", "record": "Stored as", "content": "As stored now"},
        )  # fmt: skip
    if (mine["status"] == "applied").all() and st.button("Undo this import", icon=":material/undo:", key="undo"):
        _confirm(batch, str(mine["file"].iloc[0]), viewer)


def _rows(batch: int, viewer: Viewer, version: int) -> pd.DataFrame:
    """All rows of an import, or those behind the number from which a link led here."""
    asked, sheet = st.query_params.get("rows", ""), st.query_params.get("sheet")
    only = tuple(listed(asked))
    rows = loaders.rows(batch, only, viewer.role, version)
    if only:
        rows = rows[rows["sheet"] == sheet] if sheet else rows
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(f"Only the rows behind the number you came from: {asked}."), width="content")
            st.button("Show all rows", type="tertiary", on_click=_show_all, key="all_rows")
    elif len(rows) == LIMIT:
        st.caption(f"The first {LIMIT:,} rows.")
    return rows


def _show_all() -> None:
    for name in ("rows", "sheet"):
        st.query_params.pop(name, None)


@st.dialog("Undo this import?")
def _confirm(batch: int, file: str, viewer: Viewer) -> None:
    st.markdown(f"Everything that import {batch} ({plain(file)}) brought or changed is taken back. Later imports stay.")
    if st.button("Undo it", type="primary", key="confirm_undo", on_click=_undo, args=(batch, viewer)):
        if refused := st.session_state.pop(_REFUSED, None):
            st.error(plain(refused))
        else:
            st.rerun()


def _undo(batch: int, viewer: Viewer) -> None:
    st.session_state.pop(_REFUSED, None)
    try:
        undo(batch, viewer)
    except UndoRefused as refusal:
        st.session_state[_REFUSED] = str(refusal)
