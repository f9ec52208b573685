"""What Legal says of a crisis, in a dialog: its privilege banner, its legal hold, and who signs its review."""

from __future__ import annotations

import streamlit as st

from data.access import Viewer
from data.commands import hand
from data.engine import writing
from data.queries.hand import Entry, Seen
from pages.components.by_hand_saving import attempt, both, changes, close, finish, meant


@st.dialog("Privilege and legal hold", width="medium", on_dismiss=close)
def set_counsel(entry: Entry, viewer: Viewer) -> None:
    """What is to be changed of it."""
    key, now = f"counsel_{entry.id}_{entry.seen.version}", entry.seen.values
    if not both(entry, lambda seen: _write(entry, viewer, seen), entry.zone):
        with st.form(f"{key}_form", border=False):
            st.text_input(
                "Privilege banner", now["privilege_banner"] or "", key=f"{key}_privilege_banner", max_chars=300,
                placeholder="None", help="Stands over the review, its presentation and every export of it",
            )  # fmt: skip
            st.toggle(
                "Legal hold", now["legal_hold"], key=f"{key}_legal_hold",
                help="Nothing of this crisis is deleted for its age or erased while it holds",
            )  # fmt: skip
            st.toggle(
                "Legal countersigns the review", now["countersign"], key=f"{key}_countersign",
                help="A signed review says that it waits for Legal until Legal has signed too",
            )  # fmt: skip
            st.text_input("Why?", key=f"{key}_reason", placeholder="The reason stands in the history", max_chars=300)
            st.form_submit_button(
                "Save", type="primary", key="save_counsel",
                on_click=attempt, args=(lambda: _save(entry, key, viewer),),
            )  # fmt: skip
    finish()


def _save(entry: Entry, key: str, viewer: Viewer) -> None:
    state = st.session_state
    banner = state[f"{key}_privilege_banner"].strip() or None
    said = {"privilege_banner": banner} | {name: state[f"{key}_{name}"] for name in ("legal_hold", "countersign")}
    meant(said, state[f"{key}_reason"] or "")
    _write(entry, viewer, entry.seen)


def _write(entry: Entry, viewer: Viewer, seen: Seen) -> None:
    changed, reason = changes(entry)
    with writing() as session:
        hand.counsel(session, viewer, entry.crisis, changed, seen=seen, reason=reason)
