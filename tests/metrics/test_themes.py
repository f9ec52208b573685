"""Monroe, Colaresi & Quinn 2008, Fightin' Words: the ratio by hand, and the behaviour that the paper is written for."""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.findings import themes as say
from metrics.themes import Said, log_odds, said, themes

counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(8, 200), max_size=8)


def heard(words: int = 1000, n: int = 300, k: int = 8, **terms: int) -> Said:
    return Said(terms, words, n, k)


class TestTheRatio:
    def test_by_hand(self) -> None:
        ratio, spread = log_odds(30, 100, 10, 100, 2, 20) or (0, 0)
        assert ratio == pytest.approx(log(32 / 88) - log(12 / 108))
        assert spread == pytest.approx(sqrt(1 / 32 + 1 / 12))

    def test_without_a_prior_it_is_the_plain_log_odds_ratio(self) -> None:
        ratio, _ = log_odds(30, 100, 10, 100, 0, 0) or (0, 0)
        assert ratio == pytest.approx(log((30 / 70) / (10 / 90)))

    def test_a_heavier_prior_draws_it_towards_none(self) -> None:
        ratios = [abs((log_odds(30, 100, 10, 100, a, 10 * a) or (9, 0))[0]) for a in (0, 1, 10, 100, 10_000)]
        assert ratios == sorted(ratios, reverse=True)
        assert ratios[-1] < 0.01

    def test_a_word_that_one_side_never_said_has_a_finite_ratio(self) -> None:
        assert log_odds(5, 100, 0, 100, 0, 0) is None
        assert log_odds(5, 100, 0, 100, 0.25, 10) is not None

    def test_rare_words_do_not_come_first(self) -> None:
        """The paper's complaint about plain ratios: the rarest words always have the largest."""
        total, a0 = 2000, 200.0
        rare, common = (1, 0), (60, 30)

        def z(pair: tuple[int, int]) -> float:
            found = log_odds(pair[0], 1000, pair[1], 1000, a0 * sum(pair) / total, a0)
            assert found is not None
            return found[0] / found[1]

        assert abs(z(rare)) < 1.96 < z(common)
        assert log((rare[0] + 0.01) / (rare[1] + 0.01)) > log(common[0] / common[1]), "a plain ratio says the opposite"

    @given(st.integers(0, 99), st.integers(0, 99), st.floats(0.1, 50))
    def test_swapping_the_sides_turns_the_sign(self, one: int, other: int, a: float) -> None:
        there, back = log_odds(one, 200, other, 300, a, 10 * a), log_odds(other, 300, one, 200, a, 10 * a)
        assert there is not None
        assert back is not None
        assert there[0] == pytest.approx(-back[0], abs=1e-12)
        assert there[1] == pytest.approx(back[1])


class TestThemes:
    def test_what_is_said_more_and_less_the_clearest_first(self) -> None:
        found = themes(heard(the=150, late=9, thanks=60), heard(the=155, late=80, thanks=12))
        assert [(theme.term, theme.z > 0) for theme in found] == [("late", True), ("thanks", False)]
        assert found[0].estimate.basis == "80 of 300 people since, 9 of 300 people before"
        assert found[0].estimate.lo is not None
        assert found[0].estimate.lo > 0

    def test_words_that_all_say_alike_are_no_theme(self) -> None:
        assert themes(heard(the=200, and_=199), heard(the=199, and_=200)) == []

    def test_a_word_that_few_said_before_counts_as_one_fewer_than_is_shown(self) -> None:
        (hidden,) = themes(heard(), heard(late=80))
        (known,) = themes(heard(late=7), heard(late=80))
        assert (hidden.before, hidden.since) == (None, 80)
        assert hidden.estimate.value == known.estimate.value
        assert hidden.estimate.basis == "80 of 300 people since, fewer than 8 of 300 people before"

    def test_what_is_hidden_never_makes_a_difference_the_other_way(self) -> None:
        """8 of few words since against at most 7 of very many before: whether it is less said is not known."""
        assert themes(heard(words=10), heard(words=100_000, late=8)) == []

    def test_equals_stand_in_the_order_of_the_alphabet(self) -> None:
        assert [t.term for t in themes(heard(), heard(b=80, a=80, c=80))] == ["a", "b", "c"]

    def test_nothing_said(self) -> None:
        assert themes(heard(words=0), heard(words=0)) == []
        assert themes(heard(words=0), heard(words=0, a=8)) == []

    @given(counts, counts)
    def test_swapping_before_and_since_turns_every_sign(self, one: dict[str, int], other: dict[str, int]) -> None:
        a, b = Said(one, 2000, 400, 8), Said(other, 2000, 400, 8)
        there = {theme.term: round(theme.z, 9) for theme in themes(a, b)}
        assert there == {theme.term: -round(theme.z, 9) for theme in themes(b, a)}

    @given(counts, counts)
    def test_every_theme_is_as_clear_as_it_must_be_and_its_interval_leaves_out_0(
        self, one: dict[str, int], other: dict[str, int]
    ) -> None:
        for theme in themes(Said(one, 2000, 400, 8), Said(other, 2000, 400, 8)):
            e = theme.estimate
            assert e.lo is not None
            assert e.hi is not None
            assert abs(theme.z) >= 1.96
            assert e.lo * e.hi >= 0


class TestRows:
    def rows(self, *terms: tuple[str | None, float], n: float = 40.0) -> pd.DataFrame:
        head = {"wave_id": 1, "k": 8, "n": n, "words": 300.0, "withheld": None}
        return pd.DataFrame([head | {"term": term, "said": count} for term, count in terms])

    def test_what_a_wave_says(self) -> None:
        assert said(self.rows((None, float("nan")), ("late", 9.0))) == Said({"late": 9}, 300, 40, 8)

    @pytest.mark.parametrize(
        "change", [lambda f: f.iloc[:0], lambda f: f.assign(n=float("nan"))], ids=["missing", "hidden"]
    )
    def test_what_is_hidden_or_missing(self, change: Any) -> None:
        assert said(change(self.rows(("late", 9.0)))) is None


class TestSentences:
    def told(self, before: Said, since: Said) -> str:
        return say.themes("customers", themes(before, since), before, since)

    def test_more_and_less(self) -> None:
        assert self.told(heard(late=9, thanks=60), heard(late=80, thanks=12)) == (
            "Customers say “late” more and “thanks” less than before."
        )
        assert self.told(heard(), heard(late=80, silent=70)) == "Customers say “late” and “silent” more than before."
        assert self.told(heard(thanks=60), heard(thanks=12)) == "Customers say “thanks” less than before."

    def test_neither(self) -> None:
        assert self.told(heard(n=25), heard(n=30)) == (
            "Customers said nothing clearly more or less than before, in the comments of 30 people and 25 before."
        )

    def test_why_not(self) -> None:
        assert say.cannot("partners", before=False, since=True) == (
            "What partners say more than before can't be told: nobody asked them before the crisis."
        )
        assert say.cannot("partners", before=True, since=True) == (
            "What partners say more than before is hidden: too few wrote a comment."
        )
