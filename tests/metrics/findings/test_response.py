from __future__ import annotations

from typing import Any

import pytest

from metrics.estimate import Better, Estimate, Status, absent
from metrics.findings import response as say
from metrics.response import INTERVALS, interval, statement_path
from metrics.targets import MISSED
from tests.metrics.frames import clock, events, moment, public

NOW = moment("2026-03-20 12:00")


def hours(value: float, **more: Any) -> Estimate:
    return Estimate(value=value, unit="hours", n=1, better=Better.LOWER, **more)


def running(value: float, **more: Any) -> Estimate:
    return hours(value, status=Status.LOWER_BOUND, reason="not yet", **more)


def without(reason: str, status: Status = Status.UNDEFINED) -> Estimate:
    return absent(status, reason, unit="hours", better=Better.LOWER)


PAST = [hours(1), hours(2), hours(8), hours(9), hours(30)]


def test_the_headline() -> None:
    assert say.headline(hours(9.2), 3.0, target_of="plan v3", past=PAST) == (
        "The first public statement came 9 h 12 min after detection, 3.1 times plan v3's 3 h target; "
        "four of five earlier crises were faster."
    )


@pytest.mark.parametrize(
    ("estimate", "sentence"),
    [
        (hours(2), "The first public statement came 2 h after detection, within the 3 h target."),
        (hours(3.004), "The first public statement came 3 h after detection, within the 3 h target."),
        (hours(3.02), "The first public statement came 3 h 1 min after detection, 1 min over the 3 h target."),
        (hours(3.5), "The first public statement came 3 h 30 min after detection, 30 min over the 3 h target."),
        (running(2), "No public statement yet, 2 h after detection, still within the 3 h target."),
        (running(9), "No public statement yet, 9 h after detection, already 3 times the 3 h target."),
        (running(20, lo=20.0, hi=44.0), "No public statement yet, at least 20 h after detection, already 6.7 times the 3 h target."),
        (without(MISSED), "The crisis was resolved without a recorded public statement; the 3 h target was missed."),
        (without("no detected event recorded"), "The time to the first public statement can't be told: no detected event recorded."),
        (without("a lies before b", Status.INVALID_ORDER), "The time to the first public statement can't be told: a lies before b."),
        (
            hours(16, lo=4.0, hi=28.0),
            "The first public statement came between 4 h and 1 day 4 h after detection, known only to the day, in any case over the 3 h target.",
        ),
        (
            hours(7.5, lo=0.0, hi=15.0),
            "The first public statement came up to 15 h after detection, known only to the day; whether that was within the 3 h target can't be told.",
        ),
    ],
)  # fmt: skip
def test_the_verb_follows_the_status(estimate: Estimate, sentence: str) -> None:
    assert say.headline(estimate, 3.0) == sentence


@pytest.mark.parametrize(
    ("estimate", "business", "clause"),
    [
        (hours(62), hours(2), ", 2 h of it in business hours"),
        (hours(16), hours(0), ", none of it in business hours"),
        (hours(16), hours(0.004), ", none of it in business hours"),
        (running(62), running(2), ", 2 h of it in business hours"),
        (hours(62), hours(12), ""),  # about as much as any time has
        (hours(5.9), hours(0.9), ", 54 min of it in business hours"),
        (hours(3.9), hours(0), ""),
        (hours(500), hours(20), ""),
        (hours(62, lo=50.0, hi=74.0), hours(2), ""),
        (hours(62), without(MISSED), ""),
        (hours(62), None, ""),
    ],
)
def test_working_time_is_said_where_a_night_or_weekend_explains(
    estimate: Estimate, business: Estimate | None, clause: str
) -> None:
    told = say.headline(estimate, 3.0, business=business)
    assert ("business hours" in told) is bool(clause)
    assert f"after detection{clause}, " in told


def test_what_else_went_wrong() -> None:
    wrong = without("contained (08:00) lies before detected (09:00)", Status.INVALID_ORDER)
    answered = {
        "time_to_assess": (without(MISSED), 2.0),
        "time_to_decision": (without(MISSED), None),  # nobody asked for it
        "time_to_contain": (wrong, 2.0),
        "time_to_resolve": (running(9), 8.0),
        "time_to_review": (running(9), 30.0),
    }
    assert say.outcomes(answered) == [
        "Never recorded, though a target is set: assessment.",
        "Outstanding past its target: resolution.",
        "Times contradict each other: contained (08:00) lies before detected (09:00).",
    ]
    both = {"time_to_assess": (without(MISSED), 2.0), "time_to_contain": (without(MISSED), 2.0)}
    assert say.outcomes(both) == ["Never recorded, though targets are set: assessment and containment."]
    late = {"time_to_assess": (running(3), 2.0), "time_to_contain": (running(3), 2.0)}
    assert say.outcomes(late) == ["Outstanding past their targets: assessment and containment."]
    assert say.outcomes({"time_to_assess": (hours(9), 2.0), "longest_silence": (running(90), 2.0)}) == []


def test_a_long_time_shows_the_minutes_that_make_it_late() -> None:
    assert say.timing("time_to_resolve", hours(76.3), 76.0) == (
        "The crisis was resolved 3 days 4 h 18 min after detection, 18 min over the 3 days 4 h target."
    )


