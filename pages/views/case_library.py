"""Has this happened before? Search through all cases, and the cases that one is like."""

from __future__ import annotations

import streamlit as st

from data.queries.search import KINDS, Only
from pages.components import guard, loaders
from pages.components.choose import one_of
from pages.components.empty import nothing_yet
from pages.components.library import filters, found_list, similar_cases, state_in_words

viewer = guard.open_page("case_library")
version = loaders.version()
crises = loaders.crisis_list(viewer.role, version)

st.title("Case library")
if not loaders.found("", Only(kinds=KINDS), viewer.role, version).total:
    nothing_yet("There is no case to look up yet.")
    st.stop()

if one_of("What to see", ["Search", "Similar cases"], "library") == "Similar cases":
    similar_cases(crises, viewer.role, loaders.moment(version), version)
    st.stop()

query = st.text_input(
    "Words to look for", key="q", bind="query-params", icon=":material/search:",
    placeholder="such as: apology approval",
)  # fmt: skip
only = filters(crises)
found = loaders.found(query or "", only, viewer.role, version)
st.subheader(state_in_words(found, query or "", only), anchor=False)
found_list(found, only, crises)
