"""The meeting page: one crisis, told in order, a finding at the head of each section."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders
from pages.components.by_hand import crisis_menu, new_crisis_button, timeline_tools
from pages.components.choose import choose_crisis, one_of
from pages.components.empty import nothing_yet
from pages.components.review import SHOW

viewer = guard.open_page("crisis_review")
version = loaders.version()
as_of = loaders.moment(version)
crises = loaders.crisis_list(viewer.role, version)

if crises.empty:
    st.title("Crisis review")
    nothing_yet("There is no crisis to review yet.")
    new_crisis_button(viewer)
    st.stop()

crisis = choose_crisis(crises, viewer.role, as_of, version)
crisis_menu(crisis, viewer, version)
chosen = one_of("Section", list(SHOW), "section")
SHOW[chosen](crisis, viewer.role, as_of, version)
if chosen == "Timeline":
    timeline_tools(crisis, viewer, version)
