"""What lessons are called on pages: statuses and steps in words and colours, and earlier lessons like the present one."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.enums import LessonStatus
from metrics.findings.lessons import written_down
from pages.components import loaders
from pages.components.loaders import learning
from pages.components.text import plain

Colour = Literal["red", "orange", "yellow", "blue", "green", "violet", "gray", "grey", "primary"]
S = LessonStatus
COLOURS: dict[str, Colour] = {
    S.OBSERVATION: "gray", S.IDENTIFIED: "blue", S.APPROVED: "violet", S.IMPLEMENTED: "orange", S.LEARNED: "green",
    S.REJECTED: "gray",
}  # fmt: skip
#: Status → the heading of its column on the board.
COLUMNS = {
    S.OBSERVATION: "Observed", S.IDENTIFIED: "Identified", S.APPROVED: "Approved", S.IMPLEMENTED: "Implemented",
    S.LEARNED: "Learned",
}  # fmt: skip
#: Status that comes next → the deed that brings a lesson there.
DEEDS = {
    S.IDENTIFIED: "Identify", S.APPROVED: "Approve", S.IMPLEMENTED: "Mark as implemented",
    S.LEARNED: "Validate as learned", S.REJECTED: "Reject",
}  # fmt: skip


def word(value: Any) -> str:
    """A word of a vocabulary with a capital, or that there is none."""
    return "Not recorded" if value is None or pd.isna(value) else str(value).replace("_", " ").capitalize()


def lesson_button(code: str, title: str, where: str) -> None:
    """The way to one lesson from its own page; `where` tells several buttons to one lesson apart."""
    st.button(
        plain(title), type="tertiary", wrap=True, key=f"open_{where}_{code}", on_click=_open, args=(code,),
    )  # fmt: skip


def _open(code: str) -> None:
    st.query_params["lesson"] = code


def written_before(text: str, viewer: Viewer, *, besides: str = "", heading: str = "") -> None:
    """Earlier lessons that say something like a text, each with when it was written down and what became of it.

    Below a heading they lead to those lessons; without one, in a dialog, that would lose what is being typed.
    """
    found = learning.like(text, besides, viewer.role, loaders.version())
    if found.empty:
        return
    if heading:
        st.subheader(heading, anchor=False)
    for row in found.to_dict("records"):
        month = None if pd.isna(row["observed_on"]) else f"{row['observed_on']:%B %Y}"
        with st.container(border=True, gap="xxsmall"):
            st.markdown(plain(written_down(month, row["title"], row["status"])))
            if heading:
                lesson_button(row["code"], f"Open {row['code']}", "like")
            else:
                st.caption(row["code"])
