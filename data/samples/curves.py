"""Expected volume and mood of a day, from the company's stories. Everything else is drawn around these curves."""

from __future__ import annotations

import math
from datetime import date

from data.samples.company import STORIES, Story

#: platform -> mentions on an average day without a crisis.
BASELINE = {"X": 6.1, "Reddit": 2.6, "LinkedIn": 2.7, "Facebook": 5.0, "Instagram": 3.4}

_OFFICE_WEEK = (1.12, 1.16, 1.14, 1.10, 1.02, 0.76, 0.70)
_LINKEDIN_WEEK = (1.22, 1.30, 1.26, 1.18, 1.04, 0.52, 0.48)
_LEISURE_WEEK = (0.98, 1.0, 1.0, 1.0, 1.02, 1.02, 0.98)
WEEK = {
    "X": _OFFICE_WEEK,
    "Reddit": _OFFICE_WEEK,
    "LinkedIn": _LINKEDIN_WEEK,
    "Facebook": _LEISURE_WEEK,
    "Instagram": _LEISURE_WEEK,
}

_USUAL_NET = 0.18
_USUAL_NEUTRAL = 0.50
_CRISIS_NEUTRAL = 0.38


def usual_volume(platform: str, day: date) -> float:
    """Expected mentions of a day without a crisis."""
    return BASELINE[platform] * WEEK[platform][day.weekday()]


def shape(story: Story, offset: int) -> float:
    """Share of the peak that the excess has on day `offset` of a crisis (0 before it)."""
    if offset < 0:
        return 0.0
    if offset < len(story.ramp):
        return story.ramp[offset]
    since_peak = offset - len(story.ramp) + 1
    return 0.86 * math.exp(-since_peak / story.fast_days) + 0.14 * math.exp(-since_peak / 6.0)


def excess_volume(story: Story, platform: str, day: date) -> float:
    """Expected mentions about the crisis on a day, on one platform."""
    offset = (day - story.day).days
    if offset > 45:
        return 0.0
    total = sum(BASELINE.values()) * (story.peak - 1.0)
    return total * shape(story, offset) * story.platforms[platform]


def usual_mood(day: date) -> tuple[float, float, float]:
    """Shares of positive, neutral and negative among posts that are not about a crisis."""
    net = _USUAL_NET
    for story in STORIES:
        offset = (day - story.day).days
        if offset >= 0:
            net += story.dip * math.exp(-offset / story.dip_days)
    return _shares(net, _USUAL_NEUTRAL)


def crisis_mood(story: Story, day: date) -> tuple[float, float, float]:
    """Shares of positive, neutral and negative among posts about the crisis; calmer as days go by."""
    first, later = story.mood
    offset = max(0, (day - story.day).days)
    return _shares(later + (first - later) * math.exp(-offset / 3.0), _CRISIS_NEUTRAL)


def _shares(net: float, neutral: float) -> tuple[float, float, float]:
    return ((1 - neutral + net) / 2, neutral, (1 - neutral - net) / 2)
