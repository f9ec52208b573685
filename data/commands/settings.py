"""Changing a setting."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.commands import audit
from data.settings import SettingError, Settings, key, load
from data.tables import Setting


def change(session: Session, viewer: Viewer, name: str, text: str) -> Any:
    """Store `text`, read as the setting's kind of value, and return that value.

    Raises
    ------
    data.settings.SettingError
        If the setting does not exist or cannot take the value.
    """
    value = key(name).parse(text)
    _check_hours(Settings({**load(session).changed, name: value}))
    present = session.get(Setting, name)
    if value == key(name).default:
        if present:
            session.delete(present)
    elif present:
        present.value = value
    else:
        session.add(Setting(key=name, value=value))
    audit.record(session, viewer, "setting changed", name)
    return value


def _check_hours(settings: Settings) -> None:
    opens, closes = settings["company.opens"], settings["company.closes"]
    if not opens < closes:
        raise SettingError(f"Business hours from {opens} to {closes} would never be open; change the other end first.")
