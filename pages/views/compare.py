"""Two to five crises beside each other: how they differ in words, their curves from detection on, and their numbers."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders
from pages.components.choose_several import choose_crises
from pages.components.compare_table import compare_table, gaps_table
from pages.components.empty import nothing_yet
from pages.components.figure import show, width
from pages.components.loaders import signals
from pages.components.text import plain
from pages.components.where_from import footer
from reports.figures.compare import curves
from reports.figures.paths import statement_paths
from reports.sections.compare import LEAST, MOST

viewer = guard.open_page("compare")
version = loaders.version()
as_of = loaders.moment(version)
crises = loaders.crisis_list(viewer.role, version)

st.title("Compare")
if len(crises) < LEAST:
    there = "one crisis is" if len(crises) else "no crisis is"
    nothing_yet(f"Comparing needs two crises; so far {there} recorded.")
    st.stop()

codes = choose_crises(crises, MOST, usual=3)
if len(codes) < LEAST:
    st.info("Choose two crises or more.", icon=":material/compare_arrows:")
    st.stop()

found = signals.compared(tuple(codes), viewer.role, as_of, version)
st.subheader(plain(found.findings[0]))
st.markdown("\n".join(f"- {plain(sentence)}" for sentence in found.findings[1:]))

about, path = found.frames["crises"], found.frames["path"]
st.subheader("From detection on, on the same scales")
show(
    curves(about, found.frames["days"], found.frames["scores"], source=found.facts["source"], width=width()),
    key="curves",
)
if path["hours"].notna().any():
    st.subheader("Where the time to the first statement went")
    show(statement_paths(about, path, width=width()), key="paths")
if len(found.frames["gaps"]):
    st.subheader("Gaps that came back")
    gaps_table(found.frames["gaps"])
st.subheader("All numbers")
compare_table(found)
footer(found)
