"""What each number is: definition, formula, unit, edge cases and source of every metric, from the code's own words."""

from __future__ import annotations

import streamlit as st

from metrics.catalogue import ALL
from metrics.words import plural
from pages.components import guard
from pages.components.methods_shown import chosen, in_full, searched, standings
from pages.components.text import plain

viewer = guard.open_page("methods")

st.title("Methods")
st.caption(
    f"{plural(len(ALL), 'metric')}. Each leaves the app with its unit, its 95 % interval or bounds where it has any, and how "
    "many observations stand behind it. Day 0 is the local day on which a crisis started."
)
query = st.text_input(
    "Search", key="search", bind="query-params", type="search", placeholder="Search: statement, median, Wilson …",
    label_visibility="collapsed", icon=":material/search:",
)  # fmt: skip
listed = searched(query or "")
if listed:
    left, right = st.columns([5, 6], gap="large")
    with left:
        metric = chosen(listed, query or "")
    with right:
        in_full(metric)
else:
    st.info(f"No metric mentions “{plain(query or '')}”.", icon=":material/search_off:")
standings()
