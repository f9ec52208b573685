"""The table of uploaded files, and what the importers found in the selected one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from importers.formats import FORMATS
from importers.issues import Severity
from importers.result import FileStatus, SheetResult
from metrics.words import date, plural
from pages.components.text import plain
from pages.components.uploads import Waiting
from reports.sections.wording import with_unit

_TITLES = {layout.name: layout.title for layout in FORMATS}
_STATES = {
    FileStatus.PREVIEWED: "ready",
    FileStatus.REFUSED: "can't be read",
    FileStatus.UNCHANGED: "already imported",
    FileStatus.APPLIED: "imported",
}


def headline(files: Sequence[Waiting]) -> str:
    """The state of the page in one sentence."""
    if not files:
        return "Import"
    ready = sum(file.is_ready for file in files)
    stuck = sum(any(r.status is FileStatus.REFUSED for r in file.results) for file in files)
    told = f"Nothing is saved yet: {plural(ready, 'file')} ready"
    return f"{told}, {plural(stuck, 'file')} to correct" if stuck else told


def files_table(files: Sequence[Waiting]) -> Waiting:
    """One row a sheet; returns the file whose row is selected, or the first that needs attention."""
    pairs = [(file, result) for file in files for result in file.results]
    picked = st.dataframe(
        table([result for _, result in pairs]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"files_{len(pairs)}",
        alt="Uploaded files and what importing them would do",
    )
    if picked.selection.rows:
        return pairs[picked.selection.rows[0]][0]
    return next((file for file in files if file.problems), files[0])


def table(results: Sequence[SheetResult]) -> pd.DataFrame:
    """Results as the page lists them."""
    return pd.DataFrame(
        [
            {
                "File": r.file if r.sheet is None else f"{r.file} · {r.sheet}",
                "Recognised as": _TITLES.get(r.format or "", "not recognised"),
                "Rows": r.rows,
                "New": r.new,
                "Updated": r.updated,
                "Already here": r.duplicate,
                "Rejected": r.rejected,
                "Skipped": r.skipped,
                "State": "nothing new" if _brings_nothing(r) else _STATES[r.status],
            }
            for r in results
        ]
    )


def _brings_nothing(result: SheetResult) -> bool:
    return result.status is FileStatus.PREVIEWED and not result.new + result.updated


def findings(file: Waiting) -> None:
    """What is wrong with a file, row by row, and what was left out of it."""
    refusals = [i for r in file.results if r.status is FileStatus.REFUSED for i in r.issues if i.row is None]
    for refusal in refusals:
        st.error(plain(refusal.message), icon=":material/error:")
    rows = [i for i in file.problems if i not in refusals]
    if rows:
        listed = pd.DataFrame(
            [(i.sheet, i.row, i.column, i.value, i.message) for i in rows],
            columns=["Sheet", "Row", "Column", "Value", "What to do"],
        )
        empty = [name for name in listed if listed[name].isna().all()]
        st.dataframe(
            listed.drop(columns=empty),
            hide_index=True,
            alt="Rows that were rejected, and why",
            column_config={"Row": st.column_config.NumberColumn(format="%d", width="small")},
        )
    notes = [i for r in file.results for i in r.issues if i.severity is Severity.INFO]
    if notes:
        with st.expander(f"What was assumed or left out ({len(notes)})"):
            for note in notes:
                st.text(note.message)
    if refusals or rows:
        return
    if any(r.status is FileStatus.UNCHANGED for r in file.results):
        st.info("This file is imported already, read in the same way: there is nothing to do.", icon=":material/check:")
    elif not file.is_ready:
        st.info("Everything in this file is here already: there is nothing to do.", icon=":material/check:")
    else:
        st.success("Every row can be taken.", icon=":material/check:")


def effects(files: Sequence[Waiting]) -> None:
    """Which numbers the uploaded files would change, from what to what."""
    changes = [change for file in files for result in file.results for change in result.effects]
    if not changes:
        return
    st.subheader("What changes", anchor=False)
    st.dataframe(
        pd.DataFrame([_change(change) for change in changes]),
        hide_index=True,
        alt="Numbers that the upload would change",
    )


def _change(change: Mapping[str, Any]) -> dict[str, str]:
    about, unit = change["metric"], change["unit"]
    values = [change[when] for when in ("before", "after")]
    told = ["none" if v is None else date(v) if isinstance(v, str) else with_unit(v, unit, about) for v in values]
    because = "; ".join(", row ".join(filter(None, (c["file"], c["rows"]))) for c in change["because"] or ())
    number = ", ".join([change["label"], *change["group"].values()])
    crisis = change["crisis"] or "all"
    return {"Number": number, "Crisis": crisis, "Now": told[0], "After the import": told[1], "Because of": because}
