"""Sentences on gaps, lessons and culture."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from metrics import gaps as of
from metrics.catalogue import ALL
from metrics.closing import age_median, closure_within_sla
from metrics.effectiveness import Seen, effectiveness
from metrics.estimate import Better, Estimate, Status, absent
from metrics.findings import culture, gaps, lessons
from metrics.targets import MISSED
from tests.metrics.frames import register

TODAY = pd.Timestamp("2026-06-01")
LATE, CLOSED = {"due_on": "2026-05-01"}, {"completed_on": "2026-02-01"}


# --- gaps --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "No gap in the register is recorded."),
        ([{}], "The one gap in the register is open."),
        ([LATE], "The one gap in the register is open and overdue."),
        ([CLOSED], "The one gap in the register is closed."),
        ([CLOSED, CLOSED], "Both gaps in the register are closed."),
        ([CLOSED] * 3, "All three gaps in the register are closed."),
        ([CLOSED, {}], "One of two gaps in the register is open."),
        ([CLOSED, LATE], "One of two gaps in the register is open and overdue."),
        ([LATE, LATE], "Both gaps in the register are open, both of them overdue."),
        ([LATE, {}, {}], "All three gaps in the register are open, one of them overdue."),
        ([LATE, LATE, LATE, CLOSED], "Three of four gaps in the register are open, all of them overdue."),
        ([{}] * 11 + [CLOSED], "11 of 12 gaps in the register are open."),
    ],
)
def test_how_many_are_open(rows: list[dict[str, Any]], sentence: str) -> None:
    frame = register(*rows)
    assert gaps.standing(of.estimates(frame, TODAY, {3: 60}, of.chances(frame, [])), of="in the register") == sentence


def told(*rows: dict[str, Any], allowed: int = 60) -> str | None:
    frame = register(*rows)
    return gaps.closing(age_median(frame, TODAY), closure_within_sla(frame, TODAY, {3: allowed}))


def test_how_long_they_take() -> None:
    ends = [{"completed_on": f"2026-02-0{n}"} for n in range(1, 7)]
    assert told(*ends) == (
        "Half of the gaps were implemented within 33.5 days of being opened (interval 31 to 36 days); 100 % were closed in "
        "the time their severity allows (interval 61 % to 100 %)."
    )
    assert told(*ends[:3], {}) == (
        "Half of the gaps were implemented within 32.5 days of being opened; 75 % were closed in the time their severity "
        "allows (interval 30 % to 95 %)."
    )
    assert told(ends[0], {}, {}) == (
        "How long half of the gaps take can't be told yet: at least half of three gaps are not implemented; 33 % were closed "
        "in the time their severity allows (interval 6 % to 79 %)."
    )
    assert (
        told(ends[0]) == "The one gap that can be counted took 31 days to close, within the time its severity allows."
    )
    assert told(ends[0], allowed=9) == (
        "The one gap that can be counted took 31 days to close, more than the time its severity allows."
    )
    assert told({}) == "The one gap that can be counted was not closed in the time its severity allows."
    assert told({}, allowed=400) is None


def test_how_often_they_come_back() -> None:
    def said(*reappeared: bool) -> str | None:
        frame = pd.DataFrame(
            {"gap": "G1", "crisis": [f"c{n}" for n, _ in enumerate(reappeared)], "reappeared": reappeared}
        )
        return gaps.recurrence(of.recurrence(frame))

    assert said(True) == "The one later crisis that could show it brought a gap back."
    assert said(False) == "The one later crisis that could show it brought no gap back."
    assert said(False, False) == "No gap came back in the two later crises that could show it."
    assert said(True, False, False) == (
        "A gap came back in one of three later crises that could show it (interval 6 % to 79 %)."
    )
    assert said(True, True) == "A gap came back in both later crises that could show it (interval 34 % to 100 %)."
    assert gaps.recurrence(of.recurrence(pd.DataFrame({"gap": [], "crisis": [], "reappeared": []}))) is None


def hours(value: float, **more: Any) -> Estimate:
    return Estimate(value=value, unit="hours", n=1, better=Better.LOWER, **more)


NEVER = absent(Status.UNDEFINED, MISSED, unit="hours", better=Better.LOWER)


def fix(*values: Estimate, target: float = 3.0, metric: str = "time_to_first_statement") -> str:
    """What is said of a fix that lies between the first crisis and the second."""
    seen = [Seen(f"c{n}", pd.Timestamp(2026, n, 5), value) for n, value in enumerate(values, start=1)]
    gap = {"completed_on": pd.Timestamp("2026-01-31"), "crisis": "c1", "metric": metric, "target": target}
    return gaps.fix("G1", effectiveness(gap, seen, ALL.get(metric)), target)


def share(value: float) -> Estimate:
    return Estimate(value=value, unit="share", n=9, better=Better.HIGHER)


RUNNING = hours(1, status=Status.LOWER_BOUND, reason="no public statement recorded")
WAITING = hours(5, status=Status.LOWER_BOUND, reason="no public statement recorded")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (fix(hours(9), hours(2)), "The fix of G1 held: 2 h in c2, within the target of 3 h."),
        (fix(hours(9), hours(5)), "The fix of G1 did not reach its target: 5 h in c2, against 3 h."),
        (fix(hours(9), hours(3.02)), "The fix of G1 did not reach its target: 3 h 1 min in c2, against 3 h."),
        (fix(hours(9), WAITING), "The fix of G1 did not reach its target: at least 5 h in c2, against 3 h."),
        (fix(hours(9), hours(12)), "The fix of G1 did not last: 12 h in c2, against a target of 3 h, worse than the 9 h in c1, where the gap was found."),
        (fix(hours(9), NEVER), "The fix of G1 did not last: never done in c2, against a target of 3 h, worse than in c1, where the gap was found."),
        (fix(hours(9), hours(2), hours(5)), "The fix of G1 did not last: 5 h in c3, against a target of 3 h, although c2 was within it."),
        (fix(hours(9), hours(2), RUNNING), "The fix of G1 held: 2 h in c2, within the target of 3 h; c3 can't be judged."),
        (fix(hours(9)), "The fix of G1 is not exercised: no crisis since 2026-01-31 put it to the test."),
        (fix(hours(9), metric="time_to_coffee"), "The fix of G1 is not exercised: there is no metric “time_to_coffee”."),
        (fix(share(0.1), share(0.796), target=0.8, metric="conformance"), "The fix of G1 did not reach its target: 79.6 % in c2, against 80 %."),
    ],
)  # fmt: skip
def test_what_became_of_a_fix(said: str, sentence: str) -> None:
    assert said == sentence


def test_a_fix_that_can_be_tested_says_its_p() -> None:
    before = [Seen(f"b{n}", pd.Timestamp(2025, n, 1), hours(9 + n)) for n in range(1, 5)]
    after = [Seen(f"a{n}", pd.Timestamp(2026, n + 1, 1), hours(n / 2)) for n in range(1, 5)]
    gap = {"completed_on": pd.Timestamp("2026-01-31"), "crisis": "b1", "metric": "time_to_detect", "target": 3.0}
    found = effectiveness(gap, [*before, *after], ALL["time_to_detect"])
    assert (
        gaps.fix("G1", found, 3.0)
        == "The fix of G1 held: 2 h in a4, within the target of 3 h; before against after, p = 0.029."
    )


# --- lessons -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "No lesson in all is recorded."),
        ({"implemented": 1}, "The one lesson in all awaits validation."),
        ({"implemented": 2, "learned": 1}, "Three lessons in all: one is learned and two await validation."),
        ({"observation": 11}, "11 lessons in all: 11 are only observed."),
    ],
)
def test_where_lessons_stand(counts: dict[str, int], sentence: str) -> None:
    assert lessons.standing(counts, of="in all") == sentence


def test_how_long_a_lesson_takes() -> None:
    about = {"unit": "days", "better": Better.LOWER}
    assert lessons.lead_time(Estimate(value=1.0, n=1, **about)) == (
        "Half of the lessons were learned within 1 day of being observed."
    )
    assert lessons.lead_time(Estimate(value=30.0, lo=9.0, hi=44.0, n=7, **about)).endswith("(interval 9 to 44 days).")
    assert lessons.lead_time(Estimate(value=30.0, lo=9.0, n=7, **about)).endswith("observed (at least 9 days).")
    nobody = absent(Status.UNDEFINED, "nobody recorded when", **about)
    assert lessons.lead_time(nobody) == "Time to learn a lesson, not measured: nobody recorded when."
    yet = absent(Status.NOT_REACHED, "the one lesson is not learned", **about)
    assert (
        lessons.lead_time(yet) == "How long half of the lessons take can't be told yet: the one lesson is not learned."
    )


# --- culture -----------------------------------------------------------------------------------------------------------


def counted(value: float, n: int) -> Estimate:
    return Estimate(value=value, unit="share", n=n, better=Better.HIGHER)


def test_completed_and_acknowledged() -> None:
    assert culture.share("training_completion", counted(0.996, 1000)) == (
        "99.6 % of those assigned completed their training (996 of 1,000)."
    )
    none = absent(Status.UNDEFINED, "no policy acknowledgement is recorded", unit="share")
    assert culture.share("policy_acknowledged", none) == (
        "How many acknowledged the policy can't be told: no policy acknowledgement is recorded."
    )
    hidden = absent(Status.SUPPRESSED, "fewer than 5 people", unit="share")
    assert culture.share("training_completion", hidden) == (
        "How many completed their training is hidden: fewer than 5 people."
    )


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (counted(1.0, 1), "The one department has an ambassador."),
        (counted(0.0, 1), "The one department has no ambassador."),
        (counted(1.0, 2), "Both departments have an ambassador."),
        (counted(1.0, 3), "All three departments have an ambassador."),
        (counted(0.0, 2), "Neither of the two departments has an ambassador."),
        (counted(0.0, 12), "None of the 12 departments has an ambassador."),
        (counted(0.25, 4), "One of four departments has an ambassador."),
        (counted(2 / 3, 3), "Two of three departments have an ambassador."),
    ],
)
def test_ambassadors(found: Estimate, sentence: str) -> None:
    assert culture.ambassadors(found) == sentence


def test_rates() -> None:
    per = {"unit": "per 100 employees", "better": Better.HIGHER}
    running = Estimate(value=2.0, n=1, status=Status.LOWER_BOUND, reason="the quarter still runs", **per)
    quarters = {
        "2026 Q1": Estimate(value=2.5, n=5, **per),
        "2026 Q2": Estimate(value=1.0, n=2, **per),
        "2026 Q3": running,
    }
    assert culture.rate("recognitions", quarters) == ("2026 Q2: 1 recognition per 100 employees, after 2.5 in 2026 Q1.")
    assert (
        culture.rate("check_ins", {"2026 Q3": running}) == "2026 Q3 still runs: 2 check-ins per 100 employees so far."
    )
    plain = Estimate(value=4.0, unit="count", n=4)
    assert culture.rate("check_ins", {"2026 Q1": quarters["2026 Q1"], "2026 Q2": plain}) == "2026 Q2: 4 check-ins."
    assert culture.rate("recognitions", {}) == "Recognitions not measured: none is recorded."


# --- what the crises show ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("categories", "sections", "told"),
    [
        ([], [], "No crisis is recorded."),
        ([None], [None], "Of one crisis, no category is recorded; no policy section is recorded."),
        (["Leak"], ["9"], "Of one crisis, one falls in “Leak”; one falls under “9”."),
        (
            ["A", "A", None],
            ["1", "2", None],
            "Of three crises, two fall in “A” (one without one); one falls under each of “1” and “2” (one without one).",
        ),
    ],
)
def test_which_misconduct_the_crises_show(categories: list[str | None], sections: list[str | None], told: str) -> None:
    assert culture.misconduct(categories, sections) == told
