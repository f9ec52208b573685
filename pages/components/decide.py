"""Decide: what the meeting decides is typed in, saved and signed; afterwards it stands as it was signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import streamlit as st

from data.access import MINUTES
from data.commands import reviews
from data.commands.reviews import ReviewRefused
from data.engine import writing
from data.enums import Role
from data.queries.reviews import Meeting, meeting
from pages.components import guard, loaders, minutes, present, proposals, signature
from pages.components.loaders import sections
from pages.components.minutes import Draft
from pages.components.tables import row_height
from pages.components.text import plain

_DRAFT, _REFUSED = "meeting_draft", "meeting_refused"
#: Functions that are offered; any other can be typed.
_FUNCTIONS = ("Leadership", "PR", "HR", "Legal", "Customer support", "Security")
#: Pixels of the columns: all four stand beside each other next to the proposals.
_DECISION = 228
_COLUMNS = {
    "text": st.column_config.TextColumn("Decision", width=_DECISION, max_chars=2_000),
    "function": st.column_config.TextColumn("Function", width=104, max_chars=200),
    "due_on": st.column_config.DateColumn("Due", width=100, format="D MMM YYYY"),
    "cost": st.column_config.TextColumn("Cost", width=84, max_chars=200),
}


def decide(crisis: dict[str, Any], role: Role, as_of: datetime, version: int) -> None:
    """The section: where the review stands, what was decided, and the way to sign it."""
    standing = loaders.meeting(crisis["code"], role, as_of, version)
    now = standing.now
    (st.title if present.on() else st.subheader)(plain(standing.findings[0]))
    st.markdown(plain(" ".join(standing.findings[1:])))
    left, right = st.columns([5, 7], gap="medium")
    with left:
        proposals.proposals(crisis["code"], role, as_of, version)
    with right:
        _decisions(crisis, now, role, as_of, version)


def _decisions(crisis: dict[str, Any], now: Meeting, role: Role, as_of: datetime, version: int) -> None:
    if now.signed and now.review_id is not None:
        signature.differences(now.review_id, crisis["code"], role, as_of, version)
        _table(now)
        signature.signed(now, crisis["code"], role, version)
    elif role not in MINUTES:
        _table(now)
        st.caption("Leadership, Legal and analysts take down what is decided.")
    else:
        draft = _form(crisis, now, role, as_of, version)
        _buttons(crisis["code"], draft, now, role, as_of, version)


def _table(now: Meeting) -> None:
    if now.decisions.empty:
        return
    st.dataframe(
        now.decisions.drop(columns="decision_id"),
        hide_index=True,
        alt="What was decided",
        row_height=row_height(now.decisions["text"], _DECISION),
        column_config=_COLUMNS,
    )


def _form(crisis: dict[str, Any], now: Meeting, role: Role, as_of: datetime, version: int) -> Draft:
    """The fields with what was typed so far; gives the draft as it stands after this run."""
    draft = _draft(crisis["code"], now)
    events = sections.section("timeline", crisis["code"], role, as_of, version).frames["events"]
    offered = dict.fromkeys([*_FUNCTIONS, *events["function"].dropna(), *draft.functions])
    with st.container(horizontal=True):
        st.date_input("Held on", draft.held_on, key=draft.key("held"), format="DD/MM/YYYY", width=180)
        st.multiselect(
            "Functions present", list(offered), list(draft.functions), key=draft.key("present"), accept_new_options=True
        )
    st.data_editor(
        minutes.table(draft.rows),
        hide_index=True,
        num_rows="dynamic",
        placeholder="–",
        key=draft.key("rows"),
        alt="Decisions of this meeting; type into the last row to add one",
        row_height=row_height((row.text for row in draft.rows), _DECISION),
        column_config=_COLUMNS,
    )
    return _typed(draft)


def _draft(code: str, now: Meeting) -> Draft:
    """The draft to draw: as stored, unless there are changes that were not saved yet."""
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None or draft.code != code:
        draft = minutes.of(code, now, 0 if draft is None else draft.turn + 1)
    elif draft.key("rows") not in st.session_state:  # the section was left; its widgets are gone
        draft = replace(st.session_state.get(f"{_DRAFT}_typed", draft), turn=draft.turn + 1)
    elif draft.version != now.version and not minutes.differs(_typed(draft), draft.basis):
        draft = minutes.of(code, now, draft.turn + 1)
    st.session_state[_DRAFT] = draft
    return draft


def _typed(draft: Draft) -> Draft:
    """The draft with what stands in its fields now; remembered for when the section is left and opened again."""
    state = st.session_state
    found = replace(
        draft,
        held_on=state.get(draft.key("held"), draft.held_on),
        functions=tuple(state.get(draft.key("present"), draft.functions)),
        rows=minutes.edited(draft.rows, state.get(draft.key("rows")) or {}),
    )
    state[f"{_DRAFT}_typed"] = found
    return found


def _buttons(code: str, draft: Draft, now: Meeting, role: Role, as_of: datetime, version: int) -> None:
    unsaved = minutes.differs(draft, minutes.stored(now))
    if refusal := st.session_state.pop(_REFUSED, None):
        st.error(plain(refusal), icon=":material/error:")
    if draft.version != now.version:
        st.warning("Somebody saved this review meanwhile. What you typed is still here, and not saved.")
        with st.container(horizontal=True):
            st.button("Show theirs, drop mine", on_click=_take_theirs, args=(code, now), key="take_theirs")
            st.button("Keep mine, to save over theirs", on_click=_keep_mine, args=(now,), key="keep_mine")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Save", type="primary" if unsaved else "secondary", icon=":material/save:", on_click=_save,
            disabled=not unsaved, key="save_meeting",
        )  # fmt: skip
        signature.button(code, now, role, as_of, version, unsaved=unsaved)
        st.caption("Not saved yet." if unsaved else "")


def _save() -> None:
    draft, viewer = _typed(st.session_state[_DRAFT]), guard.viewer()
    try:
        with writing() as session:
            reviews.take_down(
                session, viewer, draft.code, draft.version,
                held_on=draft.held_on, functions=draft.functions, decisions=minutes.numbered(draft),
            )  # fmt: skip
            now = meeting(session, viewer, draft.code)
    except ReviewRefused as refusal:
        st.session_state[_REFUSED] = str(refusal)
        return
    if minutes.differs(draft, minutes.stored(now)):  # a protected term was masked
        _take_theirs(draft.code, now)
        return
    drawn, basis = st.session_state[_DRAFT], minutes.stored(now)
    st.session_state[_DRAFT] = replace(drawn, version=now.version, basis=basis)
    st.session_state[f"{_DRAFT}_typed"] = replace(draft, version=now.version, basis=basis)


def _take_theirs(code: str, now: Meeting) -> None:
    """Begin anew from what is stored."""
    fresh = minutes.of(code, now, st.session_state[_DRAFT].turn + 1)
    st.session_state[_DRAFT] = st.session_state[f"{_DRAFT}_typed"] = fresh


def _keep_mine(now: Meeting) -> None:
    typed = _typed(st.session_state[_DRAFT])
    kept = replace(typed, version=now.version, turn=typed.turn + 1, basis=minutes.stored(now))
    st.session_state[_DRAFT] = st.session_state[f"{_DRAFT}_typed"] = kept
