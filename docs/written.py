"""Which documents are written by the code, and by what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docs import formats, methods, pages

FOLDER = Path(__file__).resolve().parent

#: File → what gives its text. A test compares the files with the texts.
WRITTEN: dict[str, Callable[[], str]] = {
    "formats.md": formats.text,
    "methods.md": methods.text,
    "pages.md": pages.text,
}
