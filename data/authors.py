"""Who wrote a post is not stored, but its address and the handles in its text tell. Here they go, for who may not see them."""

from __future__ import annotations

import re

WITHHELD = "@…"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
#: ``@name``, ``@name@server``, ``u/name``; not the middle of an e-mail address, which goes whole.
_HANDLE = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\w)[@＠][\w.]+(?:@[\w.-]+)?|(?<![\w/])/?u/[\w-]+")


def without_authors(text: str) -> str:
    """The text with handles, e-mail addresses and web addresses withheld."""
    return _HANDLE.sub(WITHHELD, _ADDRESS.sub("[address]", text))


def bare(text: str) -> str:
    """The text without what may name an author, for counting its words."""
    return _HANDLE.sub(" ", _ADDRESS.sub(" ", text))
