"""X analytics, older export: one row per own tweet, counts written as 1938.0, `-` where nothing was promoted."""

from __future__ import annotations

import pandas as pd

from data.enums import PostKind, Stream
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.readers import address, count, moment, name, text


def own_tweets(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The export holds nothing but the company's own tweets."""
    return rows.assign(platform="X", kind=PostKind.OWNED.value, source="X analytics")


X_BY_TWEET = Format(
    name="x_by_tweet",
    title="X analytics by tweet",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("post_id", name, names=("Tweet id",), required=True),
        Column("posted_at", moment, names=("time",), required=True),
        Column("text", text, names=("Tweet text",)),
        Column("url", address, names=("Tweet permalink",)),
        Column("impressions", count),
        Column("likes", count, names=("likes", "favorites")),
        Column("comments", count, names=("replies",)),
        Column("shares", count, names=("retweets",)),
    ),
    telling=("Tweet id", "Tweet permalink", "Tweet text", "time", "impressions"),
    expand=own_tweets,
)
