"""How gaps are spoken of on the Plan gaps page: deadlines, statuses and effects in words and shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd

from metrics.words import plural

Colour = Literal["red", "orange", "green", "gray", "blue"]
#: What became of a fix → its shape and what it is called.
EFFECTS = {
    "verified": "● verified", "ineffective": "▲ ineffective", "regressed": "✕ regressed",
    "not_exercised": "○ not exercised",
}  # fmt: skip
#: The same as a badge.
BADGES: Mapping[str, Colour] = {
    "verified": "green", "ineffective": "orange", "regressed": "red", "not_exercised": "gray",
}  # fmt: skip


def status(word: str) -> str:
    return word.replace("_", " ").capitalize()


def due(gap: Mapping[Any, Any]) -> str:
    """When a gap is due, counted from today."""
    days = gap["due_in_days"]
    if pd.isna(days):
        return "no due date" if gap["status"] in ("open", "planned", "in_progress") else "closed"
    if days < 0:
        return f"overdue by {plural(int(-days), 'day')}"
    return "due today" if days == 0 else f"due in {plural(int(days), 'day')}"


def standing(gap: Mapping[Any, Any]) -> str:
    """The status, with the deadline where there is one to keep."""
    told = due(gap)
    return status(gap["status"]) if told == "closed" else f"{status(gap['status'])}, {told}"


def returns(gap: Mapping[Any, Any]) -> str:
    """In how many of the later crises that could show it a gap came back."""
    could = int(gap["could_come_back"])
    return f"in {len(gap['came_back_in'])} of {could}" if could else "not tested"


def age_and_sla(gap: Mapping[Any, Any]) -> str:
    """How old a gap is or became, and how that stands against its severity."""
    if pd.isna(gap["age_days"]) or pd.isna(gap["sla_days"]):
        return age(gap)
    return f"{age(gap)}, {sla(gap)}"


def age(gap: Mapping[Any, Any]) -> str:
    return "not recorded" if pd.isna(gap["age_days"]) else plural(int(gap["age_days"]), "day")


def sla(gap: Mapping[Any, Any]) -> str:
    """How a gap stands against the days that its severity allows."""
    if pd.isna(gap["sla_days"]):
        return "no severity"
    allowed = plural(int(gap["sla_days"]), "day")
    if pd.isna(gap["sla_left_days"]):
        return f"{allowed} allowed"
    left = int(gap["sla_left_days"])
    is_open = gap["status"] in ("open", "planned", "in_progress")
    if left < 0:
        return f"{plural(-left, 'day')} over {allowed}"
    return f"{plural(left, 'day')} left of {allowed}" if is_open else f"within {allowed}"


def day(value: Any) -> str:
    return "not recorded" if pd.isna(value) else f"{value.day} {value:%b %Y}"


def said(value: Any) -> str:
    """A text of the register, or that there is none."""
    return "not recorded" if value is None or (not isinstance(value, str) and pd.isna(value)) else str(value)
