"""Changing settings: one, or several that hold only together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from data.access import Viewer
from data.commands import audit
from data.settings import SettingError, Settings, SettingsRefused, key, load
from data.tables import Setting

_CLOSES = "company.closes"


def change(session: Session, viewer: Viewer, name: str, text: str) -> Any:
    """Store `text`, read as the setting's kind of value, and return that value.

    Raises
    ------
    data.settings.SettingError
        If the setting does not exist or cannot take the value.
    """
    value = key(name).parse(text)
    if wrong := _hours_wrong({**load(session).changed, name: value}):
        raise SettingError(f"{wrong}; change the other end first.")
    _store(session, viewer, name, value)
    return value


def change_all(session: Session, viewer: Viewer, texts: Mapping[str, str], seen: Mapping[str, Any]) -> list[str]:
    """Store each of `texts` that differs from what is set, all of them or none, and return the keys that changed.

    `seen` holds the values that were shown to whoever changes them: what somebody else has changed since is not
    overwritten.

    Raises
    ------
    data.settings.SettingsRefused
        If any of them cannot be changed so; it says why of each.
    """
    present = load(session)
    values, reasons = _read(texts)
    changed = {name: value for name, value in values.items() if value != seen.get(name, key(name).default)}
    for name, value in changed.items():
        if present[name] not in (seen.get(name, key(name).default), value):
            reasons[name] = f"somebody else changed this meanwhile, to “{told(present[name])}”"
    if wrong := _hours_wrong({**present.changed, **values}):
        reasons.setdefault(_CLOSES, wrong)
    if reasons:
        raise SettingsRefused(reasons)
    made = [name for name, value in changed.items() if value != present[name]]
    for name in made:
        _store(session, viewer, name, changed[name])
    return made


def _read(texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The value of each text, and why there is none of the others."""
    values: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    for name, text in texts.items():
        try:
            values[name] = key(name).parse(text)
        except SettingError as refusal:
            reasons[name] = str(refusal)
    return values, reasons


def _store(session: Session, viewer: Viewer, name: str, value: Any) -> None:
    present = session.get(Setting, name)
    if value == key(name).default:
        if present:
            session.delete(present)
    elif present:
        present.value = value
    else:
        session.add(Setting(key=name, value=value))
    audit.record(session, viewer, "setting changed", name)


def _hours_wrong(changed: Mapping[str, Any]) -> str | None:
    settings = Settings(changed)
    opens, closes = settings["company.opens"], settings[_CLOSES]
    return None if opens < closes else f"Business hours from {opens} to {closes} would never be open"


def told(value: Any) -> str:
    """A value in words."""
    words: dict[Any, str] = {None: "not set", True: "on", False: "off"}
    return words[value] if value is None or isinstance(value, bool) else str(value)
