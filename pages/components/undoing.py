"""Taking back one file or a whole set: asked first, and refused with the reason."""

from __future__ import annotations

import streamlit as st

from data.access import Viewer
from data.commands.batches import UndoRefused
from importers.undo import undo, undo_set
from metrics.words import plural
from pages.components import uploads
from pages.components.text import plain

_REFUSED = "undo_refused"


@st.dialog("Undo this import?")
def confirm_file(batch: int, file: str, viewer: Viewer) -> None:
    """Ask before one file is taken back."""
    st.markdown(f"Everything that import {batch} ({plain(file)}) brought or changed is taken back. Later imports stay.")
    _decide(None, batch, viewer)


@st.dialog("Undo the whole set?")
def confirm_set(set_id: str, files: int, viewer: Viewer) -> None:
    """Ask before every file of a set is taken back."""
    st.markdown(
        f"Everything that the {plural(files, 'file')} of this set brought or changed is taken back, all of it or "
        "nothing. Later imports stay."
    )
    _decide(set_id, 0, viewer)


def _decide(set_id: str | None, batch: int, viewer: Viewer) -> None:
    if st.button("Undo it", type="primary", key="confirm_undo", on_click=_undo, args=(set_id, batch, viewer)):
        if refused := st.session_state.pop(_REFUSED, None):
            st.error(plain(refused), title="Not undone", icon=":material/block:")
        else:
            st.rerun()


def _undo(set_id: str | None, batch: int, viewer: Viewer) -> None:
    st.session_state.pop(_REFUSED, None)
    try:
        if set_id is None:
            undo(batch, viewer)
        else:
            undo_set(set_id, viewer)
    except UndoRefused as refusal:
        st.session_state[_REFUSED] = str(refusal)
        return
    uploads.forget_applied()
