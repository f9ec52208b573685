from __future__ import annotations

import pandas as pd

from metrics.estimate import Estimate, Status, absent
from metrics.findings import compare as say
from metrics.targets import MISSED

FIRST = "time_to_first_statement"


def hours(value: float, status: Status = Status.OK) -> Estimate:
    return Estimate(value=value, unit="hours", n=1, status=status, reason=None if status is Status.OK else "still open")


MISS = absent(Status.UNDEFINED, MISSED, unit="hours")
UNKNOWN = absent(Status.UNDEFINED, "no detected recorded", unit="hours")


def test_shortest_and_longest_with_the_factor_between_them() -> None:
    told = say.timing(FIRST, [("a", hours(9.2)), ("b", hours(2.4)), ("c", hours(6))])
    assert told == "The time to the first public statement was shortest in b, 2 h 24 min, and longest in a, 9 h 12 min, 3.8 times as long."  # fmt: skip


def test_what_runs_or_never_came_is_not_the_longest() -> None:
    told = say.timing(FIRST, [("a", hours(2)), ("b", hours(50, Status.LOWER_BOUND)), ("c", MISS), ("d", UNKNOWN)])
    assert told == "The time to the first public statement was 2 h in a; in b it still runs, after 2 days 2 h; in c it never came."  # fmt: skip
    assert say.timing(FIRST, [("b", hours(1, Status.LOWER_BOUND)), ("c", MISS)]) == "The time to the first public statement: in b it still runs, after 1 h; in c it never came."  # fmt: skip
    assert say.timing(FIRST, [("d", UNKNOWN)]) is None


def test_equal_to_the_minute_is_equal() -> None:
    assert say.timing(FIRST, [("a", hours(2)), ("b", hours(2.001))]) == "The time to the first public statement was 2 h in a and b alike."  # fmt: skip


def test_what_differs_by_minutes_over_days_is_shown_with_minutes() -> None:
    told = say.timing(FIRST, [("a", hours(26)), ("b", hours(26.25))]) or ""
    assert "1 day 2 h, and longest in b, 1 day 2 h 15 min" in told


def test_a_zero_has_no_multiple() -> None:
    assert "times" not in (say.timing(FIRST, [("a", hours(0)), ("b", hours(3))]) or "")


def test_the_longest_step_is_named_once_for_the_crises_that_share_it() -> None:
    path = pd.DataFrame({"label": ["to decide", "to approve"], "hours": [1.0, 3.0]})
    short = path.assign(hours=[2.0, 1.0])
    told = say.where_it_went({"a": path, "b": short, "c": path, "d": path.head(1), "e": path.assign(hours=0.0)})
    assert told == "The longest step on the way to the first statement was to approve in a (3 h, 75 %) and c (3 h, 75 %); to decide in b (2 h, 67 %)."  # fmt: skip
    assert say.where_it_went({"d": path.head(1)}) is None


def test_peaks_and_falls_name_the_ends_and_what_is_not_known() -> None:
    times = [(n, Estimate(value=v, unit="times", n=9)) for n, v in (("a", 13.0), ("b", 9.1))]
    unknown = absent(Status.UNDEFINED, "no data", unit="times")
    assert say.peaks([*times, ("c", unknown)]) == "Volume peaked highest in a, 13 times normal, and lowest in b, 9.1 times normal; of c it can't be told."  # fmt: skip
    assert say.peaks([times[0], ("c", unknown)]) == "The peak of volume is known for a alone: 13 times normal; of c it can't be told."  # fmt: skip
    assert say.peaks([("c", unknown)]) is None
    falls = [(n, Estimate(value=v, unit="points", n=9)) for n, v in (("a", 0.0), ("b", 0.0))]
    assert say.falls("Index", falls) == "Index fell in none of them."


def test_changes_that_look_alike_are_not_said() -> None:
    def change(value: float) -> Estimate:
        return Estimate(value=value, unit="share", n=9)

    assert say.changes([("a", change(-0.28)), ("b", change(0.01))]) == "Net sentiment changed by −28 points in a and by +1 in b."  # fmt: skip
    assert say.changes([("a", change(-0.281)), ("b", change(-0.279))]) is None
    assert say.changes([("a", change(-0.28))]) is None


def test_gaps_that_came_back_are_counted_among_those_put_to_the_test() -> None:
    assert say.came_back({"G-1": ["a", "b"], "G-2": ["b"]}, 8) == "Two of eight fixed gaps that these crises put to the test came back: G-1 in a and b; G-2 in b."  # fmt: skip
    assert (
        say.came_back({"G-1": ["a"]}, 1) == "The one fixed gap that these crises put to the test came back: G-1 in a."
    )
    assert say.came_back({"G-1": ["a"], "G-2": ["b"]}, 2).startswith("Both fixed gaps")
    assert say.came_back({}, 1) == "The one fixed gap that these crises put to the test did not come back."
    assert say.came_back({}, 2).startswith("Neither of the two fixed gaps")
    assert say.came_back({}, 3) == "None of the three fixed gaps that these crises put to the test came back."
    assert say.came_back({}, 0) == "No gap had been fixed that these crises could put to the test."
