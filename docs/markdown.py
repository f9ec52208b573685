"""The little Markdown that the documents need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: Stands at the head of every document that the code writes.
NOTICE = "<!-- Written by `python -m docs`. Change the code that it repeats, then run that again. -->"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars in its cells are kept as bars."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(words: Iterable[str]) -> str:
    """Words as code, separated by commas."""
    return ", ".join(f"`{word}`" for word in words)


def document(*parts: str) -> str:
    """Paragraphs, tables and headings under one another, with the notice that they are written by the code."""
    first, *others = (part for part in parts if part)
    return "\n\n".join([first, NOTICE, *others]) + "\n"
