from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.precedence import declared, order, out_of_place
from metrics.timeline import Moment

EPOCH = pd.Timestamp("2026-03-03", tz="UTC")


def hour(at: float, length: float = 0) -> Moment:
    start = EPOCH + pd.Timedelta(hours=at)
    return Moment(start, start + pd.Timedelta(hours=length))


def chain(n: int) -> dict[int, int | None]:
    """Each of the steps 1 … n follows the one before it."""
    return {step: step - 1 or None for step in range(1, n + 1)}


def both(sequence: list[int]) -> tuple[int, int]:
    """Inversions and steps out of place, where the plan declares 1 … n and `sequence` is what came first, second, …"""
    at = {step: hour(place) for place, step in enumerate(sequence)}
    found = order(declared(chain(len(sequence))).pairs, at)
    return len(found.inverted), out_of_place(found.inverted)


@pytest.mark.parametrize(("sequence", "expected"), [([1, 3, 2, 4, 5], (1, 1)), ([5, 1, 2, 3, 4], (4, 1))])
def test_the_reference_case(sequence: list[int], expected: tuple[int, int]) -> None:
    """METRICS, reference case 11."""
    assert both(sequence) == expected


def longest_increasing(sequence: list[int]) -> int:
    """By trying all: the definition, and nothing clever."""
    return max(
        length
        for length in range(len(sequence) + 1)
        if any(list(part) == sorted(part) for part in itertools.combinations(sequence, length))
    )


@given(st.permutations(range(1, 8)))
def test_in_a_plan_that_orders_all_steps_it_is_the_longest_increasing_subsequence(sequence: list[int]) -> None:
    inversions = sum(a > b for a, b in itertools.combinations(sequence, 2))
    assert both(sequence) == (inversions, len(sequence) - longest_increasing(sequence))


def test_steps_without_a_declared_order_may_come_in_any() -> None:
    pairs = declared({1: None, 2: None, 3: 1}).pairs
    assert pairs == {(1, 3)}
    assert order(pairs, {2: hour(0), 1: hour(1), 3: hour(2)}).inverted == frozenset()


def test_steps_in_a_circle_declare_no_order_among_themselves() -> None:
    told = declared({1: 3, 2: 1, 3: 2, 4: 3, 5: 5})
    assert told.circular == {1, 2, 3, 5}
    assert told.pairs == {(1, 4), (2, 4), (3, 4)}


def test_two_at_once_are_not_the_wrong_way_round() -> None:
    assert order({(1, 2)}, {1: hour(0), 2: hour(0)}).inverted == frozenset()


def test_days_that_overlap_can_t_tell() -> None:
    day = {1: hour(24, 24), 2: hour(30)}
    assert order({(1, 2)}, day).unclear == {(1, 2)}
    assert order({(1, 2)}, {1: hour(24, 24), 2: hour(48)}) == order({(1, 2)}, {1: hour(0), 2: hour(1)})
    assert order({(1, 2)}, {1: hour(24), 2: hour(0, 24)}).inverted == {(1, 2)}  # the day was over at that instant


def test_what_was_not_done_is_not_compared() -> None:
    assert order({(1, 2), (2, 3)}, {1: hour(0), 3: hour(1)}).compared == 0
