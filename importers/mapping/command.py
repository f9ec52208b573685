"""Mappings on the line of ``python -m importers``: used, drafted, saved, listed, exported."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from data.access import LOCAL
from data.commands.mappings import MappingRefused
from data.config import config
from data.engine import reading
from data.queries import mappings as queries
from data.queries import protected
from importers.issues import Refused, issue
from importers.mapping import saved
from importers.mapping.model import Mapping
from importers.mapping.suggest import suggest
from importers.read import read


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mapping", metavar="NAME|FILE.json", help="read the files with this mapping")
    group = parser.add_argument_group("mappings of files that no format knows")
    one = group.add_mutually_exclusive_group()
    one.add_argument("--mappings", action="store_true", help="list the saved ones")
    one.add_argument("--draft-mapping", metavar="FILE.json", type=Path, help="write what FILE's columns seem to be")
    one.add_argument("--save-mapping", metavar="NAME", help="save --mapping FILE.json under this name")
    one.add_argument("--export-mapping", nargs=2, metavar=("NAME", "FILE.json"), help="write a saved one to a file")
    one.add_argument("--delete-mapping", metavar="NAME", help="delete a saved one; what it imported stays")


def chosen(asked: str | None) -> str | Mapping | None:
    """The mapping of a file that ends in .json; else the name of a saved one.

    Raises
    ------
    Refused
        If the file holds no mapping, or can't be read.
    """
    if asked is None or not asked.lower().endswith(".json"):
        return asked
    try:
        content = Path(asked).read_bytes()
    except OSError as failure:
        raise Refused(issue("mapping-broken", what=f"{asked}: {failure.strerror}")) from None
    return saved.from_json(content)


def run(asked: argparse.Namespace) -> int | None:
    """Do what was asked about mappings; the exit status, or None where nothing was."""
    jobs: dict[str, Callable[[], int]] = {
        "mappings": lambda: _list(as_json=asked.json),
        "draft_mapping": lambda: _draft(asked),
        "save_mapping": lambda: _save(asked),
        "export_mapping": lambda: _export(*asked.export_mapping),
        "delete_mapping": lambda: _delete(asked.delete_mapping),
    }
    job = next((job for name, job in jobs.items() if getattr(asked, name)), None)
    if job is None:
        return None
    try:
        return job()
    except Refused as refusal:
        why = [one.message for one in refusal.issues]
    except MappingRefused as refusal:
        why = [str(refusal)]
    except OSError as failure:
        why = [f"{failure.filename}: {failure.strerror}."]
    print("\n".join(why), file=sys.stderr)
    return 1


def _list(*, as_json: bool) -> int:
    with reading() as session:
        found = queries.listed(session, LOCAL)
    if as_json:
        print(json.dumps([one.content | {"version": one.version} for one in found], ensure_ascii=False))
        return 0
    for one in found:
        day = one.saved_at.date().isoformat()
        print(f"{one.name}\t{one.content['kind']}\t{one.content['record']}\t{day}\t{one.saved_by}")
    return 0


def _draft(asked: argparse.Namespace) -> int:
    """Write the draft of the first sheet, or of the one that was asked for, to be corrected and used with --mapping."""
    if len(asked.files) != 1:
        print("--draft-mapping takes one FILE.", file=sys.stderr)
        return 2
    (path,) = asked.files
    sheets = read(path.name, path.read_bytes(), limit_mb=config().upload_limit_mb)
    sheet = next((one for one in sheets if asked.sheet in {None, one.name}), sheets[0])
    found = suggest(sheet, asked.kind)
    with reading() as session:
        masker = protected.masker(session)
    for one in found.proposals:
        meant = f"{one.field} ({one.confidence}): " if one.field else "left out: "
        print(masker.text(f"{one.heading} → {meant}{one.reason}"), file=sys.stderr)
    for name in found.lacking:
        print(f"Nothing looks like {name}, which is needed: name its column under “columns”, or say it for all rows "
              "under “constants”.", file=sys.stderr)  # fmt: skip
    asked.draft_mapping.write_text(saved.to_json(replace(found.mapping, name=path.stem)), encoding="utf-8")
    return 0


def _save(asked: argparse.Namespace) -> int:
    mapping = chosen(asked.mapping)
    if not isinstance(mapping, Mapping):
        print("--save-mapping takes the file to save: --mapping FILE.json.", file=sys.stderr)
        return 2
    with reading() as session:
        present = queries.named(session, asked.save_mapping)
    saved.save(replace(mapping, name=asked.save_mapping), LOCAL, present.version if present and asked.force else None)
    return 0


def _export(name: str, file: str) -> int:
    with reading() as session:
        mapping = saved.named(session, name, LOCAL)
    Path(file).write_text(saved.to_json(mapping), encoding="utf-8")
    return 0


def _delete(name: str) -> int:
    with reading() as session:
        present = queries.named(session, name)
    saved.delete(name, present.version if present else 0, LOCAL)
    return 0
