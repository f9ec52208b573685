"""Our own layouts for engagement: one row a post, or one row a platform and day."""

from __future__ import annotations

from data.enums import Audience, PostKind, SentimentLabel, Stream
from importers.formats.base import Column, Format
from importers.formats.readers import between, count, day, moment, platform, text, word

_COUNTS = ("impressions", "reach", "likes", "comments", "shares")

POSTS = Format(
    name="template_posts",
    title="the engagement template, posts",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("posted_at", moment, required=True),
        Column("platform", platform, required=True),
        Column("post_id", text),
        Column("source", text),
        Column("topic", text),
        Column("language", text),
        Column("kind", word(PostKind)),
        Column("audience", word(Audience)),
        Column("text", text),
        *(Column(name, count) for name in _COUNTS),
        Column("sentiment", between(-1, 1)),
        Column("sentiment_label", word(SentimentLabel)),
        Column("url", text),
    ),
)

DAILY = Format(
    name="template_daily",
    title="the engagement template, daily totals",
    stream=Stream.ENGAGEMENT,
    record="daily",
    columns=(
        Column("date", day, required=True),
        Column("platform", platform, required=True),
        Column("posts", count, required=True),
        Column("source", text),
        Column("topic", text),
        Column("kind", word(PostKind)),
        *(Column(name, count) for name in (*_COUNTS, "positive", "neutral", "negative")),
    ),
)
