"""Posts and daily totals, and the roll-ups they change."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.commands import rollups
from data.commands.records import Origin, Record, Stored
from data.enums import PostKind, ScoredBy, SentimentLabel
from data.keys import folded, of_address, of_content, of_day
from data.tables import DailyTotal, Post
from importers.context import Context
from importers.streams.base import Outcome, cells, keep

_POLARITY = {SentimentLabel.POSITIVE: 1, SentimentLabel.NEUTRAL: 0, SentimentLabel.NEGATIVE: -1}
#: Scores from here on are positive, and mirrored negative (Hutto & Gilbert 2014).
THRESHOLD = 0.05


def store_posts(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One post a row, met by platform and native id; without an id by its content and its ordinal among equal rows."""
    outcome = Outcome()
    ordinals: Counter[str] = Counter()
    records = []
    for row, values in cells(rows):
        label = values.pop("sentiment_label", None)
        values["external_id"] = values.pop("post_id", None)
        key = _post_key(values, ordinals)
        time = _time(values.pop("posted_at"), values.pop("posted_on", None))
        records.append(Record(key, row, values | time | scoring(label, values.get("sentiment"))))
    stored = keep(session, Post, records, origin, outcome)
    versions = _versions(stored)
    rollups.refresh_posts(
        session, {v["quarter"] for v in versions} - {None}, {v["posted_on"] for v in versions} - {None}
    )
    return outcome


def store_daily(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One day of one platform a row; a later export overwrites the day."""
    outcome = Outcome()
    records = []
    for row, values in cells(rows):
        values["day"] = values.pop("date")
        values["kind"] = values.get("kind") or PostKind.MENTION.value
        records.append(Record(of_day(values), row, values))
    stored = keep(session, DailyTotal, records, origin, outcome)
    rollups.refresh_totals(session, {version["day"] for version in _versions(stored)})
    return outcome


def quarter(at: datetime) -> datetime:
    """The start of the 15 minutes in which a moment lies."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)


def _time(at: datetime, on: date | None) -> dict[str, Any]:
    """When a post was made: its moment and quarter, or its day alone."""
    return {"posted_at": at, "quarter": quarter(at)} if on is None else {"posted_on": on}


def scoring(label: str | None, score: float | None) -> dict[str, Any]:
    """Polarity of a post and where it comes from: a label in the export wins over a score."""
    if label is not None:
        return {"polarity": _POLARITY[SentimentLabel(label)], "scored_by": ScoredBy.EXPORT_LABEL}
    if score is not None:
        return {"polarity": polarity(score), "scored_by": ScoredBy.EXPORT_SCORE}
    return {}


def polarity(score: float) -> int:
    """−1, 0 or 1 for a score between −1 and 1."""
    return int(score >= THRESHOLD) - int(score <= -THRESHOLD)


def _post_key(values: dict[str, Any], ordinals: Counter[str]) -> str:
    platform = folded(values["platform"])
    if values["external_id"]:
        return f"{platform}:{values['external_id']}"
    when = values.get("posted_on") or values["posted_at"].isoformat()
    if values.get("url"):
        return of_address(platform, values["url"])
    content = of_content(platform, str(when), values.get("source"), values.get("text"))
    ordinals[content] += 1
    return f"{content}-{ordinals[content]}"


def _versions(stored: Stored) -> list[dict[str, Any]]:
    return [{"quarter": None, "posted_on": None} | v for pair in stored.changes.values() for v in pair if v is not None]
