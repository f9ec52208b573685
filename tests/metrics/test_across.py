from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.across import BASES, COMPARED, METRICS, TRENDING, compared, median, share_within_target, trend
from metrics.answers import COLUMNS, answers
from metrics.detectors import share_proactive
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import wilson
from metrics.response import BUSINESS
from metrics.targets import MISSED, Verdict, verdict

FIRST = pd.Timestamp("2024-01-10", tz="UTC")


def hours(value: float, **more: Any) -> Estimate:
    return Estimate(value=value, unit="hours", n=1, better=Better.LOWER, **more)


def running(value: float) -> Estimate:
    return hours(value, status=Status.LOWER_BOUND, reason="not yet")


def without(reason: str, status: Status = Status.UNDEFINED) -> Estimate:
    return absent(status, reason, unit="hours", better=Better.LOWER)


MISS = without(MISSED)
UNTOLD = without("no detected event recorded")


def of(*estimates: Estimate, target: float | None = None, targets: list[float | None] | None = None) -> pd.DataFrame:
    """ANSWERS of crises a month apart."""
    aims = targets or [target] * len(estimates)
    return answers(
        (f"c{number}", FIRST + pd.Timedelta(days=30 * number), one, aim)
        for number, (one, aim) in enumerate(zip(estimates, aims, strict=True))
    )


def times(*values: float) -> list[Estimate]:
    return [hours(value) for value in values]


# --- medians -----------------------------------------------------------------------------------------------------------


def test_nothing_censored_has_the_plain_median_between_order_statistics() -> None:
    found = median("time_to_first_statement", of(*times(4, 20, 9, 8, 10, 12)))
    assert (found.value, found.lo, found.hi, found.n, found.unit) == (9.5, 4, 20, 6, "hours")
    assert found.basis == "median of 6 crises: 6 done"


def test_below_six_there_is_no_interval() -> None:
    found = median("time_to_contain", of(*times(4, 20, 9)))
    assert (found.value, found.lo, found.hi, found.status) == (9, None, None, Status.OK)
    assert found.basis == "median of 3 crises: 3 done; no interval below 6 crises"


def test_running_is_censored_missed_is_never_and_the_rest_is_left_out_and_said() -> None:
    found = median("time_to_contain", of(*times(1, 2, 3, 4), running(10), MISS, UNTOLD))
    assert (found.value, found.lo, found.hi, found.n) == (3.5, 1, None, 6)
    assert found.basis == (
        "Kaplan–Meier over 6 crises: 4 done, 1 still running, 1 missed; 1 left out, with times missing or in the wrong order"
    )


def test_a_median_that_the_data_do_not_reach() -> None:
    found = median("time_to_contain", of(hours(1), running(5), MISS))
    assert (found.value, found.status) == (None, Status.NOT_REACHED)
    assert found.reason == "it has ended in fewer than half of three crises so far (1 done, 1 still running, 1 missed)"
    assert (
        median("time_to_contain", of(running(1))).reason
        == "it has not ended in the one crisis so far (1 still running)"
    )


def test_days_stay_days_and_a_margin_may_be_negative() -> None:
    review = Estimate(value=12.0, unit="days", n=1, better=Better.LOWER)
    assert median("time_to_review", of(review)).unit == "days"
    lead = [Estimate(value=v, unit="hours", n=1, better=Better.HIGHER) for v in (-2.0, 1.0, 3.0)]
    assert median("internal_first_margin", of(*lead)).value == 1


def test_bounds_of_days_widen_the_interval_and_are_said() -> None:
    exact = median("time_to_contain", of(*times(4, 20, 9, 8, 10, 12)))
    found = median("time_to_contain", of(*times(4, 20, 9, 8, 10), hours(24.0, lo=12.0, hi=36.0)))
    assert (found.value, found.lo, found.hi) == (9.5, 4, 36)
    assert (exact.lo, exact.hi) == (4, 20)
    assert "1 known only to the day, midway in the value, at both bounds in the interval" in (found.basis or "")


# --- shares within target ----------------------------------------------------------------------------------------------


def test_reference_case_2() -> None:
    """METRICS, case 2: closed 4, 10, 20, 40 h; open at 30 h and 3 h; target 24 h → 0.60."""
    found = share_within_target("time_to_resolve", of(*times(4, 10, 20, 40), running(30), running(3), target=24.0))
    assert found.value == pytest.approx(0.6)
    assert (found.n, found.unit, found.status) == (6, "share", Status.OK)
    assert found.basis == "within 1 day; 6 crises: 4 done, 2 still running"


