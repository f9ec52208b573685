"""``python -m data crisis`` and ``event``: what the pages do by hand, without a browser."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.access import LOCAL
from data.commands import hand, merging
from data.commands.entries import HandRefused, when
from data.engine import reading, writing
from data.enums import Milestone, Role
from data.queries import hand as queries
from data.queries.crises import events
from data.queries.hand import Entry, Seen
from data.queries.state import as_of

_MOMENTS = ("occurred", "started")


def _without_moments(names: Iterable[str]) -> str:
    return ", ".join(name for name in names if name[-3:] not in {"_at", "_on"})


#: What can be set of each kind of entry, in words.
_SETTABLE = {
    "crisis": f"started, {_without_moments(queries.CRISIS)}, which are separated by commas",
    "event": f"occurred, {_without_moments(queries.EVENT)}",
    "counsel": f"{', '.join(queries.COUNSEL)}, the last two yes or no",
}


def add_arguments(commands: Any) -> None:
    """Add both commands to those of ``python -m data``."""
    crisis = commands.add_parser("crisis", help="enter, correct, merge or restrict a crisis by hand").add_subparsers(
        dest="deed", required=True
    )
    one = _deed(crisis, "add", "enter a crisis", code="CODE", title="TITLE")
    _fields(one, "crisis")
    _fields(_deed(crisis, "correct", "change fields of a crisis", code="CODE"), "crisis", is_correction=True)
    merged = _deed(crisis, "merge", "make CODE a part of the crisis INTO", code="CODE", into="INTO")
    merged.add_argument("--reason", default="")
    limited = _deed(crisis, "restrict", "let only these roles see it; without any, all do", code="CODE")
    limited.add_argument("roles", metavar="ROLE", nargs="*", type=Role, help=", ".join(Role))
    legal = _deed(crisis, "legal", "set its privilege banner, legal hold and countersignature", code="CODE")
    _fields(legal, "counsel", is_correction=True)
    _deed(crisis, "history", "who changed what by hand, and when", code="CODE").add_argument(
        "--json", action="store_true"
    )
    event = commands.add_parser("event", help="list, enter or correct events by hand").add_subparsers(
        dest="deed", required=True
    )
    _deed(event, "list", "the events of a crisis with their numbers and versions", code="CODE").add_argument(
        "--json", action="store_true"
    )
    one = _deed(event, "add", "enter an event", code="CODE", at="TIME")
    one.add_argument("milestone", metavar="MILESTONE", choices=list(Milestone), help=", ".join(Milestone))
    _fields(one, "event")
    changed = _deed(event, "correct", "change fields of an event")
    changed.add_argument("event", metavar="NUMBER", type=int)
    _fields(changed, "event", is_correction=True)


def run(asked: argparse.Namespace) -> str:
    """Do what was asked for, and say what that was.

    Raises
    ------
    HandRefused
        If it can't be done; nothing has changed then.
    """
    if asked.deed in {"history", "list"}:
        with reading() as session:
            return _listed(session, asked)
    with writing() as session:
        return _DEEDS[asked.command, asked.deed](session, asked)


def _deed(commands: Any, name: str, help_: str, **names: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_)
    for dest, metavar in names.items():
        parser.add_argument(dest, metavar=metavar)
    return parser


def _fields(parser: argparse.ArgumentParser, record: str, *, is_correction: bool = False) -> None:
    parser.add_argument(
        "--set", metavar="FIELD=VALUE", action="append", default=[], dest="fields",
        help=f"{_SETTABLE[record]}; an empty VALUE clears the field",
    )  # fmt: skip
    if is_correction:
        parser.add_argument("--reason", default="", required=record == "event")
        parser.add_argument("--version", type=int, help="refuse if it has another version by now")


def _values(session: Session, given: Iterable[str], zone: str) -> dict[str, Any]:
    """FIELD=VALUE texts as fields of an entry."""
    found: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise HandRefused(f"“{text}” is not FIELD=VALUE.")
        if name in _MOMENTS:
            at = when(value, zone, today=as_of(session).date()) if value.strip() else (None, None)
            found |= {f"{name}_at": at[0], f"{name}_on": at[1]}
        elif name == "topics":
            found[name] = [topic for topic in (part.strip() for part in value.split(",")) if topic]
        else:
            found[name] = value
    return found


def _seen(entry: Entry, version: int | None) -> Seen:
    return Seen(entry.seen.version if version is None else version, entry.seen.values)


def _enter_crisis(session: Session, asked: argparse.Namespace) -> str:
    own = next((text.partition("=")[2] for text in asked.fields if text.startswith("timezone=")), "")
    zone = queries.zone(session, own or None)
    hand.enter_crisis(session, LOCAL, asked.code, {"title": asked.title} | _values(session, asked.fields, zone))
    return f"Crisis {asked.code} is entered."


def _correct_crisis(session: Session, asked: argparse.Namespace) -> str:
    entry = hand.found_crisis(session, LOCAL, asked.code)
    changes = _values(session, asked.fields, entry.zone)
    seen = _seen(entry, asked.version)
    hand.correct_crisis(session, LOCAL, asked.code, changes, seen=seen, reason=asked.reason)
    return f"Crisis {entry.crisis} is corrected."


def _merge(session: Session, asked: argparse.Namespace) -> str:
    merging.merge(session, LOCAL, asked.code, asked.into, reason=asked.reason)
    return f"Crisis {asked.code} is a part of {asked.into} now."


def _restrict(session: Session, asked: argparse.Namespace) -> str:
    hand.restrict(session, LOCAL, asked.code, asked.roles)
    return f"Crisis {asked.code} is seen by {', '.join([*asked.roles, 'admin']) if asked.roles else 'every role'}."


def _counsel(session: Session, asked: argparse.Namespace) -> str:
    entry = hand.found_crisis(session, LOCAL, asked.code)
    changes = _values(session, asked.fields, entry.zone)
    hand.counsel(session, LOCAL, asked.code, changes, seen=_seen(entry, asked.version), reason=asked.reason)
    return f"What Legal says of {entry.crisis} is set."


def _enter_event(session: Session, asked: argparse.Namespace) -> str:
    entry = hand.found_crisis(session, LOCAL, asked.code)
    at, on = when(asked.at, entry.zone, today=as_of(session).date())
    said = {"occurred_at": at, "occurred_on": on, "milestone": asked.milestone}
    number = hand.enter_event(session, LOCAL, asked.code, said | _values(session, asked.fields, entry.zone))
    return f"Event {number} is entered."


def _correct_event(session: Session, asked: argparse.Namespace) -> str:
    entry = queries.event(session, LOCAL, asked.event)
    if entry is None:
        raise HandRefused(f"There is no event {asked.event}.")
    changes = _values(session, asked.fields, entry.zone)
    hand.correct_event(session, LOCAL, asked.event, changes, reason=asked.reason, seen=_seen(entry, asked.version))
    return f"Event {asked.event} is corrected."


_DEEDS = {
    ("crisis", "add"): _enter_crisis, ("crisis", "correct"): _correct_crisis, ("crisis", "merge"): _merge,
    ("crisis", "restrict"): _restrict, ("crisis", "legal"): _counsel, ("event", "add"): _enter_event, ("event", "correct"): _correct_event,
}  # fmt: skip


def _listed(session: Session, asked: argparse.Namespace) -> str:
    entry = hand.found_crisis(session, LOCAL, asked.code)
    if asked.deed == "history":
        found = queries.history(session, LOCAL, asked.code)
    else:
        found = events(session, LOCAL, [entry.id]).drop(columns="crisis_id")
        versions = queries.versions(session, entry.id)
        found.insert(1, "version", found["event_id"].map(versions).astype("int64"))
    told = [{str(name): _plain(value) for name, value in row.items()} for row in found.to_dict("records")]
    if asked.json:
        return json.dumps(told, ensure_ascii=False)
    lines = [" · ".join(f"{name} {value}" for name, value in row.items() if value is not None) for row in told]
    return "\n".join(lines) or "Nothing."


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value
