"""How fast were we, all crises together? One interval crisis by crisis, then all intervals beside each other."""

from __future__ import annotations

import streamlit as st

from metrics.catalogue import ALL
from pages.components import guard, loaders
from pages.components.choose import linked_selectbox, one_of
from pages.components.empty import nothing_yet
from pages.components.figure import show, width
from pages.components.loaders import signals
from pages.components.text import plain
from pages.components.where_from import footer
from reports.figures import incidents
from reports.sections.response_times import INTERVALS

viewer = guard.open_page("response_times")
version = loaders.version()
as_of = loaders.moment(version)

if loaders.crisis_list(viewer.role, version).empty:
    st.title("Response times")
    nothing_yet("There is no crisis to time yet.")
    st.stop()

first = "time_to_first_statement"
labels = {key: ALL[key].label for key in (first, *(key for key in INTERVALS if key != first))}
with st.container(horizontal=True, vertical_alignment="center"):
    st.title("Response times", width="content")
    interval = linked_selectbox("Interval", labels, "interval", width=340, label_visibility="collapsed")
    hours = one_of(
        "Hours",
        ["All hours", "Business hours"],
        "hours",
        tip="Business hours are the opening hours, weekdays and holidays of Settings, on each crisis's own clock.",
    )
business = hours == "Business hours"

chosen = signals.one_interval(interval or first, business, viewer.role, as_of, version)
st.subheader(plain(chosen.findings[0]))
if len(chosen.findings) > 1:
    st.markdown(plain(" ".join(chosen.findings[1:])))
if chosen.frames:
    show(incidents.one_interval(chosen.frames["crises"], chosen.facts["median"], width=width()), key="one_interval")
    footer(chosen)

    every = signals.every_interval(business, viewer.role, as_of, version)
    st.subheader(plain(every.findings[0]))
    if len(every.findings) > 1:
        st.markdown(plain(" ".join(every.findings[1:])))
    figure = incidents.every_interval(every.frames["intervals"], every.frames["crises"], width=width())
    show(figure, key="every_interval")
    footer(every)
