"""The sections of the review page: finding, one supporting sentence, one figure, and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from data.enums import Role
from pages.components import loaders
from pages.components.figure import show, width
from pages.components.text import plain
from pages.components.where_from import footer
from reports.figures import intervals, morale, path, reaction, reputation, timeline
from reports.sections.base import Section
from reports.sections.pack import SECTIONS

Crisis = dict[str, Any]
_NAMES = {
    "timeline": "Timeline", "speed": "Speed", "reaction": "Reaction", "reputation": "Reputation", "people": "People",
    "lags": "Order", "plan": "Plan", "gaps": "Gaps", "lessons": "Lessons",
}  # fmt: skip


def _summary(crisis: Crisis, role: Role, as_of: datetime, version: int) -> None:
    """The finding of every section."""
    for name in SECTIONS:
        section = loaders.section(name, crisis["code"], role, as_of, version)
        with st.container(border=True):
            st.caption(_NAMES[name])
            st.markdown(f"#### {plain(section.findings[0])}")
            for sentence in section.findings[1:3]:
                st.markdown(plain(sentence))


def _section(name: str, draw: Callable[[Crisis, Section], list[go.Figure]]) -> Callable[..., None]:
    def render(crisis: Crisis, role: Role, as_of: datetime, version: int) -> None:
        section = loaders.section(name, crisis["code"], role, as_of, version)
        st.subheader(plain(section.findings[0]))
        if len(section.findings) > 1:
            st.markdown(plain(" ".join(section.findings[1:])))
        has_data = any(len(frame) for frame in section.frames.values())
        for number, figure in enumerate(draw(crisis, section) if has_data else []):
            show(figure, key=f"{name}_{number}")
        footer(section)

    return render


def _timeline(crisis: Crisis, section: Section) -> list[go.Figure]:
    return [timeline.timeline(section.frames["events"], timezone=crisis["timezone"], width=width())]


def _speed(_crisis: Crisis, section: Section) -> list[go.Figure]:
    rows, bars = section.frames["intervals"], section.frames["path"]
    figures = [intervals.response_intervals(rows, section.frames["past"], width=width())]
    return [*figures, path.statement_path(bars, width=width())] if len(bars) > 1 else figures


def _reaction(crisis: Crisis, section: Section) -> list[go.Figure]:
    facts: dict[str, Any] = {name: section.facts.get(name) for name in ("baseline", "spread", "day0", "end")}
    milestones = section.frames["milestones"]
    return [
        reaction.volume_and_sentiment(
            section.frames["days"],
            milestones=milestones if len(milestones) else None,
            timezone=crisis["timezone"],
            width=width(),
            **facts,
        )
    ]


def _reputation(_crisis: Crisis, section: Section) -> list[go.Figure]:
    facts = {name: section.facts.get(name) for name in ("baselines", "day0", "end", "primary")}
    return [reputation.reputation(section.frames["scores"], width=width(), **facts)]


def _people(_crisis: Crisis, section: Section) -> list[go.Figure]:
    bands: pd.DataFrame | None = section.facts.get("crises")
    return [morale.morale_trend(section.frames["waves"], crises=bands, width=width())]


#: Label → what draws the section. Only the chosen one is computed.
SHOW: Mapping[str, Callable[..., None]] = {
    "Summary": _summary,
    "Timeline": _section("timeline", _timeline),
    "Speed": _section("speed", _speed),
    "Reaction": _section("reaction", _reaction),
    "Reputation": _section("reputation", _reputation),
    "People": _section("people", _people),
}
