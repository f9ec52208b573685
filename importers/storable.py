"""Characters that PostgreSQL or UTF-8 cannot hold: NUL, and halves of a character."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without them."""
    return _UNSTORABLE.sub("", text)


def is_storable(text: str) -> bool:
    return "\x00" not in text and (text.isascii() or not _UNSTORABLE.search(text))
