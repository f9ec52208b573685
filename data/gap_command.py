"""``python -m data gap``: what the Plan gaps page does by hand, without a browser."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from data.access import LOCAL
from data.commands import gaps
from data.commands.entries import HandRefused
from data.engine import reading, writing
from data.enums import GapStatus
from data.queries import register
from data.queries.hand import Seen


def add_arguments(commands: Any) -> None:
    """Add the command to those of ``python -m data``."""
    deeds = commands.add_parser("gap", help="enter, edit or move a gap of the register by hand").add_subparsers(
        dest="deed", required=True
    )
    new = deeds.add_parser("add", help="enter a gap; its code is the next number unless one is said")
    new.add_argument("title", metavar="TITLE")
    new.add_argument("section", metavar="SECTION")
    new.add_argument("--code", default="")
    changed = deeds.add_parser("edit", help="change fields of a gap")
    moved = deeds.add_parser("move", help="give a gap another status, with what that one needs")
    history = deeds.add_parser("history", help="who changed what by hand, and when")
    for parser in (changed, moved, history):
        parser.add_argument("code", metavar="CODE")
    moved.add_argument("status", metavar="STATUS", type=GapStatus, choices=list(GapStatus), help=", ".join(GapStatus))
    history.add_argument("--json", action="store_true")
    for parser in (new, changed, moved):
        parser.add_argument(
            "--set", metavar="FIELD=VALUE", action="append", default=[], dest="fields",
            help=f"{', '.join(register.FIELDS)}; an empty VALUE clears the field",
        )  # fmt: skip
    for parser in (changed, moved):
        parser.add_argument("--reason", default="")
        parser.add_argument("--version", type=int, help="refuse if it has another version by now")


def run(asked: argparse.Namespace) -> str:
    """Do what was asked for, and say what that was.

    Raises
    ------
    HandRefused
        If it can't be done; nothing has changed then.
    """
    if asked.deed == "history":
        with reading() as session:
            return _history(session, asked)
    said = dict(_pairs(asked.fields))
    with writing() as session:
        if asked.deed == "add":
            values = {"title": asked.title, "section": asked.section} | said
            return f"Gap {gaps.enter_gap(session, LOCAL, values, code=asked.code)} is entered."
        entry = gaps.found_gap(session, LOCAL, asked.code)
        seen = Seen(entry.seen.version if asked.version is None else asked.version, entry.seen.values)
        changes = said | ({"status": asked.status} if asked.deed == "move" else {})
        gaps.edit_gap(session, LOCAL, asked.code, changes, seen=seen, reason=asked.reason)
        return f"Gap {entry.name} is {asked.status if asked.deed == 'move' else 'edited'}."


def _pairs(given: Iterable[str]) -> Iterable[tuple[str, str]]:
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise HandRefused(f"“{text}” is not FIELD=VALUE.")
        yield name, value


def _history(session: Session, asked: argparse.Namespace) -> str:
    gaps.found_gap(session, LOCAL, asked.code)
    found = register.gap_history(session, LOCAL, asked.code).drop(columns=["record", "key"])
    rows = [row | {"at": row["at"].isoformat()} for row in found.to_dict("records")]
    if asked.json:
        return json.dumps(rows, ensure_ascii=False)
    told = [" · ".join(f"{name} {value}" for name, value in row.items() if value is not None) for row in rows]
    return "\n".join(told) or "Nothing."
