"""The fields of a lesson in its dialogs: drawn with what is recorded, and read as they stand."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import streamlit as st

from data.access import Viewer
from data.enums import Confidence, LessonKind
from metrics.catalogue import ALL
from metrics.words import date
from pages.components import loaders
from pages.components.lesson_words import word
from pages.components.loaders import learning

Values = dict[str, Any]
_FIRST = ("title", "observation", "kind", "observed_on", "crisis", "tags")
_REST = (
    "discussion", "conclusion", "recommendation", "confidence", "evidence", "counter_evidence", "metrics", "events",
    "gap", "share_safe",
)  # fmt: skip
_PART, _LOW = 68, 90  # pixels of a text of few lines, and of one of more


def first_fields(key: str, values: Values, viewer: Viewer) -> str:
    """What an observation is made of; gives what is typed so far, by which earlier lessons are found."""
    title = st.text_input("Title", values.get("title") or "", key=f"{key}_title", max_chars=300, live=True)
    seen = st.text_area(
        "What was observed", values.get("observation") or "", key=f"{key}_observation", height=_LOW,
        placeholder="What happened, and what was unlike what was to be expected",
    )  # fmt: skip
    with st.container(horizontal=True):
        _choice("Kind", key, "kind", LessonKind, values.get("kind") or LessonKind.IMPROVEMENT)
        st.date_input("Observed on", values.get("observed_on"), key=f"{key}_observed_on", format="YYYY-MM-DD")
        _crisis(key, values, viewer)
    tags = values.get("tags") or []
    known = learning.board(viewer.role, loaders.moment(loaders.version()), loaders.version()).frames["lessons"]["tags"]
    offered = sorted({tag for listed in known for tag in listed or ()} | set(tags), key=str.casefold)
    st.multiselect("Tags", offered, tags, key=f"{key}_tags", accept_new_options=True, placeholder="None")
    return f"{title or ''} {seen or ''}"


def fields(key: str, values: Values, viewer: Viewer) -> str:
    """Everything that is written of a lesson; gives what is typed so far like `first_fields`."""
    typed = first_fields(key, values, viewer)
    for name in ("discussion", "conclusion", "recommendation"):
        st.text_area(name.capitalize(), values.get(name) or "", key=f"{key}_{name}", height=_PART)
    left, right = st.columns(2)
    with left:
        st.text_area("Evidence", values.get("evidence") or "", key=f"{key}_evidence", height=_LOW)
        _metrics(key, values)
        _events(key, values, viewer)
    with right:
        st.text_area(
            "Counter-evidence", values.get("counter_evidence") or "", key=f"{key}_counter_evidence", height=_LOW,
            placeholder="What speaks against it, or where you looked and found nothing",
        )  # fmt: skip
        _choice("Confidence", key, "confidence", Confidence, values.get("confidence"))
        _gap(key, values, viewer)
    st.text_area(
        "Summary for employees", values.get("share_safe") or "", key=f"{key}_share_safe", height=_PART,
        placeholder="One sentence for everybody: no person, no group, no single case",
    )  # fmt: skip
    return typed


def _choice(label: str, key: str, name: str, words: type[StrEnum], now: Any) -> None:
    listed = list(words)
    at = listed.index(now) if now else None
    st.selectbox(label, listed, at, key=f"{key}_{name}", placeholder="Not recorded", format_func=word)


def _crisis(key: str, values: Values, viewer: Viewer) -> None:
    crises = loaders.crisis_list(viewer.role, loaders.version()).sort_values("code", ascending=False)
    titles = dict(zip(crises["code"], crises["title"], strict=True))
    _one("Crisis", key, "crisis", titles, values.get("crisis"), "Of no crisis")


def _gap(key: str, values: Values, viewer: Viewer) -> None:
    titles = learning.gap_titles(viewer.role, loaders.version())
    told = {code: f"{code} · {title}" for code, title in titles.items()}
    _one("Gap", key, "gap", told, values.get("gap"), "No gap")


def _one(label: str, key: str, name: str, titles: dict[str, str], now: str | None, none: str) -> None:
    listed = list(titles)
    at = listed.index(now) if now in titles else None
    st.selectbox(label, listed, at, key=f"{key}_{name}", placeholder=none, format_func=titles.__getitem__)


def _metrics(key: str, values: Values) -> None:
    now = [metric for metric in values.get("metrics") or [] if metric in ALL]
    st.multiselect(
        "Metrics", list(ALL), now, key=f"{key}_metrics", placeholder="None", format_func=lambda one: ALL[one].label
    )


def _events(key: str, values: Values, viewer: Viewer) -> None:
    """The events of the crisis that is chosen, and those that are named already."""
    version = loaders.version()
    now = values.get("events") or []
    crises = loaders.crisis_list(viewer.role, version)
    code = st.session_state.get(f"{key}_crisis", values.get("crisis"))
    told = dict.fromkeys(now, "An event of another crisis")
    mine = crises[crises["code"] == code]
    if len(mine):
        zone, events = mine.iloc[0]["timezone"], loaders.timeline(int(mine.iloc[0]["crisis_id"]), viewer.role, version)
        words = {int(row["event_id"]): _event(row, zone) for row in events.to_dict("records")}
        keys = learning.event_keys(str(code), viewer.role, version)
        told |= {event: words[number] for event, number in keys.items() if number in words}
    st.multiselect(
        "Events",
        list(told),
        now,
        key=f"{key}_events",
        placeholder="None",
        format_func=told.__getitem__,
        disabled=not told,
    )


def _event(row: dict[Any, Any], zone: str) -> str:
    at = row["earliest"].tz_convert(zone)
    moment = date(at) if row["date_only"] else f"{date(at)}, {at:%H:%M}"
    return f"{moment} · {row['milestone'].replace('_', ' ')}"


def read(key: str, *, first: bool = False) -> Values:
    """What stands in the fields, as fields of a lesson; with `first` only those of an observation."""
    names = _FIRST if first else (*_FIRST, *_REST)
    state = {name: st.session_state[f"{key}_{name}"] for name in names}
    return {name: (value.strip() or None) if type(value) is str else value for name, value in state.items()}
