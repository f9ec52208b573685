"""Imported text is hostile: it may be Markdown that draws, links or calls home. Here it becomes plain words."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])")


def plain(text: str) -> str:
    """Text that a Markdown element shows letter by letter."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
