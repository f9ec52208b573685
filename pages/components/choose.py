"""Choosing a crisis; the choice stands in the address, so that a page can be sent as a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.enums import Role
from data.keys import folded
from metrics.words import date, listed
from pages.components import loaders
from pages.components.menu import link
from pages.components.text import plain

#: Draws what else is to be said of a crisis.
Marks = Callable[[dict[str, Any]], None]

#: Characters of a title that the selectbox shows.
_FITS = 52

_LOOK: dict[str, Literal["orange", "blue", "green"]] = {"open": "orange", "resolved": "blue", "reviewed": "green"}


def say_unknown(parameter: str, asked: Iterable[str]) -> None:
    """Say what an address names that is not here; a link is never silently led elsewhere."""
    if named := listed([f"“{one}”" for one in asked]):
        st.warning(plain(f"There is no {parameter} {named} here."), icon=":material/link_off:")


def linked_selectbox(
    label: str,
    labels: Mapping[str, str],
    parameter: str,
    *,
    placeholder: str | None = None,
    clears: tuple[str, ...] = (),
    **look: Any,
) -> str | None:
    """A selectbox whose choice is always in the address as ``?parameter=key``; the first key unless the address says.

    A bound widget would leave its default out of the address, and write labels there instead of codes. With a
    `placeholder` nothing is chosen at first. `clears` names the parts of the address that another choice makes
    meaningless. An address that names what does not exist is said, not guessed at.
    """
    key = f"{parameter}_choice"
    wanted = st.query_params.get(parameter)
    known = next((name for name in labels if wanted is not None and folded(name) == folded(wanted)), None)
    if known is not None:
        st.session_state[key] = known
    elif wanted is not None:
        say_unknown(parameter, [wanted])

    def follow() -> None:
        for other in clears:
            st.query_params.pop(other, None)
        if (picked := st.session_state[key]) is None:
            st.query_params.pop(parameter, None)
        else:
            st.query_params[parameter] = picked

    if placeholder is None:
        st.session_state.setdefault(key, next(iter(labels)))
    chosen: str | None = st.selectbox(
        label, list(labels), None if placeholder else 0, labels.__getitem__, key=key, on_change=follow,
        placeholder=placeholder, **look,
    )  # fmt: skip
    if chosen is not None and st.query_params.get(parameter) != chosen:
        st.query_params[parameter] = chosen
    return chosen


def one_of(label: str, options: Sequence[str], parameter: str, *, tip: str | None = None) -> str:
    """One part of a page; which one stands in the address as ``?parameter=option`` once it was chosen.

    Streamlit writes the chosen label in the primary colour on a tint of it. No colour can be read there in the dark and
    carry the white letters of a primary button as well, so the labels bring their own. A bound widget would write the
    label with its colour into the address.
    """
    if (wanted := st.query_params.get(parameter)) in options:
        st.session_state[parameter] = wanted
    elif wanted is not None:
        say_unknown(parameter, [wanted])
    st.session_state.setdefault(parameter, options[0])

    def follow() -> None:
        st.query_params[parameter] = st.session_state[parameter]

    chosen = st.segmented_control(
        label, options, format_func=legible, key=parameter, on_change=follow, required=True,
        label_visibility="collapsed", help=tip,
    )  # fmt: skip
    return chosen or options[0]


def legible(label: str) -> str:
    """A label of `st.segmented_control` that can be read in both themes when it is chosen."""
    return f":gray[{label}]"


def pick_crisis(crises: pd.DataFrame, role: Role, version: int, **look: Any) -> str:
    """A selectbox of all crises (at least one), newest code first; gives the code of the chosen one.

    An address with the former code of a crisis that was merged leads to the one that holds its events now.
    """
    newest = crises.sort_values("code", ascending=False)
    former = loaders.former_codes(role, version)
    if (other := former.get(folded(st.query_params.get("crisis", "")))) is not None:
        st.query_params["crisis"] = other
    labels = dict(zip(newest["code"], newest["title"], strict=True))
    return str(linked_selectbox("Crisis", labels, "crisis", width=420, **look))


def choose_crisis(
    crises: pd.DataFrame, role: Role, as_of: datetime, version: int, *, title: str, marks: Marks | None = None
) -> dict[str, Any]:
    """The page's title, a selectbox of all crises, newest code first, and the chosen one's facts; `marks` draws more of
    them beside its status.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(title, width="content")
        code = pick_crisis(crises, role, version, label_visibility="collapsed")
        crisis: dict[str, Any] = {str(k): v for k, v in crises[crises["code"] == code].iloc[0].items()}
        status = loaders.status(crisis["code"], role, as_of, version)
        st.badge(status.capitalize(), color=_LOOK[status])
        if marks is not None:
            marks(crisis)
    moment = as_of.astimezone(ZoneInfo(crisis["timezone"]))
    severity = "" if pd.isna(crisis["severity"]) else f"severity {crisis['severity']:.0f} of 4 · "
    st.caption(plain(f"{crisis['code']} · {severity}as of {date(moment)}, {moment:%H:%M}"))
    if len(crisis["title"]) > _FITS:
        st.markdown(f"**{plain(crisis['title'])}**")
    if crisis["summary"]:
        st.markdown(plain(crisis["summary"]))
    without_start(crisis["code"], role, as_of, version)
    return crisis


def without_start(code: str, role: Role, as_of: datetime, version: int) -> None:
    """What to do about a crisis of which nobody recorded when it began: nothing before or after can be told of it."""
    if loaders.has_start(code, role, as_of, version):
        return
    st.info(
        "Nobody recorded when this crisis began, so there is no before and after. Add its event “posted” by hand, or "
        "import an incident log that has it.",
        icon=":material/event_busy:",
    )
    with st.container(horizontal=True):
        at = {"crisis": code, "section": "Timeline"}
        link("crisis_review", label="Add the event", icon=":material/edit_calendar:", query_params=at)
        link("import", label="Import spreadsheets", icon=":material/upload_file:")


def current_section(sections: Sequence[str]) -> str:
    """The section in the address, else the first."""
    asked = st.query_params.get("section", sections[0])
    if asked in sections:
        return asked
    say_unknown("section", [asked])
    return sections[0]


def current_crisis(crises: pd.DataFrame) -> dict[str, Any]:
    """The crisis in the address, else the newest."""
    newest = crises.sort_values("code", ascending=False)
    wanted = st.query_params.get("crisis", "")
    named = newest[newest["code"].map(folded) == folded(wanted)]
    if named.empty and wanted:
        say_unknown("crisis", [wanted])
    chosen = (newest if named.empty else named).iloc[0]
    return {str(name): value for name, value in chosen.items()}
