from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from metrics.estimate import Status
from metrics.intervals import Z, wilson
from metrics.surveys import (
    enps,
    favourable,
    mean_score,
    morale_index,
    morale_vs_before,
    nonresponse_bounds,
    response_rate,
    wave_phase,
)
from tests.metrics.frames import question, survey


def test_a_share_with_the_interval_of_a_finite_company() -> None:
    found = favourable(question())
    assert (found.value, found.n, found.basis) == (239 / 412, 412, "239 of 412 answers, 600 invited")
    assert (found.lo, found.hi) == wilson(239, 412, 600)
    alone = favourable(question(invited=np.nan))
    assert (alone.lo, alone.hi) == wilson(239, 412)


def test_what_is_withheld_or_coded_stays_so() -> None:
    for read in (favourable, mean_score):
        hidden = read(question(n=np.nan, favourable=np.nan, mean=np.nan, withheld="fewer than 5 answers"))
        assert (hidden.value, hidden.n, hidden.status, hidden.reason) == (
            None,
            0,
            Status.SUPPRESSED,
            "fewer than 5 answers",
        )
    low = favourable(question(n=15.0, favourable=np.nan, coded="low"))
    assert (low.value, low.lo, low.hi, low.status) == (None, 0, 0.15, Status.CODED)
    assert (low.reason or "").startswith("at most 15 %")
    assert (favourable(question(n=15.0, favourable=np.nan, coded="high")).reason or "").startswith("at least 85 %")


def test_a_mean_with_its_interval_unless_it_would_tell_too_much() -> None:
    found = mean_score(question(n=5.0, mean=3.0, sd=0.5))
    half = 2.776 * 0.5 / math.sqrt(5)
    assert (found.lo, found.hi) == pytest.approx((3 - half, 3 + half), abs=1e-3)
    for row in (question(sd=np.nan), question(sd=0.0), question(n=1.0)):
        bare = mean_score(row)
        assert (bare.status, bare.lo, bare.hi) == (Status.OK, None, None)
    assert mean_score(question(n=3.0, mean=4.9, sd=0.3)).hi == 5


def test_enps_reference_case_6() -> None:
    row = question(kind="enps", scale_min=0.0, scale_max=10.0, n=324.0, promoters=162.0, detractors=54.0)
    assert enps(row).value == pytest.approx(33.33, abs=0.01)
    all_of_them = enps(row | {"n": 10.0, "promoters": 10.0, "detractors": 0.0})
    assert (all_of_them.value, all_of_them.hi) == (100, 100)
    assert (all_of_them.lo or 100) < 90
    assert enps(question()).status is Status.NOT_APPLICABLE
    assert enps(row | {"promoters": np.nan}).status is Status.UNDEFINED


def test_the_response_rate_is_that_of_the_most_answered_question() -> None:
    found = response_rate(survey(question(n=300.0), question("Other", n=412.0), question("Hidden", n=np.nan)))
    assert (found.value, found.basis) == (412 / 600, "412 answers of 600 invited")
    assert response_rate(survey(question(invited=np.nan))).status is Status.UNDEFINED
    assert response_rate(survey(question(invited=400.0))).reason == "412 answers but only 400 invited"
    hidden = response_rate(survey(question(n=np.nan, withheld="fewer than 5 answers")))
    assert (hidden.status, hidden.reason) == (Status.SUPPRESSED, "fewer than 5 answers")


def test_silence_bounds_hold_whoever_kept_silent() -> None:
    assert nonresponse_bounds(0.6, 0.5) == (0.3, 0.8)
    assert nonresponse_bounds(0.6, 1.0) == pytest.approx((0.6, 0.6))


def wave(name: str, *shares: float, questions: tuple[str, ...] = ("A", "B"), n: float = 400.0) -> pd.DataFrame:
    rows = (question(q, wave=name, n=n, favourable=round(s * n)) for q, s in zip(questions, shares, strict=True))
    return survey(*rows)


