"""One lesson: where it stands, what it says, what bears it out and what speaks against it, and what employees read."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.enums import LessonStatus
from data.lesson_paths import WRITERS, next_steps
from metrics.words import date
from pages.components import loaders
from pages.components.by_hand import changes_table
from pages.components.by_hand_saving import is_open
from pages.components.lesson_dialogs import EDIT, MOVES, REVIEW, edit, move, open_now, review, review_button
from pages.components.lesson_words import COLOURS, DEEDS, word, written_before
from pages.components.loaders import learning
from pages.components.menu import link
from pages.components.text import plain
from pages.components.where_from import footer
from reports.sections.base import Section
from reports.sections.wording import value, with_unit

Lesson = dict[str, Any]
_SAID = ("observation", "discussion", "conclusion", "recommendation")


def lesson_detail(found: Section, viewer: Viewer, version: int) -> None:
    """The whole lesson."""
    lesson: Lesson = found.facts["lesson"]
    zone = loaders.settings(version)["company.timezone"]
    st.button("All lessons", icon=":material/arrow_back:", type="tertiary", on_click=_back, key="all_lessons")
    st.title(plain(lesson["title"]), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(word(lesson["status"]), color=COLOURS[lesson["status"]])
        st.badge(word(lesson["kind"]), color="gray")
        confidence = lesson["confidence"]
        st.badge("Confidence not recorded" if confidence is None else word(confidence), color="gray")
        _tools(lesson, viewer)
    st.caption(plain(_about(lesson)))
    st.markdown(plain(found.findings[0]))
    for name in _SAID:
        st.markdown(f"**{name.capitalize()}.** {plain(lesson[name] or 'Not recorded.')}")
    _evidence(lesson, found)
    _for_employees(lesson, viewer, zone)
    with st.container(horizontal=True, vertical_alignment="center"):
        changes_table(learning.history(lesson["code"], viewer.role, version), zone, key="lesson_history")
    footer(found)
    written_before(
        f"{lesson['title']} {lesson['observation']}", viewer, besides=lesson["code"], heading="Something like it"
    )


def _back() -> None:
    st.query_params.pop("lesson", None)


def _about(lesson: Lesson) -> str:
    days = [
        f"{what} {date(lesson[name])}"
        for name, what in (("observed_on", "observed"), ("learned_on", "learned"))
        if not pd.isna(lesson[name])
    ]
    tags = [f"tags: {', '.join(lesson['tags'])}"] if lesson["tags"] else []
    return " · ".join([lesson["code"], *(days or ["day of observation not recorded"]), *tags])


def _tools(lesson: Lesson, viewer: Viewer) -> None:
    """What the viewer may do with it: edit it, and each step that their role takes."""
    code = lesson["code"]
    status = LessonStatus(lesson["status"])
    deeds = [(DEEDS[to], ":material/arrow_forward:", MOVES[to]) for to in next_steps(status, viewer.role)]
    if viewer.role in WRITERS:
        deeds.insert(0, ("Edit", ":material/edit:", EDIT))
    for label, icon, name in deeds:
        st.button(
            label, icon=icon if name != MOVES[LessonStatus.REJECTED] else ":material/block:", type="tertiary",
            key=f"lesson_{label}", on_click=open_now, args=(name, code, viewer),
        )  # fmt: skip
    if is_open(EDIT, code):
        edit(viewer)
    for to, name in MOVES.items():
        if is_open(name, code):
            move(to, viewer)
    if is_open(REVIEW, code):
        review(viewer)


def _evidence(lesson: Lesson, found: Section) -> None:
    for_it, against = st.columns(2, border=True)
    with for_it:
        st.markdown("**Evidence**")
        st.markdown(plain(lesson["evidence"] or ("Not recorded." if not found.measures else "The numbers below.")))
        _events(found.frames["events"])
        _leads(lesson)
    with against:
        st.markdown("**Counter-evidence**")
        st.markdown(plain(lesson["counter_evidence"] or "Not recorded."))
    if found.measures:
        st.dataframe(_numbers(found), hide_index=True, alt="The numbers that this lesson names, crisis by crisis")


def _numbers(found: Section) -> pd.DataFrame:
    """A row for each metric, a column for each crisis, and the target in the latest."""
    rows: dict[str, dict[str, str]] = {}
    for m in found.measures:
        row = rows.setdefault(m.id, {"Number": m.label})
        row.pop("Target", None)
        row[m.group["crisis"]] = value(m.estimate, m.id)
        row["Target"] = "none" if m.target is None else with_unit(m.target, m.estimate.unit, m.id)
    return pd.DataFrame(list(rows.values()))


def _events(events: pd.DataFrame) -> None:
    for row in events.to_dict("records"):
        at = row["earliest"].tz_convert(ZoneInfo(row["timezone"]))
        moment = date(at) if row["date_only"] else f"{date(at)}, {at:%H:%M}"
        label = f"{word(row['milestone'])}, {moment}"
        link(
            "crisis_review", label=plain(label), icon=":material/event:",
            query_params={"crisis": row["crisis"], "section": "Timeline"},
        )  # fmt: skip


def _leads(lesson: Lesson) -> None:
    """The crisis and the gap that it names."""
    if lesson["crisis"] is not None:
        at = {"crisis": lesson["crisis"]}
        link("crisis_review", label=plain(lesson["crisis_title"]), icon=":material/fact_check:", query_params=at)
    if lesson["gap"] is not None:
        label = plain(f"Gap {lesson['gap']}: {lesson['gap_title']}")
        link("plan_gaps", label=label, icon=":material/build:", query_params={"gap": lesson["gap"]})


def _for_employees(lesson: Lesson, viewer: Viewer, zone: str) -> None:
    summary, code = lesson["share_safe"], lesson["code"]
    with st.container(border=True, gap="xsmall"):
        st.markdown("**For employees**")
        if not summary:
            st.markdown("No summary for employees is written yet.")
            return
        st.markdown(plain(summary))
        if lesson["reviewed_summary"] == summary:
            day = lesson["reviewed_at"].tz_convert(ZoneInfo(zone))
            st.caption(plain(f"Reviewed by {lesson['reviewed_by']} on {date(day)}."))
            return
        st.caption("Not reviewed yet: HR or Legal reviews it before it is published.")
        review_button(code, viewer)
