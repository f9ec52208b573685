"""Meta Business Suite, Facebook posts: one row a post with the counts of its whole life, which a later file overwrites.

Views, which took the place of impressions, are kept as impressions.
"""

from __future__ import annotations

import pandas as pd

from data.enums import Stream
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.combine import first_given, without
from importers.formats.meta import whole_life
from importers.formats.owned import own_posts
from importers.formats.readers import address, count, moment, name, text


def own_facebook_posts(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Own posts; the text is the description, or the title where there is none."""
    said = rows.assign(text=first_given(rows, "text", "title"))
    return without(own_posts("Meta Business Suite", "Facebook")(said, context), "title", "counted")


FACEBOOK_POSTS = Format(
    name="facebook_posts",
    title="Facebook posts of Meta Business Suite",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("post_id", name, names=("Post ID",), required=True),
        Column("posted_at", moment, names=("Publish time",), required=True),
        Column("text", text, names=("Description",)),
        Column("title", text, names=("Title",)),
        Column("url", address, names=("Permalink",)),
        Column("counted", whole_life, names=("Date",)),
        Column("impressions", count, names=("Impressions", "Views")),
        Column("reach", count, names=("Reach",)),
        Column("likes", count, names=("Reactions",)),
        Column("comments", count, names=("Comments",)),
        Column("shares", count, names=("Shares",)),
    ),
    telling=("Post ID", "Page ID", "Page name", "Publish time"),
    expand=own_facebook_posts,
)
