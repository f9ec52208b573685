"""Writing a lesson down, editing it, moving it on and reviewing its summary, in dialogs."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.access import Viewer
from data.commands import lessons
from data.engine import writing
from data.enums import LessonStatus
from data.lesson_paths import SHARERS
from data.queries.hand import Entry, Seen
from data.queries.state import as_of
from data.settings import load
from pages.components.by_hand_saving import (
    attempt,
    both,
    changes,
    close,
    finish,
    meant,
    open_dialog,
    opened_on,
    overtaken,
)
from pages.components.lesson_fields import fields, first_fields, read
from pages.components.lesson_words import DEEDS, written_before
from pages.components.loaders import learning
from pages.components.text import plain

NEW, EDIT, REVIEW = "New observation", "Edit the lesson", "Review the summary"
#: Status that comes next → the name of the dialog that brings a lesson there.
MOVES = {to: f"{deed} the lesson" for to, deed in DEEDS.items()}
_OPENED = "lesson_entered"
#: What a person is told before they take a step.
_TOLD = {
    LessonStatus.IDENTIFIED: "It is more than one case: something to learn from.",
    LessonStatus.APPROVED: "The company holds it for true and will act on it. It needs evidence, counter-evidence and how "
    "sure we are.",
    LessonStatus.IMPLEMENTED: "What it recommends is in place.",
    LessonStatus.LEARNED: "It was put to the test, and it held.",
    LessonStatus.REJECTED: "It stays on record with the reason, so that nobody has to find out again.",
}


@st.dialog(NEW, width="medium", on_dismiss=close)
def enter(viewer: Viewer) -> None:
    """A new observation; while it is typed, earlier lessons that say something like it are shown."""
    typed = first_fields("lesson_new", {}, viewer)
    written_before(typed, viewer)
    st.button("Write it down", type="primary", key="save_lesson", on_click=attempt, args=(lambda: _store(viewer),))
    if (code := st.session_state.pop(_OPENED, None)) is not None:
        close()
        st.query_params["lesson"] = code
        st.rerun()
    finish()


def _store(viewer: Viewer) -> None:
    with writing() as session:
        said = read("lesson_new", first=True)
        if said["observed_on"] is None:
            said["observed_on"] = as_of(session).astimezone(load(session).zone).date()
        code = lessons.enter(session, viewer, said)
    st.session_state[_OPENED] = code


@st.dialog(EDIT, width="large", on_dismiss=close)
def edit(viewer: Viewer) -> None:
    """Everything that is written of a lesson."""
    entry = opened_on()
    key = f"lesson_{entry.id}_{entry.seen.version}"
    if not both(entry, lambda seen: _write(entry, viewer, seen), entry.zone):
        typed = fields(key, entry.seen.values, viewer)
        written_before(typed, viewer, besides=entry.name)
        st.text_input("Why?", key=f"{key}_reason", placeholder="The reason stands in the history", max_chars=300)
        st.button(
            "Save", type="primary", key="save_lesson", on_click=attempt, args=(lambda: _save(entry, key, viewer),)
        )
    finish()


def _save(entry: Entry, key: str, viewer: Viewer) -> None:
    meant(read(key), st.session_state[f"{key}_reason"] or "")
    _write(entry, viewer, entry.seen)


def _write(entry: Entry, viewer: Viewer, seen: Seen) -> None:
    changed, reason = changes(entry)
    with writing() as session:
        lessons.correct(session, viewer, entry.name, changed, seen=seen, reason=reason)


def move(to: LessonStatus, viewer: Viewer) -> None:
    """One step on the way of a lesson."""

    @st.dialog(MOVES[to], on_dismiss=close)
    def shown() -> None:
        entry = opened_on()
        if not both(entry, lambda seen: _move(entry, to, viewer, seen), entry.zone):
            st.markdown(f"**{plain(entry.seen.values['title'])}**")
            st.markdown(_TOLD[to])
            asked = "Needed" if to is LessonStatus.REJECTED else "The reason stands in the history"
            st.text_input("Why?", key="move_reason", max_chars=300, placeholder=asked)
            deed = (lambda: _moved(entry, to, viewer),)
            st.button(DEEDS[to], type="primary", key="save_move", on_click=attempt, args=deed)
        finish()

    shown()


def _moved(entry: Entry, to: LessonStatus, viewer: Viewer) -> None:
    meant({"status": to}, st.session_state["move_reason"] or "")
    _move(entry, to, viewer, entry.seen)


def _move(entry: Entry, to: LessonStatus, viewer: Viewer, seen: Seen) -> None:
    _, reason = changes(entry)
    with writing() as session:
        lessons.move(session, viewer, entry.name, to, seen=seen, reason=reason)


def review_button(code: str, viewer: Viewer) -> None:
    """The way to the review of a lesson's summary, for whoever reviews."""
    if viewer.role in SHARERS:
        look: dict[str, Any] = {"icon": ":material/task_alt:", "type": "tertiary", "key": f"review_{code}"}
        st.button("Review", on_click=open_now, args=(REVIEW, code, viewer), **look)


def open_now(name: str, code: str, viewer: Viewer) -> None:
    """Open a dialog on a lesson as it is now."""
    open_dialog(name, code, learning.lesson_now(viewer, code))


@st.dialog(REVIEW, on_dismiss=close)
def review(viewer: Viewer) -> None:
    """What employees would read, and the word that they may."""
    entry = opened_on()
    st.markdown(f"> {plain(entry.seen.values['share_safe'] or '')}")
    st.markdown(
        "All employees would read this. Does it let nobody be recognised: no person, no small group, no single case? "
        "Names of departments and locations, addresses and protected names are refused."
    )
    st.button(
        "It can be published", type="primary", key="save_review", on_click=attempt,
        args=(lambda: _reviewed(entry, viewer),),
    )  # fmt: skip
    overtaken()
    finish()


def _reviewed(entry: Entry, viewer: Viewer) -> None:
    with writing() as session:
        lessons.review(session, viewer, entry.name, seen=entry.seen)
