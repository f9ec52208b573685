"""Storing what the scorer found, and what it must leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, select

from data.commands import rows
from data.enums import Grain, ScoredBy
from data.tables import Base, DayRollup, QuarterRollup

_POST, _QUARTERS, _DAYS = (Base.metadata.tables[name] for name in ("post", "quarter_rollup", "day_rollup"))
#: Scores are kept in the roll-ups by the twentieth of a point.
_STEPS = 20
_SIGNS = {1: "positive", 0: "neutral", -1: "negative"}
_MOVED = ("positive", "neutral", "negative", "unscored", "unscorable", "lexicon")
#: Bucket, platform, kind and topic: what names a row of a roll-up.
_Name = tuple[Any, str, Any, str]


class Waiting(NamedTuple):
    """A post that waits for the scorer."""

    key: str
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Scored:
    """A post's language, and its score and polarity unless it is in a language that is not scored.

    `text` is what was scored, where the post may hold another text by now.
    """

    key: str
    language: str | None
    sentiment: float | None
    polarity: int | None
    text: str | None = None


def waiting(session: Session) -> int:
    """How many posts wait for the scorer, as the roll-ups count them."""
    quarters = select(sa.func.coalesce(sa.func.sum(QuarterRollup.unscored), 0))
    days = select(sa.func.coalesce(sa.func.sum(DayRollup.unscored), 0)).where(DayRollup.grain == Grain.POSTS)
    return int(session.exec(quarters).one()) + int(session.exec(days).one())


def unscored(session: Session, after: str, limit: int) -> list[Waiting]:
    """The next posts that wait for the scorer, in order of key."""
    p = _POST.c
    statement = sa.select(p.key, p.text, p.language).where(*_still_waiting(p), p.key > after)
    return [Waiting(*row) for row in session.connection().execute(statement.order_by(p.key).limit(limit))]


def store_scores(session: Session, scored: Sequence[Scored]) -> int:
    """Write scores and languages, move the posts within the roll-ups, and return how many got a score.

    What changed meanwhile stays: an export's score wins over the lexicon's, and another text waits for its own. The
    roll-ups are moved by what changed instead of counted again, so a chunk costs the same however many posts share
    its buckets, or lie about them.
    """
    moves: dict[_Name, Counter[str]] = {}
    fresh: list[Scored] = []
    present = _present(session, [post.key for post in scored])
    for post in scored:
        text, name = present.get(post.key, (None, None))
        if name is None or (post.text is not None and text != post.text):
            continue
        fresh.append(post)
        moved = moves.setdefault(name, Counter())
        for what, by in _move(post):
            moved[what] += by
    _write(session, fresh)
    _move_rollups(session, moves)
    return sum(post.polarity is not None for post in fresh)


def _still_waiting(post: Any) -> tuple[Any, ...]:
    """For the columns of the post table: the conditions of waiting."""
    return post.polarity.is_(None), post.text.is_not(None), sa.func.coalesce(post.language, "en") == "en"


def _present(session: Session, keys: list[str]) -> dict[str, tuple[str, _Name]]:
    """Those of these posts that still wait: key → text, and where the roll-ups count it."""
    p = _POST.c
    found: dict[str, tuple[str, _Name]] = {}
    columns = (p.key, p.text, p.quarter, p.posted_on, p.platform, p.kind, p.topic)
    for chunk in rows.chunks(keys):
        statement = sa.select(*columns).where(p.key.in_(chunk), *_still_waiting(p))
        for key, text, quarter, day, *rest in session.connection().execute(statement):
            found[key] = (text, (quarter or day, *rest))
    return found


def _move(post: Scored) -> tuple[tuple[str, int], ...]:
    """By how much each count of the post's bucket changes, its histogram's included."""
    if post.polarity is None or post.sentiment is None:
        return () if post.language in {None, "en"} else (("unscored", -1), ("unscorable", 1))
    return ("unscored", -1), ("lexicon", 1), (_SIGNS[post.polarity], 1), (_step(post.sentiment), 1)


def _step(score: float) -> str:
    """The nearest twentieth, halves away from zero, as the roll-ups count."""
    exact = round(score * _STEPS, 6)
    return str(int(abs(exact) + 0.5) * (1 if exact >= 0 else -1))


def _write(session: Session, scored: list[Scored]) -> None:
    if not scored:
        return
    names = ("language", "sentiment", "polarity", "scored_by")
    session.connection().execute(
        sa.update(_POST)
        .where(_POST.c.key == sa.bindparam("of_key"))
        .values({name: sa.bindparam(f"to_{name}") for name in names}),
        [
            {
                "of_key": post.key,
                "to_language": post.language,
                "to_sentiment": post.sentiment,
                "to_polarity": post.polarity,
                "to_scored_by": None if post.polarity is None else ScoredBy.LEXICON,
            }
            for post in scored
        ],
    )


def _move_rollups(session: Session, moves: Mapping[_Name, Counter[str]]) -> None:
    """Add what moved to the rows of both roll-ups; a bucket is a moment in one and a day in the other."""
    for rollup, bucket, kind in ((_QUARTERS, "quarter", datetime), (_DAYS, "day", date)):
        where = [rollup.c.grain == Grain.POSTS] if rollup is _DAYS else []
        mine = [name for name in moves if type(name[0]) is kind]
        changes = []
        for found in _rows(session, rollup, rollup.c[bucket], where, {name[0] for name in mine}):
            name = (found[bucket], found["platform"], found["kind"], found["topic"])
            if name in moves:
                changes.append(_changed(name, found, moves[name]))
        if changes:
            keys = {"bucket": rollup.c[bucket], **{key: rollup.c[key] for key in ("platform", "kind", "topic")}}
            same = [column == sa.bindparam(f"of_{key}") for key, column in keys.items()]
            to: dict[str, Any] = {name: sa.bindparam(f"to_{name}") for name in (*_MOVED, "scores")}
            session.connection().execute(sa.update(rollup).where(*same, *where).values(to), changes)


def _rows(
    session: Session, rollup: sa.Table, bucket: sa.Column[Any], where: list[Any], buckets: set[Any]
) -> list[sa.RowMapping]:
    columns = [rollup.c[name] for name in (bucket.name, "platform", "kind", "topic", *_MOVED, "scores")]
    return [
        row
        for chunk in rows.chunks(sorted(buckets))
        for row in session.connection().execute(sa.select(*columns).where(bucket.in_(chunk), *where)).mappings()
    ]


def _changed(name: _Name, found: sa.RowMapping, moved: Counter[str]) -> dict[str, Any]:
    scores = {step: int(count) for step, count in found["scores"].items()}
    scores |= {step: scores.get(step, 0) + by for step, by in moved.items() if step not in _MOVED}
    keys = dict(zip(("of_bucket", "of_platform", "of_kind", "of_topic"), name, strict=True))
    return keys | {f"to_{column}": found[column] + moved[column] for column in _MOVED} | {"to_scores": scores}