def test_morale_is_compared_over_the_questions_of_both_waves() -> None:
    now = wave("May", 0.5, 0.6, 0.9, questions=("A", "b ", "New"))
    then = wave("March", 0.6, 0.7, 0.1, questions=("A", "B", "Dropped"))
    index, change = morale_index(now, then), morale_vs_before(now, then)
    assert index.value == pytest.approx(0.55)
    assert change.value == pytest.approx(-0.1)
    assert "2 questions asked in both waves (1 left out" in (change.basis or "")
    assert "May" in (change.basis or "")
    assert "March" in (change.basis or "")


def test_the_interval_of_one_question_is_the_usual_one_of_two_shares() -> None:
    now, then = wave("May", 0.5, questions=("A",)), wave("March", 0.6, questions=("A",))
    plain = [frame.assign(invited=np.nan) for frame in (now, then)]
    found = morale_vs_before(*plain)
    half = Z * math.sqrt(0.25 / 400 + 0.24 / 400)
    assert ((found.hi or 0) - (found.lo or 0)) / 2 == pytest.approx(half, rel=0.01)


def test_the_interval_is_at_least_as_wide_as_for_questions_that_move_together() -> None:
    """Fifty people answer two questions alike: the index varies like one share, and its interval must not be narrower."""
    one, two = wave("May", 0.5, questions=("A",), n=50.0), wave("May", 0.5, 0.5, n=50.0)
    a, b = morale_index(one, one), morale_index(two, two)
    assert (b.lo, b.hi) == pytest.approx((a.lo, a.hi))


def test_unanimity_is_not_certainty() -> None:
    change = morale_vs_before(wave("May", 1.0, 1.0, n=20.0), wave("March", 0.9, 0.9, n=20.0))
    assert change.lo is not None
    assert change.lo < 0 < (change.hi or 0)


def test_hidden_questions_are_left_out_and_nothing_left_is_said() -> None:
    hidden = survey(question("A", n=np.nan, favourable=np.nan, withheld="fewer than 5 answers"))
    assert morale_vs_before(hidden, wave("March", 0.6, questions=("A",))).status is Status.SUPPRESSED
    other = morale_vs_before(wave("May", 0.6, questions=("X",)), wave("March", 0.6, questions=("A",)))
    assert (other.status, other.reason) == (Status.UNDEFINED, "no question was asked in both waves")


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


FIRST = (day("2026-03-03"), day("2026-03-12"))
SECOND = (day("2026-09-01"), day("2026-09-10"))


@pytest.mark.parametrize(
    ("opened", "closed", "phases"),
    [
        ("2026-02-20", "2026-03-02", ["before", "before"]),
        ("2026-02-20", "2026-03-03", ["during", "before"]),
        ("2026-03-11", "2026-03-20", ["during", "before"]),
        ("2026-03-12", "2026-03-20", ["after", "before"]),
        ("2026-08-25", "2026-09-05", ["after", "during"]),
        ("2026-09-01", "2026-09-20", ["none", "during"]),
        ("2027-09-10", "2027-09-20", ["none", "after"]),
        ("2027-09-11", "2027-09-20", ["none", "none"]),
    ],
)
def test_the_phase_of_a_wave_towards_each_crisis(opened: str, closed: str, phases: list[str]) -> None:
    day0s, ends = zip(FIRST, SECOND, strict=True)
    assert wave_phase(day(opened), day(closed), day0s, ends) == phases
    assert wave_phase(day(opened), day(closed), day0s[::-1], ends[::-1]) == phases[::-1]


def test_a_wave_with_one_date_or_none() -> None:
    day0s, ends = [FIRST[0]], [FIRST[1]]
    assert wave_phase(day("2026-03-05"), None, day0s, ends) == ["during"]
    assert wave_phase(None, day("2026-03-01"), day0s, ends) == ["before"]
    assert wave_phase(None, None, day0s, ends) == ["none"]
    assert wave_phase(day("2026-03-05"), day("2026-03-06"), [], []) == []
