"""LinkedIn page, sheet `All posts`: one row a post, known to the day alone, below a line of description.

A campaign's name is the topic; reposts are the shares.
"""

from __future__ import annotations

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.owned import own_posts
from importers.formats.readers import address, count, moment, name, text

LINKEDIN_POSTS = Format(
    name="linkedin_posts",
    title="LinkedIn posts of a page",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("posted_at", moment, names=("Created date",), required=True),
        Column("text", text, names=("Post title",)),
        Column("url", address, names=("Post link",)),
        Column("topic", name, names=("Campaign name",)),
        Column("impressions", count, names=("Impressions",)),
        Column("likes", count, names=("Likes",)),
        Column("comments", count, names=("Comments",)),
        Column("shares", count, names=("Reposts",)),
    ),
    telling=("Post title", "Post link", "Post type", "Created date", "Impressions"),
    expand=own_posts("LinkedIn", "LinkedIn"),
)
