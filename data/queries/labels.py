"""Drawing a sample of lexicon-scored posts to be read by people, and what people found them to say.

Only English mentions that the lexicon scored are drawn. The order is that of a hash of each post's key, so the sample
is random, the same every time, and keeps what was labelled when more posts come in or more are asked for.
"""

from __future__ import annotations

import hashlib
import heapq
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer, streams, visible_crises
from data.enums import PostKind, ScoredBy, Stream
from data.keys import folded
from data.queries.frames import day_start, frame
from data.settings import load
from data.tables import Crisis, Post, PostLabel

SIZE = 100
SEED = 20_260
_AT_A_TIME = 10_000
_LABELS = {"key": "object", "machine": "int64", "human": "int64"}


@dataclass(frozen=True, slots=True)
class Within:
    """The posts of local days of a zone, both included, up to a moment; of some topics, or of all."""

    zone: str
    first: date
    last: date
    as_of: datetime
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample: the keys to read, in order, of how many posts that the lexicon scored, and how many it calls negative."""

    keys: tuple[str, ...]
    scored: int
    negative: int


def of_crisis(session: Session, viewer: Viewer, code: str, first: date, last: date, as_of: datetime) -> Within | None:
    """Days of a crisis, in its zone and with its topics; None where the viewer may see no such crisis."""
    visible = session.exec(select(Crisis).where(visible_crises(viewer))).all()
    found = next((crisis for crisis in visible if folded(crisis.code) == folded(code)), None)
    if found is None:
        return None
    zone = found.timezone or load(session)["company.timezone"]
    return Within(zone, first, last, as_of, tuple(found.topics or ()))


def draw(session: Session, viewer: Viewer, within: Within | None = None, *, size: int = SIZE, seed: int = SEED) -> Draw:
    """A random sample of the lexicon's posts, labelled or not; a larger one begins with the smaller.

    A viewer who may not import engagement has no post to read.
    """
    if Stream.ENGAGEMENT not in streams(viewer):
        return Draw((), 0, 0)
    scored = negative = 0
    least: list[tuple[bytes, str]] = []
    statement = sa.select(col(Post.key), col(Post.polarity)).where(*_eligible(within))
    found = session.connection().execution_options(yield_per=_AT_A_TIME).execute(statement)
    for rows in found.partitions():
        scored += len(rows)
        negative += sum(polarity == -1 for _, polarity in rows)
        least = heapq.nsmallest(size, [*least, *((_place(key, seed), key) for key, _ in rows)])
    return Draw(tuple(key for _, key in least), scored, negative)


def labelled(session: Session, within: Within | None = None) -> pd.DataFrame:
    """What people and the lexicon found, of posts that have both.

    Returns
    -------
    DataFrame
        key, machine, human (each −1, 0 or 1), in order of key.
    """
    same = sa.and_(col(Post.key) == col(PostLabel.post_key), *_eligible(within))
    columns = (col(PostLabel.post_key), col(Post.polarity), col(PostLabel.polarity))
    # From the few labels to their posts: an inner join would let the database begin with the posts.
    statement = sa.select(*columns).select_from(PostLabel).join(Post, same, isouter=True).order_by(columns[0])
    found = frame(session, statement, dict.fromkeys(_LABELS, "object"))
    return found[found["machine"].notna()].reset_index(drop=True).astype(_LABELS)


def counts(session: Session, within: Within | None = None) -> tuple[int, int]:
    """How many posts the lexicon calls negative, and how many it scored."""
    is_negative = sa.func.sum(sa.case((col(Post.polarity) == -1, 1), else_=0))
    found = session.execute(sa.select(is_negative, sa.func.count()).where(*_eligible(within))).one()
    return int(found[0] or 0), int(found[1])


def post(session: Session, viewer: Viewer, key: str) -> dict[str, Any] | None:
    """One post to be read: text, platform, posted_at or posted_on, and the lexicon's polarity and sentiment.

    None where it is gone, the lexicon's score is, or the viewer may not import engagement. Never who wrote it.
    """
    if Stream.ENGAGEMENT not in streams(viewer):
        return None
    names = ("key", "text", "platform", "posted_at", "posted_on", "polarity", "sentiment")
    statement = sa.select(*(getattr(Post, name) for name in names)).where(col(Post.key) == key, *_eligible(None))
    row = session.execute(statement).mappings().first()
    return None if row is None else dict(row)


def _place(key: str, seed: int) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=8, key=seed.to_bytes(8, "big")).digest()


def _eligible(within: Within | None) -> list[sa.ColumnElement[bool]]:
    """Mentions in English that the lexicon scored, of all days or of some."""
    scored = [
        col(Post.scored_by) == ScoredBy.LEXICON, col(Post.language) == "en", col(Post.kind) == PostKind.MENTION,
    ]  # fmt: skip
    return scored if within is None else [*scored, *inside(within)]


def inside(within: Within) -> list[sa.ColumnElement[bool]]:
    """That a post lies in these days, and is of these topics."""
    end = min(day_start(within.last + timedelta(days=1), within.zone), within.as_of)
    moments = sa.and_(col(Post.quarter) >= day_start(within.first, within.zone), col(Post.quarter) < end)
    days = sa.and_(col(Post.posted_on) >= within.first, col(Post.posted_on) <= within.last)
    topics = [col(Post.topic).in_(within.topics)] if within.topics else []
    return [sa.or_(moments, days), *topics]