def test_missed_is_never_within_and_nothing_censored_has_wilson_s_interval() -> None:
    found = share_within_target("time_to_contain", of(*times(1, 2, 30), MISS, target=24.0))
    assert (found.value, found.lo, found.hi) == (0.5, *wilson(2, 4))


def test_without_a_target_it_does_not_apply_and_without_answers_it_is_not_known() -> None:
    none = share_within_target("time_to_contain", of(*times(1, 2)))
    assert (none.status, none.reason) == (Status.NOT_APPLICABLE, "no target is set")
    untold = share_within_target("time_to_contain", of(UNTOLD, target=3.0))
    assert (untold.status, untold.reason) == (
        Status.UNDEFINED, "1 crisis, with times missing or in the wrong order",
    )  # fmt: skip
    waiting = share_within_target("time_to_contain", of(running(1), running(2), target=3.0))
    assert (waiting.status, waiting.reason) == (
        Status.UNDEFINED, "2 crises still running, none past its target yet",
    )  # fmt: skip


def test_each_crisis_is_judged_by_its_own_target() -> None:
    found = share_within_target("time_to_contain", of(*times(5, 5, 5), targets=[4.0, 6.0, None]))
    assert (found.value, found.n) == (0.5, 2)
    assert (found.basis or "").startswith("within each crisis's own target, 4 h to 6 h; 2 crises")


@pytest.mark.parametrize(("value", "share"), [(3.0, 1), (3.004, 1), (3.02, 0), (0.0, 1)])
def test_hours_are_compared_to_the_minute(value: float, share: float) -> None:
    assert share_within_target("time_to_contain", of(hours(value), target=3.0)).value == share


def test_a_target_of_zero_is_met_by_foresight_alone() -> None:
    assert share_within_target("time_to_detect", of(*times(0, 1), target=0.0)).value == 0.5


def test_of_a_margin_more_is_better_and_a_miss_is_still_a_miss() -> None:
    def margin(value: float, **more: Any) -> Estimate:
        return Estimate(value=value, unit="hours", n=1, better=Better.HIGHER, **more)

    rows = [margin(1.0), margin(0.5), margin(-1.0), MISS]
    assert share_within_target("internal_first_margin", of(*rows, target=0.5)).value == 0.5
    still = margin(2.0, status=Status.LOWER_BOUND, reason="not yet")
    assert share_within_target("internal_first_margin", of(still, *rows, target=0.5)).value == pytest.approx(0.6)


def test_a_day_that_may_be_within_widens_the_interval() -> None:
    sure = share_within_target("time_to_contain", of(*times(1, 2, 30, 40), target=24.0))
    rows = [*times(1, 2, 30), hours(24.5, lo=12.5, hi=36.5)]
    found = share_within_target("time_to_contain", of(*rows, target=24.0))
    assert (found.value, found.lo) == (sure.value, sure.lo)
    assert found.hi == wilson(3, 4)[1]


kinds = st.sampled_from(["done", "running", "missed", "untold"])
told = st.lists(st.tuples(kinds, st.floats(0, 500)), min_size=1, max_size=15).map(
    lambda rows: [{"done": hours(v), "running": running(v), "missed": MISS, "untold": UNTOLD}[kind] for kind, v in rows]
)


@given(told, st.floats(0, 400), st.floats(0, 400))
def test_the_share_within_target_never_falls_when_the_target_rises(rows: list[Estimate], a: float, b: float) -> None:
    low, high = (share_within_target("time_to_contain", of(*rows, target=t)).value for t in sorted((a, b)))
    if low is not None and high is not None:
        assert float(low) <= float(high) + 1e-12


@given(told.filter(lambda rows: all(one.status is not Status.LOWER_BOUND for one in rows)), st.floats(0.1, 400))
def test_without_open_crises_the_share_is_the_count_of_verdicts(rows: list[Estimate], target: float) -> None:
    judged = [verdict(one, target) for one in rows]
    decided = [one for one in judged if one in (Verdict.MET, Verdict.NOT_MET)]
    found = share_within_target("time_to_contain", of(*rows, target=target))
    if decided:
        assert found.value == pytest.approx(sum(v is Verdict.MET for v in decided) / len(decided))
    else:
        assert found.value is None


# --- trends and groups -------------------------------------------------------------------------------------------------


