"""Did the plan hold? Gaps, who mends them until when, and whether their fixes worked."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders, proposals
from pages.components.by_hand_gap import named_gap, new_gap_button
from pages.components.choose import one_of, pick_crisis
from pages.components.figure import show, width
from pages.components.gap_detail import gap_detail
from pages.components.gap_filters import filtered
from pages.components.gap_tables import board, improvement_plan, register_table
from pages.components.gap_work import begin, downloads
from pages.components.loaders import register
from pages.components.strengths_shown import strengths_shown
from pages.components.text import plain
from pages.components.where_from import footer
from reports.figures.plan_heat import plan_heat

viewer = guard.open_page("plan_gaps")
version = loaders.version()
as_of = loaders.moment(version)
section = register.gaps(viewer.role, as_of, version)
state = register.state(viewer.role, as_of, version)
gaps, cells = section.frames["gaps"], state.frames["cells"]

st.title("Plan gaps" if gaps.empty else plain(section.findings[0]), anchor=False)
if gaps.empty and cells.empty:
    begin()
    new_gap_button(viewer)
    st.stop()
if (code := named_gap()) is not None:
    gap_detail(section, code, viewer, loaders.settings(version)["company.timezone"], version)

views = ["State of the plan", "Proposals", "Register", "Board", "Improvement plan", "Strengths"]
with st.container(horizontal=True, horizontal_alignment="distribute"):
    chosen = one_of("What to see", views, "view")
    new_gap_button(viewer)
if chosen == views[0]:
    st.subheader(plain(state.findings[0]), anchor=False)
    st.markdown(plain(" ".join(state.findings[1:])))
    show(plan_heat(cells, state.facts["sections"], width=width()), key="plan_heat")
    footer(state)
    st.stop()

if chosen == "Proposals":
    crises = loaders.crisis_list(viewer.role, version)
    if crises.empty:
        st.info("A crisis proposes gaps once it is recorded.", icon=":material/inbox:")
    else:
        proposals.proposals(pick_crisis(crises, viewer.role, version), viewer.role, as_of, version)
    st.stop()
if chosen == views[-1]:
    strengths_shown(register.strengths(viewer.role, as_of, version), viewer)
    st.stop()
if gaps.empty:
    begin()
    st.stop()
st.markdown(plain(" ".join(section.findings[1:3])))
kept = filtered(gaps)
if kept.empty:
    st.info("No gap is left by these filters.", icon=":material/filter_alt_off:")
elif chosen == "Register":
    register_table(kept)
elif chosen == "Board":
    board(kept)
else:
    improvement_plan(kept)
with st.container(horizontal=True):
    downloads(viewer)
    footer(section)
