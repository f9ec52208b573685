"""Entering, correcting, merging and restricting a crisis in dialogs."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from data.access import Viewer
from data.commands import hand
from data.commands.entries import HandRefused, when
from data.commands.merging import merge
from data.engine import writing
from data.enums import CrisisStatus, Role
from data.queries import hand as queries
from data.queries.hand import Entry, Seen
from data.queries.state import as_of
from pages.components import loaders
from pages.components.by_hand_saving import attempt, both, changes, close, finish, meant
from pages.components.import_questions import zone_select
from pages.components.loaders.by_hand import today
from pages.components.menu import file_of
from pages.components.text import plain

Crisis = dict[str, Any]
Values = dict[str, Any]
_GO_TO = "by_hand_go_to"
_RESTRICTABLE = (Role.LEADERSHIP, Role.LEGAL, Role.ANALYST, Role.HR)


@st.dialog("New crisis", width="medium", on_dismiss=close)
def enter(viewer: Viewer) -> None:
    """A new crisis."""
    with st.form("new_crisis_form", border=False):
        _fields("crisis_new", {}, "")
        st.text_input(
            "Code", key="crisis_new_code", placeholder="Made of the start and the title, such as 2026-03-thread"
        )
        st.form_submit_button(
            "Enter it", type="primary", key="save_crisis", on_click=attempt, args=(lambda: _store(viewer),)
        )
    _lead_on()
    finish()


def _store(viewer: Viewer) -> None:
    with writing() as session:
        zone = queries.zone(session, st.session_state["crisis_new_timezone"])
        said = _read("crisis_new", zone, as_of(session).date())
        code = st.session_state["crisis_new_code"].strip() or _code(said)
        hand.enter_crisis(session, viewer, code, said)
    st.session_state[_GO_TO] = code


def _code(said: Values) -> str:
    """``2026-03-angry-thread`` of a start and a title."""
    plain_letters = unicodedata.normalize("NFKD", said["title"] or "").encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain_letters)[:4]
    start = said["started_at"]
    if not words or start is None:
        raise HandRefused("Without a start and a title in Latin letters no code can be made: write one.")
    return f"{start.astimezone(ZoneInfo(said['timezone'] or 'UTC')):%Y-%m}-{'-'.join(words)}"


def _lead_on() -> None:
    """After the deed, to the review of the crisis that there is now."""
    if (code := st.session_state.pop(_GO_TO, None)) is not None:
        close()
        st.switch_page(file_of("crisis_review"), query_params={"crisis": code, "section": "Timeline"})


@st.dialog("Correct the crisis", width="medium", on_dismiss=close)
def correct(entry: Entry, viewer: Viewer) -> None:
    """What is to be changed of a crisis."""
    key = f"crisis_{entry.id}_{entry.seen.version}"
    if not both(entry, lambda seen: _write(entry, viewer, seen), entry.zone):
        with st.form(f"{key}_form", border=False):
            _fields(key, entry.seen.values, entry.zone)
            st.text_input("Why?", key=f"{key}_reason", placeholder="The reason stands in the history", max_chars=300)
            st.form_submit_button(
                "Save the correction", type="primary", key="save_crisis",
                on_click=attempt, args=(lambda: _save(entry, key, viewer),),
            )  # fmt: skip
    finish()


def _save(entry: Entry, key: str, viewer: Viewer) -> None:
    meant(_read(key, entry.zone, today()), st.session_state[f"{key}_reason"] or "")
    _write(entry, viewer, entry.seen)


def _write(entry: Entry, viewer: Viewer, seen: Seen) -> None:
    changed, reason = changes(entry)
    with writing() as session:
        hand.correct_crisis(session, viewer, entry.crisis, changed, seen=seen, reason=reason)


@st.dialog("Merge this crisis into another", on_dismiss=close)
def merge_into(entry: Entry, viewer: Viewer) -> None:
    """The crisis that this one becomes a part of."""
    crises = loaders.crisis_list(viewer.role, loaders.version())
    others = crises[crises["code"] != entry.crisis].sort_values("code", ascending=False)
    if others.empty:
        st.info("There is no other crisis.", icon=":material/inbox:")
        return
    titles = dict(zip(others["code"], others["title"], strict=True))
    st.markdown(
        f"All events, gaps, lessons and reviews of {plain(entry.crisis)} move over, and what the other leaves open is taken "
        f"from it. Files that name {plain(entry.crisis)} go to the other from then on. This can't be undone."
    )
    into = st.selectbox(
        "Into",
        list(titles),
        None,
        lambda code: f"{titles[code]} ({code})",
        key="merge_into",
        placeholder="Choose a crisis",
    )
    st.text_input("Why?", key="merge_reason", max_chars=300)
    st.button(
        "Merge them", type="primary", key="save_merge", disabled=into is None,
        on_click=attempt, args=(lambda: _merged(entry, into or "", viewer),),
    )  # fmt: skip
    _lead_on()
    finish()


def _merged(entry: Entry, into: str, viewer: Viewer) -> None:
    with writing() as session:
        merge(session, viewer, entry.crisis, into, reason=st.session_state["merge_reason"] or "")
    st.session_state[_GO_TO] = into


@st.dialog("Restrict who sees this crisis", width="medium", on_dismiss=close)
def restrict(entry: Entry, viewer: Viewer) -> None:
    """The roles that see a crisis."""
    if not both(entry, lambda seen: _limit(entry, viewer, seen), entry.zone):
        st.markdown(
            "For all others it does not exist: in lists, search, counts and exports. Administrators see every crisis."
        )
        named = [Role(role) for role in entry.seen.values["restricted_to"] or ()]
        st.multiselect(
            "Only these roles", _RESTRICTABLE, named, key="restrict_to", placeholder="Every role",
            format_func=lambda role: "HR" if role is Role.HR else role.capitalize(),
        )  # fmt: skip
        st.button(
            "Save", type="primary", key="save_restriction", on_click=attempt, args=(lambda: _restricted(entry, viewer),)
        )
    finish()


def _restricted(entry: Entry, viewer: Viewer) -> None:
    named = sorted(Role(role).value for role in st.session_state["restrict_to"])
    meant({"restricted_to": named or None}, "")
    _limit(entry, viewer, entry.seen)


def _limit(entry: Entry, viewer: Viewer, seen: Seen) -> None:
    named = changes(entry)[0].get("restricted_to", entry.seen.values["restricted_to"])
    with writing() as session:
        hand.restrict(session, viewer, entry.crisis, map(Role, named or ()), seen=seen)


def _fields(key: str, values: Values, zone: str) -> None:
    at = values.get("started_at")
    local = None if at is None else at.astimezone(ZoneInfo(zone))
    st.text_input("Title", values.get("title") or "", key=f"{key}_title", max_chars=300)
    with st.container(horizontal=True):
        st.date_input("Start, day", None if local is None else local.date(), key=f"{key}_day", format="YYYY-MM-DD")
        clock = "" if local is None or values.get("started_on") else f"{local:%H:%M}"
        st.text_input("Start, time", clock, key=f"{key}_time", placeholder="HH:MM, if known")
        zone_select("Time zone", values.get("timezone"), f"{key}_timezone")
    with st.container(horizontal=True):
        grades = [1, 2, 3, 4]
        now = values.get("severity")
        st.selectbox(
            "Severity (4 is worst)", grades, grades.index(now) if now else None, key=f"{key}_severity",
            placeholder="Not set",
        )  # fmt: skip
        words = list(CrisisStatus)
        st.selectbox(
            "Status", words, words.index(values.get("status", CrisisStatus.OPEN)), format_func=str.capitalize,
            key=f"{key}_status", help="Resolved and reviewed events say so by themselves",
        )  # fmt: skip
        st.text_input("Platform", values.get("platform") or "", key=f"{key}_platform")
    with st.container(horizontal=True):
        st.text_input("Category", values.get("category") or "", key=f"{key}_category")
        st.text_input("Policy section", values.get("policy_section") or "", key=f"{key}_policy_section")
        st.text_input(
            "Topics", ", ".join(values.get("topics") or ()), key=f"{key}_topics", placeholder="Separated by commas",
            help="Names of queries or campaigns in the exports of posts; with none, posts belong to it by date alone",
        )  # fmt: skip
    st.text_area("Summary", values.get("summary") or "", key=f"{key}_summary", height=90)


def _read(key: str, zone: str, today: Any) -> Values:
    """What stands in the widgets, as fields of a crisis."""
    state = st.session_state
    day, clock = state[f"{key}_day"], state[f"{key}_time"].strip()
    if day is None and clock:
        raise HandRefused("The start has a time but no day.")
    at, on = (None, None) if day is None else when(f"{day} {clock}".strip(), zone, today=today)
    names = ("title", "category", "policy_section", "severity", "platform", "timezone", "status", "summary")
    read = {name: state[f"{key}_{name}"] for name in names}
    said = {name: (value.strip() or None) if type(value) is str else value for name, value in read.items()}
    topics = [topic for topic in (part.strip() for part in state[f"{key}_topics"].split(",")) if topic]
    return said | {"started_at": at, "started_on": on, "topics": topics}
