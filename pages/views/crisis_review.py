"""The meeting page: one crisis, told in order, a finding at the head of each section."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.names import shortened
from pages.components import guard, loaders, present
from pages.components.by_hand import crisis_menu, new_crisis_button, timeline_tools
from pages.components.choose import choose_crisis, current_crisis, current_section, one_of
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
    new_crisis_button(viewer)
    st.stop()


def _marks(crisis: dict[str, Any]) -> None:
    """Whether it is signed, and the way to the presentation."""
    now = loaders.meeting(crisis["code"], viewer.role, as_of, version).now
    st.badge("Signed" if now.signed else "Draft", color="green" if now.signed else "gray")
    if now.banner:
        st.badge("Privileged", icon=":material/gavel:", color="violet")
    if now.legal_hold:
        st.badge("Legal hold", icon=":material/lock:", color="gray")
    present.button()


def _banner(code: str) -> None:
    """The privilege banner, which stands over everything that is shown of the crisis."""
    if banner := loaders.meeting(code, viewer.role, as_of, version).now.banner:
        st.caption(f"**{plain(banner)}**")


sections = list(SHOW)
if present.on():
    crisis, shown = current_crisis(crises), current_section(sections)
    _banner(crisis["code"])
    SHOW[shown](crisis, viewer.role, as_of, version)
    present.bar(plain(shortened(crisis["title"])), sections, shown)
    st.stop()

crisis = choose_crisis(crises, viewer.role, as_of, version, title="Crisis review", marks=_marks)
_banner(crisis["code"])
crisis_menu(crisis, viewer, version)
chosen = one_of("Section", sections, "section")
SHOW[chosen](crisis, viewer.role, as_of, version)
if chosen == "Timeline":
    timeline_tools(crisis, viewer, version)
