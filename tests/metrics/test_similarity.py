"""Similar cases: Gower's mean of what is known of both, worked out by hand, and the laws of a similarity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimate import Status
from metrics.findings import similarity as say
from metrics.similarity import FEATURES, matches, overlap

FALLING = [80.0, 40, 20, 10, 5, 5, 5, 5]


def cases(**rows: dict[str, Any]) -> pd.DataFrame:
    columns = ["code", *FEATURES]
    made = [{"code": code} | values for code, values in rows.items()]
    return pd.DataFrame({name: pd.Series([row.get(name) for row in made], dtype=object) for name in columns})


A = {"category": "Post", "platform": "X", "severity": 4.0, "detected_by": "press", "curve": FALLING}


def only(frame: pd.DataFrame, code: str = "a") -> Any:
    (match,) = matches(frame, code)
    return match


class TestTheMean:
    def test_of_all_five(self) -> None:
        other = A | {"platform": "Reddit", "severity": 3.0, "curve": FALLING[::-1]}
        match = only(cases(a=A, b=other))
        share = 2 * (5 + 5 + 5 + 5) / 170  # min(80, 5) + … of 170 on both sides
        assert match.features == pytest.approx(
            {"category": 1, "platform": 0, "severity": 2 / 3, "detected_by": 1, "curve": share}
        )
        assert match.estimate.value == pytest.approx((1 + 0 + 2 / 3 + 1 + share) / 5)
        assert (match.estimate.n, match.estimate.basis) == (5, "5 of 5 features known of both")

    def test_of_what_is_known_of_both(self) -> None:
        """Gower 1971: a feature that is missing in either takes no part, and is no difference."""
        match = only(cases(a=A | {"detected_by": None}, b=A | {"severity": np.nan, "curve": None}))
        assert match.estimate.value == 1
        assert set(match.features) == {"category", "platform"}

    def test_words_are_compared_without_case_and_space(self) -> None:
        assert only(cases(a=A, b=A | {"category": " post "})).features["category"] == 1

    @pytest.mark.parametrize(("other", "likeness"), [(4, 1), (3, 2 / 3), (2, 1 / 3), (1, 0)])
    def test_severity_by_its_distance(self, other: float, likeness: float) -> None:
        assert only(cases(a=A, b=A | {"severity": other})).features["severity"] == pytest.approx(likeness)

    @pytest.mark.parametrize(
        ("known", "reason"),
        [({}, "no feature is known of both; 2 are needed"), ({"platform": "X"}, "only one feature is known of both; 2 are needed")],
    )  # fmt: skip
    def test_too_little_known(self, known: dict[str, Any], reason: str) -> None:
        match = only(cases(a=A, b=known))
        assert (match.estimate.status, match.estimate.reason) == (Status.INSUFFICIENT_N, reason)
        assert match.estimate.value is None


class TestTheCurve:
    def test_its_height_does_not_matter(self) -> None:
        assert overlap(FALLING, [10 * day for day in FALLING]) == pytest.approx(1)

    def test_curves_without_a_day_in_common_do_not_overlap(self) -> None:
        assert overlap([1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 2, 2, 2, 2]) == 0

    def test_weitzman_1970_half_shifted(self) -> None:
        """Two uniform distributions, half of each shared, overlap by one half."""
        assert overlap([1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 1, 1, 0, 0]) == pytest.approx(0.5)

    def test_days_that_one_does_not_know_are_left_out_of_both(self) -> None:
        assert overlap([np.nan, *FALLING], [999, *FALLING]) == pytest.approx(1)

    @pytest.mark.parametrize("bad", [None, [], [1.0] * 6, [0.0] * 20, [np.nan] * 20, 3.0])
    def test_what_is_no_curve(self, bad: Any) -> None:
        assert overlap(FALLING, bad) is None
        assert overlap(bad, FALLING) is None

    @given(st.lists(st.floats(0, 1e6), min_size=7, max_size=40), st.lists(st.floats(0, 1e6), min_size=7, max_size=40))
    def test_laws(self, one: list[float], other: list[float]) -> None:
        found = overlap(one, other)
        assert found == overlap(other, one)
        assert found is None or 0 <= found <= 1


class TestTheOrder:
    def test_the_most_alike_first_equals_by_code_the_incomparable_last(self) -> None:
        frame = cases(z=A, n={}, d=A | {"platform": "R"}, c=A, b=A)
        assert [match.code for match in matches(frame, "z")] == ["b", "c", "d", "n"]
        assert [match.code for match in matches(frame.iloc[::-1], "z")] == ["b", "c", "d", "n"]

    def test_nothing_to_compare(self) -> None:
        assert matches(cases(), "a") == []
        assert matches(cases(a=A), "a") == []
        assert matches(cases(a=A), "unknown") == []

    def test_a_code_that_comes_twice_counts_once(self) -> None:
        assert [match.code for match in matches(pd.concat([cases(a=A, b=A), cases(b={})]), "a")] == ["b"]

    def test_the_input_is_left_as_it_was(self) -> None:
        frame = cases(a=A, b=A)
        before = frame.copy(deep=True)
        matches(frame, "a")
        pd.testing.assert_frame_equal(frame, before)

    @given(st.permutations(["a", "b", "c"]))
    def test_likeness_goes_both_ways(self, order: list[str]) -> None:
        rows = {"a": A, "b": A | {"severity": 1.0, "curve": FALLING[::-1]}, "c": {"category": "Leak", "severity": 2.0}}
        frame = cases(**{code: rows[code] for code in order})
        likeness = {(x, m.code): m.estimate.value for x in "abc" for m in matches(frame, x)}
        assert all(likeness[x, y] == likeness[y, x] for x, y in likeness)


class TestTheWords:
    def test_what_is_the_same_and_what_is_not(self) -> None:
        other = A | {"platform": "Reddit", "severity": 3.0, "detected_by": "own_monitoring", "curve": FALLING[::-1]}
        match = only(cases(a=A, b=other))
        assert say.alike(match, A, other) == "same category (Post); near in severity (3, here 4)"
        assert say.different(match, A, other) == (
            "platform Reddit, not X; detected by own monitoring, not by the press; "
            "posts rose and fell differently (24 % overlap)"
        )

    def test_all_the_same(self) -> None:
        match = only(cases(a=A, b=A))
        assert say.alike(match, A, A) == (
            "same category (Post); same platform (X); same severity (4); detected by the press too; "
            "posts rose and fell alike (100 % overlap)"
        )
        assert say.different(match, A, A) == ""

    def test_what_is_not_known(self) -> None:
        other = {"category": "Post", "severity": 1.0}
        match = only(cases(a=A, b=other))
        assert say.alike(match, A, other) == "same category (Post)"
        assert say.different(match, A, other) == (
            "severity 1, here 4; platform, detection and posts a day not recorded in both"
        )

    def test_the_headline(self) -> None:
        match = only(cases(a=A, b=A | {"platform": "R"}))
        assert say.likest("The ticket", match) == "Most like it is The ticket, 80 % alike."
        assert say.likest("", None) == "No other case has enough in common with it to be compared."
        assert say.because("same category (Post)") == "Same category (Post)."
        assert say.because("") == "Nothing is the same."
