"""Adding and correcting an event in a dialog; the second of two people is told, and shown both versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.commands import hand
from data.commands.entries import HandRefused, when
from data.engine import writing
from data.enums import Audience, Detector, Milestone
from data.queries.hand import Entry, Seen
from data.queries.state import as_of
from pages.components.by_hand_saving import SEEN, attempt, both, changes, close, finish, forget, meant
from pages.components.loaders.by_hand import event_now, today
from pages.components.text import plain

Crisis = dict[str, Any]
Values = dict[str, Any]
_DAY_ONLY = "HH:MM, empty where only the day is known"


@st.dialog("Add an event", width="medium", on_dismiss=close)
def add(crisis: Crisis, viewer: Viewer) -> None:
    """A new event."""
    with st.form("add_event_form", border=False):
        _fields("new", {}, crisis["timezone"])
        st.form_submit_button(
            "Add it", type="primary", key="save_event",
            on_click=attempt, args=(lambda: _enter(crisis, viewer),),
        )  # fmt: skip
    finish()


def _enter(crisis: Crisis, viewer: Viewer) -> None:
    with writing() as session:
        today = as_of(session).date()
        hand.enter_event(session, viewer, crisis["code"], _read("new", crisis["timezone"], today))


@st.dialog("Correct an event", width="medium", on_dismiss=close)
def correct(crisis: Crisis, events: pd.DataFrame, viewer: Viewer) -> None:
    """One of these events, and what is to be changed of it."""
    zone = crisis["timezone"]
    told = {int(row["event_id"]): _label(row, zone) for row in events.to_dict("records")}
    number = st.selectbox("Event", list(told), format_func=told.__getitem__, key="event_to_correct", on_change=forget)
    entry = _seen(number, viewer)
    if entry is None:
        st.warning("This event is gone. Close this and choose another.", icon=":material/link_off:")
        return
    key = f"event_{number}_{entry.seen.version}"
    if not both(entry, lambda seen: _write(entry, viewer, seen), zone):
        with st.form(f"{key}_form", border=False):
            _fields(key, entry.seen.values, zone)
            st.text_input("Why?", key=f"{key}_reason", placeholder="The reason stands in the history", max_chars=300)
            st.form_submit_button(
                "Save the correction", type="primary", key="save_correction",
                on_click=attempt, args=(lambda: _save(entry, key, zone, viewer),),
            )  # fmt: skip
    finish()


def _seen(number: int, viewer: Viewer) -> Entry | None:
    """The event as it was when it was chosen here: whether somebody changed it since is asked when it is saved."""
    known: Entry | None = st.session_state.get(SEEN)
    if known is None or known.id != number:
        known = event_now(viewer, number)
        st.session_state[SEEN] = known
    return known


def _save(entry: Entry, key: str, zone: str, viewer: Viewer) -> None:
    meant(_read(key, zone, today()), st.session_state[f"{key}_reason"] or "")
    _write(entry, viewer, entry.seen)


def _write(entry: Entry, viewer: Viewer, seen: Seen) -> None:
    changed, reason = changes(entry)
    with writing() as session:
        hand.correct_event(session, viewer, entry.id, changed, reason=reason, seen=seen)


def _label(row: Mapping[Any, Any], zone: str) -> str:
    at = row["earliest"].tz_convert(zone)
    moment = f"{at:%-d %b %Y}" if row["date_only"] else f"{at:%-d %b %Y, %H:%M}"
    words = [
        moment,
        row["milestone"].replace("_", " "),
        row["audience"],
        row["platform"],
        (row["description"] or "")[:60],
    ]
    return " · ".join(word for word in words if word)


def _fields(key: str, values: Values, zone: str) -> None:
    """One widget a field, filled with what is recorded."""
    at: datetime | None = values.get("occurred_at")
    local = None if at is None else at.astimezone(ZoneInfo(zone))
    with st.container(horizontal=True):
        st.date_input("Day", None if local is None else local.date(), key=f"{key}_day", format="YYYY-MM-DD")
        clock = "" if local is None or values.get("occurred_on") else f"{local:%H:%M}"
        st.text_input(f"Time in {plain(zone)}", clock, key=f"{key}_time", placeholder=_DAY_ONLY)
    with st.container(horizontal=True):
        _choice("Milestone", key, "milestone", Milestone, values)
        _choice("Audience", key, "audience", Audience, values)
        _choice("Detected by", key, "detected_by", Detector, values)
    with st.container(horizontal=True):
        st.text_input("Function", values.get("function") or "", key=f"{key}_function", placeholder="PR, HR, Legal…")
        st.text_input("Platform", values.get("platform") or "", key=f"{key}_platform")
    st.text_area("Description", values.get("description") or "", key=f"{key}_description", height=90)


def _choice(label: str, key: str, name: str, words: type[StrEnum], values: Values) -> None:
    now, listed = values.get(name), list(words)
    st.selectbox(
        label, listed, listed.index(now) if now else None, key=f"{key}_{name}", placeholder="Not recorded",
        format_func=lambda one: one.replace("_", " ").capitalize(),
    )  # fmt: skip


def _read(key: str, zone: str, today: Any) -> Values:
    """What stands in the widgets, as fields of an event."""
    state = st.session_state
    if state[f"{key}_day"] is None:
        raise HandRefused("Day is missing.")
    at, on = when(f"{state[f'{key}_day']} {state[f'{key}_time'].strip()}".strip(), zone, today=today)
    rest = ("milestone", "audience", "detected_by", "function", "platform", "description")
    read = {name: state[f"{key}_{name}"] for name in rest}
    blank = {name: (value.strip() or None) if isinstance(value, str) else value for name, value in read.items()}
    return {"occurred_at": at, "occurred_on": on} | blank
