from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from metrics.catalogue import ALL
from metrics.effectiveness import Effect, Seen, effectiveness, permutation, worse
from metrics.estimate import Better, Estimate, Status, absent
from metrics.targets import MISSED

METRIC = "time_to_first_statement"
FIX = pd.Timestamp("2026-03-01")


def hours(value: float, **more: Any) -> Estimate:
    return Estimate(value=value, unit="hours", n=1, better=Better.LOWER, **more)


NEVER = absent(Status.UNDEFINED, MISSED, unit="hours", better=Better.LOWER)
UNKNOWN = absent(Status.UNDEFINED, "no detected event recorded", unit="hours", better=Better.LOWER)


def still(value: float) -> Estimate:
    return hours(value, status=Status.LOWER_BOUND, reason="no public statement recorded")


def seen(*values: Estimate | float, start: int = 1, **more: Any) -> list[Seen]:
    """One crisis a month, from the first of January 2026; the third and later ones began after the fix."""
    return [
        Seen(f"c{n}", pd.Timestamp(2026, n, 2), value if isinstance(value, Estimate) else hours(value), **more)
        for n, value in enumerate(values, start=start)
    ]


def judged(*values: Estimate | float, **fields: Any) -> Any:
    """What a fix of 1 March, target 3 h, found in c1, makes of the values of c1, c2, …"""
    gap = {"completed_on": FIX, "crisis": "c1", "metric": METRIC, "target": 3.0} | fields
    return effectiveness(gap, seen(*values), ALL.get(str(gap["metric"])))


@pytest.mark.parametrize(
    ("values", "effect", "decides"),
    [
        ((9, 8, 2), Effect.VERIFIED, "c3"),
        ((9, 8, 3.0), Effect.VERIFIED, "c3"),
        ((9, 8, 3 + 29 / 3600), Effect.VERIFIED, "c3"),  # 3 h by the digits shown
        ((9, 8, 5), Effect.INEFFECTIVE, "c3"),
        ((9, 8, 9), Effect.INEFFECTIVE, "c3"),
        ((9, 8, 10), Effect.REGRESSED, "c3"),  # worse than where the gap was found
        ((9, 8, 2, 5), Effect.REGRESSED, "c4"),  # verified earlier
        ((9, 8, 5, 2), Effect.VERIFIED, "c4"),  # the latest counts
        ((9, 8, NEVER), Effect.REGRESSED, "c3"),
        ((NEVER, 8, NEVER), Effect.INEFFECTIVE, "c3"),
        ((NEVER, 8, 50), Effect.INEFFECTIVE, "c3"),
        ((UNKNOWN, 8, 50), Effect.INEFFECTIVE, "c3"),
        ((9, 8, still(5)), Effect.INEFFECTIVE, "c3"),  # at least 5 h, so outside whatever comes
        ((9, 8, still(10)), Effect.REGRESSED, "c3"),
        ((9, 8, 2, still(1)), Effect.VERIFIED, "c3"),  # still within the target: it says nothing yet
        ((9, 8, 2, UNKNOWN), Effect.VERIFIED, "c3"),
    ],
)
def test_what_the_latest_crisis_says(values: tuple[Any, ...], effect: Effect, decides: str) -> None:
    found = judged(*values)
    assert (found.effect, found.last.crisis) == (effect, decides)
    assert (found.estimate.value, found.estimate.status) == (effect.value, Status.OK)


def test_the_order_of_crises_changes_nothing() -> None:
    gap = {"completed_on": FIX, "crisis": "c1", "metric": METRIC, "target": 3.0}
    crises = seen(9, 8, 2, 5, UNKNOWN)
    assert effectiveness(gap, crises[::-1], ALL[METRIC]) == effectiveness(gap, crises, ALL[METRIC])


def test_a_later_crisis_that_can_t_be_judged_is_named() -> None:
    assert judged(9, 8, 2, still(1), UNKNOWN).undecided == ("c4", "c5")
    assert judged(9, 8, 2, 5).verified_in == "c3"


