"""What did we learn? Lessons by status, one of them with its evidence, and what of them employees may read."""

from __future__ import annotations

import streamlit as st

from data.access import Viewer
from data.lesson_paths import OBSERVERS
from pages.components import guard, loaders
from pages.components.by_hand_saving import is_open, open_dialog
from pages.components.choose import one_of
from pages.components.digest_shown import digest_shown
from pages.components.empty import nothing_yet
from pages.components.lesson_board import board, filtered
from pages.components.lesson_detail import lesson_detail
from pages.components.lesson_dialogs import NEW, enter
from pages.components.loaders import learning
from pages.components.text import plain
from pages.components.where_from import footer

viewer = guard.open_page("lessons")
version = loaders.version()
as_of = loaders.moment(version)


def _new(viewer: Viewer) -> None:
    """The way to write down an observation, for whoever may."""
    if viewer.role in OBSERVERS:
        st.button(NEW, icon=":material/add:", type="primary", key="new_lesson", on_click=open_dialog, args=(NEW,))
        if is_open(NEW):
            enter(viewer)


code = st.query_params.get("lesson")
if code is not None:
    found = learning.one_lesson(code, viewer.role, as_of, version)
    if found is not None:
        lesson_detail(found, viewer, version)
        st.stop()

every = learning.board(viewer.role, as_of, version)
lessons = every.frames["lessons"]
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    st.title("Lessons learned", width="content")
    _new(viewer)
if code is not None:
    st.warning(f"There is no lesson “{plain(code)}” here.", icon=":material/link_off:")
if lessons.empty:
    nothing_yet(
        "No lesson is written down yet. Begin with an observation: what happened, and what was unlike what was to be "
        "expected. An analyst identifies it as a lesson, leadership approves it on evidence, and the next crisis shows "
        "whether it held."
    )
    st.stop()

if one_of("What to see", ["Board", "For employees"], "show") == "For employees":
    digest_shown(learning.for_employees(viewer.role, as_of, version), lessons, viewer)
    st.stop()

st.subheader(plain(every.findings[0]), anchor=False)
board(filtered(lessons, viewer, version), len(lessons))
if len(every.findings) > 1:
    st.caption(plain(every.findings[1]))
footer(every)
