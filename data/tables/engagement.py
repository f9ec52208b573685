"""Posts, daily totals, and the roll-ups that pages read instead of them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from data.enums import Audience, Grain, PostKind, ScoredBy
from data.tables.base import Base, Imported, enum_type

_COUNTS = ("impressions", "reach", "likes", "comments", "shares")


def _not_negative(*columns: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(f"{column} >= 0", name=f"{column}_range") for column in columns]


def _one_of(column: str, enum: type[StrEnum], name: str) -> sa.CheckConstraint:
    """Written with OR: for a list of three or more, SQLite makes a table of it for every row that is inserted."""
    return sa.CheckConstraint(" OR ".join(f"{column} = '{member.value}'" for member in enum), name=name)


def _filled(column: str, *beside: str) -> sa.Index:
    """An index that leaves out the rows in which the column is empty, with the columns that are read beside it."""
    filled = sa.text(f"{column} IS NOT NULL")
    return sa.Index(f"ix_post_{column}", column, *beside, sqlite_where=filled, postgresql_where=filled)


#: Posts that were met by their address before a tool told their native id.
_TAKEN_OVER = sa.text("external_id IS NOT NULL AND key LIKE '%:~%'")


class Post(Imported, table=True):
    """One owned post or mention.

    `key` (platform and external id) is the primary key, so that posts can be distributed by its hash. `quarter` is
    the start of the 15 minutes of `posted_at` in UTC; a post known only to the day has `posted_on` instead of both.
    `polarity` is −1, 0 or 1; empty while not scored.
    """

    __tablename__ = "post"
    __table_args__ = (
        sa.CheckConstraint("sentiment BETWEEN -1 AND 1", name="sentiment_range"),
        sa.CheckConstraint("polarity BETWEEN -1 AND 1", name="polarity_range"),
        sa.CheckConstraint("(posted_at IS NULL) <> (posted_on IS NULL)", name="one_time"),
        _one_of("audience", Audience, "post_audience"),
        _one_of("scored_by", ScoredBy, "scored_by"),
        *_not_negative(*_COUNTS),
        sa.Index(
            "ix_post_unscored",
            "key",
            sqlite_where=sa.text("polarity IS NULL"),
            postgresql_where=sa.text("polarity IS NULL"),
        ),
        *(_filled(name) for name in ("posted_on", "url")),
        _filled("quarter", "topic", "batch_id", "sheet", "row"),
        sa.Index("ix_post_taken_over", "external_id", sqlite_where=_TAKEN_OVER, postgresql_where=_TAKEN_OVER),
    )

    key: str = Field(primary_key=True)
    platform: str
    external_id: str | None = None
    posted_at: dt.datetime | None = None
    posted_on: dt.date | None = None
    quarter: dt.datetime | None = None
    source: str | None = None
    topic: str = ""
    language: str | None = None
    kind: PostKind = Field(default=PostKind.MENTION, sa_type=enum_type(PostKind, "post_kind"))
    audience: Audience | None = Field(default=None, sa_type=enum_type(Audience, "post_audience", checked=False))
    text: str | None = None
    url: str | None = None
    impressions: int | None = Field(default=None, sa_type=sa.BigInteger)
    reach: int | None = Field(default=None, sa_type=sa.BigInteger)
    likes: int | None = Field(default=None, sa_type=sa.BigInteger)
    comments: int | None = Field(default=None, sa_type=sa.BigInteger)
    shares: int | None = Field(default=None, sa_type=sa.BigInteger)
    sentiment: float | None = None
    polarity: int | None = None
    scored_by: ScoredBy | None = Field(default=None, sa_type=enum_type(ScoredBy, "scored_by", checked=False))


class PostLabel(Base, table=True):
    """What a person found a post to say, to measure the scorer against: −1, 0 or 1.

    It rests on the post's key alone, so that it meets the post again when an import is taken back and repeated; while
    the post is gone, it counts nowhere. It holds no text and nobody but who labelled.
    """

    __tablename__ = "post_label"
    __table_args__ = (sa.CheckConstraint("polarity BETWEEN -1 AND 1", name="polarity_range"),)

    post_key: str = Field(primary_key=True)
    polarity: int
    labelled_at: dt.datetime
    labelled_by: str


class DailyTotal(Imported, table=True):
    """The coarser export form: one platform's counts of one local day. `posts` is empty where nobody counted them."""

    __tablename__ = "daily_total"
    __table_args__ = (
        sa.UniqueConstraint("day", "platform", "kind", "topic", "source"),
        *_not_negative("posts", "positive", "neutral", "negative", *_COUNTS),
    )

    id: int | None = Field(default=None, primary_key=True)
    day: dt.date
    platform: str
    source: str = ""
    topic: str = ""
    kind: PostKind = Field(default=PostKind.MENTION, sa_type=enum_type(PostKind, "total_kind"))
    posts: int | None = None
    positive: int | None = None
    neutral: int | None = None
    negative: int | None = None
    impressions: int | None = Field(default=None, sa_type=sa.BigInteger)
    reach: int | None = Field(default=None, sa_type=sa.BigInteger)
    likes: int | None = Field(default=None, sa_type=sa.BigInteger)
    comments: int | None = Field(default=None, sa_type=sa.BigInteger)
    shares: int | None = Field(default=None, sa_type=sa.BigInteger)


class RollupCounts(Base):
    """What every roll-up row holds.

    `unscored` waits for the scorer, `unscorable` never will be (no text, or not English), `lexicon` is how many of the
    scored were scored by the lexicon. `scores` is the histogram of scores: twentieths of a point → number of posts.
    """

    platform: str = Field(primary_key=True)
    kind: PostKind = Field(primary_key=True, sa_type=enum_type(PostKind, "rollup_kind"))
    topic: str = Field(primary_key=True)
    positive: int
    neutral: int
    negative: int
    unscored: int
    unscorable: int
    lexicon: int
    impressions: int | None = Field(default=None, sa_type=sa.BigInteger)
    reach: int | None = Field(default=None, sa_type=sa.BigInteger)
    likes: int | None = Field(default=None, sa_type=sa.BigInteger)
    comments: int | None = Field(default=None, sa_type=sa.BigInteger)
    shares: int | None = Field(default=None, sa_type=sa.BigInteger)
    scores: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)


class QuarterRollup(RollupCounts, table=True):
    """Posts of 15 minutes in UTC: local midnight is not always on a UTC hour, but always on one of these."""

    __tablename__ = "quarter_rollup"

    quarter: dt.datetime = Field(primary_key=True, index=True)
    posts: int


class DayRollup(RollupCounts, table=True):
    """Posts known only to the day, and daily totals, by local day. `posts` is empty where no total counts them."""

    __tablename__ = "day_rollup"

    day: dt.date = Field(primary_key=True, index=True)
    posts: int | None = None
    grain: Grain = Field(primary_key=True, sa_type=enum_type(Grain, "grain"))
