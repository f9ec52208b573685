"""Single posts of a stretch of days: counted by audience or source, their words, and those that drew most reactions.

These read posts, not roll-ups, which know neither; so pages ask for them only when somebody wants to see them.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from data.access import Viewer, sees_authors
from data.authors import bare, without_authors
from data.enums import PostKind, ScoredBy
from data.queries.frames import DAY, UTC_TIME, frame
from data.queries.labels import Within, inside
from data.tables import Post
from data.terms import terms

#: What posts are counted by.
BY = ("audience", "source")
#: Posts whose words are read of one stretch of days; of more, every so many-th.
READ = 10_000
#: Posts with a word in them, of whatever length, that are looked through for it as a word of its own.
_LOOKED_AT = 200
_COUNTS = ("posts", "positive", "neutral", "negative", "lexicon", "unscored", "reactions")
_TOP = {
    "key": "text", "platform": "text", "posted_at": UTC_TIME, "posted_on": DAY, "audience": "text", "source": "text",
    "text": "text", "url": "text", "likes": "float64", "comments": "float64", "shares": "float64",
    "polarity": "float64", "scored_by": "text",
}  # fmt: skip


def counted(session: Session, within: Within, column: str) -> pd.DataFrame:
    """Posts by audience or source, and by kind.

    Returns
    -------
    DataFrame
        group (None where a post names none), kind, posts, positive, neutral, negative, lexicon (scored by it), unscored
        (by nothing), reactions (likes, comments and shares; NaN where no post counts any).
    """
    if column not in BY:
        raise ValueError(f"posts are not counted by {column}")
    by, polarity = getattr(Post, column), col(Post.polarity)
    numbers = (
        *(_number(polarity == value) for value in (1, 0, -1)),
        _number(col(Post.scored_by) == ScoredBy.LEXICON),
        _number(polarity.is_(None)),
        sa.func.sum(_reactions()),
    )
    statement = sa.select(by, col(Post.kind), sa.func.count(), *numbers).where(*inside(within)).group_by(by, Post.kind)
    return frame(session, statement, {"group": "text", "kind": "text"} | dict.fromkeys(_COUNTS, "float64"))


def top(
    session: Session,
    viewer: Viewer,
    within: Within,
    kind: str,
    *,
    most: int = 10,
    word: str | None = None,
    authors: bool = True,
) -> pd.DataFrame:
    """The posts of one kind that drew most reactions, most first; with `word`, those that say it.

    Of mentions, who may not see authors (`data.access.sees_authors`), or sees them not for the moment (`authors`), gets
    neither an address nor a handle in a text.

    Returns
    -------
    DataFrame
        key, platform, posted_at (UTC) or posted_on, audience, source, text, url, likes, comments, shares, polarity,
        scored_by, reactions; posts that count no reactions are left out.
    """
    columns = [getattr(Post, name) for name in _TOP]
    chosen = [*inside(within), col(Post.kind) == PostKind(kind)]
    if word is not None:
        chosen.append(col(Post.text).icontains(word, autoescape=True))
    else:
        chosen.append(_reactions().is_not(None))
    ranked = sa.select(*columns).where(*chosen).order_by(_reactions().desc().nulls_last(), col(Post.key))
    found = frame(session, ranked.limit(most if word is None else _LOOKED_AT), _TOP)
    if word is not None:
        says = found["text"].map(lambda text: word in terms(text)).astype(bool)
        found = found[says].head(most).reset_index(drop=True)
    found["reactions"] = found[["likes", "comments", "shares"]].sum(axis=1, min_count=1)
    if kind == PostKind.MENTION and not (authors and sees_authors(viewer)):
        found["url"] = None
        found["text"] = [None if text is None else without_authors(text) for text in found["text"]]
    return found


def words(session: Session, within: Within, kind: str) -> tuple[dict[str, int], int]:
    """How many posts say each word, and how many posts with a text were read: all, or evenly chosen ones of many."""
    chosen = (*inside(within), col(Post.kind) == PostKind(kind), col(Post.text).is_not(None))
    count = session.execute(sa.select(sa.func.count()).where(*chosen)).scalar_one()
    statement: Any = sa.select(col(Post.text)).where(*chosen)
    if (step := -(-count // READ)) > 1:
        place = sa.func.row_number().over(order_by=[col(Post.quarter), col(Post.key)]).label("place")
        numbered = sa.select(col(Post.text).label("text"), place).where(*chosen).subquery()
        statement = sa.select(numbered.c.text).where(numbered.c.place % step == 0)
    said: Counter[str] = Counter()
    read = 0
    for text in session.execute(statement).scalars():
        said.update(terms(bare(text)))
        read += 1
    return dict(said), read


def _number(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _reactions() -> Any:
    """Likes, comments and shares; NULL where a post counts none of them."""
    counts = (Post.likes, Post.comments, Post.shares)
    total = sum((sa.func.coalesce(one, 0) for one in counts), sa.literal(0))
    return sa.case((sa.func.coalesce(*counts).is_(None), None), else_=total)
