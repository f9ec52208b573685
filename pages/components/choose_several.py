"""Choosing several crises; the choice stands in the address, one parameter a crisis."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.keys import folded
from pages.components.choose import say_unknown

_KEY = "crises_choice"


def choose_crises(crises: pd.DataFrame, most: int, usual: int) -> list[str]:
    """A multiselect of crises, the newest code first; the first `usual` of them unless the address says.

    The address holds ``?crises=CODE`` once a crisis, so that a code may hold any character.
    """
    newest = crises.sort_values("code", ascending=False)
    titles = dict(zip(newest["code"], newest["title"], strict=True))
    codes = {folded(code): code for code in titles}
    asked = st.query_params.get_all("crises")
    known = list(dict.fromkeys(codes[folded(code)] for code in asked if folded(code) in codes))
    say_unknown("crisis", [code for code in asked if folded(code) not in codes])
    if len(known) > most:
        st.warning(f"At most {most} crises stand beside each other; these are the first of {len(known)}.")
    st.session_state[_KEY] = known[:most] if asked else st.session_state.get(_KEY, list(titles)[:usual])

    def follow() -> None:
        st.query_params["crises"] = st.session_state[_KEY]

    chosen = st.multiselect(
        "Crises",
        list(titles),
        format_func=titles.__getitem__,
        key=_KEY,
        max_selections=most,
        on_change=follow,
        label_visibility="collapsed",
        placeholder=f"Choose two to {most} crises",
    )
    if chosen != asked:
        st.query_params["crises"] = chosen
    return list(chosen)
