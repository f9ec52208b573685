"""The settings that users change: their keys, defaults and what each accepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from sqlmodel import Session, select

from data.tables import Setting
from data.term_rules import TermRule, parsed


class SettingError(ValueError):
    """A setting that does not exist or a value it cannot take; the message says what it takes."""


class SettingsRefused(SettingError):
    """Several changes of which none was made. `reasons`: key of each that cannot be made → why."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(" ".join(reasons.values()))
        self.reasons = dict(reasons)


def _text(value: str) -> str | None:
    return value.strip() or None


def _zone(value: str) -> str:
    if value.strip() not in available_timezones():
        raise SettingError(f"“{value}” is not a time zone; write one such as Europe/Lisbon or UTC")
    return value.strip()


def _clock(value: str) -> str:
    try:
        moment = time.fromisoformat(value.strip())
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo or moment.second or moment.microsecond:
        raise SettingError(f"“{value}” is not a time of day; write it as 09:00")
    return moment.strftime("%H:%M")


def _whole(lo: int, hi: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"\d{1,9}", value.strip()) or not lo <= int(value) <= hi:
            raise SettingError(f"“{value}” is not a whole number from {lo} to {hi}")
        return int(value)

    return parse


def _number(value: str) -> float | None:
    if not value.strip():
        return None
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", value.strip()):
        raise SettingError(f"“{value}” is not a number; write it as 3 or 0.5")
    return float(value)


def _switch(value: str) -> bool:
    words = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}
    if value.strip().lower() not in words:
        raise SettingError(f"“{value}” is neither on nor off")
    return words[value.strip().lower()]


def _country(value: str) -> str | None:
    import holidays  # slow to import, and needed only when the setting changes

    code = value.strip().upper()
    if code and code not in holidays.list_supported_countries():
        raise SettingError(f"“{value}” is not a country whose holidays are known; write its ISO code, such as PT")
    return code or None


def countries() -> dict[str, str]:
    """The countries whose public holidays are known: ISO code → English name, in order of the name."""
    from holidays.registry import COUNTRIES  # slow to import

    named = {code: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name) for name, code, *_ in COUNTRIES.values()}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _moment(value: str) -> str | None:
    if not value.strip():
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise SettingError(f"“{value}” is not a moment; write it as 2026-11-20T18:00+00:00") from None
    if moment.tzinfo is None:
        raise SettingError(f"“{value}” has no offset from UTC; write it as 2026-11-20T18:00+00:00")
    return moment.isoformat()


def _terms(value: str) -> str | None:
    if not value.strip():
        return None
    try:
        parsed(value)
    except ValueError as wrong:
        raise SettingError(str(wrong)) from None
    return value.strip()


@dataclass(frozen=True, slots=True)
class Key:
    """One setting: what it is, its default, how a typed value is read, and the bounds of a whole number."""

    help: str
    default: Any
    parse: Callable[[str], Any]
    bounds: tuple[int, int] | None = None


def _count(help_: str, default: int, lo: int, hi: int) -> Key:
    """A whole number between two bounds, both included."""
    return Key(help_, default, _whole(lo, hi), (lo, hi))


KEYS: dict[str, Key] = {
    "company.name": Key("Name of the company", None, _text),
    "company.timezone": Key("Time zone for timestamps without an offset, and for local days", "UTC", _zone),
    "company.opens": Key("Start of business hours", "09:00", _clock),
    "company.closes": Key("End of business hours", "17:00", _clock),
    "company.holidays": Key("ISO country whose public holidays are free days", None, _country),
    "reputation.primary_source": Key("Source shown on Overview; empty: the one with most scores", None, _text),
    "baseline.days": _count("Days before a crisis that count as normal", 28, 14, 365),
    "anonymity.k": _count("Fewest answers a survey group must have to be shown", 5, 3, 100),
    "anonymity.comment_k": _count("Fewest comments a group must have for comments to be shown", 8, 3, 100),
    "surveys.paired": Key("Recognise the same respondent across waves", False, _switch),
    "review.deadline_days": _count("Days from resolution to the review meeting", 30, 1, 365),
    "retention.posts_months": _count("Months for which posts are kept", 24, 1, 240),
    "retention.comments_months": _count("Months for which survey comments are kept", 24, 1, 240),
    "sla.1_days": _count("Days to close a gap of severity 1", 180, 1, 3650),
    "sla.2_days": _count("Days to close a gap of severity 2", 90, 1, 3650),
    "sla.3_days": _count("Days to close a gap of severity 3", 60, 1, 3650),
    "sla.4_days": _count("Days to close a gap of severity 4", 30, 1, 3650),
    "sample.as_of": Key("The moment at which the sample company stands still", None, _moment),
}

_TARGET = re.compile(r"targets\.[a-z][a-z0-9_]*")
_TARGET_KEY = Key("Target of the metric, in its unit, where the plan sets none; empty: no target", None, _number)


_TOPIC = re.compile(r"topics\.\S(.{0,98}\S)?")
_TOPIC_KEY = Key(
    "Terms by which a post without a topic is of this one: words, “several words” in quotes, -excluded; empty: no rule",
    None,
    _terms,
)


def key(name: str) -> Key:
    """The declaration of a setting; raises `SettingError` for one that does not exist."""
    if name in KEYS:
        return KEYS[name]
    if _TARGET.fullmatch(name):
        return _TARGET_KEY
    if _TOPIC.fullmatch(name):
        return _TOPIC_KEY
    raise SettingError(
        f"There is no setting “{name}”. The settings are: {', '.join(KEYS)}, targets.<metric id>, topics.<name>."
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting as it stands: what was changed, over the defaults."""

    changed: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.changed.get(name, key(name).default)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self["company.timezone"])

    def target(self, metric: str) -> float | None:
        """The target set for a metric, in its unit; None without one."""
        return self.changed.get(f"targets.{metric}")

    @property
    def topics(self) -> dict[str, TermRule]:
        """The rule of each topic that has one, by name, in order."""
        rules = {
            name.removeprefix("topics."): text for name, text in self.changed.items() if name.startswith("topics.")
        }
        return {name: parsed(text) for name, text in sorted(rules.items())}

    def as_dict(self) -> dict[str, Any]:
        """All settings with their present values, targets and topics last."""
        return {name: self[name] for name in KEYS} | {k: v for k, v in sorted(self.changed.items()) if k not in KEYS}


def load(session: Session) -> Settings:
    """The settings of this database."""
    return Settings({row.key: row.value for row in session.exec(select(Setting))})
