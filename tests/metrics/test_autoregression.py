from __future__ import annotations

import numpy as np
import pytest

from metrics.autoregression import regression

#: GNP, population and employment of the United States, 1947 to 1962 (Longley, JASA 1967;62:819–841).
LONGLEY = np.array(
    [
        (234.289, 107.608, 60.323), (259.426, 108.632, 61.122), (258.054, 109.773, 60.171), (284.599, 110.929, 61.187),
        (328.975, 112.075, 63.221), (346.999, 113.270, 63.639), (365.385, 115.094, 64.989), (363.112, 116.219, 63.761),
        (397.469, 117.388, 66.019), (419.180, 118.734, 67.857), (442.769, 120.445, 68.169), (444.546, 121.950, 66.513),
        (482.704, 123.366, 68.655), (502.601, 125.368, 69.564), (518.173, 127.852, 69.331), (554.894, 130.081, 70.551),
    ]
)  # fmt: skip


def memory(n: int, rho: float, seed: int) -> np.ndarray:
    """An AR(1) process of variance 1."""
    rng = np.random.default_rng(seed)
    values = [rng.normal()]
    for _ in range(n - 1):
        values.append(rho * values[-1] + rng.normal() * np.sqrt(1 - rho**2))
    return np.array(values)


def test_longley_as_nlme_fits_it() -> None:
    """Faraway, *Linear Models with R*, 2005, section 6.1: gls(Employed ~ GNP + Population, correlation = corAR1)."""
    design = np.column_stack([np.ones(16), LONGLEY[:, :2]])
    found = regression(LONGLEY[:, 2], design, np.arange(1947.0, 1963.0))
    assert found is not None
    assert found.rho == pytest.approx(0.6441692, abs=2e-6)
    assert found.sd == pytest.approx(0.689207, abs=1e-6)
    assert found.coefficients == pytest.approx([101.85813, 0.07207, -0.54851], abs=1e-5)
    assert found.errors == pytest.approx([14.198932, 0.010606, 0.154130], abs=1e-6)


def test_missing_days_are_as_if_every_second_were_all_there_is() -> None:
    """Days two apart correlate by ρ²: the same likelihood with another name for ρ."""
    values, design = memory(60, 0.5, seed=1), np.ones((60, 1))
    near, far = (regression(values, design, step * np.arange(60.0)) for step in (1, 2))
    assert near is not None
    assert far is not None
    assert far.rho**2 == pytest.approx(near.rho, abs=1e-5)
    assert far.errors == pytest.approx(near.errors, rel=1e-4)


def test_independent_errors_are_ordinary_least_squares() -> None:
    values = np.random.default_rng(3).normal(size=2_000)
    found = regression(values, np.ones((2_000, 1)), np.arange(2_000.0))
    assert found is not None
    assert found.rho == pytest.approx(0, abs=0.06)
    assert found.coefficients[0] == pytest.approx(values.mean(), abs=1e-3)


def test_memory_leaves_few_degrees_of_freedom() -> None:
    design = np.column_stack([np.ones(60), np.arange(60.0)])
    found = regression(memory(60, 0.6, seed=2), design, np.arange(60.0))
    assert found is not None
    assert found.rho == pytest.approx(0.6, abs=0.25)
    assert 2 <= found.df.min() <= found.df.max() < 58


def test_what_lies_on_the_line_has_no_errors() -> None:
    days = np.arange(20.0)
    assert regression(0.5 * days, np.column_stack([np.ones(20), days]), days) is None
    assert regression(np.zeros(20), np.ones((20, 1)), days) is None


@pytest.mark.parametrize("seed", range(20))
def test_short_and_odd_series_have_finite_intervals(seed: int) -> None:
    rng = np.random.default_rng(seed)
    days = np.sort(rng.choice(40, size=9, replace=False)).astype(float)
    values = np.where(rng.random(9) < 0.5, -1.0, rng.normal(size=9))
    found = regression(values, np.column_stack([np.ones(9), days]), days)
    assert found is not None
    assert np.isfinite([*found.interval(0), *found.interval(1), *found.df]).all()
