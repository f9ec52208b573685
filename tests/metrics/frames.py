"""Small EVENTS, DAILY, SCORES and SURVEY frames that tests write by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from metrics.clock import CrisisClock

ZONE = "Europe/Berlin"
EVENT_COLUMNS = {
    "event_id": "int64",
    "milestone": "object",
    "earliest": "datetime64[us, UTC]",
    "latest": "datetime64[us, UTC]",
    "date_only": "bool",
    "function": "object",
    "audience": "object",
    "platform": "object",
    "detected_by": "object",
    "description": "object",
}
DAILY_COLUMNS = {
    "date": "datetime64[us]",
    "platform": "object",
    "kind": "object",
    "grain": "object",
    "posts": "float64",
    **dict.fromkeys(["positive", "neutral", "negative", "unscored", "unscorable"], "int64"),
    **dict.fromkeys(["impressions", "reach", "likes", "comments", "shares"], "float64"),
}
SCORE_COLUMNS = {
    "date": "datetime64[us]",
    "source": "object",
    "company": "object",
    "ours": "bool",
    **dict.fromkeys(["score", "scale_min", "scale_max"], "float64"),
}


def clock(status: str = "open", started_at: datetime | None = None, timezone: str = ZONE) -> CrisisClock:
    return CrisisClock(timezone=timezone, started_at=started_at, status=status)


def moment(text: str, zone: str = ZONE) -> pd.Timestamp:
    """A local time as a UTC timestamp."""
    return pd.Timestamp(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))).tz_convert("UTC")


def events(*rows: tuple[str, str] | tuple[str, str, dict[str, Any]], zone: str = ZONE) -> pd.DataFrame:
    """EVENTS from (milestone, local time) and more columns; a time of ten characters is known only to the day.

    Ids count from 1 in the order given.
    """
    made = []
    for number, (milestone, text, *more) in enumerate(rows, start=1):
        day = len(text) == 10
        start = moment(text, zone)
        end = moment((pd.Timestamp(text) + pd.Timedelta(days=1)).isoformat(), zone) if day else start
        row = {"event_id": number, "milestone": milestone, "earliest": start, "latest": end, "date_only": day}
        made.append(row | (more[0] if more else {}))
    return pd.DataFrame(made, columns=list(EVENT_COLUMNS)).astype(EVENT_COLUMNS)


def public(platform: str | None = None) -> dict[str, Any]:
    return {"audience": "public", "platform": platform}


def daily(
    counts: Iterable[int],
    *,
    start: str = "2026-02-03",
    platform: str = "X",
    kind: str = "mention",
    grain: str = "posts",
    negative: Iterable[int] | float = 0.0,
    **more: Any,
) -> pd.DataFrame:
    """DAILY of one platform from `start` on: posts a day, of which a number or share is negative and the rest neutral."""
    posts = np.asarray(list(counts), dtype=int)
    bad = np.round(posts * negative).astype(int) if isinstance(negative, float) else np.asarray(list(negative))
    frame = pd.DataFrame(
        {
            "date": pd.date_range(start, periods=len(posts)),
            "platform": platform,
            "kind": kind,
            "grain": grain,
            "posts": posts,
            "positive": 0,
            "neutral": posts - bad,
            "negative": bad,
            "unscored": 0,
            "unscorable": 0,
        }
        | more
    )
    return frame.reindex(columns=list(DAILY_COLUMNS)).astype(DAILY_COLUMNS)


def scores(
    *rows: tuple[int, float], day0: str = "2026-03-03", source: str = "Index", company: str = "Ours", **more: Any
) -> pd.DataFrame:
    """SCORES from (day relative to day 0, score), on 0–100."""
    frame = pd.DataFrame(
        {
            "date": [pd.Timestamp(day0) + pd.Timedelta(days=day) for day, _ in rows],
            "source": source,
            "company": company,
            "ours": company == "Ours",
            "score": [score for _, score in rows],
            "scale_min": 0.0,
            "scale_max": 100.0,
        }
        | more
    )
    return frame.reindex(columns=list(SCORE_COLUMNS)).astype(SCORE_COLUMNS)


def question(text: str = "I trust us", **more: Any) -> dict[str, Any]:
    """One row of SURVEY: 239 of 412 favourable among 600 invited."""
    return {
        "wave": "Spring",
        "audience": "employees",
        "opened_on": pd.Timestamp("2026-02-02"),
        "closed_on": pd.Timestamp("2026-02-09"),
        "invited": 600.0,
        "question": text,
        "kind": "scale",
        "scale_min": 1.0,
        "scale_max": 5.0,
        "n": 412.0,
        "favourable": 239.0,
        "coded": None,
        "mean": 3.61,
        "sd": 1.12,
        "promoters": np.nan,
        "detractors": np.nan,
        "withheld": None,
        "unusable": None,
    } | more


def survey(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(question())).astype(
        dict.fromkeys(["withheld", "coded", "unusable"], "object")
    )


def plan(*rows: dict[str, Any]) -> pd.DataFrame:
    """STEPS: each row says what differs from a required step that a decision within an hour of detection fulfils."""
    made = [
        {
            "step_id": number,
            "position": number,
            "section": "Respond",
            "step": f"Step {number}",
            "role": "PR",
            "contact": "pr@example.org",
            "fulfilled_by": "decision",
            "clock_starts": "detected",
            "target_minutes": 60.0,
            "audience": None,
            "required": True,
            "after_step": None,
        }
        | row
        for number, row in enumerate(rows, start=1)
    ]
    columns = [
        "step_id", "position", "section", "step", "role", "contact", "fulfilled_by", "clock_starts", "target_minutes",
        "audience", "required", "after_step",
    ]  # fmt: skip
    return pd.DataFrame(made, columns=columns).astype({"target_minutes": "float64", "audience": "object"})


def register(*rows: dict[str, Any]) -> pd.DataFrame:
    """GAPS: each row says what differs from an open gap of severity 3 that was opened on 1 January 2026."""
    made = [
        {
            "gap_id": number,
            "code": f"G{number}",
            "step": None,
            "origin": "review",
            "element": None,
            "crisis": None,
            "severity": 3.0,
            "opened_on": "2026-01-01",
            "due_on": None,
            "completed_on": None,
            "status": "implemented" if "completed_on" in row else "open",
            "metric": None,
            "target": np.nan,
        }
        | row
        for number, row in enumerate(rows, start=1)
    ]
    columns = [
        "gap_id", "code", "step", "origin", "element", "crisis", "severity", "opened_on", "due_on", "completed_on", "status",
        "metric", "target",
    ]  # fmt: skip
    days = dict.fromkeys(("opened_on", "due_on", "completed_on"), "datetime64[us]")
    return pd.DataFrame(made, columns=columns).astype(days | {"severity": "float64", "target": "float64"})


def culture_log(*rows: dict[str, Any]) -> pd.DataFrame:
    """ACTIVITIES: each row says what differs from a training on 1 May 2026 of no department."""
    made = [
        {
            "held_on": "2026-05-01",
            "kind": "training",
            "department": None,
            "assigned": np.nan,
            "completed": np.nan,
            "employees": np.nan,
            "withheld": None,
        }
        | row
        for row in rows
    ]
    columns = ["held_on", "kind", "department", "assigned", "completed", "employees", "withheld"]
    types = {"held_on": "datetime64[us]", "withheld": "object"}
    numbers = dict.fromkeys(("assigned", "completed", "employees"), "float64")
    return pd.DataFrame(made, columns=columns).astype(types | numbers)
