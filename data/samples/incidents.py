"""The incident log: four crises and the events of each, in the clock of Lisbon."""

from __future__ import annotations

from datetime import datetime

from data.samples.company import BRAND_TOPIC, STORIES
from data.samples.texts import lines
from data.samples.timelines import TIMELINES
from data.samples.writing import Cell, Row

CRISIS_HEADER = (
    "crisis", "title", "category", "severity", "platform", "started_at", "status", "timezone", "restricted_to",
    "summary", "topics", "policy_section",
)  # fmt: skip
EVENT_HEADER = (
    "crisis", "occurred_at", "milestone", "function", "audience", "platform", "detected_by", "description",
)  # fmt: skip

#: code -> title, category, severity, platform, status, summary
_CRISES = {
    "2025-03-thread": (
        "Thread mocking call centre staff",
        "Offensive post",
        4,
        "X",
        "reviewed",
        (
            "An employee posted eleven messages mocking the accents of call centre staff. A reporter found them a day "
            "later. The statement waited most of a day for approval, and employees read it in the news before they were "
            "told. Nobody recorded an assessment of how far the posts had spread."
        ),
    ),
    "2025-10-ticket": (
        "Joke made from a customer's ticket",
        "Offensive post",
        3,
        "Reddit",
        "reviewed",
        (
            "An employee posted a screenshot of a support ticket as a joke; the client's name could be read for about "
            "fourteen hours. The client told us. As in March, the statement was ready before noon and then waited for "
            "its only approver."
        ),
    ),
    "2026-04-promotion": (
        "Unmarked promotion of a side business",
        "Undisclosed promotion",
        2,
        "LinkedIn",
        "reviewed",
        (
            "A salesperson recommended a paid tool of their own in posts that carried our name and no notice. Our own "
            "monitoring found the posts within the hour; employees were told before the public."
        ),
    ),
    "2026-11-comments": (
        "Harassing comments under a partner's video",
        "Harassment in comments",
        3,
        "Instagram",
        "open",
        (
            "An employee wrote a string of demeaning comments to a trainee of a partner company. The public noticed "
            "first. The statement was late once more, and employees have not been told yet."
        ),
    ),
}

#: code -> section of the social media policy that was broken; the open case was not judged yet
_POLICY = {
    "2025-03-thread": "2 Respect for others",
    "2025-10-ticket": "4 Customer data",
    "2026-04-promotion": "5 Side work and disclosure",
}


def moment(text: str) -> datetime | str:
    """Read a time of the log. A day without a time stays text: as a date cell it could not be told from midnight."""
    return datetime.fromisoformat(text) if " " in text else text


def crisis_rows() -> list[Row]:
    """Return the sheet `crises`, header first."""
    rows: list[Row] = [CRISIS_HEADER]
    for story in STORIES:
        title, category, severity, platform, status, summary = _CRISES[story.code]
        started, topics = moment(story.posted), f"{BRAND_TOPIC}; {story.topic}"
        known = (story.code, title, category, severity, platform, started, status, "Europe/Lisbon")
        rows.append((*known, None, summary, topics, _POLICY.get(story.code)))
    return rows


def event_rows() -> list[Row]:
    """Return the sheet `events`, header first, in the order in which the log was kept."""
    rows: list[Row] = [EVENT_HEADER]
    for code, block in TIMELINES.items():
        for line in lines(block):
            at, *words = (part.strip() for part in line.split("|"))
            cells: list[Cell] = [word or None for word in words]
            rows.append((code, moment(at), *cells))
    return rows
