"""Saving Settings: what the form was drawn from, one transaction for all of it, and who changed what."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.commands.settings import change_all
from data.engine import writing
from data.settings import KEYS, Settings, SettingsRefused
from metrics.catalogue import ALL
from metrics.words import plural
from pages.components import loaders
from pages.components.settings_fields import Fields

_TURN, _SEEN, _WRONG, _SAVED = "settings_turn", "settings_seen", "settings_wrong", "settings_saved"
_CHANGES = 50


def begin(settings: Settings) -> Fields:
    """The fields for this run: what they show is read once for each drawing, so that what others change is noticed."""
    turn = st.session_state.setdefault(_TURN, 0)
    fields = Fields(st.session_state.get(_SEEN, {}), st.session_state.get(_WRONG, {}), turn)
    if fields.key("company.name") not in st.session_state:
        st.session_state[_SEEN] = settings.as_dict()
        st.session_state.pop(_WRONG, None)
        return Fields(st.session_state[_SEEN], {}, turn)
    return fields


def said() -> None:
    """What became of the last saving."""
    if wrong := st.session_state.get(_WRONG):
        st.error(
            f"Nothing was saved: {plural(len(wrong), 'setting')} cannot be taken as entered. Why stands below each.",
            icon=":material/error:",
        )
        st.button("Show what is set now", icon=":material/refresh:", key="settings_reset", on_click=_again)
    elif (made := st.session_state.pop(_SAVED, None)) is not None:
        told = f"{plural(made, 'setting')} saved." if made else "Nothing was changed."
        st.success(told, icon=":material/check:")


def save(fields: Fields, viewer: Viewer) -> None:
    """Everything that was changed, in one transaction, or nothing; the page is drawn anew."""
    try:
        made = _made(fields, viewer)
    except SettingsRefused as refusal:
        st.session_state[_WRONG] = refusal.reasons
    else:
        _again()
        st.session_state[_SAVED] = len(made)
    st.rerun()


def _made(fields: Fields, viewer: Viewer) -> list[str]:
    if fields.conflicts:
        raise SettingsRefused(fields.conflicts)
    with writing() as session:
        return change_all(session, viewer, fields.texts, fields.shown)


def _again() -> None:
    st.session_state[_TURN] += 1
    st.session_state.pop(_WRONG, None)


def called(key: str) -> str:
    """A setting in words; as it is written where it is none of today's."""
    group, _, name = key.partition(".")
    if group == "targets" and name in ALL:
        return f"Target: {ALL[name].label}"
    if group == "topics":
        return f"Topic: {name}"
    return KEYS[key].help if key in KEYS else key


def changes(version: int) -> None:
    """Who changed which setting, and when."""
    found = loaders.setting_changes(_CHANGES, version)
    st.subheader("Changes", anchor=False)
    if found.empty:
        st.caption("Nobody has changed a setting yet.")
        return
    st.dataframe(
        pd.DataFrame(
            {"When (UTC)": found["at"], "Setting": found["key"].map(called), "By": found["actor"], "As": found["role"]}
        ),
        hide_index=True,
        height="auto" if len(found) <= 8 else 318,
        alt="Who changed which setting, and when",
        column_config={"When (UTC)": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm", timezone="UTC")},
    )
