"""Lessons on their way from an observation to something learned.

LESSONS has one row a lesson: code and status; observed_on and learned_on (days or NaT) where somebody keeps them.
"""

from __future__ import annotations

import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.spells import median_days, spells
from metrics.words import plural

METRICS: tuple[Metric, ...] = (
    Metric(id="lessons_awaiting_validation", label="Lessons awaiting validation", unit="count", better=Better.LOWER, definition="Number of lessons that were implemented and wait for somebody to find that they were learned."),
    Metric(id="lesson_lead_time", label="Time to learn a lesson", unit="days", better=Better.LOWER, definition="Median time from the observation of a lesson to its status learned; lessons that are not learned yet count as at least that old.", formula="Kaplan–Meier; below six lessons without an interval.", edge_cases="Undefined while nobody records the two days. Rejected lessons, and those whose days are missing or run backwards, are left out and said.", source="Kaplan and Meier 1958; Brookmeyer and Crowley 1982"),
)  # fmt: skip
_WAITING, _LEAD = METRICS


def waiting(lessons: pd.DataFrame) -> pd.DataFrame:
    """The lessons that were implemented and not validated yet."""
    return lessons[lessons["status"] == "implemented"]


def estimates(lessons: pd.DataFrame, today: pd.Timestamp) -> dict[str, Estimate]:
    """Both numbers, as of a day."""
    n = len(lessons)
    count = Estimate(
        value=float(len(waiting(lessons))), unit="count", n=n, basis=f"of {plural(n, 'lesson')}", better=_WAITING.better
    )
    return {_WAITING.id: count, _LEAD.id: lead_time(lessons, today)}


def lead_time(lessons: pd.DataFrame, today: pd.Timestamp) -> Estimate:
    """Median days from observation to learned, by Kaplan–Meier."""
    if lessons.empty:
        return _undefined("no lesson is recorded")
    if "observed_on" not in lessons or lessons["observed_on"].isna().all():
        return _undefined("nobody recorded when the lessons were observed and when they were learned")
    observed, learned = lessons["observed_on"], lessons["learned_on"]
    done = (lessons["status"] == "learned") & ~(learned > today)
    wrong = {
        "rejected": lessons["status"] == "rejected",
        "without a day of observation": observed.isna(),
        "learned on no known day": done & learned.isna(),
        "observed later": observed > today,
    }
    found = spells(lessons, observed, learned.where(done, today), done, wrong, "learned before being observed")
    return median_days(_LEAD, found, noun="lesson", done="learned")


def _undefined(reason: str) -> Estimate:
    return absent(Status.UNDEFINED, reason, unit=_LEAD.unit, better=_LEAD.better)
