"""The board of lessons: filters that stand in the address, and a card for each lesson under its status."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.enums import Confidence, LessonKind, LessonStatus
from metrics.words import plural
from pages.components.filters import filters_place
from pages.components.lesson_words import COLUMNS, lesson_button
from pages.components.loaders import learning
from pages.components.text import plain

#: Cards of one status that are shown before all are asked for.
_A_COLUMN = 6
_FILTERS = ("kind", "confidence", "of", "tag")


def filtered(lessons: pd.DataFrame, viewer: Viewer, version: int) -> pd.DataFrame:
    """The lessons that the search and the filters keep; each choice stands in the address."""
    query = st.text_input(
        "Words to look for", key="q", bind="query-params", icon=":material/search:", placeholder="such as: approval",
    )  # fmt: skip
    columns = filters_place(_FILTERS).columns(4)
    tags = sorted({tag for listed in lessons["tags"] for tag in listed or ()}, key=str.casefold)
    crises = sorted(lessons["crisis"].dropna().unique(), reverse=True)
    options = (("Kind", _words(LessonKind), "kind"), ("Confidence", _words(Confidence), "confidence"))
    chosen = {}
    for column, (label, listed, key) in zip(
        columns, (*options, ("Crisis", crises, "of"), ("Tag", tags, "tag")), strict=True
    ):
        with column:
            chosen[key] = st.multiselect(
                label, listed, key=key, bind="query-params", placeholder="All", disabled=not listed
            )
    for key in ("kind", "confidence"):
        if chosen[key]:
            lessons = lessons[lessons[key].isin([one.lower() for one in chosen[key]])]
    if chosen["of"]:
        lessons = lessons[lessons["crisis"].isin(chosen["of"])]
    if chosen["tag"]:
        lessons = lessons[[bool(set(listed or ()) & set(chosen["tag"])) for listed in lessons["tags"]]]
    codes = learning.found(query or "", viewer.role, version)
    return lessons if codes is None else lessons[lessons["code"].isin(codes)]


def _words(vocabulary: Any) -> list[str]:
    return [one.capitalize() for one in vocabulary]


def board(lessons: pd.DataFrame, total: int) -> None:
    """A column for each status on the way, and those that were rejected below."""
    if len(lessons) < total:
        st.caption(f"{len(lessons)} of {plural(total, 'lesson')}.")
    by_status = {status: lessons[lessons["status"] == status.value] for status in LessonStatus}
    longest = max(map(len, by_status.values()), default=0)
    every = longest <= _A_COLUMN or st.toggle("Every lesson", key="every_lesson")
    for column, (status, heading) in zip(st.columns(len(COLUMNS)), COLUMNS.items(), strict=True):
        with column:
            _column(by_status[status], heading, every=every)
    rejected = by_status[LessonStatus.REJECTED]
    if len(rejected):
        with st.expander(f"Rejected: {len(rejected)}"):
            for row in rejected.to_dict("records"):
                lesson_button(row["code"], f"{row['code']} · {row['title']}", "rejected")


def _column(lessons: pd.DataFrame, heading: str, *, every: bool) -> None:
    st.markdown(f"**{heading}** · {len(lessons)}")
    if lessons.empty:
        st.caption("None.")
    for row in (lessons if every else lessons.head(_A_COLUMN)).to_dict("records"):
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{plain(row['title'])}**")
            confidence = "" if row["confidence"] is None else f" · {row['confidence']}"
            st.caption(plain(f"{row['kind']}{confidence}"))
            lesson_button(row["code"], f"Open {row['code']}", "board")
    if not every and len(lessons) > _A_COLUMN:
        st.caption(f"and {len(lessons) - _A_COLUMN} more")
