"""The strengths: what became of each, and the dialog that says by what it is followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.access import REGISTRARS, Viewer
from data.commands import strengths
from data.engine import writing
from data.queries.hand import Seen
from metrics.catalogue import ALL
from pages.components import gap_words as words
from pages.components import loaders
from pages.components.by_hand_saving import (
    attempt,
    both,
    changes,
    close,
    finish,
    is_open,
    meant,
    open_dialog,
    opened_on,
)
from pages.components.gap_fields import known, metric, target
from pages.components.loaders import register
from pages.components.tables import height, height_of_rows
from pages.components.text import plain
from pages.components.where_from import where_from
from reports.sections.base import Section
from reports.sections.wording import with_unit

_STATES = {"kept": "● kept", "lost": "✕ lost", "not_exercised": "○ not exercised"}
_DIALOG = "Follow a strength"
#: Pixels of the columns: all of them stand beside each other at 1440.
_WIDTHS = {
    "Lesson": 66, "What worked": 220, "Owner": 108, "Checked by": 170, "State": 124, "What the crises say": 290,
}  # fmt: skip


def strengths_shown(section: Section, viewer: Viewer) -> None:
    """The finding, a row a strength, what each crisis says, and the way to follow one."""
    st.subheader(plain(section.findings[0]), anchor=False)
    found, tries = section.frames["strengths"], section.frames["tries"]
    if found.empty:
        st.info(
            "What worked is written down as a lesson of the kind strength; it can be followed here then: by whom it is "
            "kept, and by which number the next crisis tells whether it was.",
            icon=":material/inbox:",
        )
        return
    table = pd.DataFrame([_row(one) for one in found.to_dict("records")])
    row = height_of_rows(table, _WIDTHS)
    st.dataframe(
        table, hide_index=True, height=height(table, row), row_height=row, alt="Every strength and what became of it",
        column_config={name: st.column_config.TextColumn(width=across) for name, across in _WIDTHS.items()},
    )  # fmt: skip
    if len(tries):
        st.markdown("**Crisis by crisis**")
        st.dataframe(
            pd.DataFrame([_try(one) for one in tries.to_dict("records")]), hide_index=True,
            alt="What each crisis said of each strength",
        )  # fmt: skip
    with st.container(horizontal=True):
        if viewer.role in REGISTRARS:
            _follow_button(found, viewer)
        where_from(section.sources, key="strength_sources")


def _row(one: Mapping[Any, Any]) -> dict[str, str]:
    return {
        "Lesson": one["code"], "What worked": one["title"], "Owner": words.said(one["owner"]),
        "Checked by": _aim(one), "State": _STATES[one["state"]], "What the crises say": one["said"],
    }  # fmt: skip


def _aim(one: Mapping[Any, Any]) -> str:
    about = ALL.get(str(one["check_metric"]))
    if about is None:
        return words.said(one["check_metric"])
    if pd.isna(one["check_target"]):
        return f"{about.label}, no target"
    return f"{about.label}: {with_unit(float(one['check_target']), about.unit, about.id)}"


def _try(one: Mapping[Any, Any]) -> dict[str, str]:
    said = f"can't be judged: {one['reason']}" if one["state"] is None else _STATES[one["state"]]
    return {
        "Lesson": one["strength"], "Crisis": one["title"], "Began": words.day(one["began"]), "Value": one["value"],
        "What it says": said,
    }  # fmt: skip


def _follow_button(found: pd.DataFrame, viewer: Viewer) -> None:
    titles = dict(zip(found["code"], found["title"], strict=True))
    chosen = st.menu_button(
        _DIALOG, list(titles), icon=":material/flag:", format_func=lambda c: f"{c}: {titles[c]}", key="follow"
    )
    if chosen:
        open_dialog(_DIALOG, chosen, register.strength_now(viewer, chosen))
    for code in titles:
        if is_open(_DIALOG, code):
            _follow(viewer)


@st.dialog(_DIALOG, on_dismiss=close)
def _follow(viewer: Viewer) -> None:
    entry = opened_on()
    key = f"strength_{entry.id}_{entry.seen.version}"
    if not both(entry, lambda seen: _write(viewer, seen), entry.zone):
        values, steps = entry.seen.values, register.plan_steps(loaders.version())
        with st.form(f"{key}_form", border=False):
            st.text_input("Owner, a function", values["owner"] or "", key=f"{key}_owner", placeholder="PR, HR, Legal…")
            known("Step of the plan", f"{key}_check_step", list(dict.fromkeys(steps["step"])), values["check_step"])
            metric("Metric that shows it", f"{key}_check_metric", values["check_metric"])
            target(f"{key}_check_target", values["check_target"])
            st.form_submit_button(
                "Save", type="primary", key="save_strength", on_click=attempt, args=(lambda: _save(key, viewer),)
            )
    finish()


def _save(key: str, viewer: Viewer) -> None:
    state, names = st.session_state, opened_on().seen.values
    meant({name: state[f"{key}_{name}"] or None for name in names}, "")
    _write(viewer, opened_on().seen)


def _write(viewer: Viewer, seen: Seen) -> None:
    changed, reason = changes(opened_on())
    with writing() as session:
        strengths.follow_strength(session, viewer, opened_on().name, changed, seen=seen, reason=reason)
