"""The posts without id and address that a sheet has told so far: equal ones are told apart by an ordinal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

#: Digits of a key's digest that are kept of it.
_DIGITS = 16


class Told:
    """Remembers 8 bytes a post, so that the ordinals go on where a sheet is stored in chunks."""

    def __init__(self) -> None:
        self._earlier = np.empty(0, dtype=np.uint64)  # sorted

    def ordinals(self, keys: Sequence[str]) -> list[int]:
        """How often each of these keys was told, this time included; they are told from now on."""
        if not keys:
            return []
        digests = np.array([int(key[-_DIGITS:], 16) for key in keys], dtype=np.uint64)
        before = np.searchsorted(self._earlier, digests, "right") - np.searchsorted(self._earlier, digests, "left")
        self._earlier = np.sort(np.r_[self._earlier, digests], kind="stable")  # which is quick where most is sorted
        seen: Counter[str] = Counter()
        found = []
        for key, times in zip(keys, before.tolist(), strict=True):
            seen[key] += 1
            found.append(times + seen[key])
        return found
