"""One gap: what it is, how it stands, what each crisis said of its fix, who changed what, and what can be done next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.access import REGISTRARS, Viewer
from data.enums import GapStatus
from data.statuses import GAP_PATHS
from metrics.catalogue import ALL
from metrics.words import listed, plural
from pages.components import by_hand_gap
from pages.components import gap_words as words
from pages.components.by_hand import changes_table
from pages.components.by_hand_saving import is_open, open_dialog
from pages.components.figure import on_phone
from pages.components.loaders import register
from pages.components.menu import link
from pages.components.tables import row_height
from pages.components.text import plain
from pages.components.where_from import where_from
from reports.sections.base import Section
from reports.sections.wording import with_unit

_FAILED = ("ineffective", "regressed")
#: Pixels of a crisis's title; on a phone what stands beside it is to be seen too.
_TITLE, _TITLE_ON_PHONE = 330, 180


def gap_detail(section: Section, code: str, viewer: Viewer, zone: str, version: int) -> None:
    """Everything of the gap with this code; says so where there is none."""
    gaps = section.frames["gaps"]
    mine = gaps[gaps["code"] == code]
    if mine.empty:
        st.warning(f"There is no gap “{plain(code)}” here.", icon=":material/link_off:")
        return
    gap: dict[str, Any] = {str(name): value for name, value in mine.iloc[0].items()}
    with st.container(border=True):
        _head(gap)
        back = f" It came back in {listed(gap['back_in'])}." if gap["back_in"] else ""
        st.markdown(plain(f"{gap['effectiveness_reason']}{back}"))
        _reopen_hint(gap)
        _buttons(gap, viewer)
        _tries(section.frames["tries"], gap)
        _facts(gap)
        _footer(section, gap, viewer, zone, version)


def _head(gap: Mapping[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(plain(f"{gap['code']}: {gap['title']}"), anchor=False, width="content")
        st.button("Close", icon=":material/close:", type="tertiary", key="close_gap", on_click=close_gap)
    with st.container(horizontal=True):
        st.badge(words.status(gap["status"]), color="gray" if gap["status"] in ("validated", "accepted") else "blue")
        st.badge(words.EFFECTS[gap["effectiveness"]], color=words.BADGES[gap["effectiveness"]])
        if gap["is_overdue"]:
            st.badge(words.due(gap), color="red")
        if gap["back_in"]:
            st.badge(f"came back in {plural(len(gap['back_in']), 'crisis', 'crises')}", color="orange")


def close_gap() -> None:
    st.query_params.pop("gap", None)


def _reopen_hint(gap: Mapping[str, Any]) -> None:
    """A fix that did not work is a question to a person, not a status that moves by itself."""
    if gap["effectiveness"] in _FAILED and gap["status"] in ("implemented", "validated"):
        st.warning(
            "Closed is not improved: open it again, or accept the risk. Both are kept with the reason.",
            icon=":material/published_with_changes:",
        )


def _buttons(gap: Mapping[str, Any], viewer: Viewer) -> None:
    """Edit, and the statuses that may follow; where the fix failed, opening again stands first."""
    if viewer.role not in REGISTRARS:
        return
    code, now = str(gap["code"]), GapStatus(gap["status"])
    failed = gap["effectiveness"] in _FAILED
    nexts = sorted(GAP_PATHS[now], key=lambda one: (one is GapStatus.OPEN) is not failed)
    with st.container(horizontal=True):
        for place, then in enumerate(nexts):
            name = by_hand_gap.MOVES[then]
            kind: Any = "primary" if place == 0 and then is not GapStatus.ACCEPTED else "secondary"
            st.button(name, type=kind, key=f"move_{then}", on_click=_open, args=(name, code, viewer))
        st.button("Edit", icon=":material/edit:", key="edit_gap", on_click=_open, args=("Edit the gap", code, viewer))
    for then in nexts:
        if is_open(by_hand_gap.MOVES[then], code):
            reason = str(gap["effectiveness_reason"]) if then is GapStatus.OPEN and failed else ""
            by_hand_gap.move(then, viewer, reason)
    if is_open("Edit the gap", code):
        by_hand_gap.edit(viewer)


def _open(name: str, code: str, viewer: Viewer) -> None:
    open_dialog(name, code, register.gap_now(viewer, code))


def _tries(tries: pd.DataFrame, gap: Mapping[str, Any]) -> None:
    """What each crisis says, with the numbers."""
    mine = tries[tries["gap"] == gap["code"]]
    if mine.empty:
        return
    rows = [
        {
            "Crisis": t["title"], "Began": words.day(t["began"]),
            "Fix in place since": "not yet: the gap was found here" if pd.isna(t["fixed_on"]) else words.day(t["fixed_on"]),
            "Value": t["value"], "Target": _target(gap), "What it says": _verdict(t),
        }
        for t in mine.to_dict("records")
    ]  # fmt: skip
    st.markdown(f"**{_measured(gap)}, crisis by crisis**")
    across = _TITLE_ON_PHONE if on_phone() else _TITLE
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        row_height=row_height(mine["title"], across),
        alt="What each crisis said of the fix that was in place then",
        column_config={"Crisis": st.column_config.TextColumn(width=across)},
    )
    st.caption(plain(str(gap["effectiveness_test"]).capitalize() + "."))


def _verdict(tried: Mapping[Any, Any]) -> str:
    if pd.isna(tried["fixed_on"]):
        return "the value to improve on"
    return f"can't be judged: {tried['reason']}" if tried["effect"] is None else words.EFFECTS[tried["effect"]]


def _measured(gap: Mapping[str, Any]) -> str:
    about = ALL.get(str(gap["metric"]))
    return plain(about.label if about else words.said(gap["metric"]))


def _target(gap: Mapping[str, Any]) -> str:
    about = ALL.get(str(gap["metric"]))
    if pd.isna(gap["target"]):
        return "not recorded"
    return f"{gap['target']:g}" if about is None else with_unit(float(gap["target"]), about.unit, about.id)


def _facts(gap: Mapping[str, Any]) -> None:
    """What the register says, in three columns of text."""
    crisis = "no single crisis" if gap["crisis"] is None else f"{gap['found_in']} ({gap['crisis']})"
    severity = "not set" if pd.isna(gap["severity"]) else f"{gap['severity']:.0f} of 4"
    columns = (
        {
            "Section": gap["section"], "Step": words.said(gap["step"]), "Found in": crisis,
            "Origin": words.said(gap["origin"]), "Element": words.said(gap["element"]), "Severity": severity,
        },
        {
            "Root cause": words.said(gap["root_cause"]), "Corrective action": words.said(gap["corrective_action"]),
            "Evidence": words.said(gap["evidence"]), "Measured by": f"{_measured(gap)}, target {_target(gap)}",
        },
        {
            "Responsible": words.said(gap["responsible_function"]), "Contact": words.said(gap["contact"]),
            "Opened": words.day(gap["opened_on"]), "Start": words.day(gap["start_on"]),
            "Due": f"{words.day(gap['due_on'])}, {words.due(gap)}", "Fix in place": words.day(gap["completed_on"]),
            "Age": f"{words.age(gap)}; {words.sla(gap)}",
        },
    )  # fmt: skip
    for place, facts in zip(st.columns([3, 4, 3]), columns, strict=True):
        place.markdown("  \n".join(f"**{label}** {plain(str(told))}" for label, told in facts.items()))


def _footer(section: Section, gap: Mapping[str, Any], viewer: Viewer, zone: str, version: int) -> None:
    with st.container(horizontal=True):
        measure = section.measure("effectiveness", gap=str(gap["code"]))
        if measure is not None:
            where_from(measure.sources, key="gap_sources")
        changes_table(register.history(str(gap["code"]), viewer.role, version), zone, key="gap_history")
        if gap["crisis"] is not None:
            at = {"crisis": str(gap["crisis"]), "section": "Plan"}
            link("crisis_review", label="The review of its crisis", icon=":material/fact_check:", query_params=at)
