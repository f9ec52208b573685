"""Choosing several crises; the choice stands in the address, one parameter a crisis."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.keys import folded
from metrics.words import listed
from pages.components.text import plain

_KEY = "crises_choice"


def choose_crises(crises: pd.DataFrame, most: int, usual: int) -> list[str]:
    """A multiselect of crises, the newest code first; the first `usual` of them unless the address says.

    The address holds ``?crises=CODE`` once a crisis, so that a code may hold any character.
    """
    newest = crises.sort_values("code", ascending=False)
    titles = dict(zip(newest["code"], newest["title"], strict=True))
    codes = {folded(code): code for code in titles}
    asked = st.query_params.get_all("crises")
    known = list(dict.fromkeys(codes[folded(code)] for code in asked if folded(code) in codes))[:most]
    unknown = [code for code in asked if folded(code) not in codes]
    if unknown:
        named = plain(listed([f"“{code}”" for code in unknown]))
        st.warning(f"There is no crisis {named} here.", icon=":material/link_off:")
    st.session_state[_KEY] = known if asked else st.session_state.get(_KEY, list(titles)[:usual])

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
