"""Editing a version of the plan as a whole; the second of two people is told and shown both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.commands import plans as commands
from data.commands.entries import HandRefused
from data.commands.plan_entry import STEP_LABELS
from data.commands.plans import PlanChanged
from data.engine import writing
from data.enums import Audience, Milestone
from data.queries.plans import Version
from pages.components import guard
from pages.components.loaders import plan as loader
from pages.components.plan_rows import differing, edited, table
from pages.components.text import plain
from reports.sections import plan_versions
from reports.sections.base import Section

_SEEN, _TURN, _REFUSED, _STALE, _DONE = (f"plan_{name}" for name in ("seen", "turn", "refused", "stale", "done"))
_MILESTONES, _AUDIENCES = [one.value for one in Milestone], [one.value for one in Audience]
_COLUMNS = {
    "position": st.column_config.NumberColumn("No.", width=60, step=1, min_value=1),
    "section": st.column_config.TextColumn(STEP_LABELS["section"], width=120, required=True, max_chars=300),
    "step": st.column_config.TextColumn(STEP_LABELS["step"], width=220, required=True, max_chars=300),
    "role": st.column_config.TextColumn(STEP_LABELS["role"], width=160, required=True, max_chars=300),
    "contact": st.column_config.TextColumn(STEP_LABELS["contact"], width=160, max_chars=300),
    "fulfilled_by": st.column_config.SelectboxColumn(STEP_LABELS["fulfilled_by"], options=_MILESTONES, width=130),
    "clock_starts": st.column_config.SelectboxColumn(STEP_LABELS["clock_starts"], options=_MILESTONES, width=130),
    "target_minutes": st.column_config.NumberColumn(STEP_LABELS["target_minutes"], width=80, min_value=0),
    "audience": st.column_config.SelectboxColumn(STEP_LABELS["audience"], options=_AUDIENCES, width=100),
    "required": st.column_config.CheckboxColumn(STEP_LABELS["required"], width=80, default=True),
    "after_step": st.column_config.TextColumn(STEP_LABELS["after_step"], width=200, max_chars=300),
}


def editor(name: str, section: Section, viewer: Viewer, version: int) -> None:
    """The fields of a version with what was typed so far, and the buttons that save, drop or delete it."""
    seen = _seen(name, version)
    if seen is None:
        return
    if done := st.session_state.pop(_DONE, None):
        st.success(plain(done), icon=":material/check:")
    key = _key(name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for field, label in (("effective_from", "Takes effect on"), ("review_due", "Review due on")):
            st.date_input(
                label,
                seen.dates[field],
                key=f"{key}_{field}",
                format="DD/MM/YYYY",
                width=180,
                min_value=date(1990, 1, 1),
            )
        st.text_input("Why?", key=f"{key}_reason", placeholder="The reason stands in the history", max_chars=300)
    st.data_editor(
        table(seen), hide_index=True, num_rows="dynamic", placeholder="–", key=f"{key}_rows", column_config=_COLUMNS,
        alt="The steps of this version; type into the last row to add one",
    )  # fmt: skip
    if refusal := st.session_state.pop(_REFUSED, None):
        st.error(plain(refusal), icon=":material/error:")
    if (stale := st.session_state.get(_STALE)) is not None:
        _both(name, seen, stale)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Save", type="primary", icon=":material/save:", on_click=_save, args=(name, seen), key="save_plan")
        with st.popover("Delete", icon=":material/delete:", type="tertiary"):
            st.markdown(plain(f"Plan {name} and its steps go. {section.facts['judged']}"))
            st.button("Delete this version", on_click=_delete, args=(name, viewer), key="delete_plan")


def new_version_button(viewer: Viewer, names: Sequence[str]) -> None:
    """A popover in which a version is begun, from another one where there is one."""
    with st.popover("New version", icon=":material/add:"):
        st.text_input("Name", key="new_plan_name", placeholder="v3", max_chars=80)
        st.date_input("Takes effect on", None, key="new_plan_from", format="DD/MM/YYYY", min_value=date(1990, 1, 1))
        st.date_input("Review due on", None, key="new_plan_due", format="DD/MM/YYYY", min_value=date(1990, 1, 1))
        if names:
            st.selectbox("With the steps of", ["No other version", *names], 1, key="new_plan_copy")
        st.button("Begin it", type="primary", on_click=_begin, args=(viewer,), key="begin_plan")
        if refusal := st.session_state.pop(f"{_REFUSED}_new", None):
            st.error(plain(refusal), icon=":material/error:")


def _key(name: str) -> str:
    return f"plan_{name}_{st.session_state.get(_TURN, 0)}"


def _seen(name: str, version: int) -> Version | None:
    """The version as it was when its table was drawn: whether it changed since is asked when it is saved."""
    known: Version | None = st.session_state.get(_SEEN)
    if known is None or known.name != name or f"{_key(name)}_reason" not in st.session_state:
        _again()
        known = loader.version(name, version)
        st.session_state[_SEEN] = known
    return known


def _again() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    for name in (_SEEN, _STALE):
        st.session_state.pop(name, None)


def _typed(name: str, seen: Version) -> tuple[dict[str, Any], list[tuple[int | None, Mapping[str, Any]]]]:
    state, key = st.session_state, _key(name)
    dates = {field: state.get(f"{key}_{field}") for field in seen.dates}
    return dates, edited(seen, state.get(f"{key}_rows") or {})


def _save(name: str, seen: Version | None) -> None:
    """Write what was typed over what was seen, or over whatever there is now."""
    base = seen or st.session_state[_SEEN]
    dates, steps = _typed(name, base)
    try:
        with writing() as session:
            commands.edit_version(
                session, guard.viewer(), name, dates, steps, seen=seen,
                reason=st.session_state.get(f"{_key(name)}_reason") or "",
            )  # fmt: skip
    except PlanChanged as stale:
        st.session_state[_STALE] = stale
    except HandRefused as refusal:
        st.session_state[_REFUSED] = str(refusal)
    else:
        _again()
        st.session_state[_DONE] = f"Plan {name} is saved."


def _both(name: str, seen: Version, stale: PlanChanged) -> None:
    """Their version beside this person's, to choose from."""
    st.warning(plain(str(stale)), icon=":material/group:")
    dates, steps = _typed(name, seen)
    frame = pd.DataFrame(
        differing(seen, stale.present, dates, steps), columns=["What", "When you opened it", "Now", "Yours"]
    )
    st.dataframe(frame, hide_index=True, alt="Both versions, field by field")
    with st.container(horizontal=True):
        st.button("Save mine over it", type="primary", on_click=_save, args=(name, None), key="save_mine")
        st.button("Keep theirs", on_click=_again, key="keep_theirs")


def _delete(name: str, viewer: Viewer) -> None:
    try:
        plan_versions.delete(viewer, name)
    except HandRefused as refusal:
        st.session_state[_REFUSED] = str(refusal)
        return
    _again()
    st.query_params.pop("version", None)
    st.session_state.pop("version_choice", None)


def _begin(viewer: Viewer) -> None:
    state = st.session_state
    name = (state["new_plan_name"] or "").strip()
    copied = state.get("new_plan_copy") or ""
    days = {"effective_from": state["new_plan_from"], "review_due": state["new_plan_due"]}
    try:
        with writing() as session:
            commands.enter_version(session, viewer, name, days, "" if copied == "No other version" else copied)
    except HandRefused as refusal:
        state[f"{_REFUSED}_new"] = str(refusal)
        return
    state[_DONE] = f"Plan {name} is begun."
    st.query_params["version"] = name
