"""X analytics, newer export of content: one row a post, known to the day alone (`Tue, Jul 14, 2026`).

Reposts are its shares. The same post in the older export, which knows the minute, is the same post.
"""

from __future__ import annotations

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.owned import own_posts
from importers.formats.readers import address, count, moment, name, text

X_CONTENT = Format(
    name="x_content",
    title="X analytics of content",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("post_id", name, names=("Post id",), required=True),
        Column("posted_at", moment, names=("Date",), required=True),
        Column("text", text, names=("Post text",)),
        Column("url", address, names=("Post Link",)),
        Column("impressions", count, names=("Impressions",)),
        Column("likes", count, names=("Likes",)),
        Column("comments", count, names=("Replies",)),
        Column("shares", count, names=("Reposts",)),
    ),
    telling=("Post id", "Date", "Post text", "Post Link"),
    expand=own_posts("X analytics", "X"),
)
