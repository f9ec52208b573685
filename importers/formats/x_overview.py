"""X analytics, overview of the account: one row a day, with the totals of all own posts.

Impressions and reactions are those that happened on the day, to posts of any age. `Create Post` is how many were posted.
"""

from __future__ import annotations

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.owned import not_counted, own_days
from importers.formats.readers import count, day, few
from importers.sheet import Sheet
from importers.table import Raw, plain


def days(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table; an export without `Create Post` says so."""
    return not_counted(plain(sheet, header, layout), sheet)


X_OVERVIEW = Format(
    name="x_overview",
    title="X analytics of an account",
    stream=Stream.ENGAGEMENT,
    record="daily",
    columns=(
        Column("date", day, names=("Date",), required=True),
        Column("posts", few, names=("Create Post",)),
        Column("impressions", count, names=("Impressions",)),
        Column("likes", count, names=("Likes",)),
        Column("comments", count, names=("Replies",)),
        Column("shares", count, names=("Reposts",)),
    ),
    telling=("Date", "Impressions", "Engagements", "New follows", "Unfollows"),
    extract=days,
    expand=own_days("X analytics", "X"),
)
