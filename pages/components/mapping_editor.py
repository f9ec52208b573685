"""Saying which column of an unknown file is what."""

from __future__ import annotations

import streamlit as st

from pages.components.text import plain
from pages.components.uploads import Waiting


def mapping_editor(file: Waiting) -> None:
    """Say what is unknown."""
    for issue in (i for r in file.results for i in r.issues if i.code == "format-unknown"):
        st.info(plain(issue.message), icon=":material/help:")
