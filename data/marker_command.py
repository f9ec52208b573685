"""``python -m data marker``: the dated notes on time axes, without a browser."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

import pandas as pd

from data.access import LOCAL
from data.commands import markers
from data.engine import reading, writing
from data.queries import markers as queries


def add_arguments(commands: Any) -> None:
    """Add the command to those of ``python -m data``."""
    deeds = commands.add_parser("marker", help="list, enter, correct or remove context markers").add_subparsers(
        dest="deed", required=True
    )
    for name, text in (("list", "every marker with its number"), ("history", "who changed which, and when")):
        deeds.add_parser(name, help=text).add_argument("--json", action="store_true")
    entered = deeds.add_parser("add", help="enter a marker")
    entered.add_argument("day", metavar="DAY", help="such as 2026-03-31")
    entered.add_argument("title", metavar="TITLE", help="what happened: a launch, an outage, another crisis")
    for name, text in (("correct", "change the day or the title of a marker"), ("remove", "take a marker off")):
        changed = deeds.add_parser(name, help=text)
        changed.add_argument("marker", metavar="NUMBER", type=int)
        changed.add_argument("--reason", required=True)
        if name == "correct":
            changed.add_argument("--day")
            changed.add_argument("--title")


def run(asked: argparse.Namespace) -> str:
    """Do what was asked for, and say what that was.

    Raises
    ------
    HandRefused
        If it can't be done; nothing has changed then.
    """
    if asked.deed in {"list", "history"}:
        return _listed(asked)
    with writing() as session:
        if asked.deed == "add":
            said = {"happened_on": asked.day, "title": asked.title}
            return f"Context marker {markers.enter(session, LOCAL, said)} is entered."
        if asked.deed == "remove":
            markers.remove(session, LOCAL, asked.marker, reason=asked.reason)
            return f"Context marker {asked.marker} is removed."
        given = {"happened_on": asked.day, "title": asked.title}
        changes = {name: value for name, value in given.items() if value is not None}
        markers.correct(session, LOCAL, asked.marker, changes, reason=asked.reason)
        return f"Context marker {asked.marker} is corrected."


def _listed(asked: argparse.Namespace) -> str:
    with reading() as session:
        found = (
            queries.history(session, LOCAL) if asked.deed == "history" else queries.markers(session, LOCAL, date.max)
        )
    told = [{str(name): _plain(value) for name, value in row.items()} for row in found.to_dict("records")]
    if asked.json:
        return json.dumps(told, ensure_ascii=False)
    lines = [" · ".join(f"{name} {value}" for name, value in row.items() if value is not None) for row in told]
    return "\n".join(lines) or "Nothing."


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, pd.Timestamp) else value
