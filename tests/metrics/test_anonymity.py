from __future__ import annotations

import math

import pytest

from metrics.anonymity import K_FLOOR, coded_band, coded_side, withhold


def test_a_group_needs_k_answers() -> None:
    assert withhold(5, 5) is None
    assert withhold(4, 5) == "fewer than 5 answers"
    assert withhold(math.nan, 5) is not None


def test_the_reason_does_not_tell_how_many() -> None:
    assert len({withhold(n, 8) for n in range(8)}) == 1


def test_k_never_falls_below_its_floor() -> None:
    assert withhold(2, 0) == f"fewer than {K_FLOOR} answers"
    assert withhold(3, 1) is None


@pytest.mark.parametrize(
    ("n", "percent"), [(5, 40), (8, 25), (12, 20), (15, 15), (20, 10), (21, 10), (40, 5), (41, 5), (1000, 5)]
)
def test_the_band_is_two_answers_or_five_percent_rounded_up_to_five(n: int, percent: int) -> None:
    assert coded_band(n, "low") == (0, percent / 100)
    assert coded_band(n, "high") == ((100 - percent) / 100, 1)


@pytest.mark.parametrize("n", [*range(5, 60), 100, 412, 1000])
def test_exactly_the_shares_inside_the_band_are_coded(n: int) -> None:
    c = coded_band(n, "low")[1]
    sides = [coded_side(count, n) for count in range(n + 1)]
    assert [side == "low" for side in sides] == [count <= c * n + 1e-9 and 2 * count <= n for count in range(n + 1)]
    assert sides[:3] == ["low"] * 3
    assert sides[-3:] == ["high"] * 3
    assert [None if side is None else {"low": "high", "high": "low"}[side] for side in reversed(sides)] == sides


@pytest.mark.parametrize("n", [3, 4])
def test_in_the_smallest_groups_everything_is_coded(n: int) -> None:
    assert None not in {coded_side(count, n) for count in range(n + 1)}


def test_no_answers_have_no_side_and_impossible_counts_are_refused() -> None:
    assert coded_side(0, 0) is None
    for count in (-1, 6):
        with pytest.raises(ValueError, match="between 0 and n"):
            coded_side(count, 5)
