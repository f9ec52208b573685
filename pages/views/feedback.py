"""What each party said since a crisis began, and who has not been heard."""

from __future__ import annotations

import streamlit as st

from pages.components import guard, loaders
from pages.components.choose import pick_crisis, without_start
from pages.components.empty import nothing_yet
from pages.components.menu import link
from pages.components.parties import party
from pages.components.text import plain
from pages.components.where_from import footer

viewer = guard.open_page("feedback")
version = loaders.version()
crises = loaders.crisis_list(viewer.role, version)

st.title("Feedback")
if crises.empty:
    nothing_yet("There is no crisis yet that anybody could have been asked about.")
    st.stop()

code = pick_crisis(crises, viewer.role, version)
as_of = loaders.moment(version)
without_start(code, viewer.role, as_of, version)
section = loaders.parties(code, viewer.role, as_of, version)
st.subheader(plain(section.findings[0]), anchor=False)
if section.facts["missing"]:
    st.warning(plain(section.findings[1]), icon=":material/hearing_disabled:")
    st.caption("A party is heard once a survey of it since the crisis began is imported; employees also by a session.")
    link("import", label="Import their feedback", icon=":material/upload_file:")
for audience, sentences in section.facts["audiences"].items():
    party(audience, sentences, section)
if not section.facts["audiences"]:
    st.markdown("No feedback of customers, partners or others is imported for the time since it began.")
st.caption(
    "Employees' answers are not on this page. A group of too few answers is hidden, and so is a word that too few "
    "people said; no single comment is shown."
)
footer(section)
