"""The digest of lessons for employees, for those who keep it: what is in it, who reviewed it, what waits, the document."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.lesson_paths import SHARERS
from metrics.words import date
from pages.components.lesson_words import lesson_link
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
                lesson_link(line.code, f"{line.code}, reviewed by {line.reviewed_by} on {date(line.reviewed_on)}")
    titles = dict(zip(lessons["code"], lessons["title"], strict=True))
    _wait("Waiting for a review", found.waiting, titles, "You can review them." if viewer.role in SHARERS else "")
    _wait("Approved, but without a summary for employees", found.lacking, titles, "")


def _wait(heading: str, codes: tuple[str, ...], titles: dict[str, str], more: str) -> None:
    if not codes:
        return
    st.markdown(f"**{heading}**")
    if more:
        st.caption(more)
    for code in codes:
        lesson_link(code, f"{code} · {titles[code]}")
