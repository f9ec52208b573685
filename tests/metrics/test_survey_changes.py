"""Changes between waves: the papers' numbers, what can't be compared, and the correction over a declared family."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimate import Status
from metrics.intervals import Z, net_promoter_interval, newcombe
from metrics.multiplicity import benjamini_hochberg, level_of_zero
from metrics.survey_changes import compared, declared, enps_change, favourable_change, paired_interval
from tests.metrics.frames import question, survey


def share(favourable: float, n: float, wave: str = "May", **more: Any) -> dict[str, Any]:
    return question(**({"wave": wave, "n": n, "favourable": favourable, "invited": np.nan} | more))


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2", "lo", "hi"), [(56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090)]
)
def test_newcombe_reference_case_4(x1: float, n1: float, x2: float, n2: float, lo: float, hi: float) -> None:
    """Newcombe, Statistics in Medicine 1998;17:873-890, table II, method 10."""
    found = favourable_change(share(x1, n1), share(x2, n2, "March"))
    assert (found.lo, found.hi) == pytest.approx((lo, hi), abs=5e-5)
    assert found.value == pytest.approx(x1 / n1 - x2 / n2)
    assert found.basis == f"May ({n1} answers) against March ({n2} answers), as separate groups"


def test_a_company_that_nearly_all_answered_for_is_more_certain() -> None:
    loose = favourable_change(share(40, 70), share(30, 70, "March"))
    tight = favourable_change(share(40, 70, invited=80.0), share(30, 70, "March", invited=80.0))
    assert loose.lo is not None
    assert tight.lo is not None
    assert tight.lo > loose.lo
    assert (tight.lo, tight.hi) == newcombe(40, 70, 30, 70, population1=80, population2=80)


def test_benjamini_hochberg_reference_case_5() -> None:
    """Benjamini & Hochberg, J. R. Stat. Soc. B 1995;57:289-300, section 3.2."""
    ps = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .324, .4262, .5719, .6528, .759, 1]  # fmt: skip
    adjusted = benjamini_hochberg(ps)
    assert sum(p <= 0.05 for p in adjusted) == 4
    assert adjusted[3] == pytest.approx(0.0356, abs=5e-5)
    assert benjamini_hochberg(ps[::-1])[::-1] == pytest.approx(adjusted)
    assert benjamini_hochberg([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusting_never_makes_a_p_value_smaller_nor_changes_their_order(ps: list[float]) -> None:
    adjusted = benjamini_hochberg(ps)
    assert all(p <= q + 1e-12 and q <= 1 for p, q in zip(ps, adjusted, strict=True))
    ranked = [q for _, q in sorted(zip(ps, adjusted, strict=True))]
    assert all(a <= b + 1e-12 for a, b in itertools.pairwise(ranked))


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_p_is_below_five_percent_exactly_where_the_interval_leaves_out_zero(
    n1: int, n2: int, data: st.DataObject
) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    lo, hi = newcombe(x1, n1, x2, n2)
    p = level_of_zero(x1 / n1 - x2 / n2, lambda z: newcombe(x1, n1, x2, n2, z=z))
    assert 0 <= p <= 1
    if abs(p - 0.05) > 1e-9:
        assert (p < 0.05) == (lo > 0 or hi < 0)


def test_a_difference_beyond_all_doubt_has_a_p_value_too() -> None:
    huge = favourable_change(share(999_000, 1_000_000), share(1_000, 1_000_000, "March"))
    assert (huge.lo or 0) > 0.99
    changes = declared(compared(survey(share(999_000, 1e6)), survey(share(1_000, 1e6, "March"))), "between both")
    assert 0 <= (changes[0].p or 0.0) < 1e-100


# --- the same people -------------------------------------------------------------------------------------------------


def pairs(n: float, gained: float, lost: float, **more: Any) -> dict[str, Any]:
    return {"question": "I trust us", "n": n, "gained": gained, "lost": lost, "withheld": None} | more


def test_mcnemar_among_the_same_people() -> None:
    """McNemar's exact p is that of a fair coin: 9 heads of 11 is 2 * (55 + 11 + 1)/2^11."""
    before, now = survey(share(40, 70, "March")), survey(share(47, 70))
    (change,) = declared(compared(now, before, pd.DataFrame([pairs(60, 9, 2)])), "between May and March")
    assert change.p == pytest.approx(2 * 67 / 2048)
    assert change.estimate.value == pytest.approx(7 / 60)
    assert change.estimate.n == 60
    assert change.estimate.basis == (
        "60 people who answered in both May and March: 9 became favourable, 2 no longer were; "
        "p = 0.065, adjusted p = 0.065 over 1 comparison between May and March (Benjamini–Hochberg)"
    )


