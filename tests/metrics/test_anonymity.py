from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.anonymity import K_FLOOR, coded_band, coded_side, standings, withhold


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


# --- groups of one cut ---------------------------------------------------------------------------------------------------

GROUPS = st.lists(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=6
).map(lambda counts: {f"g{number}": count for number, count in enumerate(counts)})


def possible(groups: dict[str, tuple[int, int]], k: int) -> dict[str, set[int]]:
    """By trial: the counts each group may have for somebody who sees what is shown, and knows how large groups are."""
    shown = standings(groups, k)
    choices = []
    for name, (count, n) in groups.items():
        side = coded_side(count, n)
        counts = range(n + 1) if shown[name] == "hidden" else [count]
        if shown[name] == "coded" and side is not None:
            lo, hi = coded_band(n, side)
            counts = [c for c in range(n + 1) if lo - 1e-9 <= c / n <= hi + 1e-9]
        choices.append(list(counts))
    total = sum(count for count, _ in groups.values())
    reached = [{0}]
    for counts in choices:
        reached.append({a + b for a in reached[-1] for b in counts})
    rest = [{0}]
    for counts in reversed(choices):
        rest.append({a + b for a in rest[-1] for b in counts})
    rest.reverse()
    return {
        name: {c for c in choices[place] if any(total - c - a in rest[place + 1] for a in reached[place])}
        for place, name in enumerate(groups)
    }


@given(GROUPS, st.integers(3, 8))
@settings(max_examples=300)
def test_subtraction_tells_nothing_of_a_hidden_or_coded_group(groups: dict[str, tuple[int, int]], k: int) -> None:
    shown = standings(groups, k)
    hidden = [name for name in groups if shown[name] == "hidden"]
    if not hidden and all(standing == "exact" for standing in shown.values()):
        return
    if len(hidden) < len(groups):
        assert not hidden or len(hidden) >= 2
        assert not hidden or sum(groups[name][1] for name in hidden) >= k
        for name, counts in possible(groups, k).items():
            if shown[name] != "exact":
                assert len(counts) >= min(3, groups[name][1] + 1)
                assert groups[name][0] in counts
    for name, (count, n) in groups.items():
        assert shown[name] == "hidden" or n >= k
        assert (shown[name] == "exact") <= (coded_side(count, n) is None)


@given(GROUPS, st.integers(3, 8))
def test_the_order_of_groups_changes_nothing(groups: dict[str, tuple[int, int]], k: int) -> None:
    assert standings(dict(reversed(groups.items())), k) == standings(groups, k)


@pytest.mark.parametrize(
    ("groups", "hidden"),
    [
        ({"a": (5, 7), "b": (0, 1)}, {"a", "b"}),  # reference case 14: 5 of 8 less 5 of 7 is the answer of the eighth
        ({"a": (20, 40), "b": (12, 30), "c": (8, 20)}, set()),
        ({"a": (20, 40), "b": (12, 30), "c": (2, 4)}, {"b", "c"}),  # one alone would be told by subtraction
        ({"a": (20, 40), "b": (12, 30), "c": (2, 4), "d": (1, 3)}, {"c", "d"}),  # seven together: nobody's own
        ({"a": (20, 40), "b": (12, 30), "c": (1, 2), "d": (1, 2)}, {"b", "c", "d"}),  # four together are too few
        ({"a": (20, 40), "b": (12, 30), "c": (12, 30), "d": (2, 4)}, {"b", "d"}),  # of two as small the first by name
        ({"a": (20, 40), "b": (12, 30), "c": (4, 4), "d": (4, 4)}, {"b", "c", "d"}),  # both together all in favour
        ({"a": (20, 40), "b": (1, 30), "c": (15, 30)}, {"b", "c"}),  # a band alone would be told exactly
        ({"a": (20, 40), "b": (12, 30), "e": (15, 30), "f": (1, 30)}, {"b", "e"}),
        ({"a": (2, 4)}, {"a"}),
        ({}, set()),
    ],
)
def test_which_groups_are_hidden(groups: dict[str, tuple[int, int]], hidden: set[str]) -> None:
    shown = standings(groups, 5)
    assert {name for name, standing in shown.items() if standing == "hidden"} == hidden
