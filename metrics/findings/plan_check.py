"""The plan as it stands, in sentences: which version counts, until when, and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from metrics.plan_check import Kind, Problem
from metrics.words import date, days, listed, plural


def in_force(version: Mapping[Any, Any] | None, today: pd.Timestamp) -> str:
    """Which version is in force, since when, and when it is to be reviewed."""
    if version is None:
        return "No version of the plan is in force."
    since = "" if pd.isna(version["effective_from"]) else f" since {date(version['effective_from'])}"
    due = version["review_due"]
    if pd.isna(due):
        return f"Plan {version['version']} is in force{since}; no day is set for its review."
    late = (today - due).days
    if late > 0:
        return f"Plan {version['version']} is in force{since}; its review is {days(late)} overdue, since {date(due)}."
    return f"Plan {version['version']} is in force{since}; its review is due on {date(due)}."


def problem(of: Problem) -> str:
    """One thing that is wrong, and what comes of it."""
    names = listed([f"“{name}”" for name in of.names])
    plain_names, one = listed(list(of.names)), len(of.names) == 1
    waits = (of.milestone or "").replace("_", " ")
    return {
        Kind.CIRCLE: f"{names} would have to follow {'itself' if one else 'each other in a circle'}: no order is read from {'it' if one else 'them'}.",
        Kind.UNKNOWN_STEP: f"{names} {'is' if one else 'are'} to follow a step that this version does not have.",
        Kind.NO_START: f"{names} {'names' if one else 'name'} no milestone that starts the clock: {'it never falls' if one else 'they never fall'} due.",
        Kind.NEVER_STARTS: f"{names} {'waits' if one else 'wait'} for “{waits}”, to which no step leads: the clock never starts unless somebody records it.",
        Kind.NO_END: f"{names} {'names' if one else 'name'} no milestone that shows {'it was' if one else 'they were'} done.",
        Kind.NO_CONTACT: f"No contact for {plain_names}.",
        Kind.PERSONAL_CONTACT: f"The contact of {plain_names} reads like a person's: name a mailbox or a rota that outlasts people.",
        Kind.EMPTY_SECTION: f"No step for {plain_names}, though another version or the register of gaps names {'it' if one else 'them'}.",
        Kind.SAME_DAY: f"Versions {plain_names} overlap: they take effect on the same day, and only {of.names[-1] if of.names else ''} counts.",
        Kind.DUE_BEFORE_START: f"The review of {plain_names} is due before {'it takes' if one else 'they take'} effect.",
    }[of.kind]


def judged(version: str, crises: int, signed: int) -> str:
    """How many crises a version judges; a signed one keeps its numbers whatever becomes of the plan."""
    if not crises:
        return f"No crisis is judged by plan {version} so far."
    of_them = f", {plural(signed, 'review')} of them signed" if signed else ""
    return f"{plural(crises, 'crisis is', 'crises are')} judged by plan {version}{of_them}."
