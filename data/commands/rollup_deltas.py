"""Adding new posts to the roll-ups without counting again what is there: the cost is that of the new ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session

from data.commands import bulk
from data.enums import Grain, ScoredBy
from data.tables import DayRollup, QuarterRollup

_NAMES = ["platform", "kind", "topic"]
_SUMS = ("impressions", "reach", "likes", "comments", "shares")
_COUNTED = ("posts", "positive", "neutral", "negative", "unscored", "unscorable", "lexicon")

#: What a score may be, in twentieths of a point.
_STEPS = [str(step) for step in range(-20, 21)]

#: Bucket (in microseconds since 1970), platform, kind and topic → the counts of one roll-up row.
_Rows = dict[tuple[Any, ...], dict[str, Any]]


def add_posts(session: Session, posts: Mapping[str, Any]) -> None:
    """Add posts that were just inserted, given by column as `bulk.insert` takes them."""
    counted = _counted(posts)
    steps = _steps(posts)
    in_quarters = ~np.isnat(posts["quarter"])
    for table, column, mask in ((QuarterRollup, "quarter", in_quarters), (DayRollup, "posted_on", ~in_quarters)):
        if mask.any():
            _add(session, table, _grouped(posts, counted, steps, posts[column], np.flatnonzero(mask)))


def _counted(posts: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """What each post adds to each count, and whether it tells a sum at all (`…_known`)."""
    polarity = np.array(posts["polarity"], dtype="float64")
    english = np.array([language is None or language == "en" for language in posts["language"]], dtype=bool)
    scorable = english & np.array([text is not None for text in posts["text"]], dtype=bool)
    waiting = np.isnan(polarity)
    found = {
        "posts": np.ones(len(polarity), dtype=bool),
        "positive": polarity == 1, "neutral": polarity == 0, "negative": polarity == -1,
        "unscored": waiting & scorable, "unscorable": waiting & ~scorable,
        "lexicon": np.array(posts["scored_by"], dtype=object) == ScoredBy.LEXICON.value,
    }  # fmt: skip
    for name in _SUMS:
        values = np.array(posts[name], dtype="float64")  # exact: an import takes no count above 2⁵³
        found[f"{name}_known"] = ~np.isnan(values)
        found[name] = np.nan_to_num(values)
    return {name: values.astype("int64") for name, values in found.items()}


def _steps(posts: Mapping[str, Any]) -> np.ndarray:
    """Scores in twentieths of a point, halves away from zero; NaN without a score."""
    exact = np.round(np.array(posts["sentiment"], dtype="float64") * 20, 6)
    return np.sign(exact) * np.floor(np.abs(exact) + 0.5)


def _grouped(
    posts: Mapping[str, Any],
    counted: Mapping[str, np.ndarray],
    steps: np.ndarray,
    buckets: np.ndarray,
    places: np.ndarray,
) -> _Rows:
    """The counts of each roll-up row, of the posts at these places.

    One number stands for bucket and names, and the posts are brought into its order, so that each row is a run of them.
    """
    code = pd.factorize(buckets[places])[0]
    for name in _NAMES:
        codes, known = pd.factorize(np.array(posts[name], dtype=object))
        code = code * len(known) + codes[places]
    order = np.argsort(code, kind="stable")
    begins = np.diff(code[order], prepend=-1) != 0
    starts, taken = np.flatnonzero(begins), places[order]
    first = taken[starts]
    names = ([posts[name][at] for at in first.tolist()] for name in _NAMES)
    sums = {name: np.add.reduceat(values[taken], starts).tolist() for name, values in counted.items()}
    rows = [dict(zip(sums, values, strict=True)) for values in zip(*sums.values(), strict=True)]
    told = [
        {name: row[name] for name in _COUNTED}
        | {name: row[name] if row[f"{name}_known"] else None for name in _SUMS}
        | {"scores": scores}
        for row, scores in zip(rows, _histograms(np.cumsum(begins) - 1, steps[taken], len(rows)), strict=True)
    ]
    return dict(zip(zip(_microseconds(buckets[first]), *names, strict=True), told, strict=True))


def _microseconds(buckets: np.ndarray) -> list[int]:
    found: list[int] = buckets.astype("M8[us]").astype("int64").tolist()
    return found


def _histograms(group: np.ndarray, steps: np.ndarray, groups: int) -> list[dict[str, int]]:
    """How often each step occurs, by group."""
    found: list[dict[str, int]] = [{} for _ in range(groups)]
    scored = ~np.isnan(steps)
    pairs, times = np.unique(group[scored] * len(_STEPS) + steps[scored].astype("int64") + 20, return_counts=True)
    numbers, places = np.divmod(pairs, len(_STEPS))
    for number, place, n in zip(numbers.tolist(), places.tolist(), times.tolist(), strict=True):
        found[number][_STEPS[place]] = n
    return found


def _add(session: Session, table: Any, rows: _Rows) -> None:
    """Write the rows anew, with what stood there already added."""
    target: sa.Table = table.__table__
    is_fine = table is QuarterRollup
    bucket = target.c.quarter if is_fine else target.c.day
    of_posts = sa.true() if is_fine else target.c.grain == Grain.POSTS
    asked = np.array(sorted({key[0] for key in rows}), dtype="M8[us]")
    for among in bulk.among(session, bucket, asked if is_fine else asked.astype("M8[D]")):
        where = sa.and_(among, of_posts)
        for present in session.execute(sa.select(target).where(where)).mappings():
            moment = pd.Timestamp(present[bucket.name]).tz_localize(None).to_datetime64()
            key = (*_microseconds(moment.reshape(1)), *(str(present[name]) for name in _NAMES))
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


def _sum(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    """Two rows as one; a sum stays empty while nothing was counted."""
    known = {name: [row[name] for row in (left, right) if row[name] is not None] for name in (*_COUNTED, *_SUMS)}
    scores = Counter(left["scores"])
    scores.update(right["scores"])
    return {name: sum(values) if values else None for name, values in known.items()} | {"scores": dict(scores)}
