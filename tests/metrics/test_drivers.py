"""LMG against a published example, its bootstrap, and when nothing may be said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from metrics.drivers import drivers, lmg
from metrics.estimate import Status

#: Correlations of R's `swiss` (Mosteller & Tukey 1977, 47 provinces): agriculture, examination, education, catholic,
#: infant mortality, and fertility, which is explained.
SWISS = [
    [1.0, -0.686542, -0.639523, 0.401095, -0.060859, 0.353079],
    [-0.686542, 1.0, 0.698415, -0.572742, -0.114022, -0.645883],
    [-0.639523, 0.698415, 1.0, -0.153859, -0.099322, -0.663789],
    [0.401095, -0.572742, -0.153859, 1.0, 0.175496, 0.463685],
    [-0.060859, -0.114022, -0.099322, 0.175496, 1.0, 0.416556],
    [0.353079, -0.645883, -0.663789, 0.463685, 0.416556, 1.0],
]
NAMES = ["Agriculture", "Examination", "Education", "Catholic", "Infants", "Recommend"]


PREDICTORS = NAMES[:-1]


def matrix(values: list[list[float]] | np.ndarray = SWISS, names: list[str] = NAMES) -> pd.DataFrame:
    return pd.DataFrame(values, index=names, columns=names)


def test_lmg_of_the_swiss_provinces() -> None:
    """`calc.relimp(lm(Fertility ~ ., swiss), type = "lmg")` of relaimpo (Grömping 2006): R2 0.7067."""
    parts = lmg(np.array([SWISS]))[0]
    assert parts == pytest.approx([0.05709, 0.17117, 0.26013, 0.10557, 0.11277], abs=2e-5)
    assert parts.sum() == pytest.approx(0.70674, abs=2e-5)


def test_each_question_has_its_part_and_interval() -> None:
    found = drivers(matrix(), 400, "Recommend", PREDICTORS)
    assert list(found) == ["Agriculture", "Catholic", "Education", "Examination", "Infants"]
    education = found["Education"]
    assert education.value == pytest.approx(0.26013, abs=2e-4)
    assert 0.2 < (education.lo or 0) < 0.26 < (education.hi or 1) < 0.32
    assert education.basis == (
        "associated with “Recommend”: 5 questions go with 71 % of its variance; 400 people who answered all; "
        "parametric bootstrap; association, not cause"
    )
    assert found == drivers(matrix().iloc[::-1, ::-1], 400, "Recommend", PREDICTORS)
    assert drivers(matrix(), 4_000, "Recommend", PREDICTORS)["Education"].lo or (education.lo or 1) < 0


def test_the_bootstrap_spreads_as_samples_do() -> None:
    """Of 400 samples of 200 from a normal population, the intervals of the first question hold the truth 92-98 %."""
    truth = np.array([[1.0, 0.4, 0.5], [0.4, 1.0, 0.3], [0.5, 0.3, 1.0]])
    names = ["a", "b", "out"]
    wanted = lmg(truth[np.newaxis])[0, 0]
    random = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        sample = np.corrcoef(random.multivariate_normal(np.zeros(3), truth, size=200).T).round(2)
        one = drivers(matrix(sample, names), 200, "out", ["a", "b"])["a"]
        held += (one.lo or 0) <= wanted <= (one.hi or 0)
    assert 0.92 <= held / 400 <= 0.98


def test_rounding_that_made_a_matrix_impossible_is_mended() -> None:
    values = np.array([[1.0, 1.0, 0.6], [1.0, 1.0, 0.62], [0.6, 0.62, 1.0]])
    found = drivers(matrix(values, ["a", "b", "out"]), 150, "out", ["a", "b"])
    assert all(e.status is Status.OK and 0 <= (e.number or -1) <= 1 for e in found.values())


def test_too_few_and_what_does_not_apply() -> None:
    few = drivers(matrix(), 99, "Recommend", PREDICTORS)["Education"]
    assert (few.status, few.reason) == (Status.INSUFFICIENT_N, "fewer than 100 people answered every question")
    eleven = matrix(np.eye(12), [*"abcdefghijk", "out"])
    assert drivers(eleven, 5_000, "out", eleven)["a"].status is Status.NOT_APPLICABLE
    ten = matrix(np.eye(11), [*"abcdefghij", "out"])
    assert drivers(ten, 100, "out", ten)["a"].status is Status.OK
    other = drivers(matrix(), 400, "Other", PREDICTORS)["Education"]
    assert (other.status, other.reason) == (Status.SUPPRESSED, "answers to “Other” are not shown exactly")
    alike = matrix().mask(matrix() == 1.0)
    assert drivers(alike, 400, "Recommend", PREDICTORS)["Education"].status is Status.UNDEFINED
    none = drivers(pd.DataFrame(), 0, "Recommend", ["Education"])["Education"]
    assert (none.status, none.reason) == (Status.INSUFFICIENT_N, "fewer than 100 people answered every question")
    assert drivers(pd.DataFrame(), 0, "Recommend", []) == {}


def test_a_question_that_is_not_shown_exactly_is_left_out_and_said() -> None:
    found = drivers(matrix(), 400, "Recommend", [*PREDICTORS, "Coded"])
    assert (found["Coded"].status, found["Coded"].value) == (Status.SUPPRESSED, None)
    assert found["Education"].status is Status.OK
