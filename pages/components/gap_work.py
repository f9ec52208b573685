"""How a register begins, and how it leaves as a file."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.access import Viewer
from pages.components.loaders import files
from pages.components.menu import link

_KINDS = {
    "xlsx": ("Download the register", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("As CSV", "text/csv"),
}


def begin() -> None:
    """What a page without any gap says: three ways to the first one."""
    st.info(
        "No gap is recorded yet. Import the register that you keep, write the first gap down with “New gap”, or import a "
        "plan and an incident log: the steps that did not hold are shown then.",
        icon=":material/inbox:",
    )
    link("import", label="Import a register, a plan or an incident log", icon=":material/upload_file:")


def downloads(viewer: Viewer) -> None:
    """The whole register in the layout that the import takes back; made when it is asked for."""
    for kind, (label, mime) in _KINDS.items():
        st.download_button(
            label, partial(files.register, viewer, kind), f"gaps.{kind}", mime, icon=":material/download:",
            on_click="ignore", key=f"register_{kind}",
        )  # fmt: skip
