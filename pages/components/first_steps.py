"""The empty Overview: four steps, each done or with the button that does it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.settings import Settings
from pages.components.menu import link

#: Step, the kind of file that does it, and what it brings.
_STEPS = (
    ("Import an incident log", "incidents", "Who knew what when, and how fast you answered."),
    ("Import engagement", "engagement", "How many posts there were, and what they said."),
    ("Import reputation scores", "reputation", "What it did to your standing, and when you were back."),
    ("Import a survey", "survey", "What employees and others answered, before and after."),
)


def first_steps(sheets: pd.DataFrame, settings: Settings) -> None:
    """What to do first in a database without a crisis."""
    there = set(sheets.loc[sheets["status"] == "applied", "kind"])
    state = "There is no crisis to show yet" if there else "Nothing is imported yet"
    st.markdown(f"{state}. Four files make a review; each can come as your tool exports it.")
    for title, kind, brings in _STEPS:
        with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(width="stretch"):
                st.markdown(f"**{title}**")
                st.caption(brings)
            if kind in there:
                st.badge("Done", icon=":material/check:", color="green")
            else:
                link("import", label="Import", icon=":material/upload_file:")
    if settings["company.name"] is None:
        st.caption("Also say what your company is called, and in which time zone it works:")
        link("settings", label="Settings", icon=":material/settings:")
