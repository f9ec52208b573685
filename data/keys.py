"""Natural keys: one text per record, the same for the same record whichever file it came from."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

_SEPARATOR = "\x1f"


def folded(text: str) -> str:
    """Text as it is compared: normalised, without case, white space run together."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def digest(parts: Iterable[object]) -> str:
    """A 32-digit digest of the parts in order; None and "" are the same, other values go by their text."""
    joined = _SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()
