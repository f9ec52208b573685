"""Keeping the roll-ups true: the buckets that an import touched are counted again, in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from data.commands import rows
from data.enums import Grain, ScoredBy
from data.tables import DailyTotal, DayRollup, Post, QuarterRollup

_NAMES = {"bucket", "platform", "kind", "topic"}
_SUMS = ("impressions", "reach", "likes", "comments", "shares")


def refresh_posts(session: Session, quarters: Iterable[datetime], days: Iterable[date]) -> None:
    """Count the posts of these quarters (UTC) and of these date-only days again."""
    for chunk in rows.chunks(sorted(set(quarters))):
        session.execute(sa.delete(QuarterRollup).where(col(QuarterRollup.quarter).in_(chunk)))
        counted = _count_posts(session, col(Post.quarter), chunk)
        _insert(session, QuarterRollup, [row | {"quarter": row.pop("bucket")} for row in counted])
    for day_chunk in rows.chunks(sorted(set(days))):
        _delete_days(session, day_chunk, Grain.POSTS)
        counted = _count_posts(session, col(Post.posted_on), day_chunk)
        _insert(session, DayRollup, [row | {"day": row.pop("bucket"), "grain": Grain.POSTS} for row in counted])


def refresh_totals(session: Session, days: Iterable[date]) -> None:
    """Add up the daily totals of these days again."""
    for chunk in rows.chunks(sorted(set(days))):
        _delete_days(session, chunk, Grain.DAILY_TOTAL)
        added = session.execute(_totals(chunk)).mappings()
        _insert(session, DayRollup, [dict(row) | {"grain": Grain.DAILY_TOTAL, "scores": {}} for row in added])


def _delete_days(session: Session, days: list[date], grain: Grain) -> None:
    session.execute(sa.delete(DayRollup).where(col(DayRollup.day).in_(days), col(DayRollup.grain) == grain))


def _insert(session: Session, table: type, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(sa.insert(table), rows)


def _count_posts(session: Session, bucket: Any, buckets: list[Any]) -> list[dict[str, Any]]:
    """One row per bucket, platform, kind and topic; the database groups by score, Python folds the histogram."""
    keys = (bucket, col(Post.platform), col(Post.kind), col(Post.topic))
    polarity = col(Post.polarity)
    scorable = sa.and_(col(Post.text).is_not(None), sa.func.coalesce(Post.language, "en") == "en")
    # PostgreSQL rounds the halves of a double to even, those of a numeric up, as SQLite does.
    exact = sa.func.round(sa.cast(col(Post.sentiment) * 20, sa.Numeric(asdecimal=False)), 6)
    step = sa.cast(sa.func.round(exact), sa.Integer)
    statement = (
        sa.select(
            bucket.label("bucket"), *keys[1:], step.label("step"),
            _count(sa.true()).label("posts"),
            _count(polarity == 1).label("positive"),
            _count(polarity == 0).label("neutral"),
            _count(polarity == -1).label("negative"),
            _count(sa.and_(polarity.is_(None), scorable)).label("unscored"),
            _count(sa.and_(polarity.is_(None), sa.not_(scorable))).label("unscorable"),
            _count(col(Post.scored_by) == ScoredBy.LEXICON).label("lexicon"),
            *(sa.func.sum(getattr(Post, name)).label(name) for name in _SUMS),
        )
        .where(bucket.in_(buckets))
        .group_by(*keys, step)
    )  # fmt: skip
    folded: dict[tuple[Any, ...], dict[str, Any]] = {}
    for found in session.execute(statement).mappings():
        row = dict(found)
        score = row.pop("step")
        name = (row["bucket"], row["platform"], row["kind"], row["topic"])
        total = folded.setdefault(name, {"scores": {}})
        for column, value in row.items():
            total[column] = value if column in _NAMES else _sum(total.get(column), value)
        if score is not None:
            total["scores"][str(score)] = row["posts"]
    return list(folded.values())


def _count(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _sum(left: Any, right: Any) -> int | None:
    """Sum that stays empty while nothing was counted, and int where PostgreSQL answers with a Decimal."""
    known = [int(value) for value in (left, right) if value is not None]
    return sum(known) if known else None


def _totals(days: list[date]) -> Any:
    total = DailyTotal
    scored = {name: sa.func.coalesce(getattr(total, name), 0) for name in ("positive", "neutral", "negative")}
    rest = col(total.posts) - scored["positive"] - scored["neutral"] - scored["negative"]
    return (
        sa.select(
            col(total.day), col(total.platform), col(total.kind), col(total.topic),
            sa.func.sum(total.posts).label("posts"),
            *(sa.func.sum(count).label(name) for name, count in scored.items()),
            sa.literal(0).label("unscored"),
            sa.func.sum(sa.case((rest > 0, rest), else_=0)).label("unscorable"),
            sa.literal(0).label("lexicon"),
            *(sa.func.sum(getattr(total, name)).label(name) for name in _SUMS),
        )
        .where(col(total.day).in_(days))
        .group_by(col(total.day), col(total.platform), col(total.kind), col(total.topic))
    )  # fmt: skip
