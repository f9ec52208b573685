"""The calendar of what is stored, by stream and day, and what is missing around the crises."""

from __future__ import annotations

import streamlit as st

from data.access import Viewer
from metrics.words import plural
from pages.components import loaders
from pages.components.figure import show, width
from pages.components.text import plain
from reports.figures.coverage import coverage_calendar

_AT_FIRST = 6


def coverage_shown(viewer: Viewer, version: int) -> None:
    """The finding, the calendar, and one sentence for each thing that is missing, with the day to export from."""
    section = loaders.covered(viewer.role, loaders.moment(version), version)
    missing = section.findings
    told = f"Data are missing in {plural(len(missing), 'place')}" if missing else "Nothing is missing around the crises"
    st.subheader(told, anchor=False)
    figure = coverage_calendar(section.frames["days"], crises=section.frames["crises"], width=width())
    show(figure, key="coverage")
    every = len(missing) <= _AT_FIRST or st.session_state.get("all_missing", False)
    shown = missing if every else missing[:_AT_FIRST]
    if shown:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in shown))
    if len(missing) > _AT_FIRST:
        st.toggle(f"All {len(missing)}", key="all_missing", bind="query-params")
