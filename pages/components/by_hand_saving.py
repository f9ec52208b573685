"""What the dialogs of entries by hand share: saving, saying why not, and both versions where two people met."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.commands.entries import LABELS, HandRefused
from data.commands.hand import Stale
from data.queries.hand import Entry, Seen
from pages.components.text import plain

Values = dict[str, Any]
#: What a person means to store, and why.
Meant = tuple[Values, str]
_OPEN, _REFUSED, _STALE, _MEANT, _DONE = (f"by_hand_{name}" for name in ("open", "refused", "stale", "meant", "done"))
SEEN = "by_hand_seen"
#: What stands for a field that a person did not change: saving theirs leaves it as it is now.
_LEFT_ALONE = "left as it is now"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: Characters that fit into one line of a column, and the height in pixels of a row with more.
_ONE_LINE, _SEVERAL_LINES = 24, 96


def open_dialog(name: str, code: str = "", entry: Entry | None = None) -> None:
    """Show a dialog from now on until it is closed, on the crisis with this code as it was when it was opened.

    It begins anew: with nothing that was refused, seen or decided in an earlier one.
    """
    close()
    st.session_state[_OPEN] = name, code, entry


def is_open(name: str, code: str = "") -> bool:
    """Whether this dialog is to be shown."""
    return bool(st.session_state.get(_OPEN, ("", "", None))[:2] == (name, code))


def opened_on() -> Entry:
    """The crisis as it was when the dialog was opened: whether it changed since is asked when it is saved."""
    entry: Entry = st.session_state[_OPEN][2]
    return entry


def forget() -> None:
    """Begin anew within an open dialog."""
    for name in (_REFUSED, _STALE, _MEANT, _DONE, SEEN):
        st.session_state.pop(name, None)


def close() -> None:
    """Show no dialog; also what happens when it is dismissed."""
    forget()
    st.session_state.pop(_OPEN, None)


def attempt(deed: Callable[[], None]) -> None:
    """Do it, or remember why not: what a dialog's button calls."""
    for name in (_REFUSED, _STALE):
        st.session_state.pop(name, None)
    try:
        deed()
    except Stale as refusal:
        st.session_state[_STALE] = refusal
    except HandRefused as refusal:
        st.session_state[_REFUSED] = str(refusal)
    else:
        done()


def done() -> None:
    """Let the dialog close."""
    st.session_state[_DONE] = True


def finish() -> None:
    """Say what was refused, or close the dialog after the deed."""
    if refused := st.session_state.get(_REFUSED):
        st.error(plain(refused), icon=":material/block:")
    if st.session_state.get(_DONE):
        close()
        st.rerun()


def meant(values: Values, reason: str) -> None:
    """Remember what a person means to store, also for when somebody else came first."""
    st.session_state[_MEANT] = values, reason


def changes(entry: Entry) -> Meant:
    """What a person means to change of what they saw, and why."""
    values, reason = st.session_state[_MEANT]
    return {name: value for name, value in values.items() if value != entry.seen.values[name]}, reason


def both(entry: Entry, write: Callable[[Seen], None], zone: str) -> bool:
    """Where somebody else came first: their version beside this person's, to choose from. Says whether it is so.

    `write` stores this person's over the version that it is given.
    """
    stale: Stale | None = st.session_state.get(_STALE)
    if stale is None:
        return False
    by = stale.by or "An import"
    at = "" if stale.at is None else f" at {stale.at.astimezone(ZoneInfo(zone)):%H:%M}"
    told = f"{by} changed this{at}, after you opened it. Nothing of yours is saved yet."
    st.warning(plain(told), icon=":material/group:")
    mine: Values = st.session_state[_MEANT][0]
    versions = (entry.seen.values, stale.present.values, mine)
    differ = [name for name in mine if any(values[name] != mine[name] for values in versions)]
    kept = {name for name in differ if mine[name] == entry.seen.values[name]}
    rows = [
        (LABELS[n], *(_LEFT_ALONE if v is mine and n in kept else word(v[n], zone) for v in versions)) for n in differ
    ]
    columns = ["Field", "When you opened it", "Now", "Yours"]
    long = any(len(told) > _ONE_LINE for row in rows for told in row)
    st.dataframe(
        pd.DataFrame(rows, columns=columns), hide_index=True, alt="Both versions, field by field",
        row_height=_SEVERAL_LINES if long else None,
        column_config={name: st.column_config.TextColumn(width=90 if name == "Field" else 180) for name in columns},
    )  # fmt: skip
    with st.container(horizontal=True):
        over = (lambda: write(stale.present),)
        st.button("Save mine over it", type="primary", key="save_mine", on_click=attempt, args=over)
        st.button("Keep theirs", key="keep_theirs", on_click=done)
    return True


def word(value: Any, zone: str, *, is_set: bool = True) -> str:
    """A value as a person reads it: moments on the clock of the crisis."""
    if value in (None, [], ""):
        return "not recorded" if is_set else ""
    if isinstance(value, str) and value[10:11] == "T" and value.endswith("+00:00"):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(ZoneInfo(zone)):%-d %b %Y, %H:%M}"
    if isinstance(value, str) and _DAY.fullmatch(value):
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