def test_the_interval_of_a_paired_change() -> None:
    """Bonett & Price 2012: (b + 1)/(n + 2), (c + 1)/(n + 2), worked by hand for n = 60, b = 9, c = 2."""
    up, down = 10 / 62, 3 / 62
    half = Z * math.sqrt((up + down - (up - down) ** 2) / 62)
    assert paired_interval(9, 2, 60) == pytest.approx((up - down - half, up - down + half))
    lo, hi = paired_interval(60, 0, 60)
    assert hi == 1
    assert lo < 1
    lo, hi = paired_interval(0, 0, 30)
    assert lo < 0 < hi


def test_the_same_people_make_it_more_certain_than_separate_groups() -> None:
    now, before = share(47, 70), share(40, 70, "March")
    same, separate = favourable_change(now, before, pairs(70, 9, 2)), favourable_change(now, before)
    assert (same.hi or 0) - (same.lo or 0) < (separate.hi or 0) - (separate.lo or 0)


def test_pairs_that_may_not_be_shown_are_compared_as_separate_groups() -> None:
    now, before = share(47, 70), share(40, 70, "March")
    for hidden in (pairs(np.nan, np.nan, np.nan, withheld="few"), None):
        assert (favourable_change(now, before, hidden).basis or "").endswith("as separate groups")


# --- eNPS ------------------------------------------------------------------------------------------------------------


def score(promoters: float, detractors: float, n: float, wave: str = "May") -> dict[str, Any]:
    more = {"scale_min": 0.0, "scale_max": 10.0, "favourable": np.nan, "kind": "enps"}
    return question(wave=wave, n=n, promoters=promoters, detractors=detractors, **more)


def test_the_change_of_enps_recovers_its_interval_from_those_of_the_waves() -> None:
    """Zou & Donner 2008: below = sqrt((v1 - l1)^2 + (u2 - v2)^2), above the other way round."""
    found = enps_change(score(162, 54, 324), score(100, 90, 300, "March"))
    (l1, u1), (l2, u2) = net_promoter_interval(162, 54, 324), net_promoter_interval(100, 90, 300)
    v1, v2 = 108 / 324, 10 / 300
    assert found.value == pytest.approx(100 * (v1 - v2))
    assert found.lo == pytest.approx(100 * (v1 - v2 - math.hypot(v1 - l1, u2 - v2)))
    assert found.hi == pytest.approx(100 * (v1 - v2 + math.hypot(u1 - v1, v2 - l2)))
    assert (found.unit, found.n) == ("enps", 624)


def test_from_all_detractors_to_all_promoters() -> None:
    found = enps_change(score(30, 0, 30), score(0, 30, 30, "March"))
    assert (found.value, found.hi) == (200, 200)
    assert (found.lo or 0) > 150


def test_the_changes_of_both_kinds_are_one_family() -> None:
    now = survey(share(50, 70, question="A"), score(40, 10, 70), share(30, 60, question="B"))
    before = survey(
        share(40, 70, "March", question="A"), score(20, 30, 70, "March"), share(30, 60, "March", question="B")
    )
    changes = declared(compared(now, before), "between May and March")
    assert [(c.metric, c.about["question"]) for c in changes] == [
        ("favourable_change", "A"),
        ("favourable_change", "B"),
        ("enps_change", "I trust us"),
    ]
    assert all("over 3 comparisons between May and March" in (c.estimate.basis or "") for c in changes)
    assert [c.adjusted for c in changes] == benjamini_hochberg([c.p or 0.0 for c in changes])
    assert [c.clear for c in changes] == [False, False, True]


# --- what can't be compared ------------------------------------------------------------------------------------------


def test_what_is_hidden_coded_or_unscaled_in_one_wave_has_no_change() -> None:
    fine = share(40, 70)
    cases = {
        Status.SUPPRESSED: share(np.nan, np.nan, "March", withheld="fewer than 5 answers"),
        Status.CODED: share(np.nan, 70, "March", coded="high"),
        Status.UNDEFINED: share(np.nan, 70, "March"),
    }
    for status, row in cases.items():
        for change in (favourable_change(fine, row), favourable_change(row, fine)):
            assert (change.status, change.value) == (status, None)
            assert (change.reason or "").startswith("March: ")
    (undecided,) = declared(compared(survey(fine), survey(cases[Status.CODED])), "between both")
    assert (undecided.p, undecided.adjusted, undecided.clear) == (None, None, False)


def test_another_scale_is_another_question() -> None:
    other = share(40, 70, "March", scale_max=7.0)
    assert favourable_change(share(40, 70), other).reason == "March asked on another scale than May"


def test_waves_without_a_common_question_have_no_changes() -> None:
    assert compared(survey(share(40, 70, question="A")), survey(share(40, 70, question="B"))) == []
    assert compared(survey(), survey(share(40, 70))) == []
    assert declared([], "between nothing") == []
