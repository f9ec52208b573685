"""The sample company: who it is, and what each of its four crises did to volume and mood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

NAME = "Larkfield Systems"
RIVALS = ("Quillmoor Software", "Tarnwick Cloud")
ZONE = ZoneInfo("Europe/Lisbon")
FIRST_DAY = date(2024, 11, 21)
LAST_DAY = date(2026, 11, 20)

#: department -> employees at the start and at the end; two are too small to be shown alone.
HEADCOUNT = {
    "Engineering": (82, 87),
    "Support": (57, 61),
    "Sales": (44, 46),
    "Marketing": (29, 31),
    "Legal": (4, 4),
    "Facilities": (3, 3),
}
LOCATIONS = {"Lisbon": 0.52, "Berlin": 0.31, "Remote": 0.17}
TENURES = {"Under 1 year": 0.22, "1 to 3 years": 0.43, "Over 3 years": 0.35}

BRAND_TOPIC = "Larkfield brand"


@dataclass(frozen=True, slots=True)
class Story:
    """What one crisis did, as the generators need it.

    `ramp` is the share of the peak reached on each day from day 0 up to the peak day; afterwards the excess decays in
    a fast and a slow part. `mood` is the net sentiment of posts about the crisis on its first days and later on;
    `dip` is the lasting shift of all other posts, fading over `dip_days`.
    """

    code: str
    topic: str
    posted: str
    peak: float
    ramp: tuple[float, ...]
    fast_days: float
    mood: tuple[float, float]
    dip: float
    dip_days: float
    platforms: dict[str, float]

    @property
    def start(self) -> datetime:
        """Moment of the first post, with its zone."""
        return datetime.fromisoformat(self.posted).replace(tzinfo=ZONE)

    @property
    def day(self) -> date:
        """Day 0."""
        return self.start.date()


STORIES = (
    Story(
        code="2025-03-thread",
        topic="Larkfield thread",
        posted="2025-03-11 07:40",
        peak=11.0,
        ramp=(0.16, 0.62, 1.0),
        fast_days=2.2,
        mood=(-0.18, 0.0),
        dip=-0.10,
        dip_days=40,
        platforms={"X": 0.42, "Reddit": 0.13, "LinkedIn": 0.13, "Facebook": 0.21, "Instagram": 0.11},
    ),
    Story(
        code="2025-10-ticket",
        topic="Larkfield ticket",
        posted="2025-10-13 20:15",
        peak=8.6,
        ramp=(0.20, 1.0),
        fast_days=2.0,
        mood=(-0.18, -0.02),
        dip=-0.08,
        dip_days=35,
        platforms={"X": 0.36, "Reddit": 0.27, "LinkedIn": 0.12, "Facebook": 0.17, "Instagram": 0.08},
    ),
    Story(
        code="2026-04-promotion",
        topic="Larkfield promotion",
        posted="2026-04-14 10:05",
        peak=7.3,
        ramp=(0.66, 1.0),
        fast_days=1.5,
        mood=(-0.08, 0.02),
        dip=-0.03,
        dip_days=25,
        platforms={"X": 0.32, "Reddit": 0.13, "LinkedIn": 0.34, "Facebook": 0.14, "Instagram": 0.07},
    ),
    Story(
        code="2026-11-comments",
        topic="Larkfield comments",
        posted="2026-11-16 13:20",
        peak=9.2,
        ramp=(0.34, 0.80, 1.0),
        fast_days=3.0,
        mood=(-0.12, -0.02),
        dip=-0.08,
        dip_days=40,
        platforms={"X": 0.35, "Reddit": 0.12, "LinkedIn": 0.12, "Facebook": 0.17, "Instagram": 0.24},
    ),
)
