"""Storing what the scorer found, and what it must leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.commands.rollups import refresh_posts
from data.enums import ScoredBy
from data.tables import Post

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Scored:
    """A post's language, and its score and polarity unless it is in a language that is not scored."""

    key: str
    language: str | None
    sentiment: float | None
    polarity: int | None


def unscored(session: Session, after: str, limit: int) -> list[tuple[str, str, str | None]]:
    """The next posts that wait for the scorer, in order of key: key, text, language."""
    waiting = (col(Post.polarity).is_(None), col(Post.text).is_not(None), sa.func.coalesce(Post.language, "en") == "en")
    statement = select(Post.key, Post.text, Post.language).where(*waiting, col(Post.key) > after)
    return [tuple(row) for row in session.execute(statement.order_by(Post.key).limit(limit))]


def store_scores(session: Session, scored: Sequence[Scored]) -> None:
    """Write scores and languages, and count the buckets they lie in again.

    What an export scored meanwhile stays: its score wins over the lexicon's.
    """
    if not scored:
        return
    table = Post.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    session.connection().execute(
        sa.update(table)
        .where(table.c.key == sa.bindparam("of_key"), table.c.polarity.is_(None))
        .values(
            language=sa.bindparam("to_language"),
            sentiment=sa.bindparam("to_sentiment"),
            polarity=sa.bindparam("to_polarity"),
            scored_by=sa.bindparam("to_scored_by"),
        ),
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
    keys = [post.key for post in scored]
    places = [
        tuple(place)
        for start in range(0, len(keys), _CHUNK)
        for place in session.execute(
            select(Post.quarter, Post.posted_on).where(col(Post.key).in_(keys[start : start + _CHUNK]))
        )
    ]
    refresh_posts(session, {quarter for quarter, _ in places} - {None}, {day for _, day in places} - {None})
