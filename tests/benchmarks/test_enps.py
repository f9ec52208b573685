"""The simulation behind the claim on the eNPS interval, small enough for every run."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.simulations.enps import WANTED, change_coverage, companies, coverage, measure


@pytest.mark.parametrize("company", [(0.5, 0.2), (0.2, 0.1), (0.05, 0.9), (0.35, 0.35), (0.85, 0.1)])
def test_the_interval_covers_as_claimed(company: tuple[float, float]) -> None:
    lo, hi = WANTED
    assert lo <= coverage(np.random.default_rng(7), 20, company, 20_000) <= hi


def test_the_interval_of_a_change_covers_too() -> None:
    assert 0.93 <= change_coverage(np.random.default_rng(7), 30, (0.3, 0.4), (0.5, 0.2), 10_000) <= 0.98


def test_companies_are_split_by_whether_a_kind_is_missing() -> None:
    mixed, edge = companies(empty=False), companies(empty=True)
    assert (0.5, 0.2) in mixed
    assert (1.0, 0.0) in edge
    assert not set(mixed) & set(edge)
    assert all(p + d >= 0.3 - 1e-9 for p, d in [*mixed, *edge])


def test_what_it_prints() -> None:
    told = measure(20)
    assert told.count("  n = ") == 8
    assert "within 93% to 98%" in told
