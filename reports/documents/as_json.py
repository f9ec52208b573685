"""The pack as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def text(pack: Mapping[str, Any]) -> str:
    """The document as INTERFACES describes it.

    Raises
    ------
    ValueError
        If a number in the pack is not finite: JSON has no word for it.
    """
    return json.dumps(pack, ensure_ascii=False, indent=1, allow_nan=False)


def write(pack: Mapping[str, Any], path: Path) -> None:
    """Write the document beside its place and move it there, so that no half file is ever found.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_text(text(pack) + "\n", encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
