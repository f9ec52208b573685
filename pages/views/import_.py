"""Upload spreadsheets, see what they would change, decide; or label a sample of the posts that came in."""

from __future__ import annotations

import streamlit as st

from data.config import config
from importers import rejects
from metrics.words import plural
from pages.components import guard, loaders, uploads
from pages.components.import_options import options_form
from pages.components.import_table import effects, files_table, findings, headline
from pages.components.imported import imported, templates_menu
from pages.components.label_sample import label_sample
from pages.components.text import plain
from pages.components.uploads import apply_all, waiting

viewer = guard.open_page("import")
version = loaders.version()

task = st.segmented_control(
    "What to do", ["Upload", "Label a sample"], default="Upload", required=True, key="task", bind="query-params",
    label_visibility="collapsed",
)  # fmt: skip
if task == "Label a sample":
    label_sample(viewer, version)
    st.stop()

title = st.container()
slot = st.container()
uploaded = st.file_uploader(
    "Drop files here: incident logs, engagement, surveys, reputation, plan, gaps, lessons, culture",
    accept_multiple_files=True,
    max_upload_size=config().upload_limit_mb,
    key=uploads.uploader_key(),
)
files = waiting(uploaded, viewer, version)
title.title(headline(files))

if not files:
    imported()
    st.markdown(
        "Files come as your tools export them; each is recognised by its columns. Nothing is saved before you say so."
    )
    templates_menu()
    st.stop()

with slot:
    selected = files_table(files)
    st.subheader(plain(selected.upload.name), anchor=False)
    findings(selected)
    effects(files)
    options_form(selected, loaders.crisis_list(viewer.role, version)["code"].tolist())
    ready = sum(file.is_ready for file in files)
    rejected = [result for file in files for result in file.results if result.rejected]
    with st.container(horizontal=True):
        go = st.button(
            f"Import {plural(ready, 'file')}", type="primary", icon=":material/check:", disabled=not ready, key="apply"
        )
        if rejected:
            st.download_button(
                f"Download {plural(sum(r.rejected for r in rejected), 'rejected row')}",
                lambda: rejects.workbook(rejected),
                "rejected rows.xlsx",
                icon=":material/download:",
                on_click="ignore",
            )
        st.button("Discard", icon=":material/close:", on_click=uploads.clear, key="discard")
    if go:
        results = apply_all(files, viewer)
        uploads.clear()
        st.session_state[uploads.IMPORTED] = results
        st.rerun()
