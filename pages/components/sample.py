"""The notice that the data are invented, and the way out of them."""

from __future__ import annotations

import streamlit as st

from data.commands.company import empty
from data.engine import writing
from data.enums import Role
from pages.components import guard, loaders
from pages.components.menu import file_of


def notice() -> None:
    """One line on every page while the data are the sample company's."""
    if not loaders.is_sample(loaders.version()):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge("Sample", icon=":material/science:", color="orange")
        st.caption("Every person, company and figure here is invented.", width="content")
        may_delete = guard.viewer().role is Role.ADMIN
        if may_delete and st.button(
            "Start with my own data", type="tertiary", icon=":material/restart_alt:", key="leave_sample"
        ):
            _confirm()


@st.dialog("Start with your own data?")
def _confirm() -> None:
    st.write(
        "This deletes the sample company and everything else in this database: imports, settings, notes. "
        "It cannot be undone."
    )
    with st.container(horizontal=True):
        if st.button("Delete it and start empty", type="primary", on_click=_empty, key="empty_database"):
            st.switch_page(file_of("overview"))
        if st.button("Keep the sample", key="keep_sample"):
            st.rerun()


def _empty() -> None:
    with writing() as session:
        empty(session, guard.viewer())
