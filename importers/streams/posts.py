"""Posts, by columns: most of a file is new and goes in at once; what speaks of a known post goes row by row."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlmodel import Session

from data.commands import bulk, rollup_deltas, rollups
from data.commands.records import Origin, Record, Stored
from data.enums import PostKind, ScoredBy, SentimentLabel
from data.keys import folded, of_address, of_content
from data.tables import Post
from importers.context import Context
from importers.streams import identity
from importers.streams.addresses import by_address, taken_over
from importers.streams.base import Outcome, keep, plain
from importers.streams.engagement import THRESHOLD
from importers.streams.told import Told

_TEXTS = ("platform", "source", "topic", "language", "kind", "audience", "text", "url")
_COUNTS = ("impressions", "reach", "likes", "comments", "shares")
_POLARITY = {SentimentLabel.POSITIVE.value: 1, SentimentLabel.NEUTRAL.value: 0, SentimentLabel.NEGATIVE.value: -1}
#: What a new post is that says nothing of these.
_DEFAULTS = {"topic": "", "kind": PostKind.MENTION.value}
_TABLE = Post.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation

#: Values by column of the table, in order of the rows; moments and days as numpy arrays, NaT where there is none.
Columns = dict[str, Any]


def store_posts(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One post a row, met by platform and native id, else by canonical address, else by its content.

    The same post told by two tools is one, though only one of them knows its id: their addresses agree. Two ids are two
    posts, though their addresses agree.
    """
    outcome = Outcome()
    if rows.empty:
        return outcome
    posts = _columns(rows)
    keys, known = _keys(session, posts, context.told or Told())
    met = known | {key for key, times in Counter(keys).items() if times > 1}
    new = np.array([key not in met for key in keys], dtype=bool)
    numbers = rows.index.to_numpy()
    if new.any():
        _insert(session, posts | {"key": keys, "row": numbers.tolist()}, new, origin)
        outcome.count_new(numbers[new])
    if not new.all():
        stored = keep(session, Post, _records(posts, keys, numbers, np.flatnonzero(~new)), origin, outcome)
        versions = _versions(stored)
        rollups.refresh_posts(
            session, {v["quarter"] for v in versions} - {None}, {v["posted_on"] for v in versions} - {None}
        )
    return outcome


