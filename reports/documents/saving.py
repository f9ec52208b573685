"""Writing a document to a file."""

from __future__ import annotations

from pathlib import Path


def save(text: str, path: Path) -> None:
    """Write the text beside its place and move it there, so that no half file is ever found.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
