"""The company's own posts on X, in the older "by tweet" layout with its habits.

Counts carry a decimal zero, times end in +0000, and every promoted column is a dash where nothing was promoted.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from data.samples.company import STORIES, ZONE
from data.samples.dice import Dice
from data.samples.engagement import days
from data.samples.incidents import moment
from data.samples.texts import fill, lines
from data.samples.timelines import TIMELINES
from data.samples.writing import Row

_COUNTS = (
    "retweets", "replies", "likes", "user profile clicks", "url clicks", "hashtag clicks", "detail expands",
    "permalink clicks", "app opens", "app installs", "follows", "email tweet", "dial phone", "media views",
    "media engagements",
)  # fmt: skip
_LEADING = ("impressions", "engagements", "engagement rate")
HEADER = (
    "Tweet id", "Tweet permalink", "Tweet text", "time", *_LEADING, *_COUNTS,
    *(f"promoted {name}" for name in (*_LEADING, *_COUNTS)),
)  # fmt: skip
#: chance of each kind of click, a thousand impressions
_RATES = (1.6, 0.7, 6.5, 2.0, 4.0, 0.6, 5.0, 0.3, 0.0, 0.0, 0.25, 0.02, 0.0, 9.0, 3.0)

_ORDINARY = lines("""
New in {product}: {feature} now reads {format}.
Meet us in {place} on Thursday, we bring {feature} and coffee.
Three roles open in {place}: data, design and dispatch.
How {team} plans a day with {product}: a short tour.
Release notes are out: {feature}, faster lists and forty small fixes.
Webinar on {feature}, Wednesday at 15:00. Bring questions.
Two years of {product}: thank you to everyone who reports what is broken.
From the blog: why we rewrote {feature}.
Maintenance on Sunday from 06:00 to 07:30 UTC; {product} will be read-only.
A visit to a depot in {place}, and what we learned about {feature}.
Tip of the week: {feature} can be pinned to the first screen.
Our office in {place} opens its doors to students on Friday.
""")

_IN_CRISIS = {
    "2025-03-12 18:30": "We are sorry. One of us mocked people who work in call centres. That is not acceptable, and "
    "we owe them and our customers an apology. We will say more within two days.",
    "2025-03-14 11:00": "Update: we have spoken with the call centre teams concerned and apologised in person. Talks "
    "inside the company are under way.",
    "2025-10-14 15:20": "A screenshot of a customer's ticket was posted as a joke. It showed a name it should never "
    "have shown. We called the customer first, and we apologise.",
    "2026-04-14 13:20": "Four posts by one of us recommended a paid side tool without saying so. They are marked now. "
    "Here is what happened and what changes.",
    "2026-04-20 10:00": "Our rule on side work is public from today: say whose product it is, every time.",
    "2026-11-16 23:08": "Comments under a partner's video demeaned a trainee. They came from one of us. We apologise "
    "to the trainee and to our partner, and we will do so in person.",
    "2026-11-17 18:30": "Update: the personal apology was given today. We thank our partner for its patience.",
}


def rows() -> list[Row]:
    """Return the export, header first, newest post first as the tool orders it."""
    dice = Dice("owned X")
    posts = [(at, text, 9000.0) for at, text in _crisis_posts()]
    quiet = {date.fromisoformat(at[:10]) for at in _IN_CRISIS}
    for day in days():
        if day.weekday() < 5 and day not in quiet and not _hushed(day) and dice.chance(0.62):
            at = datetime.combine(day, time(), ZONE) + timedelta(hours=dice.integer(9, 16), minutes=dice.integer(0, 59))
            posts.append((at.astimezone(UTC), fill(dice, dice.pick(_ORDINARY)), 1700.0))
    return [HEADER, *(_row(dice, at, text, size) for at, text, size in sorted(posts, reverse=True))]


def _crisis_posts() -> list[tuple[datetime, str]]:
    """Return the statements and updates that the incident log places on X."""
    found: list[tuple[datetime, str]] = []
    for block in TIMELINES.values():
        for line in lines(block):
            at, milestone, _, _, platform, *_ = (part.strip() for part in line.split("|"))
            if milestone in {"statement", "update"} and platform == "X":
                told = moment(at)
                if not isinstance(told, datetime):
                    raise TypeError(f"a statement needs its time of day: {at}")
                found.append((told.replace(tzinfo=ZONE).astimezone(UTC), _IN_CRISIS[at]))
    return found


def _hushed(day: date) -> bool:
    """The press desk posts nothing ordinary in the first ten days of a crisis."""
    return any(0 <= (day - story.day).days < 10 for story in STORIES)


def _row(dice: Dice, at: datetime, text: str, size: float) -> Row:
    seen = round(dice.lognormal(size, 0.45))
    counts = [dice.poisson(seen * rate / 1000) for rate in _RATES]
    if size > 5000:
        counts[1] = dice.poisson(seen * 0.006)
    native = (int(at.timestamp() * 1000) - 1288834974657 << 22) + dice.integer(0, 4194303)
    promoted: list[str] = ["-"] * (len(_LEADING) + len(_COUNTS))
    if size < 5000 and dice.chance(0.03):
        paid = [dice.poisson(seen * rate / 600) for rate in _RATES]
        promoted = _figures(seen * 2, paid)
    link = f"https://posts.example/larkfield/status/{native}"
    return (str(native), link, text, at.strftime("%Y-%m-%d %H:%M +0000"), *_figures(seen, counts), *promoted)


def _figures(seen: int, counts: list[int]) -> list[str]:
    """Write counts as the tool does: floats in quotes, the rate with all its digits."""
    engagements = sum(counts[:-2])
    rate = engagements / seen if seen else 0.0
    return [f"{seen}.0", f"{engagements}.0", repr(rate), *(f"{count}.0" for count in counts)]
