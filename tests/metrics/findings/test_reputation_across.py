from __future__ import annotations

from metrics.estimate import Estimate, Status, absent
from metrics.findings.reputation_across import falls

NOTHING = absent(Status.UNDEFINED, "no scores", unit="points")


def points(value: float) -> Estimate:
    return Estimate(value=value, unit="points", n=3)


def back(value: float, *, still: bool = False) -> Estimate:
    return Estimate(value=value, unit="days", n=3, status=Status.LOWER_BOUND if still else Status.OK, reason="not back" if still else None)  # fmt: skip


def test_how_often_how_far_and_how_long() -> None:
    told = falls("Index", [("a", points(7.9), back(65)), ("b", points(3.9), back(44)), ("c", points(0), back(0))])
    assert told == "Index fell in two of three crises, furthest in a, by 7.9 points; it was back after 44 to 65 days."


def test_what_is_not_back_is_named() -> None:
    told = falls(
        "Index", [("a", points(7.9), back(65)), ("b", points(3), back(4, still=True)), ("c", NOTHING, NOTHING)]
    )
    assert told == "Index fell in both crises, furthest in a, by 7.9 points; it was back after 65 days in one of them; not back by the last score: b."  # fmt: skip
    assert falls("Index", [("b", points(1), back(4, still=True))]) == "Index fell 1 point in b, the one crisis with scores around it; it was not back by the last score."  # fmt: skip


def test_without_a_fall_or_a_score() -> None:
    assert falls("Index", [("a", points(0), back(0))]) == "Index did not fall below its level before in the one crisis."
    assert (
        falls("Index", [("a", points(0), back(0))] * 3)
        == "Index did not fall below its level before in any of three crises."
    )
    assert falls("Index", [("c", NOTHING, NOTHING)]) is None
    assert falls("Index", []) is None
