"""Reputation scores of the company and two others, from three sources on three scales."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.samples.company import FIRST_DAY, LAST_DAY, NAME, RIVALS, STORIES
from data.samples.dice import Dice
from data.samples.writing import Row

HEADER = ("date", "source", "company", "score", "scale_min", "scale_max", "n")


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `usual` and `falls` are in hundredths of its scale, so that the story is told once."""

    name: str
    lo: int
    hi: int
    digits: int
    noise: float
    lag_days: float
    heal_days: float
    n: tuple[int, int]
    usual: dict[str, float]
    falls: tuple[float, float, float, float]
    dates: Sequence[date]


def _weekly() -> list[date]:
    return [FIRST_DAY + timedelta(days=7 * week) for week in range((LAST_DAY - FIRST_DAY).days // 7 + 1)]


def _month_ends() -> list[date]:
    firsts = [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]
    ends = [first - timedelta(days=1) for first in firsts]
    return [end for end in ends if FIRST_DAY <= end <= LAST_DAY]


def _quarters() -> list[date]:
    days = [date(year, month, 15) for year in (2024, 2025, 2026) for month in (3, 6, 9, 12)]
    return [day for day in days if FIRST_DAY <= day <= LAST_DAY]


SOURCES = (
    Source(
        name="Trust index", lo=0, hi=100, digits=1, noise=0.55, lag_days=5.0, heal_days=42.0, n=(290, 330),
        usual={NAME: 68.0, RIVALS[0]: 64.5, RIVALS[1]: 71.0}, falls=(11.4, 9.6, 7.2, 16.5), dates=_weekly(),
    ),
    Source(
        name="Employer rating", lo=1, hi=5, digits=2, noise=0.5, lag_days=12.0, heal_days=60.0, n=(18, 44),
        usual={NAME: 73.0, RIVALS[0]: 69.0, RIVALS[1]: 70.5}, falls=(10.0, 10.5, 9.0, 8.0), dates=_month_ends(),
    ),
    Source(
        name="Brand tracker", lo=-100, hi=100, digits=0, noise=0.6, lag_days=4.0, heal_days=90.0, n=(480, 520),
        usual={NAME: 61.0, RIVALS[0]: 58.0, RIVALS[1]: 64.0}, falls=(13.0, 10.5, 9.0, 8.0), dates=_quarters(),
    ),
)  # fmt: skip


def _fall(source: Source, day: date) -> float:
    """Points lost on a day, of 100: each crisis is felt after a lag and heals slowly."""
    lost = 0.0
    for story, fall in zip(STORIES, source.falls, strict=True):
        since = (day - story.day).days
        if since >= 0:
            felt = 1 - math.exp(-since / source.lag_days)
            lost += fall * felt * math.exp(-since / source.heal_days)
    return lost


def _drift(company: str, day: date) -> float:
    """Slow movement of the market, shared in part by all three companies."""
    phase = {NAME: 0.0, RIVALS[0]: 0.9, RIVALS[1]: 2.1}[company]
    return 0.5 * math.sin(2 * math.pi * (day - FIRST_DAY).days / 365 + phase)


def rows() -> list[Row]:
    """Return all scores, header first, by source and date."""
    dice = Dice("reputation")
    found: list[Row] = [HEADER]
    for source in SOURCES:
        for day in source.dates:
            for company, usual in source.usual.items():
                level = usual + _drift(company, day) + dice.normal(0.0, source.noise)
                if company == NAME:
                    level -= _fall(source, day)
                score = round(source.lo + (source.hi - source.lo) * level / 100, source.digits)
                asked = dice.integer(*source.n)
                found.append((day, source.name, company, score, source.lo, source.hi, asked))
    return found
