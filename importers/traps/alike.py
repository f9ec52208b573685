"""Near-duplicate posts in a file that passes by in chunks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from importers.traps.duplicates import LENGTH, MINUTES, POSTS
from importers.traps.seen import Finding, Seen

#: Rows before a chunk with which its own are compared: what is posted within minutes stands close in an export.
_WINDOW = 200_000


class Alike:
    """Remembers the last rows by digests of what they say. `add` finds the same text on a platform within minutes, under
    another id.
    """

    def __init__(self) -> None:
        self._said = np.empty(0, dtype=np.uint64)  # platform and text
        self._ids = np.empty(0, dtype=np.uint64)
        self._at = np.empty(0, dtype="M8[us]")
        self._rows = np.empty(0, dtype=np.int64)
        self._told = np.empty(0, dtype=bool)

    def add(self, seen: Seen) -> Iterator[Finding]:
        """The findings of the next chunk."""
        if not set(POSTS) <= set(seen.rows):
            return
        some = seen.rows.loc[seen.rows["text"].notna() & seen.rows["post_id"].notna(), list(POSTS)]
        some = some[some["text"].str.len() >= LENGTH] if len(some) else some
        self._remember(some)
        order = np.lexsort((self._at, self._said))
        said, ids, at = self._said[order], self._ids[order], self._at[order]
        near = np.zeros(len(order), dtype=bool)
        near[1:] = (said[1:] == said[:-1]) & (ids[1:] != ids[:-1])
        near[1:] &= at[1:] - at[:-1] <= np.timedelta64(MINUTES, "m")
        near &= ~self._told[order]
        places = np.flatnonzero(near)
        self._told[order[places]] = True
        rows, heading = self._rows[order], seen.shown("text")
        for place in sorted(places.tolist(), key=lambda place: rows[place]):
            facts = {"other": int(rows[place - 1])}
            yield Finding(int(rows[place]), heading, "near-duplicate", facts=facts)

    def _remember(self, some: pd.DataFrame) -> None:
        platforms, names = pd.factorize(some["platform"])
        of_platform = (
            _digests(np.asarray(names, dtype=object))[platforms] if len(some) else np.empty(0, dtype=np.uint64)
        )
        said = _digests(some["text"].to_numpy(dtype=object)) ^ (of_platform * np.uint64(0x9E3779B97F4A7C15))
        moments = some["posted_at"].dt.tz_convert(None).to_numpy("M8[us]") if len(some) else np.empty(0, dtype="M8[us]")
        self._said = np.r_[self._said[-_WINDOW:], said]
        self._ids = np.r_[self._ids[-_WINDOW:], _digests(some["post_id"].to_numpy(dtype=object))]
        self._at = np.r_[self._at[-_WINDOW:], moments]
        self._rows = np.r_[self._rows[-_WINDOW:], some.index.to_numpy(dtype=np.int64)]
        self._told = np.r_[self._told[-_WINDOW:], np.zeros(len(some), dtype=bool)]


def _digests(texts: np.ndarray) -> np.ndarray:
    return pd.util.hash_array(texts, categorize=False)
