"""Our own layouts for engagement: one row a post, or one row a platform and day."""

from __future__ import annotations

from data.enums import Audience, PostKind, SentimentLabel, Stream
from importers.formats.base import Column, Format
from importers.formats.readers import address, between, count, day, few, language, moment, name, platform, text, word
from importers.formats.rules import parts

_COUNTS = ("impressions", "reach", "likes", "comments", "shares")
_POLARITIES = ("positive", "neutral", "negative")

POSTS = Format(
    name="template_posts",
    title="the engagement template, posts",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("posted_at", moment, required=True),
        Column("platform", platform, required=True),
        Column("post_id", name),
        Column("source", name),
        Column("topic", name),
        Column("language", language),
        Column("kind", word(PostKind)),
        Column("audience", word(Audience)),
        Column("text", text),
        *(Column(field, count) for field in _COUNTS),
        Column("sentiment", between(-1, 1)),
        Column("sentiment_label", word(SentimentLabel)),
        Column("url", address),
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
        Column("posts", few, required=True),
        Column("source", name),
        Column("topic", name),
        Column("kind", word(PostKind)),
        *(Column(field, count) for field in _COUNTS),
        *(Column(field, few) for field in _POLARITIES),
    ),
    rules=(parts("posts", *_POLARITIES),),
)
