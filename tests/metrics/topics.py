"""Every topic of metrics with a frame it reads: a function from the frame to all its numbers by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import numpy as np
import pandas as pd

from metrics import closing, conformance, culture, lessons
from metrics.across import BASES, TRENDING, median, share_within_target, trend
from metrics.answers import answers
from metrics.detectors import share_detected_by, share_proactive
from metrics.effect_size import sentiment_effect_size
from metrics.engagement import reaction
from metrics.estimate import Better, Estimate, Status, absent
from metrics.lags import POINTS, half_life_at, lags, sentiment_trough
from metrics.morale import morale_index, morale_vs_before
from metrics.opening import OpeningHours
from metrics.reputation import reputation
from metrics.reputation_z import standardised
from metrics.response import (
    BUSINESS,
    SINGLE_BUSINESS,
    intervals,
    number,
    path_estimates,
    statement_path,
    statement_platform_coverage,
    used_events,
)
from metrics.steps import course
from metrics.survey_changes import compared, declared
from metrics.survey_groups import against_rest, drawn_together, group_changes
from metrics.surveys import enps, favourable, favourable_bounds, mean_score, response_rate
from metrics.targets import MISSED
from metrics.timeline import timeline
from metrics.windows import daily_series, windows
from tests.metrics.frames import (
    ZONE,
    clock,
    culture_log,
    daily,
    events,
    moment,
    plan,
    public,
    question,
    register,
    scores,
    survey,
)

NOW = moment("2026-04-20 12:00")
DAY0, TODAY = pd.Timestamp("2026-03-03"), pd.Timestamp("2026-04-20")

EVENTS = events(
    ("posted", "2026-03-03 07:30"),
    ("detected", "2026-03-03 08:40", {"detected_by": "customer", "function": "PR"}),
    ("detected", "2026-03-03 08:40", {"detected_by": "press", "function": "pr "}),
    ("team_assembled", "2026-03-03 10:00", {"function": "HR"}),
    ("decision", "2026-03-03"),
    ("internal_message", "2026-03-03 14:00", {"audience": "employees"}),
    ("statement", "2026-03-03 17:52", public("X")),
    ("statement", "2026-03-03 17:52", public("LinkedIn")),
    ("update", "2026-03-05", public("X")),
    ("resolved", "2026-03-09 09:00"),
)
DAILY = pd.concat(
    [
        daily([*[10, 12, 9, 14] * 7, 80, 120, 60, 30, *[11, 9, 13] * 15], negative=0.3, impressions=1000.0, likes=20.0),
        daily([5] * 40, platform="Reddit", start="2026-02-10", negative=0.1),
        daily([500] * 10, grain="daily_total", start="2026-02-20"),
    ],
    ignore_index=True,
)
HISTOGRAM = pd.DataFrame(
    [
        (DAY0 + pd.Timedelta(days=day), score / 20, 1 + (day * score) % 7)
        for day in range(-28, 12)
        for score in range(-9, 9)
    ],
    columns=["date", "score", "posts"],
)
SCORES = pd.concat(
    [
        scores((-90, 82), (-60, 80), (-30, 81), (-30, 79), (4, 70), (20, 76), (40, 80)),
        scores((-60, 70), (5, 69), company="Theirs"),
        scores((-60, 70), (5, 69), source="Other"),
    ],
    ignore_index=True,
)
SURVEY = survey(question(), question("I am proud", favourable=300.0), question("Hidden", n=np.nan, withheld="few"))

PLAN = plan(
    {"fulfilled_by": "detected", "clock_starts": "posted", "section": "Detect"},
    {"fulfilled_by": "team_assembled"},
    {"after_step": "Step 2", "target_minutes": 2000.0},
    {"fulfilled_by": "statement", "audience": "public", "after_step": "Step 2"},
    {"fulfilled_by": "reviewed", "clock_starts": "resolved"},
)

GAPS = register(
    {"completed_on": "2026-01-20", "severity": 4.0}, {"completed_on": "2026-03-20"}, {"completed_on": "2026-01-20"}, {},
    {"opened_on": "2026-04-19"}, {"severity": None, "completed_on": "2026-02-02"},
    {"opened_on": "2026-02-02", "completed_on": "2026-02-01"},
)  # fmt: skip
CULTURE = culture_log(
    {"assigned": 50, "completed": 40, "department": "HR"}, {"assigned": 50, "completed": 50, "department": "HR"},
    {"assigned": 9, "completed": 0, "held_on": "2026-01-01"}, {"assigned": 9, "completed": 10},
)  # fmt: skip


def gaps_of(frame: pd.DataFrame) -> dict[str, Any]:
    each = closing.closure_by_severity(frame, TODAY, {3: 60, 4: 30})
    found = {f"severity {severity}": one for severity, one in each.items()}
    observed = frame.assign(observed_on=frame["opened_on"], learned_on=frame["completed_on"])
    observed = observed.assign(status=observed["status"].replace("implemented", "learned"))
    return found | {
        "gap_age_median": closing.age_median(frame, TODAY),
        "gap_closure_within_sla": closing.closure_within_sla(frame, TODAY, {3: 60, 4: 30}),
        "lesson_lead_time": lessons.lead_time(observed, TODAY),
    }


def culture_of(frame: pd.DataFrame) -> dict[str, Any]:
    found: dict[str, Any] = {"training_completion": culture.completion("training_completion", frame)}
    found |= {f"department {name}": one for name, one in culture.by_department("training_completion", frame).items()}
    return found | {f"in {name}": one for name, one in culture.by_quarter("training_completion", frame).items()}


def plan_of(frame: pd.DataFrame) -> dict[str, Any]:
    found = course(PLAN, timeline(frame, clock("resolved"), NOW))
    ratings = {f"rating of {name}": one for name, one in conformance.capability_ratings(found).items()}
    told = {"steps": found.steps, "unplanned": found.unplanned, "sections": conformance.section_states(found)}
    return conformance.estimates(found) | ratings | told


def hours(value: float, **more: Any) -> Estimate:
    return Estimate(value=value, unit="hours", n=1, better=Better.LOWER, **more)


OFFICE = OpeningHours(ZONE, time(9), time(17), "DE")
#: Eleven crises: done, running, missed, known to the day, contradictory, at the same moment, without a start.
ANSWERED = answers(
    [
        *[
            (f"c{n}", moment(f"2025-{n:02}-03 08:00"), hours(float(v)), 5.0)
            for n, v in enumerate((4, 9, 2, 2, 7, 1, 30), 1)
        ],
        ("to the day", moment("2025-07-03 08:00"), hours(12.0, lo=0.0, hi=24.0), 5.0),
        ("running", None, hours(3.0, status=Status.LOWER_BOUND, reason="not yet"), 5.0),
        ("missed", moment("2025-09-03 08:00"), absent(Status.UNDEFINED, MISSED, unit="hours"), 4.0),
        ("wrong", moment("2025-10-03 08:00"), absent(Status.INVALID_ORDER, "a before b", unit="hours"), None),
    ]
).assign(detected_by=["press", "employee", None] * 3 + ["customer", "press"])

GROUPS = pd.concat(
    [
        survey(question(favourable=x, n=n), question("I am proud", favourable=x + 5, n=n)).assign(group=name)
        for name, x, n in (("Sales", 30.0, 50.0), ("Legal", 12.0, 30.0), ("HR", 9.0, 20.0))
    ],
    ignore_index=True,
)


def response_of(frame: pd.DataFrame) -> dict[str, Any]:
    facts = clock("resolved")
    found: dict[str, Any] = dict(intervals(frame, facts, NOW))
    found |= {f"path {key}": value for key, value in path_estimates(statement_path(frame, facts, NOW)).items()}
    found["statement_platform_coverage"] = statement_platform_coverage(frame, facts, NOW, ["x", "TikTok"])
    line = timeline(frame, facts, NOW)
    found |= {key: number(key, line, OFFICE) for key in SINGLE_BUSINESS}
    ids = [*intervals(frame, facts, NOW), "statement_path", "statement_platform_coverage"]
    found |= {f"events of {key}": used_events(key, frame, facts, NOW, OFFICE) for key in BUSINESS}
    return found | {f"events of {key}": used_events(key, frame, facts, NOW) for key in ids}


def across_of(frame: pd.DataFrame) -> dict[str, Any]:
    found = {f"median_{key}": median(key, frame) for key in BASES}
    found |= {f"share_within_target_{key}": share_within_target(key, frame) for key in BASES}
    found |= {f"trend_{key}": trend(key, frame)[0] for key in TRENDING}
    found |= {f"by {word}": one for word, one in share_detected_by(frame).items()}
    return found | {"share_proactive": share_proactive(frame)}


def reaction_of(frame: pd.DataFrame) -> dict[str, Any]:
    found = reaction(frame, DAY0, as_of_date=TODAY)
    by_kind = {f"{key} of {kind}": one for kind, known in found.by_kind.items() for key, one in known.items()}
    return {**found.estimates, **by_kind}


def effect_of(frame: pd.DataFrame) -> dict[str, Any]:
    w = windows(DAY0, pd.Timestamp("2026-03-13"))
    return {"sentiment_effect_size": sentiment_effect_size(frame, daily_series(DAILY), w)}


def lags_of(frame: pd.DataFrame) -> dict[str, Any]:
    found = reaction(frame, DAY0, as_of_date=TODAY)
    none = absent(Status.UNDEFINED, "nobody asked", unit="date")
    points = dict.fromkeys(POINTS, none) | {
        "volume_peak": none if found.peak is None else found.peak[0],
        "half_life": half_life_at(found.peak, found.estimates["half_life"]),
        "sentiment_trough": sentiment_trough(found.series, found.windows),
    }
    return dict(lags(points))


def reputation_of(frame: pd.DataFrame) -> dict[str, Any]:
    z = standardised(frame, DAY0, as_of_date=TODAY)
    return {
        **reputation(frame, "Index", DAY0, as_of_date=TODAY),
        **{f"z of {source}": one for source, one in z.items()},
    }


def surveys_of(frame: pd.DataFrame) -> dict[str, Any]:
    other = survey(question(wave="Winter", favourable=270.0), question("I am proud", wave="Winter", favourable=310.0))
    rows = {
        (row["question"], f.__name__): f(row)
        for row in frame.to_dict("records")
        for f in (favourable, favourable_bounds, mean_score, enps)
    }
    whole = [response_rate(frame), morale_index(frame, other), morale_vs_before(frame, other)]
    return {**rows, **dict(zip(("response_rate", "morale_index", "morale_vs_before"), whole, strict=True))}


def changes_of(frame: pd.DataFrame) -> dict[str, Any]:
    other = survey(question(wave="Winter", favourable=270.0), question("I am proud", wave="Winter", favourable=310.0))
    changes = declared(compared(frame, other) + compared(other, frame), "between both")
    return {f"{change.about} {number}": change.estimate for number, change in enumerate(changes)} or {"none": None}


def groups_of(frame: pd.DataFrame) -> dict[str, Any]:
    company = survey(question(n=500.0, favourable=290.0), question("I am proud", n=500.0, favourable=360.0))
    changes = declared([*against_rest(frame, company), *group_changes(frame, GROUPS)], "of all")
    return {f"{c.metric} {c.about}": c.estimate for c in [*changes, *drawn_together(frame)]} or {"none": None}


Reader = Callable[[pd.DataFrame], dict[str, Any]]
TOPICS: list[tuple[Reader, pd.DataFrame]] = [
    (response_of, EVENTS),
    (across_of, ANSWERED),
    (reaction_of, DAILY),
    (effect_of, HISTOGRAM),
    (lags_of, DAILY),
    (reputation_of, SCORES),
    (surveys_of, SURVEY),
    (plan_of, EVENTS),
    (gaps_of, GAPS),
    (culture_of, CULTURE),
    (changes_of, SURVEY),
    (groups_of, GROUPS),
]
