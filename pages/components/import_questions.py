"""The questions about a file, and how else it could be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal
from zoneinfo import available_timezones

import streamlit as st

from data.enums import Audience, Stream
from pages.components.questions import Question
from pages.components.text import plain
from pages.components.uploads import Waiting, answer

ORDERS: dict[Literal["dmy", "mdy", "ymd"], str] = {
    "dmy": "Day first (31/12/2026)",
    "mdy": "Month first (12/31/2026)",
    "ymd": "Year first (2026/12/31)",
}
MARKS: dict[Literal["comma", "point"], str] = {"comma": "Comma (0,35)", "point": "Point (0.35)"}
_AUTO = "As recognised"


#: Option → what stands in the field until somebody chooses one of the known names, or writes a new one.
_NAMED = {
    "crisis": "Choose a crisis, or write the code of a new one",
    "wave": "Choose a wave, or write the name of a new one",
}


def ask(file: Waiting, known: dict[str, list[str]]) -> None:
    """Each question with its two readings, or the names that are `known` for its option; below, what was recognised and
    can be said otherwise.
    """
    for question in file.asked.values():
        _one(question, file, known)
    with st.expander("Read it another way", icon=":material/tune:", expanded=not file.asked):
        _otherwise(file, known["crisis"])


def _one(question: Question, file: Waiting, known: dict[str, list[str]]) -> None:
    key = f"answer_{file.number}_{question.code}"
    if question.answers:
        labels = {value: label for value, label, _ in question.answers}
        now = getattr(file.options, question.option)
        st.radio(
            plain(question.text), list(labels), list(labels).index(now) if now in labels else None,
            format_func=labels.__getitem__, captions=[plain(told) for _, _, told in question.answers], key=key,
            on_change=_take, args=(file, question.option, key),
        )  # fmt: skip
    elif question.option in _NAMED:
        now = getattr(file.options, question.option)
        names = list(dict.fromkeys([*known[question.option], *([now] if now else [])]))
        st.selectbox(
            plain(question.text), names, _at(names, now), key=key, accept_new_options=True,
            placeholder=_NAMED[question.option], on_change=_take, args=(file, question.option, key),
        )  # fmt: skip
    elif question.option == "audience":
        st.selectbox(
            plain(question.text), list(Audience), _at(list(Audience), file.options.audience), key=key,
            format_func=str.capitalize, placeholder="Employees", on_change=_take, args=(file, "audience", key),
        )  # fmt: skip
    elif question.option == "timezone":
        _zone(question.text, file, key)


def _take(file: Waiting, option: str, key: str) -> None:
    """Read the file with the answer; the set is previewed anew with it."""
    given = st.session_state[key]
    answer(file, **{option: None if given == "" else given})


def _otherwise(file: Waiting, crises: list[str]) -> None:
    """What the file itself need not say; everything that is left alone stays as recognised."""
    kinds = {result.kind for result in file.results} - {None}
    with st.container(horizontal=True):
        _choice("Kind", "kind", file, list(Stream), str.capitalize)
        _choice("Dates", "date_order", file, list(ORDERS), ORDERS.__getitem__)
        _choice("Decimal mark", "decimal", file, list(MARKS), MARKS.__getitem__)
        if not kinds or Stream.INCIDENTS in kinds:
            _choice("Crisis", "crisis", file, crises, str)
        asked = {question.option for question in file.asked.values()}
        if (not kinds or Stream.SURVEY in kinds) and "audience" not in asked:
            _choice("Audience", "audience", file, list(Audience), str.capitalize)
        if (not kinds or Stream.SURVEY in kinds) and "wave" not in asked:
            key = f"wave_{file.number}"
            st.text_input(
                "Survey wave", file.options.wave or "", placeholder="Month of the responses", key=key, width=200,
                on_change=_take, args=(file, "wave", key),
            )  # fmt: skip
        _zone("Time zone", file, f"zone_{file.number}", width=200)


def _choice(label: str, option: str, file: Waiting, values: list[Any], told: Callable[[Any], str]) -> None:
    key, now = f"{option}_{file.number}", getattr(file.options, option)
    st.selectbox(
        label, values, _at(values, now), format_func=told, placeholder=_AUTO, key=key, width=200,
        on_change=_take, args=(file, option, key),
    )  # fmt: skip


def _zone(label: str, file: Waiting, key: str, width: Any = "stretch") -> None:
    now = file.options.timezone
    zone_select(label, now, key, width, on_change=_take, args=(file, "timezone", key))


def zone_select(label: str, now: str | None, key: str, width: Any = "stretch", **reacts: Any) -> str | None:
    """A selectbox of all time zones."""
    zones = sorted(available_timezones())
    chosen: str | None = st.selectbox(
        label, zones, _at(zones, now), placeholder="The company's", key=key, width=width, **reacts
    )
    return chosen


def _at(values: list[Any], value: object) -> int | None:
    return values.index(value) if value in values else None
