"""How far the lexicon agrees with the people who labelled a sample: three numbers and the table behind them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from metrics.catalogue import ALL
from metrics.estimate import Estimate
from metrics.words import opened, percent
from pages.components.text import plain

_NAMES = {
    "scorer_sensitivity": "Sensitivity", "scorer_specificity": "Specificity", "share_negative_corrected": "Negative, corrected",
}  # fmt: skip
_WORDS = {-1: "Negative", 0: "Neutral", 1: "Positive"}


def shown(estimates: Mapping[str, Estimate], table: pd.DataFrame) -> None:
    """The running numbers with their intervals; where there is none, why."""
    st.markdown("**How far the lexicon agrees with people**")
    for metric, name in _NAMES.items():
        _number(name, estimates[metric], ALL[metric].definition)
    if table.to_numpy().sum():
        named = table.rename(index=_WORDS, columns=_WORDS)
        named.insert(0, "People", list(named.index))
        st.caption("Posts by what people say (down) and what the lexicon says (across).")
        st.dataframe(named, hide_index=True, alt="Labelled posts by what people and the lexicon found")


def _number(name: str, e: Estimate, definition: str) -> None:
    if e.number is None:
        st.metric(name, "–", help=plain(definition), delta_arrow="off", delta_color="off")
        st.caption(plain(f"{opened(e.reason or '')}."))
        return
    between = None if e.lo is None or e.hi is None else f"{percent(e.lo)} to {percent(e.hi)}"
    st.metric(name, percent(e.number), between, help=plain(definition), delta_arrow="off", delta_color="off")
    st.caption(plain(f"{opened(e.basis or '')}."))
