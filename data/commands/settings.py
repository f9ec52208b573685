"""Changing a setting."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.commands import audit
from data.settings import key
from data.tables import Setting


def change(session: Session, viewer: Viewer, name: str, text: str) -> Any:
    """Store `text`, read as the setting's kind of value, and return that value.

    Raises
    ------
    data.settings.SettingError
        If the setting does not exist or cannot take the value.
    """
    value = key(name).parse(text)
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
