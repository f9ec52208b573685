"""What a version of the plan lacks, and where it contradicts itself or another version, before any crisis shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from metrics.names import plain
from metrics.precedence import declared

#: Milestones that a crisis brings with it; any other comes about through a step of the plan or not at all.
GIVEN = frozenset({"posted", "detected", "resolved"})
#: Words of a mailbox that tell a function, so that a dot in it parts no first name from a last (house).
_FUNCTION = frozenset(
    [
        "alerts",
        "board",
        "call",
        "care",
        "case",
        "comms",
        "communications",
        "contact",
        "crisis",
        "customer",
        "desk",
        "duty",
        "employee",
        "help",
        "hr",
        "info",
        "internal",
        "investor",
        "it",
        "lead",
        "legal",
        "management",
        "media",
        "moderation",
        "monitoring",
        "office",
        "officer",
        "on",
        "ops",
        "partner",
        "people",
        "pr",
        "press",
        "privacy",
        "public",
        "relations",
        "response",
        "security",
        "service",
        "social",
        "support",
        "team",
        "works",
        "council",
    ]
)


class Kind(StrEnum):
    """What is wrong with a version, the worst first."""

    CIRCLE = "circle"
    UNKNOWN_STEP = "unknown_step"
    NO_START = "no_start"
    NEVER_STARTS = "never_starts"
    NO_END = "no_end"
    NO_CONTACT = "no_contact"
    PERSONAL_CONTACT = "personal_contact"
    EMPTY_SECTION = "empty_section"
    SAME_DAY = "same_day"
    DUE_BEFORE_START = "due_before_start"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with the steps, roles, sections or versions it concerns; `milestone` is the one waited for."""

    kind: Kind
    names: tuple[str, ...]
    milestone: str | None = None


def problems(steps: pd.DataFrame, sections: Iterable[str] = ()) -> list[Problem]:
    """Everything that is wrong with the steps of one version, the worst first.

    Parameters
    ----------
    steps : DataFrame
        step_id, section, step, role, contact, fulfilled_by, clock_starts, required, after_step; in the plan's order.
    sections : iterable of str
        Sections that other versions or the register of gaps name.
    """
    rows = [dict(row) for row in steps.to_dict("records")] if len(steps) else []
    found = [*_order(rows), *_clocks(rows), *_contacts(rows)]
    has = {plain(row["section"]) for row in rows}
    empty = {plain(name): str(name) for name in sections if plain(name) and plain(name) not in has}
    found += [Problem(Kind.EMPTY_SECTION, tuple(empty[key] for key in sorted(empty)))] if empty else []
    return sorted(found, key=lambda problem: list(Kind).index(problem.kind))


def _order(rows: Sequence[Mapping[Any, Any]]) -> list[Problem]:
    by_name = {plain(row["step"]): int(row["step_id"]) for row in rows}
    after = {int(row["step_id"]): by_name.get(plain(row["after_step"])) for row in rows}
    lost = [row for row in rows if plain(row["after_step"]) and plain(row["after_step"]) not in by_name]
    told = declared(after, [int(row["step_id"]) for row in lost])
    circle, unknown = (
        tuple(str(r["step"]) for r in rows if r["step_id"] in ids) for ids in (told.circular, told.unknown)
    )
    return [Problem(kind, names) for kind, names in ((Kind.CIRCLE, circle), (Kind.UNKNOWN_STEP, unknown)) if names]


def _clocks(rows: Sequence[Mapping[Any, Any]]) -> list[Problem]:
    """Steps whose clock starts with nothing, or with what only comes after them; and steps that nothing shows as done."""
    silent = tuple(str(row["step"]) for row in rows if not plain(row["clock_starts"]))
    endless = tuple(str(row["step"]) for row in rows if not plain(row["fulfilled_by"]))
    found = [Problem(Kind.NO_START, silent)] if silent else []
    found += [Problem(Kind.NO_END, endless)] if endless else []
    reached = set(GIVEN)
    started = True
    while started:
        more = {plain(r["fulfilled_by"]) for r in rows if plain(r["clock_starts"]) in reached} - reached - {""}
        started = bool(more)
        reached |= more
    waiting: dict[str, list[str]] = {}
    for row in rows:
        start = plain(row["clock_starts"])
        if start and start not in reached:
            waiting.setdefault(start, []).append(str(row["step"]))
    return found + [Problem(Kind.NEVER_STARTS, tuple(names), start) for start, names in sorted(waiting.items())]


def _contacts(rows: Sequence[Mapping[Any, Any]]) -> list[Problem]:
    """Roles of required steps without any contact, and those whose every contact reads like a person's."""
    names: dict[str, str] = {}
    contacts: dict[str, set[str]] = {}
    for row in rows:
        key = plain(row["role"])
        names.setdefault(key, str(row["role"]).strip())
        contacts.setdefault(key, set())
        if plain(row["contact"]):
            contacts[key].add(str(row["contact"]).strip())
    needed = {plain(row["role"]) for row in rows if bool(row["required"])}
    without = tuple(sorted(names[key] for key in needed if not contacts[key]))
    personal = tuple(sorted(names[key] for key in needed if contacts[key] and all(map(is_personal, contacts[key]))))
    pairs = ((Kind.NO_CONTACT, without), (Kind.PERSONAL_CONTACT, personal))
    return [Problem(kind, some) for kind, some in pairs if some]


def is_personal(contact: str) -> bool:
    """Whether a contact reads like a person's: ``first.last@…``, or two or three capitalised words none of which is a
    function's (house). A guess: said, never refused.
    """
    box, at, _ = contact.strip().partition("@")
    if at:
        parts = re.split(r"[._]", box.casefold())
        return len(parts) in (2, 3) and all(part.isalpha() for part in parts) and not _FUNCTION & set(parts)
    words = contact.split()
    named = len(words) in (2, 3) and all(
        re.fullmatch(r"[^\W\d_][\w'’-]*\.?", word) and word[0].isupper() for word in words
    )
    return bool(named) and not _FUNCTION & {word.casefold() for word in words}


def between(versions: Iterable[Mapping[Any, Any]]) -> list[Problem]:
    """What is wrong with versions beside each other, or with their dates: version, effective_from and review_due (days or
    NaT).
    """
    listed = sorted(versions, key=lambda row: str(row["version"]))
    same: dict[Any, list[str]] = {}
    for row in listed:
        day = None if pd.isna(row["effective_from"]) else row["effective_from"]
        same.setdefault(day, []).append(str(row["version"]))
    found = [Problem(Kind.SAME_DAY, tuple(names)) for names in same.values() if len(names) > 1]
    early = [row for row in listed if row["review_due"] < row["effective_from"]]
    return found + [Problem(Kind.DUE_BEFORE_START, tuple(str(row["version"]) for row in early))] * bool(early)
