"""The meeting page: one crisis, told in order, a finding at the head of each section."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders, present
from pages.components.choose import choose_crisis
from pages.components.empty import nothing_yet
from pages.components.review import SHOW

viewer = guard.open_page("crisis_review")
version = loaders.version()
as_of = loaders.moment(version)
crises = loaders.crisis_list(viewer.role, version)

if crises.empty:
    st.title("Crisis review")
    nothing_yet("There is no crisis to review yet.")
    st.stop()

crisis = choose_crisis(crises, viewer.role, as_of, version)
if present.on():
    shown = present.current(list(SHOW))
    SHOW[shown](crisis, viewer.role, as_of, version)
    present.bar(list(SHOW), shown)
    st.stop()

chosen = st.segmented_control(
    "Section",
    list(SHOW),
    default="Summary",
    required=True,
    key="section",
    bind="query-params",
    label_visibility="collapsed",
)
SHOW[chosen](crisis, viewer.role, as_of, version)
