from __future__ import annotations

import pytest

from metrics.estimate import Better, Estimate, Status, absent
from metrics.targets import MISSED, Verdict, verdict


def hours(value: float, status: Status = Status.OK, better: Better = Better.LOWER, **more: float) -> Estimate:
    reason = None if status is Status.OK else "still running"
    return Estimate(value=value, unit="hours", n=1, status=status, reason=reason, better=better, **more)


@pytest.mark.parametrize(
    ("estimate", "expected"),
    [
        (hours(2.9), Verdict.MET),
        (hours(3.0), Verdict.MET),
        (hours(3.004), Verdict.MET),
        (hours(3.02), Verdict.NOT_MET),
        (hours(2.0, Status.LOWER_BOUND), Verdict.NOT_YET),
        (hours(3.5, Status.LOWER_BOUND), Verdict.NOT_MET),
        (hours(4.0, lo=1.0, hi=7.0), Verdict.UNCLEAR),
        (hours(2.0, lo=1.0, hi=3.0), Verdict.MET),
        (hours(5.0, lo=4.0, hi=6.0), Verdict.NOT_MET),
        (hours(4.0, better=Better.HIGHER), Verdict.MET),
        (hours(2.0, better=Better.HIGHER), Verdict.NOT_MET),
        (hours(2.0, Status.LOWER_BOUND, Better.HIGHER), Verdict.NOT_YET),
        (hours(4.0, Status.LOWER_BOUND, Better.HIGHER), Verdict.MET),
        (hours(2.0, better=Better.NONE), Verdict.NONE),
        (absent(Status.UNDEFINED, MISSED, unit="hours", better=Better.LOWER), Verdict.NOT_MET),
        (absent(Status.UNDEFINED, "no detected event recorded", unit="hours", better=Better.LOWER), Verdict.NONE),
        (absent(Status.INVALID_ORDER, "a lies before b", unit="hours", better=Better.LOWER), Verdict.NONE),
    ],
)
def test_against_three_hours(estimate: Estimate, expected: Verdict) -> None:
    assert verdict(estimate, 3) is expected


def test_without_a_target_there_is_no_verdict() -> None:
    assert verdict(hours(1.0), None) is Verdict.NONE


def test_other_units_are_compared_as_they_are() -> None:
    share = Estimate(value=0.899, unit="share", better=Better.HIGHER)
    assert verdict(share, 0.9) is Verdict.NOT_MET