def _columns(rows: pd.DataFrame) -> Columns:
    """Typed rows by column: addresses canonical, native ids taken from them, polarities told."""
    blank = [None] * len(rows)
    found: Columns = {name: plain(rows[name]) if name in rows else blank for name in (*_TEXTS, *_COUNTS)}
    ids = plain(rows["post_id"]) if "post_id" in rows else blank
    if "url" in rows:
        read = {url: identity.canonical(url) for url in set(found["url"]) - {None}}
        ids = [known or read.get(url, (None, None))[1] for known, url in zip(ids, found["url"], strict=True)]
        found["url"] = [None if url is None else read[url][0] for url in found["url"]]
    at = rows["posted_at"].dt.tz_convert(None).to_numpy("datetime64[us]")
    on = rows["posted_on"].to_numpy("datetime64[D]") if "posted_on" in rows else np.full(len(rows), "NaT", "M8[D]")
    at = np.where(np.isnat(on), at, np.datetime64("NaT", "us"))
    quarter = (at.astype("M8[m]").astype("int64") // 15 * 15).astype("M8[m]").astype("M8[us]")
    times = {"posted_at": at, "posted_on": on, "quarter": np.where(np.isnat(at), at, quarter)}
    return found | {"external_id": ids} | times | _scoring(rows)


def _scoring(rows: pd.DataFrame) -> Columns:
    """Polarity of each post and where it comes from: a label in the export wins over a score."""
    blank = [None] * len(rows)
    scores = plain(rows["sentiment"]) if "sentiment" in rows else blank
    labels = plain(rows["sentiment_label"]) if "sentiment_label" in rows else blank
    numbers = np.array(scores, dtype="float64")
    signs = ((numbers >= THRESHOLD).astype(int) - (numbers <= -THRESHOLD)).tolist()
    by_label, by_score = ScoredBy.EXPORT_LABEL.value, ScoredBy.EXPORT_SCORE.value
    polarity = [
        _POLARITY[label] if label is not None else None if score is None else sign
        for label, score, sign in zip(labels, scores, signs, strict=True)
    ]
    scored_by = [
        by_label if label is not None else None if score is None else by_score
        for label, score in zip(labels, scores, strict=True)
    ]
    return {"sentiment": scores, "polarity": polarity, "scored_by": scored_by}


def _keys(session: Session, posts: Columns, told: Told) -> tuple[list[str], set[str]]:
    """A key a row, and those of them under which a post is stored already."""
    names = {platform: folded(platform) for platform in set(posts["platform"])}
    platforms = [names[platform] for platform in posts["platform"]]
    own = [
        f"{platform}:{native}" if native else None
        for platform, native in zip(platforms, posts["external_id"], strict=True)
    ]
    keys = _without_id(posts, platforms, own, told)
    known = {key for (key,) in bulk.holding(session, _TABLE.c.key, list(dict.fromkeys(keys)))}
    if any(url is not None for url in posts["url"]):
        keys = by_address(session, _TABLE, posts["url"], platforms, own, keys, known)
    return taken_over(session, _TABLE, posts["external_id"], own, keys, known), known


def _without_id(posts: Columns, platforms: list[str], keys: list[str | None], told: Told) -> list[str]:
    contents: dict[int, str] = {}

    def key(at: int) -> str:
        if posts["url"][at] is not None:
            return of_address(platforms[at], posts["url"][at])
        contents[at] = of_content(platforms[at], _when(posts, at), posts["source"][at], posts["text"][at])
        return contents[at]

    found = [known or key(at) for at, known in enumerate(keys)]
    for at, ordinal in zip(contents, told.ordinals(list(contents.values())), strict=True):
        found[at] = f"{contents[at]}-{ordinal}"
    return found


def _insert(session: Session, posts: Columns, chosen: np.ndarray, origin: Origin) -> None:
    """Insert new posts at once, and add them to the roll-ups."""
    places = np.flatnonzero(chosen).tolist()
    whole = len(places) == len(chosen)
    taken: dict[str, Any] = {
        name: values if whole else values[chosen] if isinstance(values, np.ndarray) else [values[at] for at in places]
        for name, values in posts.items()
    }
    for name, default in _DEFAULTS.items():
        taken[name] = [default if value is None else value for value in taken[name]]
    said: dict[str, Any] = {"batch_id": [origin.batch_id] * len(places), "sheet": [origin.sheet] * len(places)}
    bulk.insert(session, _TABLE, said | taken)
    rollup_deltas.add_posts(session, taken)


def _records(posts: Columns, keys: list[str], numbers: np.ndarray, places: np.ndarray) -> list[Record]:
    """The rows at these places as records: what each carries, by column."""
    records = []
    for at in places.tolist():
        on, posted_at = posts["posted_on"][at], posts["posted_at"][at]
        values = {name: posts[name][at] for name in (*_TEXTS, *_COUNTS, "external_id", "sentiment")}
        if np.isnat(on):
            values |= {"posted_at": _moment(posted_at), "quarter": _moment(posts["quarter"][at])}
        else:
            values["posted_on"] = _day(on)
        values |= {name: posts[name][at] for name in ("polarity", "scored_by")}
        records.append(Record(keys[at], int(numbers[at]), values))
    return records


def _moment(value: np.datetime64) -> datetime:
    return value.astype("M8[us]").astype(object).replace(tzinfo=UTC)


def _day(value: np.datetime64) -> date:
    return value.astype("M8[D]").astype(object)


def _when(posts: Columns, at: int) -> str:
    on = posts["posted_on"][at]
    return _moment(posts["posted_at"][at]).isoformat() if np.isnat(on) else _day(on).isoformat()


def _versions(stored: Stored) -> list[dict[str, Any]]:
    return [{"quarter": None, "posted_on": None} | v for pair in stored.changes.values() for v in pair if v is not None]
