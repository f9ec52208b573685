"""Where do we stand? One sentence, six numbers, what needs a decision, and every crisis in one row."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders
from pages.components.by_hand import new_crisis_button
from pages.components.cards import six
from pages.components.first_steps import first_steps
from pages.components.overview_tables import crises_table, decisions_table, state_in_words
from pages.components.where_from import where_from

viewer = guard.open_page("overview")
version = loaders.version()
as_of = loaders.moment(version)
found = loaders.whole(viewer.role, as_of, version)

if not found.total:
    st.title("Overview")
    first_steps(loaders.sheets(viewer.role, version), loaders.settings(version))
    new_crisis_button(viewer)
    st.stop()

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    st.title(state_in_words(found), anchor=False, width="content")
    if found.last_data is not None:
        year = "" if found.last_data.year == as_of.year else f" {found.last_data.year}"
        st.caption(f"Data to {found.last_data.day} {found.last_data:%b}{year}", width="content")

six(found)
decisions_table(found.decisions)
crises_table(found)
with st.container(horizontal=True):
    where_from(found.sources, key="overview_sources")
    new_crisis_button(viewer)
