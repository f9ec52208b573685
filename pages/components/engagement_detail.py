"""What stands behind the reaction to one crisis, one part at a time: none is computed before it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from data.access import Viewer, sees_authors
from data.enums import ScoredBy
from metrics.words import number, percent, signed
from pages.components import present
from pages.components.choose import linked_selectbox, one_of
from pages.components.loaders import signals
from pages.components.platforms_table import platforms_table
from pages.components.text import plain
from pages.components.where_from import footer
from reports.sections.base import Section

Draw = Callable[[str, Viewer, datetime, int, Section], Section]
_KINDS = {"mention": "mention", "owned": "own post"}
_TONES = {-1: "negative", 0: "neutral", 1: "positive"}
_THREE_LINES = 72  # pixels
_WITHHELD = "Addresses and handles are withheld: they tell who wrote it."


def detail(code: str, viewer: Viewer, as_of: datetime, version: int, whole: Section) -> None:
    """The part that was chosen, and where its numbers come from; `whole` is the section of the page."""
    part = one_of("What to look at", list(_PARTS), "detail")
    footer(_PARTS[part](code, viewer, as_of, version, whole))


def _platforms(_code: str, _viewer: Viewer, _as_of: datetime, _version: int, whole: Section) -> Section:
    platforms_table(whole.frames["platforms"])
    return whole


def _divided(by: str) -> Draw:
    def draw(code: str, viewer: Viewer, as_of: datetime, version: int, _whole: Section) -> Section:
        found = signals.divided(code, by, viewer.role, as_of, version)
        st.markdown(plain(found.findings[0]))
        groups = found.frames["groups"]
        if len(groups):
            shown = pd.DataFrame([_group(by, row) for row in groups.to_dict("records")])
            st.dataframe(shown, hide_index=True, height="content", alt=f"Single posts by {by}, before and during")
            st.caption("Single posts only: daily totals are not among them.")
        return found

    return draw


def _group(by: str, row: dict[Any, Any]) -> dict[str, str]:
    def share(name: str) -> str:
        return "none scored" if pd.isna(row[name]) else percent(row[name])

    def net(name: str) -> str:
        return "not scored" if pd.isna(row[name]) else signed(row[name], 2)

    return {
        by.capitalize(): row["group"].capitalize() if by == "audience" else row["group"],
        "Kind": _KINDS[row["kind"]],
        "Before": number(row["before"], 0),
        "During": number(row["during"], 0),
        "Net sentiment": f"{net('net_before')} → {net('net_during')}",
        "Negative": share("negative"),
        "By lexicon": share("lexicon"),
        "Not scored": "no posts" if pd.isna(row["unscored"]) else percent(row["unscored"]),
        "Reactions": "not counted" if pd.isna(row["reactions"]) else number(row["reactions"], 0),
    }


def _top(code: str, viewer: Viewer, as_of: datetime, version: int, _whole: Section) -> Section:
    found = signals.top_posts(code, not present.on(), viewer.role, as_of, version)
    st.markdown(plain(found.findings[0]))
    _posts(found.frames["posts"], viewer, alt="The posts that drew most reactions during the crisis")
    return found


def _words(code: str, viewer: Viewer, as_of: datetime, version: int, _whole: Section) -> Section:
    found = signals.post_words(code, viewer.role, as_of, version)
    st.markdown(plain(found.findings[0]))
    words = found.frames["words"]
    if len(words):
        shown = {
            "Word": words["term"],
            "Said": words["z"].map(lambda z: "more often" if z > 0 else "less often"),
            "Posts during": words["during"],
            "Posts before": words["before"],
            "Log odds": words["log_odds"].map(lambda value: signed(value, 2)),
        }
        st.dataframe(
            pd.DataFrame(shown), hide_index=True, width=560, height=38 + 35 * min(len(words), 10),
            alt="Words that posts say more or less often than before",
        )  # fmt: skip
        labels = dict(zip(words["term"], words["term"], strict=True))
        word = linked_selectbox("Posts behind a word", labels, "word", width=340)
        behind = signals.posts_saying(
            code, word or words["term"].iloc[0], not present.on(), viewer.role, as_of, version
        )
        every = pd.concat([frame.assign(kind=period) for period, frame in behind.items()], ignore_index=True)
        _posts(every, viewer, alt=f"Posts that say {word}", first="When")
    return found


def _posts(posts: pd.DataFrame, viewer: Viewer, *, alt: str, first: str = "Kind") -> None:
    """Posts as cells of a table, which draws no imported text as anything but text."""
    if posts.empty:
        return
    shown = pd.DataFrame([_post(first, row) for row in posts.to_dict("records")])
    empty = [name for name in shown if shown[name].isin(["", None]).all()]
    st.dataframe(
        shown.drop(columns=empty), hide_index=True, alt=alt, row_height=_THREE_LINES, height="content",
        column_config={
            first: st.column_config.TextColumn(width=70),
            "Platform": st.column_config.TextColumn(width=75),
            "On": st.column_config.TextColumn(width=85),
            "Text": st.column_config.TextColumn(width=420),
            "Reactions": st.column_config.TextColumn(width=75, help="Likes, comments and shares"),
            "Tone": st.column_config.TextColumn(width=100),
            "Post": st.column_config.LinkColumn(width=55, display_text="Open"),
        },
    )  # fmt: skip
    if present.on() or not sees_authors(viewer):
        st.caption(_WITHHELD)


def _post(first: str, row: dict[Any, Any]) -> dict[str, str | None]:
    day = row["posted_at"] if pd.isna(row["posted_on"]) else row["posted_on"]
    url = row["url"] or ""
    return {
        first: _KINDS.get(row["kind"], row["kind"]),
        "Platform": row["platform"],
        "On": f"{day:%-d %b %Y}",
        "Text": row["text"] or "no text stored",
        "Reactions": "not counted" if pd.isna(row["reactions"]) else number(row["reactions"], 0),
        "Tone": _tone(row),
        "Audience": row["audience"] or "",
        "Post": url if url.lower().startswith(("https://", "http://")) else None,
    }


def _tone(row: dict[Any, Any]) -> str:
    if pd.isna(row["polarity"]):
        return "not scored"
    return _TONES[int(row["polarity"])] + (", by lexicon" if row["scored_by"] == ScoredBy.LEXICON else "")


_PARTS: dict[str, Draw] = {
    "Platforms": _platforms,
    "Audiences": _divided("audience"),
    "Sources": _divided("source"),
    "Top posts": _top,
    "Words": _words,
}
