"""Showing a figure of `reports.figures`, with its sentence for those who cannot see it."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from pages.components.text import plain
from reports.figures import style


def show(figure: go.Figure, key: str) -> None:
    """Draw a figure over the whole width, in the colours of the viewer's theme."""
    inked = style.inked(figure, st.context.theme.type)
    st.plotly_chart(inked, theme="streamlit", key=key, config=style.CONFIG, alt=plain(style.alt(figure)))


def width() -> int:
    """The pixels that a figure's labels are laid out for."""
    return style.NARROW if on_phone() else style.WIDTH


def on_phone() -> bool:
    """Whether a phone asks; Streamlit tells no width."""
    return "Mobile" in st.context.headers.get("User-Agent", "")
