from __future__ import annotations

from typing import Any

import pandas as pd

from metrics.catalogue import ALL
from metrics.effectiveness import Effect, Seen
from metrics.estimate import Better, Estimate, Status, absent
from metrics.fix_course import course

METRIC = "time_to_first_statement"
GAP = {"crisis": "c1", "metric": METRIC, "target": 3.0, "completed_on": pd.NaT}
UNKNOWN = absent(Status.UNDEFINED, "no detected event recorded", unit="hours", better=Better.LOWER)


def seen(*values: float | Estimate, tested: bool = True) -> list[Seen]:
    """One crisis a month, on the second, from January 2026."""
    return [
        Seen(f"c{n}", pd.Timestamp(2026, n, 2), v if isinstance(v, Estimate) else _hours(v), tested)
        for n, v in enumerate(values, start=1)
    ]


def _hours(value: float) -> Estimate:
    return Estimate(value=value, unit="hours", n=1, better=Better.LOWER)


def told(*values: float | Estimate, fixes: tuple[str, ...], **fields: Any) -> list[tuple[Any, ...]]:
    found = course(GAP | fields, [pd.Timestamp(day) for day in fixes], seen(*values), ALL.get(METRIC))
    return [(one.crisis, f"{one.fixed_on:%m-%d}", one.effect) for one in found]


def test_each_crisis_judges_the_fix_that_was_in_place_when_it_began() -> None:
    assert told(9, 5, 2, fixes=("2026-01-20", "2026-02-20")) == [
        ("c2", "01-20", Effect.INEFFECTIVE),
        ("c3", "02-20", Effect.VERIFIED),
    ]
    assert told(9, 5, 2, fixes=("2026-02-20", "2026-01-20")) == told(9, 5, 2, fixes=("2026-01-20", "2026-02-20"))


def test_the_same_fix_may_hold_once_and_then_no_more() -> None:
    assert [effect for *_, effect in told(9, 2, 5, fixes=("2026-01-20",))] == [Effect.VERIFIED, Effect.REGRESSED]
    assert [effect for *_, effect in told(9, 10, fixes=("2026-01-20",))] == [Effect.REGRESSED]  # worse than at first


def test_a_later_crisis_changes_nothing_of_what_an_earlier_one_said() -> None:
    assert told(9, 5, 2, 8, fixes=("2026-01-20", "2026-02-20"))[:2] == told(9, 5, 2, fixes=("2026-01-20", "2026-02-20"))


def test_a_crisis_that_cannot_be_judged_says_why() -> None:
    (one,) = course(GAP, [pd.Timestamp("2026-01-20")], seen(9, UNKNOWN), ALL.get(METRIC))
    assert one.effect is None
    assert one.reason == "in c2 it can't be judged: no detected event recorded"
    (_, after) = course(GAP, [pd.Timestamp("2026-01-20")], seen(9, 2, UNKNOWN), ALL.get(METRIC))
    assert (after.effect, after.reason) == (None, "no detected event recorded")


def test_a_gap_without_a_target_is_never_judged() -> None:
    (one,) = course(GAP | {"target": float("nan")}, [pd.Timestamp("2026-01-20")], seen(9, 2), ALL.get(METRIC))
    assert (one.effect, one.reason) == (None, "the gap names no target")


def test_nothing_before_a_fix_and_nothing_where_the_step_was_not_tested() -> None:
    assert told(9, 5, fixes=()) == []
    assert told(9, 5, fixes=("2026-02-02",)) == []  # it began on the day of the fix
    assert course(GAP, [pd.Timestamp("2026-01-20")], seen(9, 5, tested=False), ALL.get(METRIC)) == ()
