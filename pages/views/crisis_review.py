"""The meeting page: one crisis, told in order, a finding at the head of each section."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders, present
from pages.components.choose import choose_crisis, choose_section, current_section
from pages.components.empty import nothing_yet
from pages.components.review import SHOW
from pages.components.text import plain

viewer = guard.open_page("crisis_review")
version = loaders.version()
as_of = loaders.moment(version)
crises = loaders.crisis_list(viewer.role, version)

if crises.empty:
    st.title("Crisis review")
    nothing_yet("There is no crisis to review yet.")
    st.stop()

crisis = choose_crisis(crises, viewer.role, as_of, version)
shown = current_section(list(SHOW))
if present.on():
    SHOW[shown](crisis, viewer.role, as_of, version)
    present.bar(plain(crisis["title"]), list(SHOW), shown)
else:
    SHOW[choose_section(list(SHOW), shown)](crisis, viewer.role, as_of, version)
