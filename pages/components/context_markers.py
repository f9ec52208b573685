"""Context markers on a page with a time axis: which there are, who changed them, and entering them by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.access import EDITORS, Viewer
from data.commands import markers
from data.commands.entries import LABELS, HandRefused
from data.commands.hand import Stale
from data.engine import writing
from data.queries.hand import Entry, Seen
from metrics.words import plural
from pages.components.by_hand_saving import (
    SEEN,
    attempt,
    both,
    changes,
    close,
    finish,
    forget,
    is_open,
    meant,
    open_dialog,
    word,
)
from pages.components.loaders import by_hand as now
from pages.components.loaders import signals

_ADD, _CHANGE = "Add a context marker", "Change a context marker"
_WHAT = "A launch, an outage, another crisis. Everybody who sees a time axis sees it."


def context_markers(viewer: Viewer, version: int) -> None:
    """A popover with the markers and their history, and the way to add and change some for whoever may."""
    found, edits = signals.context_markers(viewer.role, version)
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(found) or len(edits):
            label = f"Context: {plural(len(found), 'marker')}"
            opened = st.popover(
                label, icon=":material/flag:", on_change="rerun", key="context_markers", type="tertiary"
            )
            if opened.open:
                with opened:
                    _listed(found, edits)
        if viewer.role in EDITORS:
            look: dict[str, Any] = {"type": "tertiary", "on_click": open_dialog}
            st.button(_ADD, icon=":material/add:", key="add_marker", help=_WHAT, args=(_ADD,), **look)
            if len(found):
                st.button(_CHANGE, icon=":material/edit:", key="change_marker", args=(_CHANGE,), **look)
    if is_open(_ADD):
        _add(viewer)
    elif is_open(_CHANGE) and len(found):
        _change(found, viewer)


def _listed(found: pd.DataFrame, edits: pd.DataFrame) -> None:
    if len(found):
        st.dataframe(
            found[["date", "title"]].rename(columns={"date": "Day", "title": "What happened"}), hide_index=True,
            width=480, alt="Context markers, the oldest first",
            column_config={"Day": st.column_config.DateColumn(format="D MMM YYYY", width=110)},
        )  # fmt: skip
    st.caption("Changes by hand, the latest first")
    st.dataframe(
        pd.DataFrame([_told(row) for row in edits.to_dict("records")]), hide_index=True, width=640,
        alt="Every change of a context marker, the latest first",
    )  # fmt: skip


def _told(change: Mapping[Any, Any]) -> dict[str, str]:
    removed = change["before"] is not None and change["after"] is None
    return {
        "On": f"{change['at']:%-d %b %Y, %H:%M} UTC",
        "By": change["actor"],
        "Change": f"{LABELS[change['field']]} {'removed' if removed else change['action']}",
        "From": word(change["before"], "UTC", is_set=False),
        "To": word(change["after"], "UTC", is_set=False),
        "Why": change["reason"] or "",
    }


@st.dialog(_ADD, on_dismiss=close)
def _add(viewer: Viewer) -> None:
    with st.form("add_marker_form", border=False):
        st.caption(_WHAT)
        _fields("new", None, "")
        st.form_submit_button(
            "Add it", type="primary", key="save_marker", on_click=attempt, args=(lambda: _enter(viewer),)
        )
    finish()


def _enter(viewer: Viewer) -> None:
    with writing() as session:
        markers.enter(session, viewer, _read("new"))


@st.dialog(_CHANGE, on_dismiss=close)
def _change(found: pd.DataFrame, viewer: Viewer) -> None:
    told = {int(row["marker_id"]): f"{row['date']:%-d %b %Y} · {row['title']}" for row in found.to_dict("records")}
    number = st.selectbox("Marker", list(told), format_func=told.__getitem__, key="marker_to_change", on_change=forget)
    entry = _seen(number, viewer)
    if entry is None:
        st.warning("This marker is gone. Close this and choose another.", icon=":material/link_off:")
        return
    key = f"marker_{number}_{entry.seen.version}"
    if both(entry, lambda seen: _write(entry, viewer, seen), entry.zone):
        finish()
        return
    with st.form(f"{key}_form", border=False):
        _fields(key, entry.seen.values["happened_on"], entry.seen.values["title"])
        st.text_input("Why?", key=f"{key}_reason", placeholder="The reason stands in the history", max_chars=300)
        with st.container(horizontal=True):
            saving, removing = (lambda: _correct(entry, key, viewer)), (lambda: _remove(entry, key, viewer))
            st.form_submit_button("Save", type="primary", key="save_marker", on_click=attempt, args=(saving,))
            st.form_submit_button("Remove it", key="remove_marker", on_click=attempt, args=(removing,))
    finish()


def _seen(number: int, viewer: Viewer) -> Entry | None:
    """The marker as it was when it was chosen here: whether somebody changed it since is asked when it is saved."""
    known: Entry | None = st.session_state.get(SEEN)
    if known is None or known.id != number:
        known = now.marker_now(viewer, number)
        st.session_state[SEEN] = known
    return known


def _correct(entry: Entry, key: str, viewer: Viewer) -> None:
    meant(_read(key), st.session_state[f"{key}_reason"] or "")
    _write(entry, viewer, entry.seen)


def _write(entry: Entry, viewer: Viewer, seen: Seen) -> None:
    changed, reason = changes(entry)
    with writing() as session:
        markers.correct(session, viewer, entry.id, changed, reason=reason, seen=seen)


def _remove(entry: Entry, key: str, viewer: Viewer) -> None:
    """What somebody else has changed since is not removed: it says something else now."""
    reason = st.session_state[f"{key}_reason"] or ""
    try:
        with writing() as session:
            markers.remove(session, viewer, entry.id, reason=reason, seen=entry.seen)
    except Stale as stale:
        raise HandRefused(f"{stale} Close this and open it again.") from None


def _fields(key: str, day: date | None, title: str) -> None:
    st.date_input("Day", day, key=f"{key}_day", format="YYYY-MM-DD")
    st.text_input("What happened", title, key=f"{key}_title", max_chars=300)


def _read(key: str) -> dict[str, Any]:
    if st.session_state[f"{key}_day"] is None:
        raise HandRefused("Day is missing.")
    return {"happened_on": st.session_state[f"{key}_day"], "title": st.session_state[f"{key}_title"]}
