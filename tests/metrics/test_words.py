from __future__ import annotations

from datetime import date as calendar_date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import words


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (0, "0 min"),
        (0.001, "under 1 min"),
        (40 / 60, "40 min"),
        (59.7 / 60, "1 h"),
        (9.2, "9 h 12 min"),
        (3, "3 h"),
        (24, "1 day"),
        (25.4, "1 day 1 h"),
        (76, "3 days 4 h"),
        (71.9, "3 days"),
        (-9.2, "9 h 12 min"),
    ],
)
def test_durations(hours: float, text: str) -> None:
    assert words.duration(hours) == text


def test_durations_beside_each_other_differ_where_they_differ() -> None:
    assert words.durations(76.3, 76) == ["3 days 4 h 18 min", "3 days 4 h"]
    assert words.durations(76.001, 76) == ["3 days 4 h", "3 days 4 h"]
    assert words.durations(30, 3) == ["1 day 6 h", "3 h"]


@given(st.floats(0, 2000), st.floats(0, 2000))
def test_different_minutes_never_look_alike(a: float, b: float) -> None:
    alike = len(set(words.durations(a, b))) == 1
    assert alike == (words.minutes(a) == words.minutes(b)) or 0 in {words.minutes(a), words.minutes(b)}


@pytest.mark.parametrize(
    ("value", "text"),
    [(11872, "11,872"), (0, "0"), (3.0, "3"), (-6.04, "−6"), (12.34, "12.3"), (0.004, "0.004"), (-0.02, "−0.02")],
)
def test_numbers(value: float, text: str) -> None:
    assert words.number(value) == text


def test_signs() -> None:
    assert [words.signed(x) for x in (4, -0.5, 0)] == ["+4", "−0.5", "0"]
    assert words.points_range(-0.19, -0.05) == "−19 to −5"
    assert words.points_range(-0.13, 0.01) == "−13 to +1"
    assert words.signed_points(-0.002) == "−0.2"
    assert [words.points(x) for x in (-0.12, 0.01, 0.004)] == ["12 points", "1 point", "0.4 points"]
    assert words.point_count(12.5) == "12.5 points"


@given(st.floats(-1, 1))
def test_what_is_not_zero_keeps_its_sign(share: float) -> None:
    text = words.signed_points(share)
    assert text[0] == ("+" if share > 0 else "−" if share < 0 else "0")
    assert (float(text.replace("−", "-")) == 0) == (share == 0)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.58, "58 %"),
        (0, "0 %"),
        (1, "100 %"),
        (0.996, "99.6 %"),
        (0.004, "0.4 %"),
        (0.9999, "99.99 %"),
        (1e-12, "under 0.1 %"),
    ],
)
def test_percent(share: float, text: str) -> None:
    assert words.percent(share) == text


@given(st.floats(0, 1))
def test_none_and_all_are_shown_for_nothing_else(share: float) -> None:
    assert (words.percent(share) in ("0 %", "100 %")) == (share in (0, 1))


def test_small_words() -> None:
    assert words.days(1) == "1 day"
    assert words.days(2.5) == "2.5 days"
    assert words.times(3.07) == "3.1 times"
    assert words.times(11.4) == "11 times"
    assert words.plural(1, "row") == "1 row"
    assert words.plural(2, "crisis", "crises") == "2 crises"
    assert [words.spelled(n) for n in (0, 4, 12)] == ["no", "four", "12"]
    assert [words.spelled(n, "crisis", "crises") for n in (1, 3, 12)] == ["one crisis", "three crises", "12 crises"]
    assert words.spelled(2, "question") == "two questions"
    assert words.date("2026-03-03") == "3 March 2026"
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed([]) == ""
    assert words.opened("the crisis") == "The crisis"
    assert words.date(calendar_date(2026, 3, 3).isoformat()) == "3 March 2026"


@pytest.mark.parametrize(
    ("count", "n", "told"),
    [
        (0, 2, "neither of the two"), (1, 2, "one of two"), (2, 2, "both"),
        (0, 4, "none of the four"), (3, 4, "three of four"), (4, 4, "all four"), (9, 12, "nine of 12"),
    ],
)  # fmt: skip
def test_parts_of_several(count: int, n: int, told: str) -> None:
    assert words.part_of(count, n) == told


def test_only_finite_numbers_can_be_shown() -> None:
    with pytest.raises(ValueError, match="finite"):
        words.number(float("nan"))


@pytest.mark.parametrize(
    ("p", "told_as"), [(0.0001, "p < 0.001"), (0.0123, "p = 0.012"), (0.142, "p = 0.14"), (1.0, "p = 1.00")]
)
def test_p_in_words(p: float, told_as: str) -> None:
    assert words.chance(p) == told_as


def test_p_values_in_words_are_not_rounded_into_another_verdict() -> None:
    assert [words.chance(p) for p in (0.0000001, 0.0356, 0.04996, 0.05, 0.05002, 0.5)] == [
        "p < 0.001", "p = 0.036", "p = 0.04996", "p = 0.050", "p = 0.05002", "p = 0.50"
    ]  # fmt: skip
