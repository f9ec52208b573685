from __future__ import annotations

from metrics.findings import platforms as say


def test_where_most_was_said_and_where_it_rose() -> None:
    told = say.carried({"X": 30, "Reddit": 10}, {"X": 2.0, "Reddit": 5.0})
    assert (
        told
        == "X carried 75 % of the 40 mentions during the crisis; they rose most on Reddit, to 5 times the level before."
    )
    assert say.carried({"X": 30, "Reddit": 10}, {"X": 2.0}) == "X carried 75 % of the 40 mentions during the crisis; they also rose most there, to 2 times the level before."  # fmt: skip
    assert say.carried({"X": 30, "Reddit": 10}, {"X": 0.5}) == "X carried 75 % of the 40 mentions during the crisis."
    assert say.carried({"X": 1200}, {}, what="owned posts") == "All 1,200 owned posts during the crisis were on X."
    assert say.carried({"X": 0}, {}) is None
    assert say.carried({}, {}) is None


def test_posts_and_daily_totals_are_told_apart() -> None:
    assert say.grains(10, 0, []) == "All mentions shown are single posts."
    assert say.grains(0, 10, []) == "All mentions shown were counted from daily totals; single posts would tell more."
    assert say.grains(30, 10, []) == "25 % of the mentions shown were counted from daily totals, the others one by one."
    assert say.grains(30, 10, ["X"]).endswith("; on days for which X has both, the single posts count.")
    assert say.grains(30, 10, ["X", "Y"]).endswith("; on days for which X and Y have both, the single posts count.")


def test_what_ends_the_crisis_is_said_with_what_a_reader_must_know() -> None:
    assert say.periods("it was resolved", "owned posts", None) == "During ends where it was resolved; owned posts."
    assert say.periods(None, None, None) is None
