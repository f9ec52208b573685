"""Hootsuite, post performance: one row an own post of any network, below two lines of title; times are in GMT."""

from __future__ import annotations

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.owned import own_posts
from importers.formats.readers import address, count, moment, name, platform, text
from importers.sheet import Sheet
from importers.table import Raw, in_zone, plain


def in_gmt(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table; the heading names the zone of its times."""
    return in_zone(plain(sheet, header, layout), "UTC")


HOOTSUITE_POSTS = Format(
    name="hootsuite_posts",
    title="Hootsuite posts",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("posted_at", moment, names=("Date (GMT)",), required=True),
        Column("platform", platform, names=("Social Network",), required=True),
        Column("post_id", name, names=("Post ID",)),
        Column("text", text, names=("Post Message",)),
        Column("url", address, names=("Post Permalink",)),
        Column("impressions", count, names=("Impressions",)),
        Column("reach", count, names=("Reach",)),
        Column("likes", count, names=("Likes", "Reactions")),
        Column("comments", count, names=("Comments",)),
        Column("shares", count, names=("Shares",)),
    ),
    telling=("Date (GMT)", "Post ID", "Post Message", "Social Network"),
    extract=in_gmt,
    expand=own_posts("Hootsuite"),
)
