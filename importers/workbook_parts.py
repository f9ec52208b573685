"""The parts of a workbook's archive: which of them are sheets, macros and links to other files."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from posixpath import join, normpath

from importers.archives import pieces

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SHEET = re.compile(r"<(?:[\w.-]+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(r"<(?:[\w.-]+:)?Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def holds_macros(parts: set[str]) -> bool:
    """Whether there are macros, given the paths of the parts in small letters."""
    return any(
        part.endswith("vbaproject.bin") or part.startswith(("xl/macrosheets/", "basic/", "scripts/")) for part in parts
    )


def holds_links(parts: set[str]) -> bool:
    """Whether cells take values from other files or data sources."""
    return any(part.startswith(("xl/externallinks/", "xl/connections.xml", "xl/querytables/")) for part in parts)


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet of an xlsx workbook → the part that holds its cells."""
    if not {_WORKBOOK, _RELATIONS} <= set(archive.namelist()):
        return {}
    targets = {
        found.get("Id", ""): normpath(join("xl", found.get("Target", ""))).lstrip("/")
        for found in map(_attributes, _RELATION.findall(_text(archive, _RELATIONS)))
    }
    sheets = map(_attributes, _SHEET.findall(_text(archive, _WORKBOOK)))
    return {found.get("name", ""): targets.get(found.get("id", ""), "") for found in sheets}


def _text(archive: zipfile.ZipFile, path: str) -> str:
    return b"".join(pieces(archive, archive.getinfo(path))).decode("utf-8", errors="replace")


def _attributes(tag: str) -> dict[str, str]:
    """Attributes by name without prefix."""
    return {name.rpartition(":")[2]: unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}
