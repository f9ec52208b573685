from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from metrics.estimate import Status
from metrics.intervals import Z
from metrics.morale import morale_index, morale_vs_before
from tests.metrics.frames import question, survey


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
    unscaled = survey(question("A", favourable=np.nan, scale_min=np.nan, scale_max=np.nan))
    unknown = morale_index(unscaled, wave("March", 0.6, questions=("a ",)))
    assert (unknown.status, unknown.reason) == (
        Status.UNDEFINED,
        "no question of both waves has a known favourable share",
    )
