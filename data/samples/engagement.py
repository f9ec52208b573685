"""Mentions as a listening tool exports them (one file a platform), and daily totals where it gives no posts.

The X export carries a score, the LinkedIn export a label, the Reddit export neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from data.samples.company import BRAND_TOPIC, FIRST_DAY, LAST_DAY, STORIES, ZONE, Story
from data.samples.curves import crisis_mood, excess_volume, usual_mood, usual_volume
from data.samples.dice import Dice
from data.samples.texts import MOODS, post_text
from data.samples.writing import Row

SOURCE = "Listening tool"
POST_HEADER = (
    "posted_at", "platform", "post_id", "source", "topic", "language", "kind", "text", "impressions", "reach",
    "likes", "comments", "shares", "sentiment", "sentiment_label", "url",
)  # fmt: skip
DAILY_HEADER = (
    "date", "platform", "posts", "source", "topic", "kind", "impressions", "likes", "comments", "shares", "positive",
    "neutral", "negative",
)  # fmt: skip

#: what an ordinary day's posts are about, as the tool's saved queries name it
_PRODUCT_TOPIC, _JOBS_TOPIC = "Larkfield product", "Larkfield jobs"
_JOB_WORDS = ("hiring", "roles", "sucht Leute")
#: weight of each hour of the day, local time
_HOURS = (1, 0.5, 0.3, 0.2, 0.3, 0.6, 2, 4, 6, 7, 7, 7, 6, 6, 7, 7, 6, 6, 5, 5, 5, 4, 3, 2)
#: the last export was made at 19:45 on the last day
_EXPORTED = datetime.combine(LAST_DAY, time(19, 45), ZONE)
_GERMAN = {"X": 0.08, "Reddit": 0.07, "LinkedIn": 0.12}


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention before it is laid out for a file."""

    at: datetime
    story: Story | None
    topic: str
    language: str
    mood: str
    text: str


def days() -> Iterator[date]:
    """Every day of the sample, first and last included."""
    for offset in range((LAST_DAY - FIRST_DAY).days + 1):
        yield FIRST_DAY + timedelta(days=offset)


def mentions(platform: str, dice: Dice) -> list[Mention]:
    """Draw all mentions of one platform, in the order of time."""
    found: list[Mention] = []
    for day in days():
        for _ in range(dice.poisson(usual_volume(platform, day))):
            found.append(_mention(platform, dice, day, None))  # noqa: PERF401 (draws must stay in this order)
        for story in STORIES:
            for _ in range(dice.poisson(excess_volume(story, platform, day))):
                found.append(_mention(platform, dice, day, story))  # noqa: PERF401 (draws must stay in this order)
    return sorted((m for m in found if m.at <= _EXPORTED), key=lambda m: (m.at, m.text))


def _mention(platform: str, dice: Dice, day: date, story: Story | None) -> Mention:
    mood = dice.pick(MOODS, crisis_mood(story, day) if story else usual_mood(day))
    language = "de" if dice.chance(_GERMAN[platform]) else "en"
    text = post_text(dice, mood, language, story.code if story else None)
    if story is None:
        other = _JOBS_TOPIC if any(word in text for word in _JOB_WORDS) else _PRODUCT_TOPIC
        topic = other if other == _JOBS_TOPIC or dice.chance(0.22) else BRAND_TOPIC
    else:
        topic = story.topic if dice.chance(0.85) else BRAND_TOPIC
    return Mention(_moment(dice, day, story), story, topic, language, mood, text)


def _moment(dice: Dice, day: date, story: Story | None) -> datetime:
    """Draw a moment of the local day in UTC; on day 0 of a crisis nobody speaks of it before it began."""
    begin = datetime.combine(day, time(), ZONE).astimezone(UTC)
    hour = dice.pick(range(24), _HOURS)
    at = begin + timedelta(hours=hour, seconds=dice.integer(0, 3599))
    if story is not None and day == story.day and at < story.start:
        room = begin + timedelta(days=1) - story.start.astimezone(UTC)
        at = story.start.astimezone(UTC) + timedelta(seconds=int(room.total_seconds() * dice.uniform(0.01, 0.99)))
    return at


