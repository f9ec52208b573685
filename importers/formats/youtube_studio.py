"""YouTube Studio: one row a video, known to the day alone, below a row of totals, which is skipped.

The user picks the columns. Views are kept as impressions where the impressions of thumbnails were not exported.
"""

from __future__ import annotations

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.owned import own_posts
from importers.formats.readers import count, moment, name, text
from importers.sheet import Sheet
from importers.table import Raw, heading, is_blank, plain

_TOTALS = frozenset({"total", "totals", "gesamt", "summe", "totale", "totaal", "suma", "合計"})


def without_total(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table without the row of totals: it is named so, in place of a video's id, and has no time."""
    raw = plain(sheet, header, layout)
    untimed = raw.cells["posted_at"].map(lambda cell: is_blank([cell]))
    total = raw.cells["post_id"].map(heading).isin(_TOTALS) & untimed
    raw.skipped |= set(raw.cells.index[total])
    raw.cells = raw.cells[~total]
    return raw


YOUTUBE_STUDIO = Format(
    name="youtube_studio",
    title="YouTube Studio videos",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("post_id", name, names=("Content",), required=True),
        Column("posted_at", moment, names=("Video publish time",), required=True),
        Column("text", text, names=("Video title",)),
        Column("impressions", count, names=("Impressions", "Views")),
        Column("likes", count, names=("Likes",)),
        Column("comments", count, names=("Comments added", "Comments")),
        Column("shares", count, names=("Shares",)),
    ),
    telling=("Content", "Video title", "Video publish time"),
    extract=without_total,
    expand=own_posts("YouTube Studio", "YouTube"),
)
