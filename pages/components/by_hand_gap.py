"""Entering, editing and moving a gap in dialogs; the second of two people is told, and shown both versions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import streamlit as st

from data.access import REGISTRARS, Viewer
from data.commands import gaps
from data.engine import writing
from data.enums import Element, GapStatus, Origin
from data.queries.hand import Seen
from data.queries.register import FIELDS
from pages.components import loaders
from pages.components.by_hand_saving import (
    attempt,
    both,
    changes,
    close,
    finish,
    is_open,
    meant,
    open_dialog,
    opened_on,
)
from pages.components.gap_fields import known, metric, target
from pages.components.loaders import register
from pages.components.loaders.by_hand import today

Values = dict[str, Any]
NEW = "New gap"
#: Status → what the button that leads there is called.
MOVES: Mapping[GapStatus, str] = {
    GapStatus.OPEN: "Open it again", GapStatus.PLANNED: "Plan the fix", GapStatus.IN_PROGRESS: "Begin the fix",
    GapStatus.IMPLEMENTED: "The fix is in place", GapStatus.VALIDATED: "Validate the fix",
    GapStatus.ACCEPTED: "Accept the risk",
}  # fmt: skip
_GO_TO = "gap_go_to"


def named_gap() -> str | None:
    """The gap in the address; the one that was just entered is put there."""
    if (code := st.session_state.pop(_GO_TO, None)) is not None:
        st.query_params["gap"] = code
    return st.query_params.get("gap")


def new_gap_button(viewer: Viewer) -> None:
    """The way to a gap of which no file tells, for whoever keeps the register."""
    if viewer.role not in REGISTRARS:
        return
    st.button(NEW, icon=":material/add:", key="new_gap", on_click=open_dialog, args=(NEW,))
    if is_open(NEW):
        _enter(viewer)


@st.dialog(NEW, width="large", on_dismiss=close)
def _enter(viewer: Viewer) -> None:
    with st.form("new_gap_form", border=False):
        _fields("gap_new", {"opened_on": today()}, viewer)
        st.form_submit_button(
            "Enter it", type="primary", key="save_gap", on_click=attempt, args=(lambda: _store(viewer),)
        )
    finish()


def _store(viewer: Viewer) -> None:
    with writing() as session:
        st.session_state[_GO_TO] = gaps.enter_gap(session, viewer, _read("gap_new"))


@st.dialog("Edit the gap", width="large", on_dismiss=close)
def edit(viewer: Viewer) -> None:
    """What is to be changed of a gap, but for its status."""
    entry = opened_on()
    key = f"gap_{entry.id}_{entry.seen.version}"
    if not both(entry, lambda seen: _write(viewer, seen), entry.zone):
        with st.form(f"{key}_form", border=False):
            _fields(key, entry.seen.values, viewer)
            if entry.seen.values["completed_on"] is not None:
                st.date_input(
                    "Fix in place", entry.seen.values["completed_on"], key=f"{key}_completed_on", format="YYYY-MM-DD"
                )
            st.text_input("Why?", key=f"{key}_reason", placeholder="The reason stands in the history", max_chars=300)
            st.form_submit_button(
                "Save", type="primary", key="save_gap", on_click=attempt, args=(lambda: _save(key, viewer),)
            )
    finish()


def _save(key: str, viewer: Viewer) -> None:
    meant(_read(key), st.session_state[f"{key}_reason"] or "")
    _write(viewer, opened_on().seen)


def move(then: GapStatus, viewer: Viewer, reason: str) -> None:
    """The dialog that gives a gap another status, with what that one needs."""

    @st.dialog(MOVES[then], on_dismiss=close)
    def ask() -> None:
        entry = opened_on()
        key = f"gap_{entry.id}_{entry.seen.version}_{then}"
        if not both(entry, lambda seen: _write(viewer, seen), entry.zone):
            _needed(key, then, entry.seen.values, reason)
            st.button(
                MOVES[then], type="primary", key="save_move", on_click=attempt,
                args=(lambda: _moved(key, then, viewer),),
            )  # fmt: skip
        finish()

    ask()


def _needed(key: str, then: GapStatus, values: Values, reason: str) -> None:
    if then is GapStatus.IMPLEMENTED:
        st.date_input("Since when is it in place?", today(), key=f"{key}_completed_on", format="YYYY-MM-DD")
    if then is GapStatus.VALIDATED:
        st.text_area(
            "Evidence", values["evidence"] or "", key=f"{key}_evidence", height=90,
            placeholder="What shows that the fix holds: a drill, a crisis, a record",
        )  # fmt: skip
    st.text_area("Why?", reason, key=f"{key}_reason", height=90, placeholder="The reason stands in the history")


def _moved(key: str, then: GapStatus, viewer: Viewer) -> None:
    state = st.session_state
    said = {name: state[f"{key}_{name}"] for name in ("completed_on", "evidence") if f"{key}_{name}" in state}
    meant({"status": then, **said}, state[f"{key}_reason"] or "")
    _write(viewer, opened_on().seen)


def _write(viewer: Viewer, seen: Seen) -> None:
    entry = opened_on()
    changed, reason = changes(entry)
    with writing() as session:
        gaps.edit_gap(session, viewer, entry.name, changed, seen=seen, reason=reason)


def _fields(key: str, values: Values, viewer: Viewer) -> None:
    """One widget a field, filled with what is recorded."""
    st.text_input("What did not hold?", values.get("title") or "", key=f"{key}_title", max_chars=300)
    steps = register.plan_steps(loaders.version())
    with st.container(horizontal=True):
        known("Section of the plan", f"{key}_section", list(dict.fromkeys(steps["section"])), values.get("section"))
        known("Step", f"{key}_step", list(dict.fromkeys(steps["step"])), values.get("step"))
        crises = loaders.crisis_list(viewer.role, loaders.version())["code"]
        _choice("Found in", key, "crisis", sorted(crises, reverse=True), values)
    with st.container(horizontal=True):
        _choice("Origin", key, "origin", list(Origin), values)
        _choice("Element", key, "element", list(Element), values)
        _choice("Severity (4 is worst)", key, "severity", [1, 2, 3, 4], values)
    left, right = st.columns(2)
    left.text_area("Root cause", values.get("root_cause") or "", key=f"{key}_root_cause", height=68)
    action = "Corrective action"
    right.text_area(action, values.get("corrective_action") or "", key=f"{key}_corrective_action", height=68)
    with st.container(horizontal=True):
        function = values.get("responsible_function") or ""
        st.text_input("Responsible function", function, key=f"{key}_responsible_function", placeholder="PR, HR, Legal…")
        st.text_input(
            "Contact",
            values.get("contact") or "",
            key=f"{key}_contact",
            placeholder="A mailbox of the function, no person",
        )
        for label, name in (("Opened", "opened_on"), ("Start", "start_on"), ("Due", "due_on")):
            st.date_input(label, values.get(name), key=f"{key}_{name}", format="YYYY-MM-DD", width=120)
    with st.container(horizontal=True):
        metric("Metric that it should move", f"{key}_metric", values.get("metric"))
        target(f"{key}_target", values.get("target"))
    st.text_area("Evidence", values.get("evidence") or "", key=f"{key}_evidence", height=68)


def _choice(label: str, key: str, name: str, words: list[Any], values: Values) -> None:
    now = values.get(name)
    options = [*words, *([now] if now is not None and now not in words else [])]
    st.selectbox(
        label, options, None if now is None else options.index(now), key=f"{key}_{name}", placeholder="Not recorded",
        format_func=lambda one: one.replace("_", " ").capitalize() if isinstance(one, StrEnum) else str(one),
    )  # fmt: skip


def _read(key: str) -> Values:
    """What stands in the widgets, as fields of a gap."""
    state = st.session_state
    names = [name for name in FIELDS if f"{key}_{name}" in state]
    read = {name: state[f"{key}_{name}"] for name in names}
    return {name: (value.strip() or None) if type(value) is str else value for name, value in read.items()}