@pytest.mark.parametrize(
    ("values", "fields", "reason"),
    [
        ((9, 8), {}, "no crisis since 2026-03-01 put it to the test"),
        ((9, 8, UNKNOWN), {}, "in c3 it can't be judged: no detected event recorded"),
        ((9, 8, still(1)), {}, "in c3 it can't be judged: no public statement recorded"),
        ((9, 8, hours(3, lo=1.0, hi=25.0)), {}, "in c3 it can't be judged: known only to the day"),
        ((9, 8, 2), {"completed_on": pd.NaT}, "it is not implemented yet"),
        ((9, 8, 2), {"metric": None}, "the gap names no metric"),
        ((9, 8, 2), {"metric": "time_to_coffee"}, "there is no metric “time_to_coffee”"),
        ((9, 8, 2), {"target": float("nan")}, "the gap names no target"),
        ((9, 8, 2), {"metric": "public_updates"}, "public statements and updates is better neither high nor low"),
    ],
)
def test_what_was_not_exercised_says_why(values: tuple[Any, ...], fields: dict[str, Any], reason: str) -> None:
    found = judged(*values, **fields)
    assert (found.effect, found.reason) == (Effect.NOT_EXERCISED, reason)
    assert (found.estimate.value, found.estimate.status) == ("not_exercised", Status.NOT_APPLICABLE)


def test_a_crisis_that_did_not_need_the_step_says_nothing() -> None:
    gap = {"completed_on": FIX, "crisis": "c1", "metric": METRIC, "target": 3.0}
    found = effectiveness(gap, [*seen(9, 8, 2), *seen(99, start=4, tested=False)], ALL[METRIC])
    assert (found.effect, found.last.crisis if found.last else None) == (Effect.VERIFIED, "c3")


def test_a_crisis_on_the_day_of_the_fix_did_not_have_it_yet() -> None:
    gap = {"completed_on": pd.Timestamp("2026-03-02"), "crisis": "c1", "metric": METRIC, "target": 3.0}
    assert effectiveness(gap, seen(9, 8, 2), ALL[METRIC]).effect is Effect.NOT_EXERCISED


def test_worse_is_worse_for_sure_and_knows_what_is_better() -> None:
    assert worse(hours(10), hours(9))
    assert not worse(hours(10, lo=2.0, hi=18.0), hours(9))  # known only to the day
    assert not worse(hours(10), hours(9, lo=1.0, hi=17.0))
    share, better = ({"unit": "share", "better": Better.HIGHER}, {"lo": 0.1, "hi": 0.9})
    assert worse(Estimate(value=0.4, **share), Estimate(value=0.5, **share, **better))  # an interval is no bound
    assert not worse(Estimate(value=0.6, **share), Estimate(value=0.5, **share))


# --- the test ----------------------------------------------------------------------------------------------------------


def p(before: list[Any], after: list[Any]) -> Estimate:
    return permutation(seen(*before), seen(*after))


def test_four_and_four_that_do_not_overlap() -> None:
    """2 of the 70 ways to choose four of eight are as extreme: p = 2/70."""
    found = p([9, 8, 12, 10], [1, 2, 4, 3])
    assert found.value == pytest.approx(2 / 70)
    assert found.basis == ("permutation test on ranks, every rearrangement; 4 crises before the fix, 4 after it")
    assert p([1, 2, 4, 3], [9, 8, 12, 10]).value == pytest.approx(2 / 70)


def test_it_is_the_exact_wilcoxon_test_where_nothing_is_tied() -> None:
    """Against the exact null distribution of Mann and Whitney 1947, as SciPy has it."""
    from scipy.stats import mannwhitneyu

    before, after = [5.0, 9.0, 7.0, 11.0, 3.0], [4.0, 6.0, 2.0, 8.0]
    expected = mannwhitneyu(before, after, method="exact").pvalue
    assert p(list(before), list(after)).value == pytest.approx(expected)


def test_ties_and_equal_groups() -> None:
    assert p([3, 3, 3, 3], [3, 3, 3, 3]).value == 1.0


def test_what_was_missed_ranks_last_and_what_still_runs_is_left_out() -> None:
    assert p([NEVER, 8, 12, 10], [1, 2, 4, 3]).value == pytest.approx(2 / 70)
    assert p([9, 8, 12, 10], [1, 2, 4, still(3)]).status is Status.INSUFFICIENT_N


def test_too_few_cannot_be_tested() -> None:
    found = p([9, 8, 12], [1])
    assert (found.status, found.value) == (Status.INSUFFICIENT_N, None)
    assert found.reason == (
        "cannot be tested: 3 crises with a value before the fix and 1 crisis after it, and 4 of each are needed"
    )


def test_many_crises_are_drawn_with_a_fixed_seed() -> None:
    before = [float(n % 7) for n in range(11)]
    after = [float(n % 5) for n in range(11)]
    assert p(list(before), list(after)) == p(list(reversed(before)), list(reversed(after)))
    assert "100,000 random rearrangements" in str(p(list(before), list(after)).basis)
