"""Brandwatch mentions: one row a mention, below a few lines on the report; the query is the topic.

Counts stand in columns of their own for each platform; `Twitter …` became `X …`. A mention by an owned channel is an own
post. Times are in the zone that the report's `From:` names, if it is UTC. Authors, avatars and places are never stored.
"""

from __future__ import annotations

import re

import pandas as pd

from data.enums import PostKind, Stream
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.combine import first_given, without
from importers.formats.native import native_ids
from importers.formats.readers import address, count, language, moment, name, platform, sentiment_label, text
from importers.sheet import Sheet
from importers.table import Raw, in_zone, is_blank, plain

#: Platform → our count → its column of that platform.
_OF_PLATFORM = {
    "X": {"likes": "x_likes", "comments": "x_replies", "shares": "x_reposts"},
    "Facebook": {"likes": "facebook_likes", "comments": "facebook_comments", "shares": "facebook_shares"},
    "Instagram": {"likes": "instagram_likes", "comments": "instagram_comments"},
    "LinkedIn": {"likes": "linkedin_likes", "comments": "linkedin_comments", "shares": "linkedin_shares"},
    "Reddit": {"comments": "reddit_comments"},
}
_ROLES = ("facebook_role", "x_role")
_OWN = frozenset({"owner", "owned", "brand"})
_UTC = re.compile(r"\b(?:UTC|GMT)\b(?![+-])")


def with_zone(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table, its times in UTC where the report says so; a mention without a page type is of its domain."""
    raw = plain(sheet, header, layout)
    if "domain" in raw.cells:
        untold = raw.cells["platform"].map(lambda cell: is_blank([cell]))
        raw.cells["platform"] = raw.cells["platform"].where(~untold, raw.cells.pop("domain"))
    above = " ".join(str(cell) for row in sheet.rows[:header] for cell in row if cell is not None)
    return in_zone(raw, "UTC") if _UTC.search(above) else raw


def mentions(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Each mention with the counts of its own platform, its native id, and whose it is."""
    told = rows.assign(text=first_given(rows, "text", "title"), source="Brandwatch")
    for field in ("likes", "comments", "shares"):
        counted = pd.Series(pd.NA, index=rows.index, dtype="Int64")
        for where, fields in _OF_PLATFORM.items():
            if fields.get(field) in rows:
                counted = counted.where(rows["platform"] != where, rows[fields[field]])
        told[field] = counted
    own = pd.Series(data=False, index=rows.index)
    for role in _ROLES:
        if role in rows:
            own |= rows[role].map(lambda said: str(said).casefold() in _OWN).astype(bool)
    told["kind"] = own.map({True: PostKind.OWNED.value, False: PostKind.MENTION.value})
    told["post_id"] = first_given(
        told.assign(native=native_ids(without(rows, "post_id"), rows["platform"])), "native", "post_id"
    )
    spread = [column for fields in _OF_PLATFORM.values() for column in fields.values()]
    return without(told, "title", *_ROLES, *spread)


BRANDWATCH = Format(
    name="brandwatch",
    title="Brandwatch mentions",
    stream=Stream.ENGAGEMENT,
    record="posts",
    columns=(
        Column("posted_at", moment, names=("Date",), required=True),
        Column("platform", platform, names=("Page Type",), required=True),
        Column("domain", text, names=("Domain",)),
        Column("topic", name, names=("Query Name",)),
        Column("post_id", name, names=("Resource Id",)),
        Column("language", language, names=("Language",)),
        Column("text", text, names=("Full Text", "Snippet")),
        Column("title", text, names=("Title",)),
        Column("url", address, names=("Url", "Original Url")),
        Column("impressions", count, names=("Impressions",)),
        Column("reach", count, names=("Reach (new)", "Reach")),
        Column("x_likes", count, names=("X Likes", "Twitter Likes")),
        Column("x_replies", count, names=("X Reply Count", "Twitter Reply Count")),
        Column("x_reposts", count, names=("X Reposts", "X Retweets", "Twitter Retweets")),
        Column("facebook_likes", count, names=("Facebook Likes",)),
        Column("facebook_comments", count, names=("Facebook Comments",)),
        Column("facebook_shares", count, names=("Facebook Shares",)),
        Column("instagram_likes", count, names=("Instagram Likes",)),
        Column("instagram_comments", count, names=("Instagram Comments",)),
        Column("linkedin_likes", count, names=("Linkedin Likes",)),
        Column("linkedin_comments", count, names=("Linkedin Comments",)),
        Column("linkedin_shares", count, names=("Linkedin Shares",)),
        Column("reddit_comments", count, names=("Reddit Comments",)),
        Column("facebook_role", text, names=("Facebook Role",)),
        Column("x_role", text, names=("X Channel Role", "Twitter Channel Role")),
        Column("sentiment_label", sentiment_label, names=("Sentiment",)),
    ),
    telling=("Query Id", "Query Name", "Date", "Url", "Sentiment", "Page Type"),
    extract=with_zone,
    expand=mentions,
)
