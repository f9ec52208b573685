"""The sections of the review page: finding, one supporting sentence, one figure, and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from data.enums import Role
from data.queries.provenance import combined
from metrics.names import shortened
from pages.components import present
from pages.components.decide import decide
from pages.components.figure import on_phone, show, width
from pages.components.loaders import sections
from pages.components.text import plain
from pages.components.where_from import footer, where_from
from reports.figures import conformance, intervals, morale, one_clock, path, reaction, reputation, timeline
from reports.figures.enlarge import enlarged
from reports.sections.base import Section

Crisis = dict[str, Any]
_NAMES = {
    "timeline": "Timeline", "speed": "Speed", "reaction": "Reaction", "reputation": "Reputation", "people": "People",
    "lags": "Order", "plan": "Plan", "gaps": "Gaps", "lessons": "Lessons",
}  # fmt: skip
#: What each stream says: the four findings that stand beside One clock.
_TOLD = ("speed", "reaction", "reputation", "people")
#: Sentences that a paragraph can hold; more of them become a list.
_PROSE = 5
#: Pixels of the narrow column that One clock is laid out for.
_BESIDE = 380
#: Pixels down that it takes of a presentation's screen.
_HIGH = 500


def _summary(crisis: Crisis, role: Role, as_of: datetime, version: int) -> None:
    """What the streams say, and beside it all of them on one clock; then the finding of every other section."""
    if present.on():
        st.title(plain(shortened(crisis["title"])))
    told, clock = sections.summary(crisis["code"], role, as_of, version)
    left, right = st.columns([3, 2])
    with left:
        for name in _TOLD:
            with st.container(border=not present.on(), gap="xxsmall"):
                st.caption(_NAMES[name])
                st.markdown(f"#### {plain(told[name].findings[0])}")
                for sentence in told[name].findings[1:3] if not present.on() else ():
                    st.markdown(plain(sentence))
        if present.on():
            st.markdown(plain(told["lags"].findings[0]))
    with right:
        _clock(clock)
    for name in told if not present.on() else ():
        if name not in (*_TOLD, "lags"):
            st.markdown(f"**{_NAMES[name]}.** {plain(told[name].findings[0])}")
    if not present.on():
        where_from(combined(section.sources for section in told.values()), key="summary_sources")


def _clock(section: Section) -> None:
    """One clock, and the lags between its streams in words."""
    figure = one_clock.one_clock(
        section.frames["series"],
        milestones=section.frames.get("milestones"),
        points=section.frames.get("points"),
        markers=section.frames.get("markers"),
        anchor=section.facts.get("anchor", "detection"),
        source=section.facts.get("source"),
        width=_BESIDE,
    )
    if present.on():
        show(figure if on_phone() else enlarged(figure, present.DENSE, _HIGH), key="one_clock")
        return
    st.markdown("#### One clock")
    show(figure, key="one_clock")
    for sentence in section.findings:
        st.markdown(plain(sentence))
    footer(section)


def _section(
    name: str, draw: Callable[[Crisis, Section, int], list[go.Figure]], larger: float = present.TYPE
) -> Callable[..., None]:
    def render(crisis: Crisis, role: Role, as_of: datetime, version: int) -> None:
        section = sections.section(name, crisis["code"], role, as_of, version)
        across = round(present.WIDTH / larger) if present.on() and not on_phone() else width()
        figures = draw(crisis, section, across) if any(len(frame) for frame in section.frames.values()) else []
        if present.on():
            _presented(name, section, figures, larger)
            return
        st.subheader(plain(section.findings[0]))
        if 1 < len(section.findings) <= _PROSE:
            st.markdown(plain(" ".join(section.findings[1:])))
        elif section.findings[1:]:
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in section.findings[1:]))
        for number, figure in enumerate(figures):
            show(figure, key=f"{name}_{number}")
        footer(section)

    return render


def _presented(name: str, section: Section, figures: list[go.Figure], larger: float) -> None:
    """One screen: the finding, one sentence, one figure; what stands behind them is on the page."""
    st.title(plain(section.findings[0]))
    if len(section.findings) > 1:
        st.markdown(f"#### {plain(section.findings[1])}")
    for figure in figures[:1]:
        high = present.height(section.findings[0], "".join(section.findings[1:2]))
        # A phone is read from near, and scrolls.
        show(figure if on_phone() else enlarged(figure, larger, high), key=f"{name}_presented")


def _timeline(crisis: Crisis, section: Section, across: int) -> list[go.Figure]:
    return [timeline.timeline(section.frames["events"], timezone=crisis["timezone"], width=across)]


def _speed(_crisis: Crisis, section: Section, across: int) -> list[go.Figure]:
    rows, bars = section.frames["intervals"], section.frames["path"]
    figures = [intervals.response_intervals(rows, section.frames["past"], width=across)]
    return [*figures, path.statement_path(bars, width=across)] if len(bars) > 1 else figures


def _reaction(crisis: Crisis, section: Section, across: int) -> list[go.Figure]:
    facts: dict[str, Any] = {name: section.facts.get(name) for name in ("baseline", "spread", "day0", "end")}
    milestones = section.frames["milestones"]
    return [
        reaction.volume_and_sentiment(
            section.frames["days"],
            milestones=milestones if len(milestones) else None,
            markers=section.frames["markers"],
            timezone=crisis["timezone"],
            width=across,
            **facts,
        )
    ]


def _reputation(_crisis: Crisis, section: Section, across: int) -> list[go.Figure]:
    facts = {name: section.facts.get(name) for name in ("baselines", "day0", "end", "primary")}
    known = section.frames
    return [reputation.reputation(known["scores"], markers=known["markers"], width=across, **facts)]


def _people(_crisis: Crisis, section: Section, across: int) -> list[go.Figure]:
    bands: pd.DataFrame | None = section.facts.get("crises")
    return [morale.morale_trend(section.frames["waves"], crises=bands, width=across)]


def _plan(crisis: Crisis, section: Section, across: int) -> list[go.Figure]:
    steps, unplanned = section.frames["steps"], section.frames["unplanned"]
    if steps.empty:
        return []
    return [conformance.planned_and_actual(steps, unplanned, timezone=crisis["timezone"], width=across)]


#: Label → what draws the section. Only the chosen one is computed.
SHOW: Mapping[str, Callable[..., None]] = {
    "Summary": _summary,
    "Timeline": _section("timeline", _timeline, present.DENSE),
    "Speed": _section("speed", _speed, present.DENSE),
    "Reaction": _section("reaction", _reaction),
    "Reputation": _section("reputation", _reputation),
    "People": _section("people", _people),
    "Plan": _section("plan", _plan, present.DENSE),
    "Decide": decide,
}
