"""LinkedIn page, sheet `Metrics`: one row a day, organic and sponsored together, below a line of description.

It counts no posts. Its unique impressions leave sponsored ones out, and are not kept as the day's reach.
"""

from __future__ import annotations

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.owned import not_counted, own_days
from importers.formats.readers import count, day
from importers.sheet import Sheet
from importers.table import Raw, plain


def days(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table, and a word on the posts that it does not count."""
    return not_counted(plain(sheet, header, layout), sheet)


LINKEDIN_DAILY = Format(
    name="linkedin_daily",
    title="LinkedIn metrics of a page",
    stream=Stream.ENGAGEMENT,
    record="daily",
    columns=(
        Column("date", day, names=("Date",), required=True),
        Column("impressions", count, names=("Impressions (total)",)),
        Column("likes", count, names=("Reactions (total)",)),
        Column("comments", count, names=("Comments (total)",)),
        Column("shares", count, names=("Reposts (total)",)),
    ),
    telling=("Date", "Impressions (organic)", "Impressions (total)", "Reactions (total)"),
    extract=days,
    expand=own_days("LinkedIn", "LinkedIn"),
)
