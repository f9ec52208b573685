"""What was imported, when, by whom, and what became of each row."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders
from pages.components.batch import batch_details, batches_table
from pages.components.empty import nothing_yet

viewer = guard.open_page("history")
version = loaders.version()
sheets = loaders.sheets(viewer.role, version)

st.title("History")
if sheets.empty:
    nothing_yet("Nothing was imported yet.")
    st.stop()

batch = batches_table(sheets)
if batch is not None:
    batch_details(batch, sheets, viewer, version)
