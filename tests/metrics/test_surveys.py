from __future__ import annotations

import math

import numpy as np
import pytest

from metrics.estimate import Status
from metrics.intervals import wilson
from metrics.surveys import enps, favourable, favourable_bounds, mean_score, nonresponse_bounds, response_rate
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


def test_silence_bounds_stand_beside_the_share() -> None:
    """r = 412/600, p = 239/412: had the 188 silent been against, 239 of 600; had they been for, 427 of 600."""
    found = favourable_bounds(question())
    assert (found.value, found.lo, found.hi) == pytest.approx((239 / 412, 239 / 600, 427 / 600))
    assert found.basis == "bounds, had the 188 others of 600 invited been against, or for"
    assert (favourable_bounds(question(invited=413.0)).basis or "").startswith("bounds, had the 1 other of 413 invited")
    everyone = favourable_bounds(question(invited=412.0))
    assert (everyone.lo, everyone.hi) == pytest.approx((239 / 412, 239 / 412))
    assert favourable_bounds(question(invited=np.nan)).reason == "the number invited is not recorded"
    assert favourable_bounds(question(invited=400.0)).reason == "412 answers but only 400 invited"
    hidden = favourable_bounds(question(n=np.nan, favourable=np.nan, withheld="fewer than 5 answers"))
    assert hidden.status is Status.SUPPRESSED
    coded = favourable_bounds(question(n=20.0, invited=40.0, favourable=np.nan, coded="low"))
    assert (coded.status, coded.value, coded.lo, coded.hi) == (Status.CODED, None, 0.0, 0.55)


def test_answers_without_a_scale_or_outside_it_are_no_number() -> None:
    unscaled = question(favourable=np.nan, mean=np.nan, sd=np.nan, scale_min=np.nan, scale_max=np.nan)
    for read in (favourable, favourable_bounds, mean_score):
        found = read(unscaled)
        assert (found.status, found.value, found.reason) == (
            Status.UNDEFINED,
            None,
            "no scale is recorded for this question",
        )
    outside = question(favourable=np.nan, mean=np.nan, sd=np.nan, unusable="answers lie outside the scale of 1 to 5")
    for read in (favourable, favourable_bounds, mean_score):
        found = read(outside)
        assert (found.status, found.value, found.n) == (Status.UNDEFINED, None, 412)
        assert found.reason == "answers lie outside the scale of 1 to 5"


def test_the_score_lies_within_its_interval_however_few_answered() -> None:
    one = enps(question(kind="enps", n=1.0, promoters=1.0, detractors=0.0))
    assert (one.value, one.hi) == (100, 100)
