"""Sprout Social, post performance: one row an own post of any network. Who sent it is never stored."""

from __future__ import annotations

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.owned import own_posts
from importers.formats.readers import address, count, moment, name, platform, text

SPROUT_POSTS = Format(
    name="sprout_posts",
    title="Sprout Social posts",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("posted_at", moment, names=("Date",), required=True),
        Column("platform", platform, names=("Network",), required=True),
        Column("post_id", name, names=("Post ID",)),
        Column("text", text, names=("Post",)),
        Column("url", address, names=("Link",)),
        Column("impressions", count, names=("Impressions",)),
        Column("reach", count, names=("Reach",)),
        Column("likes", count, names=("Reactions", "Likes")),
        Column("comments", count, names=("Comments",)),
        Column("shares", count, names=("Shares",)),
    ),
    telling=("Date", "Post ID", "Network", "Profile", "Sent by", "Post"),
    expand=own_posts("Sprout Social"),
)
