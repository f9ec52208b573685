"""Where the filters of a list stand: above it, or folded away where they would fill the screen."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components.figure import on_phone


def filters_place(keys: Iterable[str]) -> DeltaGenerator:
    """A container; on a phone an expander, which begins open where the address names one of these filters."""
    if not on_phone():
        return st.container()
    chosen = any(key in st.query_params for key in keys)
    return st.expander("Filters", expanded=chosen, icon=":material/filter_alt:")
