"""``python -m data``: create, set, settings, backup, restore, info."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data import backup, schema
from data.access import LOCAL
from data.commands.settings import change
from data.engine import reading, writing
from data.queries.state import info
from data.settings import SettingError, load


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="The database: schema, settings, copies.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("create", help="create or upgrade the schema")
    setting = commands.add_parser("set", help="change a setting")
    setting.add_argument("key", metavar="KEY")
    setting.add_argument("value", metavar="VALUE")
    for name, text in (("settings", "every setting as it stands"), ("info", "versions and counts")):
        commands.add_parser(name, help=text).add_argument("--json", action="store_true")
    for name, text in (("backup", "copy the database to FILE"), ("restore", "replace the database with FILE")):
        commands.add_parser(name, help=text).add_argument("file", metavar="FILE", type=Path)
    return parser


def _show(values: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(values, ensure_ascii=False))
        return
    words: dict[Any, str] = {None: "not set", True: "on", False: "off"}
    for name, value in values.items():
        if isinstance(value, dict):
            print(f"{name}: {', '.join(f'{key} {count:,}' for key, count in value.items())}")
        else:
            print(f"{name}: {words[value] if value is None or isinstance(value, bool) else value}")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.command == "restore":
            backup.restore(asked.file)
            return 0
        state = schema.create()
        if asked.command == "create":
            print(state.value)
        elif asked.command == "set":
            with writing() as session:
                change(session, LOCAL, asked.key, asked.value)
        elif asked.command == "backup":
            backup.backup(asked.file)
        else:
            with reading() as session:
                values = load(session).as_dict() if asked.command == "settings" else info(session)
            _show(values, as_json=asked.json)
    except (SettingError, backup.BackupError, schema.NewerSchema) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except ValidationError as wrong:  # of the environment
        print("\n".join(error["msg"] for error in wrong.errors()), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
