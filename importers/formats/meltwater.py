"""Meltwater mentions: one row a mention, UTF-16 and separated by tabs; the input's name is the topic.

The platform is told by the source or the address; every other source is news. Influencers are never stored.
"""

from __future__ import annotations

import pandas as pd

from data.enums import PostKind, Stream
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.combine import first_given, largest, without
from importers.formats.native import native_ids
from importers.formats.readers import address, count, known_platform, language, moment, name, sentiment_label, text

_TEXTS = ("text", "opening_text", "headline")
_COUNTS = {"likes": ("likes", "reactions"), "comments": ("comments", "replies"), "shares": ("shares", "retweets")}


def mentions(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Each mention with its platform, its native id, and the counts under the names that its platform has for them."""
    places = zip(rows["outlet"], first_given(rows, "url"), strict=True)
    where = [known_platform(outlet) or known_platform(url) or "News" for outlet, url in places]
    platform = pd.Series(where, index=rows.index, dtype=object)
    native = native_ids(rows, platform)
    told = rows.assign(
        platform=platform,
        text=first_given(rows, *_TEXTS),
        post_id=first_given(rows.assign(native=native), "native", "document"),
        kind=PostKind.MENTION.value,
        source="Meltwater",
        **{field: largest(rows, *fields) for field, fields in _COUNTS.items()},
    )
    return without(told, "outlet", "document", *_TEXTS[1:], "reactions", "replies", "retweets")


MELTWATER = Format(
    name="meltwater",
    title="Meltwater mentions",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("posted_at", moment, names=("Date",), required=True),
        Column("outlet", text, names=("Source",), required=True),
        Column("topic", name, names=("Input Name",)),
        Column("post_id", name, names=("Tweet Id",)),
        Column("document", name, names=("Document ID",)),
        Column("language", language, names=("Language",)),
        Column("text", text, names=("Hit Sentence",)),
        Column("opening_text", text, names=("Opening Text",)),
        Column("headline", text, names=("Headline",)),
        Column("url", address, names=("URL",)),
        Column("impressions", count, names=("Views",)),
        Column("reach", count, names=("Reach",)),
        Column("likes", count, names=("Likes",)),
        Column("reactions", count, names=("Reactions",)),
        Column("comments", count, names=("Comments",)),
        Column("replies", count, names=("Replies",)),
        Column("shares", count, names=("Shares",)),
        Column("retweets", count, names=("Retweets",)),
        Column("sentiment_label", sentiment_label, names=("Sentiment",)),
    ),
    telling=("Date", "Headline", "URL", "Hit Sentence", "Source", "Sentiment"),
    expand=mentions,
)