def test_a_trend_is_told_with_its_test() -> None:
    found, test = trend("time_to_contain", of(*times(256, 128, 64, 32, 16, 8, 4, 2), running(3), MISS))
    assert found.value == pytest.approx(2**-7)
    assert (found.n, found.unit, found.better) == (8, "times", Better.LOWER)
    assert test is not None
    assert test.clear
    assert found.basis == (
        "8 crises from 10 January 2024 to 7 August 2024; Kendall's τ = −1, p < 0.001; "
        "2 not ended or without a start left out"
    )


def test_fewer_than_eight_have_no_trend_and_nor_have_crises_of_one_moment() -> None:
    few, test = trend("time_to_contain", of(*times(1, 2, 3, 4, 5, 6, 7), running(9)))
    assert (few.status, test) == (Status.INSUFFICIENT_N, None)
    assert few.reason == "7 crises have ended with a known start; a trend needs 8"
    together = of(*times(*range(1, 10))).assign(began=FIRST)
    assert trend("time_to_contain", together)[0].reason == "all crises began at one moment"


def test_no_time_at_all_counts_as_a_minute() -> None:
    found, _ = trend("time_to_detect", of(*times(0, 0, 0, 0, 0, 0, 0, 0)))
    assert (found.value, found.lo, found.hi) == (1, 1, 1)


def test_two_groups_need_six_each() -> None:
    old, new = of(*times(10, 20, 30, 40, 50, 60)), of(*times(1, 2, 3, 4, 5)).assign(crisis=list("vwxyz"))
    few = compared(("plan v1", old), ("plan v2", new))
    assert (few.status, few.reason) == (
        Status.INSUFFICIENT_N, "plan v1 (6) against plan v2 (5): needs 6 crises in each",
    )  # fmt: skip
    more = pd.concat([new, of(hours(6)).assign(crisis="u")], ignore_index=True)
    found = compared(("plan v1", old), ("plan v2", more))
    assert (found.n, found.unit, found.basis) == (12, "p", "plan v1 (6) against plan v2 (6), log-rank")
    assert found.value is not None
    assert float(found.value) < 0.01
    still = of(*[running(1)] * 6)
    assert (
        compared(("a", still), ("b", still.assign(crisis=list("uvwxyz")))).reason
        == "a (6) against b (6): nothing that could differ"
    )


# --- bad input ---------------------------------------------------------------------------------------------------------


def test_two_crises_whose_codes_differ_only_in_case_are_not_counted_as_two() -> None:
    frame = of(*times(1, 2, 3), target=2.0).assign(crisis=["Thread", "thread ", "other"])
    reason = "one code stands for several crises: Thread and thread "
    for found in (
        median("time_to_contain", frame),
        share_within_target("time_to_contain", frame),
        trend("time_to_contain", frame)[0],
        compared(("a", frame.iloc[:1]), ("b", frame.iloc[1:])),
        share_proactive(frame.assign(detected_by="press")),
    ):
        assert (found.value, found.status, found.reason) == (None, Status.UNDEFINED, reason)


def test_times_that_contradict_are_left_out_with_a_word() -> None:
    wrong = without("contained lies before detected", Status.INVALID_ORDER)
    found = median("time_to_contain", of(hours(3), wrong))
    assert (found.value, found.n) == (3, 1)
    assert "1 left out, with times missing or in the wrong order" in (found.basis or "")
    assert median("time_to_contain", of(wrong)).reason == "1 crisis, with times missing or in the wrong order"


def test_no_crisis_at_all() -> None:
    assert median("time_to_contain", of()).reason == "no crisis"
    assert share_within_target("time_to_contain", of()).status is Status.NOT_APPLICABLE
    assert trend("time_to_contain", of())[0].reason == "0 crises have ended with a known start; a trend needs 8"
    assert list(of().columns) == list(COLUMNS)


# --- the list ----------------------------------------------------------------------------------------------------------


def test_every_interval_has_a_median_and_a_share_in_calendar_and_business_hours() -> None:
    assert len(BASES) == 2 * 14
    assert {BUSINESS.get(key, key) for key in BASES} == set(BASES[:14])
    wanted = {f"{family}_{key}" for family in ("median", "share_within_target") for key in BASES}
    wanted |= {f"trend_{key}" for key in TRENDING} | {f"log_rank_{key}" for key in COMPARED}
    assert {metric.id for metric in METRICS} == wanted
