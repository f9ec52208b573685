"""Adding new posts to the roll-ups without counting again what is there: the cost is that of the new ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session

from data.commands import bulk
from data.commands.rows import chunks
from data.enums import Grain, ScoredBy
from data.tables import DayRollup, QuarterRollup

_NAMES = ["platform", "kind", "topic"]
_SUMS = ("impressions", "reach", "likes", "comments", "shares")
_COUNTED = ("posts", "positive", "neutral", "negative", "unscored", "unscorable", "lexicon")

#: Bucket, platform, kind and topic → the counts of one roll-up row.
_Rows = dict[tuple[Any, ...], dict[str, Any]]


def add_posts(session: Session, posts: Mapping[str, Any]) -> None:
    """Add posts that were just inserted, given by column as `bulk.insert` takes them."""
    counted = _counted(posts)
    scores = _histogram(posts)
    in_quarters = ~np.isnat(posts["quarter"])
    for table, column, mask in ((QuarterRollup, "quarter", in_quarters), (DayRollup, "posted_on", ~in_quarters)):
        if mask.any():
            _add(session, table, _grouped(counted[mask], scores[mask], posts[column][mask]))


def _counted(posts: Mapping[str, Any]) -> pd.DataFrame:
    """One row a post: the names it is grouped by, and what it adds to each count."""
    polarity = pd.Series(posts["polarity"], dtype="float64").to_numpy()
    english = np.array([language in (None, "en") for language in posts["language"]], dtype=bool)
    scorable = english & np.array([text is not None for text in posts["text"]], dtype=bool)
    waiting = np.isnan(polarity)
    found: dict[str, Any] = {name: pd.Categorical(posts[name]) for name in _NAMES}
    found |= {
        "posts": 1, "positive": polarity == 1, "neutral": polarity == 0, "negative": polarity == -1,
        "unscored": waiting & scorable, "unscorable": waiting & ~scorable,
        "lexicon": [by == ScoredBy.LEXICON for by in posts["scored_by"]],
    }  # fmt: skip
    for name in _SUMS:
        values = pd.Series(posts[name], dtype="Int64")
        found[name] = values.fillna(0).to_numpy("int64")
        found[f"{name}_known"] = values.notna().to_numpy()
    frame = pd.DataFrame(found)
    counts = [name for name in frame if name not in _NAMES]
    return frame.astype(dict.fromkeys(counts, "int64"))


def _histogram(posts: Mapping[str, Any]) -> np.ndarray:
    """Twentieths of a point, halves away from zero; NaN without a score."""
    exact = np.round(pd.Series(posts["sentiment"], dtype="float64").to_numpy() * 20, 6)
    return np.sign(exact) * np.floor(np.abs(exact) + 0.5)


def _grouped(counted: pd.DataFrame, scores: np.ndarray, buckets: np.ndarray) -> _Rows:
    """The counts of each roll-up row; one number stands for bucket and names, since grouping by four columns is slow."""
    code = np.unique(buckets, return_inverse=True)[1]
    for name in _NAMES:
        code = code * len(counted[name].cat.categories) + counted[name].cat.codes.to_numpy()
    _, first, group = np.unique(code, return_index=True, return_inverse=True)
    sums = counted.drop(columns=_NAMES).groupby(group).sum()
    keys = zip(buckets[first].astype("M8[us]"), *(counted[name].iloc[first] for name in _NAMES), strict=True)
    found: _Rows = {}
    for key, values in zip(keys, sums.to_dict("records"), strict=True):
        row: dict[str, Any] = {name: values[name] for name in _COUNTED}
        row |= {name: values[name] if values[f"{name}_known"] else None for name in _SUMS}
        found[key] = row | {"scores": {}}
    rows = list(found.values())
    scored = ~np.isnan(scores)
    pairs = np.stack([group[scored], scores[scored].astype("int64")], axis=1)
    for (number, step), times in zip(
        *(part.tolist() for part in np.unique(pairs, axis=0, return_counts=True)), strict=True
    ):
        rows[number]["scores"][str(step)] = times
    return found


def _key(bucket: pd.Timestamp, *names: str) -> tuple[Any, ...]:
    return (bucket.to_datetime64().astype("M8[us]"), *names)


def _add(session: Session, table: Any, rows: _Rows) -> None:
    """Write the rows anew, with what stood there already added."""
    target: sa.Table = table.__table__
    is_fine = table is QuarterRollup
    bucket = target.c.quarter if is_fine else target.c.day
    of_posts = sa.true() if is_fine else target.c.grain == Grain.POSTS
    for chunk in chunks(sorted({key[0] for key in rows})):
        where = sa.and_(bucket.in_([_asked(value, is_fine=is_fine) for value in chunk]), of_posts)
        for present in session.execute(sa.select(target).where(where)).mappings():
            key = _key(pd.Timestamp(present[bucket.name]).tz_localize(None), *(str(present[name]) for name in _NAMES))
            rows[key] = _sum(rows[key], dict(present)) if key in rows else dict(present)
        session.execute(sa.delete(target).where(where))
    rows = dict(sorted(rows.items(), key=lambda item: item[0]))
    names = {name: [key[at] for key in rows] for at, name in enumerate(_NAMES, start=1)}
    counts = {name: [row[name] for row in rows.values()] for name in (*_COUNTED, *_SUMS)}
    buckets = np.array([key[0] for key in rows], dtype="M8[us]")
    place: dict[str, Any] = {"quarter": buckets} if is_fine else {"day": buckets.astype("M8[D]")}
    if not is_fine:
        place["grain"] = [Grain.POSTS.value] * len(rows)
    bulk.insert(session, target, place | names | counts | {"scores": [json.dumps(r["scores"]) for r in rows.values()]})


def _asked(bucket: np.datetime64, *, is_fine: bool) -> datetime | date:
    moment: datetime = bucket.astype(object)
    return moment.replace(tzinfo=UTC) if is_fine else moment.date()


def _sum(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    """Two rows as one; a sum stays empty while nothing was counted."""
    known = {name: [row[name] for row in (left, right) if row[name] is not None] for name in (*_COUNTED, *_SUMS)}
    scores = Counter(left["scores"])
    scores.update(right["scores"])
    return {name: sum(values) if values else None for name, values in known.items()} | {"scores": dict(scores)}
