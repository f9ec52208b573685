"""How a file is to be read, where it does not say so itself."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from data.enums import Audience, Stream
from importers.context import Options
from pages.components.uploads import Waiting, read_again

_ORDERS: dict[Literal["dmy", "mdy", "ymd"], str] = {
    "dmy": "Day first (31/12/2026)",
    "mdy": "Month first (12/31/2026)",
    "ymd": "Year first (2026/12/31)",
}
_MARKS: dict[Literal["comma", "point"], str] = {"comma": "Comma (0,35)", "point": "Point (0.35)"}
_AUTO = "As recognised"


def options_form(file: Waiting, crises: list[str]) -> None:
    """The answers a file may need; each is optional."""
    now = file.options
    asked = {issue.code for result in file.results for issue in result.issues}
    questions = bool(asked & {"date-order-ambiguous", "decimal-ambiguous", "crisis-missing", "format-unknown"})
    with (
        st.expander("How to read this file", expanded=questions, icon=":material/tune:"),
        st.form(f"options_{file.upload.name}"),
    ):
        with st.container(horizontal=True):
            kind = st.selectbox("Kind", [None, *Stream], _at([None, *Stream], now.kind), format_func=_word, width=200)
            crisis = st.selectbox(
                "Crisis", [None, *crises], _at([None, *crises], now.crisis), format_func=_word, width=220
            )
            order = st.selectbox(
                "Dates",
                [None, *_ORDERS],
                _at([None, *_ORDERS], now.date_order),
                format_func=lambda k: _ORDERS.get(k, _AUTO),
                width=220,
            )
            mark = st.selectbox(
                "Decimal mark",
                [None, *_MARKS],
                _at([None, *_MARKS], now.decimal),
                format_func=lambda k: _MARKS.get(k, _AUTO),
                width=180,
            )
        with st.container(horizontal=True):
            wave = st.text_input("Survey wave", now.wave or "", placeholder="Month of the responses", width=220)
            audience = st.selectbox(
                "Audience", [None, *Audience], _at([None, *Audience], now.audience), format_func=_word, width=200
            )
            zone = st.text_input("Time zone", now.timezone or "", placeholder="The company's", width=220)
        if st.form_submit_button("Read it again", icon=":material/refresh:"):
            chosen = Options(
                kind=kind, crisis=crisis, date_order=order, decimal=mark, wave=wave.strip() or None,
                audience=audience, timezone=zone.strip() or None,
            )  # fmt: skip
            read_again(file, chosen)
            st.rerun()


def _at(options: list, value: object) -> int:
    return options.index(value) if value in options else 0


def _word(value: object) -> str:
    return _AUTO if value is None else str(value)
