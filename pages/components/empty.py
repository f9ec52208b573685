"""What a page says when there is nothing to show: why, and the next step."""

from __future__ import annotations

import streamlit as st

from pages.components.menu import link


def nothing_yet(why: str) -> None:
    """One sentence and the button that leads on."""
    st.info(why, icon=":material/inbox:")
    link("import", label="Import spreadsheets", icon=":material/upload_file:")
