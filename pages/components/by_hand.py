"""What can be done by hand on Crisis review and Overview, and who did what so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.access import CORRECTORS, EDITORS, RESTRICTERS, Viewer
from data.commands.entries import LABELS
from data.enums import Role
from data.queries.hand import Entry
from metrics.words import plural
from pages.components import by_hand_crisis, by_hand_event, loaders
from pages.components.by_hand_saving import is_open, open_dialog, opened_on, word
from pages.components.loaders.by_hand import crisis_now
from pages.components.text import plain

Crisis = dict[str, Any]
_TWO_LINES = 58  # pixels
#: Columns of the history and their widths in pixels.
_WIDTHS = {"On": 96, "By": 76, "What": 104, "Change": 92, "From": 104, "To": 104, "Why": 108}


#: What can be done with a crisis → its dialog, and who may.
_MENU: Mapping[str, tuple[Callable[[Entry, Viewer], None], frozenset[Role]]] = {
    "Correct the crisis": (by_hand_crisis.correct, EDITORS),
    "Merge it into another": (by_hand_crisis.merge_into, EDITORS),
    "Restrict who sees it": (by_hand_crisis.restrict, RESTRICTERS),
}


def new_crisis_button(viewer: Viewer) -> None:
    """The way to a crisis of which no file tells, for whoever may enter one."""
    if viewer.role not in EDITORS:
        return
    look: dict[str, Any] = {"icon": ":material/add:", "type": "tertiary", "key": "new_crisis"}
    st.button("New crisis", on_click=open_dialog, args=("New crisis",), **look)
    if is_open("New crisis"):
        by_hand_crisis.enter(viewer)


def crisis_menu(crisis: Crisis, viewer: Viewer, version: int) -> None:
    """Correct, merge or restrict a crisis, enter another one, and the history; each for whoever may."""
    mine = [label for label, (_, roles) in _MENU.items() if viewer.role in roles]
    code = crisis["code"]
    with st.container(horizontal=True, vertical_alignment="center"):
        if mine:
            chosen = st.menu_button("Edit", mine, icon=":material/edit:", type="tertiary", key="edit_crisis")
            if chosen:
                open_dialog(chosen, code, crisis_now(viewer, code))
        new_crisis_button(viewer)
        history(crisis, viewer, version)
    for label in mine:
        if is_open(label, code):
            _MENU[label][0](opened_on(), viewer)


def timeline_tools(crisis: Crisis, viewer: Viewer, version: int) -> None:
    """Add an event, correct one."""
    events, code = loaders.timeline(int(crisis["crisis_id"]), viewer.role, version), crisis["code"]
    add, correct = "Add an event", "Correct an event"
    with st.container(horizontal=True):
        if viewer.role in EDITORS:
            st.button(add, icon=":material/add:", key="add_event", on_click=open_dialog, args=(add, code))
        if viewer.role in CORRECTORS and not events.empty:
            icon = ":material/edit_calendar:"
            st.button(correct, icon=icon, key="correct_event", on_click=open_dialog, args=(correct, code))
    if is_open(add, code):
        by_hand_event.add(crisis, viewer)
    elif is_open(correct, code) and not events.empty:
        by_hand_event.correct(crisis, events, viewer)


def history(crisis: Crisis, viewer: Viewer, version: int) -> None:
    """Every change by hand of a crisis and its events."""
    changes_table(loaders.history(crisis["code"], viewer.role, version), crisis["timezone"], key="hand_history")


def changes_table(found: pd.DataFrame, zone: str, key: str) -> None:
    """A popover with these changes, if there is one; it is computed when it is opened."""
    if found.empty:
        return
    label = f"By hand: {plural(len(found), 'change')}"
    opened = st.popover(label, icon=":material/history_edu:", on_change="rerun", key=key, type="tertiary")
    if opened.open:
        with opened:
            _changes(found, zone)


def _changes(found: pd.DataFrame, zone: str) -> None:
    shown = [_change(row, zone) for row in found.to_dict("records")]
    st.markdown(plain(_sentence(shown[0])))
    table = pd.DataFrame(shown)
    empty = [name for name in table if table[name].isin(["", None]).all()]
    look = {name: st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items()}
    st.dataframe(
        table.drop(columns=empty), hide_index=True, width=690, row_height=_TWO_LINES, column_config=look,
        alt="Every change by hand, the latest first",
    )  # fmt: skip


def _sentence(change: dict[str, str]) -> str:
    moved = f", from {change['From']} to {change['To']}" if change["To"] else ""
    return f"{change['What']}: {change['Change'].lower()} by {change['By']} on {change['On']}{moved}."


def _change(row: Mapping[Any, Any], zone: str) -> dict[str, str]:
    at, field = row["at"].tz_convert(zone), row["field"]
    return {
        "On": f"{at:%-d %b %Y, %H:%M}",
        "By": row["actor"],
        "What": _record(row, zone),
        "Change": f"{LABELS.get(field, field)} {row['action']}" if field else row["action"].capitalize(),
        "From": word(row["before"], zone, is_set=field is not None),
        "To": word(row["after"], zone, is_set=field is not None),
        "Why": row["reason"] or "",
    }


def _record(row: Mapping[Any, Any], zone: str) -> str:
    if row["record"] != "event":
        return str(row["record"]).capitalize()
    if row["milestone"] is None:
        return "Event"
    return f"{row['milestone'].replace('_', ' ').capitalize()}, {row['occurred_at'].tz_convert(zone):%-d %b %H:%M}"
