"""Meta Business Suite, Instagram posts: one row a post with the counts of its whole life, which a later file overwrites.

Views, which took the place of impressions, are kept as impressions.
"""

from __future__ import annotations

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.meta import whole_life
from importers.formats.owned import dropping, own_posts
from importers.formats.readers import address, count, moment, name, text

INSTAGRAM_POSTS = Format(
    name="instagram_posts",
    title="Instagram posts of Meta Business Suite",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("post_id", name, names=("Post ID",), required=True),
        Column("posted_at", moment, names=("Publish time",), required=True),
        Column("text", text, names=("Description",)),
        Column("url", address, names=("Permalink",)),
        Column("counted", whole_life, names=("Date",)),
        Column("impressions", count, names=("Impressions", "Views")),
        Column("reach", count, names=("Reach",)),
        Column("likes", count, names=("Likes",)),
        Column("comments", count, names=("Comments",)),
        Column("shares", count, names=("Shares",)),
    ),
    telling=("Post ID", "Account ID", "Account username", "Publish time"),
    expand=dropping(own_posts("Meta Business Suite", "Instagram"), "counted"),
)
