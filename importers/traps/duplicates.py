"""Rows that are stored as two records and tell of the same thing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from importers.issues import Issue
from importers.traps.seen import Finding, Seen

MINUTES = 10
#: Share of two descriptions that is the same (0 to 100).
_ALIKE = 90
#: Shorter texts are often alike by chance.
LENGTH = 20
#: What tells posts that say the same.
POSTS = ("platform", "text", "post_id", "posted_at")


def near_duplicate_events(seen: Seen) -> list[Issue]:
    """The same milestone of a crisis within minutes, with almost the same description."""
    rows = seen.rows
    if (
        seen.record != "events"
        or not {"crisis", "milestone", "occurred_at", "description"} <= set(rows)
        or len(rows) < 2
    ):
        return []
    crisis, milestone = pd.factorize(rows["crisis"])[0], pd.factorize(rows["milestone"])[0]
    order = np.lexsort((rows["occurred_at"].to_numpy("int64"), milestone, crisis))
    told = rows.iloc[order]
    near = (told["occurred_at"].diff() <= pd.Timedelta(minutes=MINUTES)).to_numpy()
    for name in ("crisis", "milestone"):
        near = near & (told[name] == told[name].shift()).to_numpy(dtype=bool)
    places = np.flatnonzero(near & told["description"].notna().to_numpy() & (told.index != np.r_[-1, told.index[:-1]]))
    said = told["description"].to_numpy()
    places = places[[said[at - 1] is not None and said[at - 1] != said[at] for at in places]] if len(places) else places
    return seen.told(_alike(seen, told, said, places))


def _alike(seen: Seen, told: pd.DataFrame, said: np.ndarray, places: np.ndarray) -> list[Finding]:
    if not len(places):
        return []
    from rapidfuzz import fuzz, process

    scores = process.cpdist(said[places - 1], said[places], scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return [
        Finding(
            int(told.index[at]), seen.shown("description"), "near-duplicate", facts={"other": int(told.index[at - 1])}
        )
        for at, score in zip(places.tolist(), scores.tolist(), strict=True)
        if score >= _ALIKE
    ]


def near_duplicate_posts(seen: Seen) -> list[Issue]:
    """The same text on the same platform within minutes, under another id."""
    rows = seen.rows
    if seen.record != "posts" or not set(POSTS) <= set(rows):
        return []
    again = rows.duplicated(["text", "platform"], keep=False) & rows["text"].notna() & rows["post_id"].notna()
    some = rows.loc[again, list(POSTS)]
    some = some[some["text"].str.len() >= LENGTH].sort_values(["platform", "text", "posted_at"], kind="stable")
    if len(some) < 2:
        return []
    before = some.shift()
    near = (some["platform"] == before["platform"]) & (some["text"] == before["text"])
    near &= (some["posted_at"] - before["posted_at"]) <= pd.Timedelta(minutes=MINUTES)
    near &= some["post_id"] != before["post_id"]
    others = np.r_[0, some.index[:-1]]
    return seen.told(
        Finding(int(row), seen.shown("text"), "near-duplicate", facts={"other": int(others[at])})
        for at, row in enumerate(some.index.tolist())
        if near.iloc[at]
    )
