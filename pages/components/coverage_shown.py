"""The calendar of what is stored, by stream and day, and what is missing around the crises."""

from __future__ import annotations

import streamlit as st

from data.access import Viewer, streams
from data.enums import Stream
from metrics.words import listed, plural
from pages.components import loaders
from pages.components.figure import show, width
from pages.components.menu import link
from pages.components.text import plain
from reports.figures.coverage import coverage_calendar
from reports.sections.base import Section

_AT_FIRST = 6
_STREAMS = {
    "incidents": "an incident log",
    "engagement": "posts",
    "reputation": "reputation scores",
    "survey": "surveys",
}


def coverage_shown(viewer: Viewer, version: int) -> None:
    """The finding, the calendar, and one sentence for each thing that is missing, with the day to export from."""
    section = loaders.covered(viewer.role, loaders.moment(version), version)
    missing = section.findings
    st.subheader(_told(section), anchor=False)
    figure = coverage_calendar(section.frames["days"], crises=section.frames["crises"], width=width())
    show(figure, key="coverage")
    every = len(missing) <= _AT_FIRST or st.session_state.get("all_missing", False)
    shown = missing if every else missing[:_AT_FIRST]
    if shown:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in shown))
    if len(missing) > _AT_FIRST:
        st.toggle(f"All {len(missing)}", key="all_missing", bind="query-params")
    there = set(section.frames["days"]["stream"])
    none = [name for stream, name in _STREAMS.items() if Stream(stream) in streams(viewer) and stream not in there]
    if none:
        st.caption(f"Nothing at all is here of: {listed(none)}. What is not used is not asked for.")
        link("import", label="Import spreadsheets", icon=":material/upload_file:")


def _told(section: Section) -> str:
    if section.findings:
        return f"Data are missing in {plural(len(section.findings), 'place')}"
    if section.frames["crises"].empty:
        return "No crisis has a start yet around which something could be missing"
    return "Nothing is missing around the crises"
