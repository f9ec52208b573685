"""The Import page before anything is dropped: what can be, our templates, and the formats that are recognised."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from data.access import Viewer, streams
from data.enums import Stream
from importers import templates
from importers.formats import FORMATS
from importers.formats.base import Format
from pages.components.text import plain

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What each kind of file brings, in the order of the templates.
_BRINGS = {
    Stream.INCIDENTS: "who knew what when",
    Stream.ENGAGEMENT: "posts and mentions, or their daily totals",
    Stream.SURVEY: "answers of employees and others",
    Stream.REPUTATION: "scores and reviews",
    Stream.PLAN: "the steps of the crisis plan",
    Stream.GAPS: "what the plan lacked",
    Stream.LESSONS: "what was learned",
    Stream.CULTURE: "training, workshops, recognition",
}


def import_start(viewer: Viewer) -> None:
    """What to drop, and what helps where there is nothing to drop yet."""
    st.markdown(
        "Files come as your tools export them, several at once or as a .zip; each is recognised by its columns. "
        "Nothing is saved before you say so, and everything can be undone."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Recognised formats", icon=":material/table_view:", type="tertiary", key="formats"):
            _formats(viewer)
    st.markdown("**Nothing to export from?** An empty workbook of each kind:")
    with st.container(horizontal=True):
        for stream in Stream:
            if stream in streams(viewer):
                st.download_button(
                    stream.value.capitalize(), partial(templates.content, stream), f"{stream}.xlsx", _SPREADSHEET,
                    icon=":material/download:", key=f"template_{stream}", on_click="ignore",
                    help=plain(_BRINGS[stream].capitalize()),
                )  # fmt: skip


@st.dialog("Recognised formats", width="large")
def _formats(viewer: Viewer) -> None:
    st.caption("What is not listed is read by a mapping: which column is what is asked once and remembered.")
    listed = [
        (layout.stream.value.capitalize(), layout.title, ", ".join(_telling(layout)))
        for layout in sorted(FORMATS, key=lambda layout: list(Stream).index(layout.stream))
        if layout.stream in streams(viewer)
    ]
    st.dataframe(
        pd.DataFrame(listed, columns=["Kind", "Format", "Told by the columns"]), hide_index=True,
        alt="Formats that are recognised by their columns",
    )  # fmt: skip


def _telling(layout: Format) -> list[str]:
    return list(layout.telling) or [column.field for column in layout.columns if column.required]
