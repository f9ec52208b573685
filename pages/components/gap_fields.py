"""Widgets that the dialogs of gaps and of strengths share: names of the plan, metrics, targets."""

from __future__ import annotations

import streamlit as st

from metrics.catalogue import ALL
from metrics.estimate import Better


def known(label: str, key: str, offered: list[str], now: str | None) -> None:
    """A name that the plan knows, or another that is typed."""
    options = [*offered, *([now] if now and now not in offered else [])]
    st.selectbox(
        label, options, options.index(now) if now else None, key=key, accept_new_options=True,
        placeholder="As in the plan, or another",
    )  # fmt: skip


def metric(label: str, key: str, now: str | None) -> None:
    """The metrics that are better high or low, and whatever a file named."""
    told = {m.id: f"{m.label} ({m.unit}, {m.better} is better)" for m in ALL.values() if m.better is not Better.NONE}
    options = [*told, *([now] if now and now not in told else [])]
    st.selectbox(
        label, options, options.index(now) if now else None, key=key, format_func=lambda one: told.get(one, one),
        placeholder="Without one nobody can tell",
    )  # fmt: skip


def target(key: str, now: float | None) -> None:
    """The number that the metric should reach."""
    st.number_input(
        "Target", value=now, key=key, format="%g", placeholder="In the metric's unit",
        help="Hours for times, 0.8 for a share of 80 %. The next crisis is judged by it.",
    )  # fmt: skip
