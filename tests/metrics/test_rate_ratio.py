from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from metrics.estimate import Estimate, Status
from metrics.rate_ratio import quasi_poisson, volume_rate_ratio
from metrics.windows import daily_series, windows
from tests.metrics.frames import daily

DAY0 = pd.Timestamp("2026-03-03")


def read(before: Iterable[int], during: Iterable[int]) -> Estimate:
    before, during = list(before), list(during)
    start = DAY0 - pd.Timedelta(days=len(before))
    series = daily_series(daily([*before, *during], start=f"{start:%Y-%m-%d}"))
    return volume_rate_ratio(series, windows(DAY0, DAY0 + pd.Timedelta(days=len(during))))


def poisson(mean: float, days: int, seed: int) -> list[int]:
    return np.random.default_rng(seed).poisson(mean, days).tolist()


def test_reference_case_13(shared: Path) -> None:
    """Bernal, Cummins & Gasparrini, Int. J. Epidemiol. 2017;46:348–355: the smoking ban in Sicily, 0.885 (0.839–0.933)."""
    rows = pd.read_csv(shared / "data" / "sicily.csv")
    waves = [turn(2 * np.pi * k * rows["time"] / 12) for k in (1, 2) for turn in (np.sin, np.cos)]
    design = np.column_stack([rows["smokban"], np.ones(len(rows)), rows["time"], *waves])
    fit = quasi_poisson(rows["aces"].to_numpy(float), design, np.log(rows["stdpop"].to_numpy(float)))
    assert [round(number, 3) for number in fit.rate_ratio(0)] == [0.885, 0.839, 0.933]


def test_two_levels_give_the_ratio_of_their_means() -> None:
    found = read([10, 14] * 14, [33, 36, 39, 30, 36, 42, 36] * 2)
    assert found.value == pytest.approx(3, abs=0.01)
    assert found.n == 28 * 12 + 2 * 252


def test_weekdays_are_compared_with_their_like() -> None:
    """Half the posts at weekends: a crisis of weekdays alone is no rise."""
    week = [20, 20, 20, 20, 10, 10, 20]  # from Tuesday on
    found = read(week * 4, [20, 20, 20, 20])
    assert found.value == pytest.approx(1)
    assert found.lo is None
    assert "no interval: fewer than 8 days during" in (found.basis or "")


def test_the_interval_widens_with_what_poisson_does_not_explain() -> None:
    calm = read(poisson(20, 28, seed=1), poisson(40, 14, seed=2))
    rng = np.random.default_rng(3)
    wild = read(rng.negative_binomial(2, 2 / 22, 28).tolist(), rng.negative_binomial(2, 2 / 42, 14).tolist())
    assert calm.lo is not None
    assert calm.hi is not None
    assert calm.lo < 2 < calm.hi
    assert (wild.hi or 0) / (wild.lo or 1) > 1.5 * calm.hi / calm.lo


def test_a_decay_is_called_too_narrow_and_noise_is_not() -> None:
    decay = (10 + 200 * np.exp(-np.arange(20) / 5)).round().astype(int).tolist()
    assert "likely too narrow" in (read(poisson(10, 28, seed=4), decay).basis or "")
    assert "likely too narrow" not in (read(poisson(20, 28, seed=1), poisson(40, 14, seed=2)).basis or "")


@pytest.mark.parametrize(
    ("before", "during", "status", "value"),
    [
        ([10] * 13, [20] * 9, Status.INSUFFICIENT_N, None),
        ([0] * 28, [20] * 9, Status.UNDEFINED, None),
        ([0] * 28, [0] * 9, Status.UNDEFINED, None),
        ([10] * 28, [0] * 9, Status.OK, 0),
        ([10] * 28, [20], Status.OK, 2),
        ([7] * 14 + [0] * 14, [14], Status.OK, 4),
    ],
)
def test_edges(before: list[int], during: list[int], status: Status, value: float | None) -> None:
    found = read(before, during)
    assert found.status is status
    assert found.value == (None if value is None else pytest.approx(value))
    assert (found.lo, found.hi) == (None, None)


def test_weekdays_on_which_nothing_is_ever_posted_are_left_out() -> None:
    week = [20, 20, 20, 20, 0, 0, 20]
    found = read(week * 4, [2 * posts for posts in week] * 2)
    assert found.value == pytest.approx(2)
    assert found.hi == pytest.approx(2)


def test_posts_that_never_fall_on_the_same_weekday_are_compared_plainly() -> None:
    only_before = [20, 0, 0, 0, 0, 0, 0]
    found = read(only_before * 4, [0, 70, 0, 0, 0, 0, 0])
    assert found.value == pytest.approx(3.5, abs=1.5)
    gaps = pd.concat([daily([5] * 28), daily([50], start="2026-03-06")])
    assert volume_rate_ratio(daily_series(gaps), windows(DAY0, DAY0 + pd.Timedelta(days=4))).number == pytest.approx(
        2.5, abs=0.1
    )
