"""The plan itself: versions, who does what by when, and what the plan lacks."""

from __future__ import annotations

import streamlit as st

from data.access import EDITORS
from pages.components import guard, loaders
from pages.components.choose import linked_selectbox
from pages.components.loaders import plan as loader
from pages.components.menu import link
from pages.components.plan_editor import editor, new_version_button
from pages.components.plan_tables import changes, holes, steps_table, versions_table
from pages.components.text import plain
from pages.components.where_from import where_from

viewer = guard.open_page("plan")
version = loaders.version()
as_of = loaders.moment(version)
section = loader.versions(st.query_params.get("version"), viewer.role, as_of, version)
versions, may = section.frames["versions"], viewer.role in EDITORS

st.title(plain(section.findings[0]), anchor=False)
if versions.empty:
    st.info("Import a plan, or begin one by hand.", icon=":material/inbox:")
    link("import", label="Import spreadsheets", icon=":material/upload_file:")
    if may:
        new_version_button(viewer, [])
    st.stop()

versions_table(versions)
first = str(section.facts["version"])
names = {name: f"Plan {name}" for name in sorted(versions["version"], key=lambda name: name != first)}
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = linked_selectbox("Version", names, "version", width=260)
    if may:
        new_version_button(viewer, list(names))
name = str(chosen)
section = loader.versions(name, viewer.role, as_of, version)
st.caption(plain(section.facts["judged"]))
holes(section.facts["problems"])

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.subheader(f"Steps of plan {plain(name)}", anchor=False, width="content")
    edits = may and st.toggle("Edit", key="edit_plan")
if edits:
    editor(name, section, viewer, version)
else:
    steps_table(section.frames["steps"])
with st.container(horizontal=True):
    where_from(section.sources, key="plan_sources")
    changes(name, loaders.settings(version)["company.timezone"], version)
