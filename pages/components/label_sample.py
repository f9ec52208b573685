"""Reading a random sample of what the lexicon scored, one post at a time, to learn how far it can be trusted.

The lexicon's verdict stays hidden until the person has given theirs. Who wrote a post is never shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.access import Viewer, streams
from data.commands.labels import LabelRefused, clear, label
from data.engine import writing
from data.enums import Stream
from data.queries.labels import SIZE, Draw, Within
from metrics.agreement import agreement, agreement_table
from metrics.words import date, plural
from pages.components import loaders
from pages.components.agreement_shown import shown
from pages.components.choose import linked_selectbox
from pages.components.loaders import sections
from pages.components.text import plain

WORDS = {-1: "negative", 0: "neutral", 1: "positive"}
_ICONS = {-1: ":material/thumb_down:", 0: ":material/remove:", 1: ":material/thumb_up:"}
_KEYS = {-1: "N", 0: "U", 1: "P"}
_STATE = "label_sample"


@dataclass(slots=True)
class _Reading:
    """What one person reads: the sample of these posts, drawn at a version of the data, and what they did with it."""

    crisis: str | None
    version: int
    size: int
    within: Within | None
    draw: Draw
    skipped: list[str] = field(default_factory=list)
    last: str | None = None
    refused: str | None = None


def label_sample(viewer: Viewer, version: int) -> None:
    """The whole screen, its title included."""
    if Stream.ENGAGEMENT not in streams(viewer):
        st.title("Label a sample")
        st.info("Your role does not include posts, so there is nothing to label here.", icon=":material/lock:")
        return
    heading = st.container()
    crisis = _choose(viewer, version)
    reading_ = _current(viewer, version, crisis)
    if reading_ is None:
        heading.title("Label a sample")
        st.info("This crisis has no days with posts yet.", icon=":material/inbox:")
        return
    given = loaders.labelled(reading_.within, version)
    done = set(given["key"]) & set(reading_.draw.keys)
    if not reading_.draw.keys:
        heading.title("Label a sample")
        st.info(
            "The lexicon has scored no English mention here yet. Import posts; text that comes without a score gets one.",
            icon=":material/inbox:",
        )
        return
    heading.title(f"{len(done):,} of {plural(len(reading_.draw.keys), 'post')} labelled")
    post_side, result_side = st.columns([3, 2], gap="large")
    with post_side:
        st.progress(len(done) / len(reading_.draw.keys))
        _read(viewer, version, reading_, given, done)
    with result_side:
        shown(agreement(given, reading_.draw.negative, reading_.draw.scored), agreement_table(given))


def _choose(viewer: Viewer, version: int) -> str | None:
    crises = loaders.crisis_list(viewer.role, version).sort_values("code", ascending=False)
    if crises.empty:
        return None
    names = dict(zip(crises["code"], crises["title"], strict=True))
    return linked_selectbox("Posts of", names, "crisis", placeholder="All posts", width=420)


def _current(viewer: Viewer, version: int, crisis: str | None) -> _Reading | None:
    """The sample in hand, drawn anew where other posts are asked for or somebody else wrote; None without days."""
    known: _Reading | None = st.session_state.get(_STATE)
    if known is not None and (known.crisis, known.version) == (crisis, version):
        return known
    same = known is not None and known.crisis == crisis
    within = None
    if crisis is not None and (within := _days(viewer, version, crisis)) is None:
        return None
    size = known.size if known is not None and same else SIZE
    found = loaders.drawn(within, size, viewer.role, version)
    drawn = _Reading(crisis, version, size, within, found)
    if known is not None and same:
        drawn = replace(drawn, skipped=known.skipped, last=known.last, refused=known.refused)
    st.session_state[_STATE] = drawn
    return drawn


def _days(viewer: Viewer, version: int, crisis: str) -> Within | None:
    """The days during a crisis, as its review has them."""
    as_of = loaders.moment(version)
    facts = sections.section("reaction", crisis, viewer.role, as_of, version).facts
    day0, end = facts.get("day0"), facts.get("end")
    if day0 is None or end is None or end <= day0:
        return None
    last = (end - pd.Timedelta(days=1)).date()
    return loaders.days_of(crisis, day0.date(), last, as_of, viewer.role, version)


def _read(viewer: Viewer, version: int, at: _Reading, given: pd.DataFrame, done: set[str]) -> None:
    """The next post with its buttons, or what comes when all are read."""
    if at.refused:
        st.warning(plain(at.refused), icon=":material/block:")
        at.refused = None
    skipped = [key for key in at.skipped if key not in done]
    post = _next(viewer, version, [key for key in at.draw.keys if key not in done and key not in set(skipped)])
    if post is not None:
        _card(version, post)
        _buttons(viewer, at, post["key"])
    elif skipped:
        st.info(f"You skipped {plural(len(skipped), 'post')}; nothing else is left.", icon=":material/skip_next:")
        st.button("Read them", key="again", on_click=at.skipped.clear)
    else:
        st.success("All of the sample is labelled.", icon=":material/check:")
        if at.draw.scored > len(at.draw.keys):
            st.button(f"Draw {SIZE} more", key="more", icon=":material/add:", on_click=_more, args=(at,))
    _verdict(viewer, at, given)


def _next(viewer: Viewer, version: int, keys: Sequence[str]) -> dict[str, Any] | None:
    """The first of these posts that is still there."""
    return next((found for key in keys if (found := loaders.post(key, viewer.role, version)) is not None), None)


def _card(version: int, post: dict[str, Any]) -> None:
    zone = ZoneInfo(loaders.settings(version)["company.timezone"])
    at = None if post["posted_at"] is None else post["posted_at"].astimezone(zone)
    when = date(post["posted_on"].isoformat()) if at is None else f"{date(at)}, {at:%H:%M}"
    with st.container(border=True, height=200, key="label_post"):
        st.caption(plain(f"{post['platform']} · {when}"))
        st.text(post["text"])


def _buttons(viewer: Viewer, at: _Reading, key: str) -> None:
    st.markdown("**What does it say about the company?**")
    with st.container(horizontal=True):
        for polarity, word in WORDS.items():
            st.button(
                word.capitalize(), key=f"label_{word}", icon=_ICONS[polarity], shortcut=_KEYS[polarity],
                on_click=_give, args=(viewer, at, key, polarity),
            )  # fmt: skip
        st.button(
            "Skip", key="label_skip", type="tertiary", icon=":material/skip_next:", shortcut="S",
            on_click=at.skipped.append, args=(key,),
        )  # fmt: skip


def _verdict(viewer: Viewer, at: _Reading, given: pd.DataFrame) -> None:
    """What the person and the lexicon said of the post before, and a way back."""
    before = given[given["key"] == at.last]
    if before.empty:
        return
    human, machine = WORDS[int(before["human"].iloc[0])], WORDS[int(before["machine"].iloc[0])]
    look: Literal["green", "orange"] = "green" if human == machine else "orange"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge("Agree" if human == machine else "Differ", color=look)
        st.markdown(f"The last one: you say {human}, the lexicon {machine}.", width="content")
        st.button(
            "Take back", key="take_back", type="tertiary", icon=":material/undo:", on_click=_take_back,
            args=(viewer, at, at.last),
        )  # fmt: skip


def _give(viewer: Viewer, at: _Reading, key: str, polarity: int) -> None:
    try:
        with writing() as session:
            label(session, viewer, key, polarity)
    except LabelRefused as refusal:
        at.refused = str(refusal)
        return
    at.last = key
    at.version += 1  # our own write is no reason to draw anew


def _take_back(viewer: Viewer, at: _Reading, key: str) -> None:
    try:
        with writing() as session:
            clear(session, viewer, key)
    except LabelRefused as refusal:
        at.refused = str(refusal)
        return
    at.last = None
    at.version += 1


def _more(at: _Reading) -> None:
    at.size += SIZE
    at.version = -1