@pytest.mark.parametrize(
    ("estimate", "past", "clause"),
    [
        (hours(5), [], ""),
        (hours(5), [without("no detected event recorded")], ""),
        (hours(5), [hours(3)], "; the one earlier crisis that can be compared was faster"),
        (hours(5), [hours(5.001)], "; the one earlier crisis that can be compared was not faster"),
        (hours(5), [hours(3), hours(4)], "; both earlier crises were faster"),
        (hours(5), [hours(6), without(MISSED)], "; neither of the two earlier crises was faster"),
        (hours(5), [hours(3)] * 3, "; all three earlier crises were faster"),
        (hours(5), [hours(6)] * 3, "; none of the three earlier crises was faster"),
        (hours(5), [hours(3), hours(7), running(6), running(2)], "; one of three earlier crises was faster"),
        (hours(5), [hours(3), hours(7), hours(5, lo=0.0, hi=10.0)], "; one of two earlier crises was faster"),
        (running(5), [hours(3), hours(4), hours(7)], "; both earlier crises were faster"),
    ],
)
def test_only_what_can_be_compared_is_counted(estimate: Estimate, past: list[Estimate], clause: str) -> None:
    told = say.headline(estimate, past=past)
    assert told.endswith(f"after detection{clause}.")


def test_every_interval_has_words() -> None:
    assert {row.id for row in INTERVALS} - {"internal_first_margin"} == set(say.SPOKEN)
    frame = events(("posted", "2026-03-03 07:00"), ("detected", "2026-03-03 09:00"), ("resolved", "2026-03-04 09:00"))
    for key in say.SPOKEN:
        for status, now in (("open", moment("2026-03-03 12:00")), ("resolved", NOW)):
            told = say.timing(key, interval(key, frame, clock(status), now))
            assert told[0].isupper()
            assert told.endswith(".")


def test_the_review_is_counted_in_days() -> None:
    late = Estimate(value=45.0, unit="days", n=1, better=Better.LOWER)
    assert (
        say.timing("time_to_review", late, 30.0)
        == "The review was held 45 days after resolution, 1.5 times the 30 days target."
    )


@pytest.mark.parametrize(
    ("by", "estimate", "sentence"),
    [
        ("own_monitoring", hours(2 + 5 / 60), "Own monitoring noticed the post 2 h 5 min after it went up."),
        (None, hours(2), "The post was detected 2 h after it went up."),
        ("employee", hours(0, basis="proactive"), "An employee noticed it before it was posted."),
        ("press", running(2), "No detection yet, 2 h after the post."),
        (
            "press",
            without("no posted event recorded"),
            "The time to detection can't be told: no posted event recorded.",
        ),
    ],
)
def test_detection(by: str | None, estimate: Estimate, sentence: str) -> None:
    assert say.detection(estimate, by) == sentence


STEPS = [
    ("detected", "2026-03-03 09:00"),
    ("team_assembled", "2026-03-03 10:10"),
    ("decision", "2026-03-03 12:30"),
    ("statement", "2026-03-03 18:12", public()),
]


def where(*rows: Any, status: str = "open", now: str = "2026-03-03 20:30") -> str | None:
    return say.where_it_went(statement_path(events(*rows), clock(status), moment(now)))


def test_where_the_time_went() -> None:
    assert where(*STEPS) == (
        "Where it went: 1 h 10 min to assemble, 2 h 20 min to decide, 5 h 42 min from decision to publication."
    )
    assert where(*STEPS[:3]) == (
        "Where it went: 1 h 10 min to assemble, 2 h 20 min to decide, and 8 h from decision without publication so far."
    )
    assert where(*STEPS[:3], status="resolved") == (
        "Where it went: 1 h 10 min to assemble and 2 h 20 min to decide; then nothing was published."
    )
    assert where(STEPS[0], STEPS[3]) == "No step between detection and the first public statement is recorded."
    assert where(*STEPS[1:]) is None
    assert where(STEPS[0], ("statement", "2026-03-03 08:00", public())) is None


def test_a_segment_known_to_the_day_is_a_range() -> None:
    told = where(STEPS[0], ("decision", "2026-03-03"), STEPS[3])
    assert told == "Where it went: 0 min to 9 h 12 min to decide, 0 min to 9 h 12 min from decision to publication."


@pytest.mark.parametrize(
    ("estimate", "sentence"),
    [
        (hours(5), "The longest silence lasted 5 h, 1.7 times the 3 h target."),
        (running(5), "The longest silence is still running: nothing said in public for 5 h, already 1.7 times the 3 h target."),
        (hours(5, lo=4.0, hi=6.0), "The longest silence lasted between 4 h and 6 h, known only to the day, in any case over the 3 h target."),
        (without("no detected event recorded"), "The longest silence can't be told: no detected event recorded."),
    ],
)  # fmt: skip
def test_silence(estimate: Estimate, sentence: str) -> None:
    assert say.silence(estimate, 3.0) == sentence


@pytest.mark.parametrize(
    ("estimate", "sentence"),
    [
        (hours(40 / 60), "Employees heard 40 min before the public."),
        (hours(-40 / 60), "Employees heard 40 min after the public."),
        (hours(0.001), "Employees heard at the same time as the public."),
        (hours(1, lo=-5.0, hi=7.0), "Employees heard between 5 h after and 7 h before the public, known only to the day."),
        (running(3), "Employees were told 3 h ago; there is no public statement yet."),
        (without(MISSED), "Employees were told; no public statement is recorded."),
        (without("no internal message recorded"), "Whether employees heard before the public can't be told: no internal message recorded."),
    ],
)  # fmt: skip
def test_internal_against_public(estimate: Estimate, sentence: str) -> None:
    assert say.internal(estimate) == sentence
