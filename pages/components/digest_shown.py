"""The digest of lessons for employees, for those who keep it: what is in it, who reviewed it, what waits, the document."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from data.access import Viewer
from metrics.words import date
from pages.components.by_hand_saving import is_open
from pages.components.lesson_dialogs import REVIEW, review, review_button
from pages.components.lesson_words import lesson_button
from pages.components.text import plain
from reports.documents.digest import html
from reports.sections.digest import HEADINGS, Digest


def digest_shown(found: Digest, lessons: pd.DataFrame, viewer: Viewer) -> None:
    """The digest as employees would read it, each line with its lesson and its review."""
    st.subheader(plain(found.finding), anchor=False)
    st.caption(
        "Approved lessons in words for everybody: no person, no group. Only summaries that HR or Legal reviewed are in it; "
        "one that is changed waits for the next review."
    )
    st.download_button(
        "Download the digest", lambda: html(found), f"What we learned, {found.day:%Y-%m-%d}.html", "text/html",
        icon=":material/download:", type="primary", disabled=not found.lines, on_click="ignore", key="download_digest",
        help="One file that opens without a network and prints",
    )  # fmt: skip
    for heading in HEADINGS:
        lines = found.under(heading)
        if lines:
            st.markdown(f"**{heading}**")
        for line in lines:
            with st.container(border=True, gap="xxsmall"):
                st.markdown(plain(line.text))
                told = f"{line.code}, reviewed by {line.reviewed_by} on {date(line.reviewed_on)}"
                lesson_button(line.code, told, "digest")
    titles: dict[str, str] = dict(zip(lessons["code"], lessons["title"], strict=True))
    summaries: dict[str, str] = dict(zip(lessons["code"], lessons["share_safe"], strict=True))
    _waiting({code: (titles[code], summaries[code]) for code in found.waiting}, viewer)
    if found.lacking:
        st.markdown("**Approved, but without a summary for employees**")
    for code in found.lacking:
        lesson_button(code, f"{code} · {titles[code]}", "lacking")


def _waiting(lessons: Mapping[str, tuple[str, str]], viewer: Viewer) -> None:
    """The lessons (title and summary by code) whose summaries were not reviewed as they are now, each with the way to."""
    if lessons:
        st.markdown("**Waiting for a review**")
    for code, (title, summary) in lessons.items():
        with st.container(border=True, gap="xxsmall"):
            st.markdown(plain(summary))
            with st.container(horizontal=True):
                lesson_button(code, f"{code} · {title}", "waiting")
                review_button(code, viewer)
    for code in lessons:
        if is_open(REVIEW, code):
            review(viewer)
