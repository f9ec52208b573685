"""What was imported, when, by whom, and what became of each row."""

from __future__ import annotations

import streamlit as st

from metrics.words import plural
from pages.components import guard, loaders
from pages.components.batch import batch_details
from pages.components.choose import one_of, say_unknown
from pages.components.coverage_shown import coverage_shown
from pages.components.empty import nothing_yet
from pages.components.history_sets import in_sets, one_set, sets_table

viewer = guard.open_page("history")
version = loaders.version()
sheets = loaders.sheets(viewer.role, version)

st.title("History")
if sheets.empty:
    nothing_yet("Nothing was imported yet.")
    st.stop()

batch, set_id = st.query_params.get("batch"), st.query_params.get("set")
if batch is not None and batch in set(sheets["batch"].astype(str)):
    batch_details(int(batch), sheets, viewer, version)
elif set_id is not None and set_id in set(sheets["set_id"]):
    one_set(set_id, sheets, viewer)
else:
    for name, asked in (("batch", batch), ("set", set_id)):
        if asked is not None:
            say_unknown(name, [asked])
    shown = one_of("What to see", ["Imports", "Coverage"], "show")
    if shown == "Coverage":
        coverage_shown(viewer, version)
        st.stop()
    sets = in_sets(sheets)
    st.caption(f"{plural(len(sets), 'import')} of {plural(sheets['batch'].nunique(), 'file')}; choose one to open it.")
    sets_table(sheets)
