"""Names as they are compared: two spellings of one step or department are one."""

from __future__ import annotations


def plain(word: object) -> str:
    """A name without case and with its white space run together; missing is blank."""
    return "" if word is None or word != word else " ".join(str(word).casefold().split())
