"""Upload spreadsheets, see what they would change, decide; or label a sample of the posts that came in."""

from __future__ import annotations

import streamlit as st

from data.config import config
from importers import rejects
from metrics.words import plural
from pages.components import guard, loaders, uploads
from pages.components.choose import one_of
from pages.components.import_effects import what_changes, what_is_missing
from pages.components.import_file import file_details
from pages.components.import_start import import_start
from pages.components.import_table import files_table, headline
from pages.components.imported import imported
from pages.components.label_sample import label_sample

viewer = guard.open_page("import")
version = loaders.version()
table = uploads.bench()

task = one_of("What to do", ["Upload", "Label a sample"], "task")
if task == "Label a sample":
    label_sample(viewer, version)
    st.stop()

title = st.container()
if table.applying is not None:
    title.title("Importing")
    uploads.finish(table)
    st.rerun()

above, body = st.container(), st.container()
new = st.file_uploader(
    "Drop files here: incident logs, engagement, surveys, reputation, plan, gaps, lessons, culture"
    if not table.files
    else "Add more files to the set",
    accept_multiple_files=True,
    max_upload_size=config().upload_limit_mb,
    key=f"uploads_{table.taken}",
)
if new:
    uploads.take(new, table)
    st.rerun()

with body:
    uploads.try_all(table, viewer, version)
title.title(headline(table.files, applied=table.applied is not None))
if table.applied is not None:
    with above:
        imported(table.applied, viewer, alone=not table.files)
if not table.files:
    import_start(viewer)
    st.stop()

with body:
    selected = files_table(table.files)
    # A mapping takes the whole width.
    is_wide = selected.is_unknown or st.session_state.get(f"view_{selected.number}") == "Mapping"
    left, right = (st.container(), st.container()) if is_wide else st.columns([3, 2], gap="medium")
    with left:
        file_details(selected, table, viewer, version)
    with right:
        what_changes(table.effects)
        what_is_missing(issue for file in table.files if not file.left_out for r in file.results for issue in r.issues)

ready = [file for file in table.files if file.is_ready]
rejected = [r for file in table.files if not file.left_out for r in file.results if r.rejected]
with st.bottom, st.container(horizontal=True):
    st.button(
        f"Apply {plural(len(ready), 'file')}", type="primary", icon=":material/check:", disabled=not ready, key="apply",
        on_click=uploads.start, args=(table, ready, viewer),
    )  # fmt: skip
    if rejected:
        st.download_button(
            f"Download {plural(sum(r.rejected for r in rejected), 'rejected row')}",
            lambda: rejects.workbook(rejected), "rejected rows.xlsx", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    st.button("Discard", icon=":material/close:", on_click=uploads.clear, key="discard")
