"""``python -m data``: create, set, protect, crisis, event, marker, gap, settings, info, backup, restore."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data import backup, gap_command, hand_command, marker_command, schema
from data.access import LOCAL
from data.commands import protected, survey_figures
from data.commands.entries import HandRefused
from data.commands.settings import change, told
from data.engine import reading, writing
from data.masking import TermError
from data.queries.protected import NotAllowed, terms
from data.queries.state import info
from data.settings import SettingError, load

#: What is entered by hand → what enters it and says so.
_BY_HAND = {
    "crisis": hand_command.run,
    "event": hand_command.run,
    "marker": marker_command.run,
    "gap": gap_command.run,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="The database: schema, settings, copies.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("create", help="create or upgrade the schema")
    setting = commands.add_parser("set", help="change a setting")
    setting.add_argument("key", metavar="KEY")
    setting.add_argument("value", metavar="VALUE")
    protecting = commands.add_parser("protect", help="mask names and handles in every text, stored and to come")
    protecting.add_argument("crisis", metavar="CRISIS")
    protecting.add_argument("terms", metavar="TERM", nargs="*", help="a name or handle; - reads one a line from stdin")
    what = protecting.add_mutually_exclusive_group()
    what.add_argument("--remove", action="store_true", help="protect the terms no longer; what is masked stays so")
    what.add_argument("--list", action="store_true", help="the terms of the crisis")
    hand_command.add_arguments(commands)
    marker_command.add_arguments(commands)
    gap_command.add_arguments(commands)
    for name, text in (("settings", "every setting as it stands"), ("info", "versions and counts")):
        commands.add_parser(name, help=text).add_argument("--json", action="store_true")
    for name, text in (("backup", "copy the database to FILE"), ("restore", "replace the database with FILE")):
        commands.add_parser(name, help=text).add_argument("file", metavar="FILE", type=Path)
    return parser


def _show(values: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(values, ensure_ascii=False))
        return
    for name, value in values.items():
        if isinstance(value, dict):
            print(f"{name}: {', '.join(f'{key} {count:,}' for key, count in value.items())}")
        else:
            print(f"{name}: {told(value)}")


def _protect(asked: argparse.Namespace) -> str:
    """Change or list the terms of a crisis, and say what that did."""
    if asked.list:
        with reading() as session:
            return "\n".join(terms(session, LOCAL, asked.crisis)) or "No terms are protected."
    given = [line for line in sys.stdin.read().splitlines() if line.strip()] if asked.terms == ["-"] else asked.terms
    with writing() as session:
        if asked.remove:
            return f"{protected.remove(session, LOCAL, asked.crisis, given)} terms are protected no longer."
        return f"Masked in {protected.add(session, LOCAL, asked.crisis, given):,} stored rows."


def _create() -> schema.SchemaState:
    """Create or upgrade; what an older version showed is decided on once, before anything comes later."""
    state = schema.create()
    if state is schema.SchemaState.UPGRADED:
        with writing() as session:
            survey_figures.settle(session)
    return state


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.command == "protect" and bool(asked.terms) is asked.list:
        parser.error("name the terms to protect, or ask for the --list")
    try:
        if asked.command == "restore":
            backup.restore(asked.file)
            return 0
        state = _create()
        if asked.command == "create":
            print(state.value)
        elif asked.command == "set":
            with writing() as session:
                change(session, LOCAL, asked.key, asked.value)
        elif asked.command == "protect":
            print(_protect(asked))
        elif asked.command in _BY_HAND:
            print(_BY_HAND[asked.command](asked))
        elif asked.command == "backup":
            backup.backup(asked.file)
        else:
            with reading() as session:
                values = load(session).as_dict() if asked.command == "settings" else info(session)
            _show(values, as_json=asked.json)
    except (SettingError, TermError, NotAllowed, HandRefused, backup.BackupError, schema.NewerSchema) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except ValidationError as wrong:  # of the environment
        print("\n".join(error["msg"] for error in wrong.errors()), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
