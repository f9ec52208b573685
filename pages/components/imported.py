"""After an import: what came in, the way back, and where to look next."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.access import Viewer
from importers import rejects
from importers.result import FileStatus
from metrics.words import plural
from pages.components.import_table import COLUMNS, line, summary
from pages.components.menu import link
from pages.components.undoing import confirm_set
from pages.components.uploads import Applied


def imported(done: Applied, viewer: Viewer, *, alone: bool) -> None:
    """The outcome of the last import of this session, with the rejected rows to take along; file by file if it stands
    alone on the page.
    """
    if done.is_new and done.result.set_id is not None:
        done.is_new = False
        st.toast("Applied. What became of the rows stands at the top.", icon=":material/check:")
    sheets = done.sheets
    stored = [r for r in sheets if r.status is FileStatus.APPLIED]
    failed = len({r.file for r in sheets if r.status is FileStatus.REFUSED})
    if failed:
        st.error(f"{plural(failed, 'file')} could not be imported; nothing of it was written.", title="Not all applied")
    scored = f" {plural(done.scored, 'post')} scored by the lexicon." if done.scored else ""
    if stored:
        st.success(
            summary([file for file in done.result.files if file[0].status is FileStatus.APPLIED]) + scored,
            title="Applied",
            icon=":material/check:",
        )
    elif not failed:
        st.info("Everything was here already: nothing was written.", icon=":material/check:")
    with st.container(horizontal=True, vertical_alignment="center"):
        set_id, files = done.result.set_id, len({r.batch for r in stored})
        if set_id is not None:
            label = "Undo set" if files > 1 else "Undo"
            if st.button(label, icon=":material/undo:", key="undo_set"):
                confirm_set(set_id, files, viewer)
            link("history", label="See it in History", icon=":material/history:", query_params={"set": set_id})
        link("crisis_review", label="Open the crisis review", icon=":material/fact_check:")
        rejected = [r for r in sheets if r.rejected]
        if rejected:
            st.download_button(
                f"Download {plural(sum(r.rejected for r in rejected), 'rejected row')}",
                lambda: rejects.workbook(rejected), "rejected rows.xlsx",
                icon=":material/download:", on_click="ignore", key="imported_rejects",
            )  # fmt: skip
    if not alone:
        return
    st.dataframe(
        pd.DataFrame([line(result) for result in sheets]),
        hide_index=True,
        alt="What was imported",
        column_config=COLUMNS,
    )