def _score(dice: Dice, mood: str) -> float:
    """Draw a tool's score; about half of the neutral posts get exactly 0."""
    if mood == "neutral":
        return 0.0 if dice.chance(0.5) else round(dice.uniform(-0.04, 0.04), 2)
    size = round(dice.uniform(0.08, 0.95), 2)
    return size if mood == "positive" else -size


def _counts(platform: str, dice: Dice, story: Story | None) -> tuple[int, int, int, int]:
    """Draw impressions, likes, comments and shares of one post; posts about a crisis travel further."""
    lift = 3.2 if story else 1.0
    seen = max(12, round(dice.lognormal({"X": 620.0, "Reddit": 900.0, "LinkedIn": 480.0}[platform] * lift, 0.9)))
    likes = dice.poisson(min(seen * 0.012, 400.0))
    comments = dice.poisson(min(seen * (0.006 if story else 0.003), 150.0))
    shares = dice.poisson(min(seen * (0.004 if story else 0.0015), 120.0))
    return seen, likes, comments, shares


def _native_id(platform: str, dice: Dice, at: datetime) -> str:
    if platform == "X":
        return str((int(at.timestamp() * 1000) - 1288834974657 << 22) + dice.integer(0, 4194303))
    if platform == "LinkedIn":
        return f"7{int(at.timestamp() * 1000) - 1700000000000:012d}{dice.integer(0, 999999):06d}"
    alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "t3_" + "".join(dice.pick(alphabet) for _ in range(8))


def post_rows(platform: str) -> list[Row]:
    """Return the posts export of one platform: times in UTC with their offset, sentiment as that tool gives it."""
    dice = Dice(f"mentions {platform}")
    rows: list[Row] = [POST_HEADER]
    for mention in mentions(platform, dice):
        seen, likes, comments, shares = _counts(platform, dice, mention.story)
        native = _native_id(platform, dice, mention.at)
        rows.append(
            (
                mention.at.isoformat(sep=" "),
                platform,
                native,
                SOURCE,
                mention.topic,
                mention.language,
                "mention",
                mention.text,
                None if platform == "Reddit" else seen,
                round(seen * 0.8) if platform == "LinkedIn" else None,
                likes,
                comments,
                None if platform == "Reddit" else shares,
                _score(dice, mention.mood) if platform == "X" else None,
                mention.mood if platform == "LinkedIn" else None,
                f"https://posts.example/{platform.lower()}/{native}",
            )
        )
    return rows


def daily_rows(platform: str) -> list[Row]:
    """Return the daily totals of one platform: a row a day, quiet days included."""
    dice = Dice(f"daily {platform}")
    rows: list[Row] = [DAILY_HEADER]
    for day in days():
        counts = dict.fromkeys(MOODS, 0)
        usual = dice.poisson(usual_volume(platform, day))
        for _ in range(usual):
            counts[dice.pick(MOODS, usual_mood(day))] += 1
        for story in STORIES:
            for _ in range(dice.poisson(excess_volume(story, platform, day))):
                counts[dice.pick(MOODS, crisis_mood(story, day))] += 1
        posts = sum(counts.values())
        seen = round(dice.lognormal(640.0, 0.25) * usual + dice.lognormal(1900.0, 0.3) * (posts - usual))
        likes = dice.poisson(seen * 0.02)
        comments = dice.poisson(seen * 0.004)
        shares = dice.poisson(seen * 0.002)
        moods = (counts["positive"], counts["neutral"], counts["negative"])
        rows.append(
            (day.isoformat(), platform, posts, SOURCE, BRAND_TOPIC, "mention", seen, likes, comments, shares, *moods)
        )
    return rows
