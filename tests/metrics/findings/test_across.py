from __future__ import annotations

from typing import Any

import pytest

from metrics.across import BASES
from metrics.estimate import Better, Estimate, Status, absent
from metrics.findings import across as say
from metrics.targets import Verdict
from metrics.trend import Trend

MET, LATE, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_YET
FLAT = Trend(0.9, 0.5, 1.7, -0.1, 0.6)


def middle(value: float, lo: float | None = None, hi: float | None = None, n: int = 6, unit: str = "hours") -> Estimate:
    return Estimate(value=value, lo=lo, hi=hi, n=n, unit=unit, better=Better.LOWER)


def share(value: float | None, n: int = 6, **more: Any) -> Estimate:
    if value is None:
        return absent(Status.UNDEFINED, "all still running", unit="share", n=n)
    return Estimate(value=value, n=n, unit="share", better=Better.HIGHER, **more)


def told(median: Estimate, **more: Any) -> str:
    return say.timing("time_to_first_statement", median, **more)


def test_the_whole_sentence() -> None:
    verdicts = [MET, MET, LATE, LATE, LATE, LATE]
    assert told(middle(9, 4, 20), share=share(1 / 3), verdicts=verdicts, target=3.0, test=FLAT) == (
        "The time to the first public statement was 9 h in the median of six crises (4 h to 20 h); "
        "two of six were within the 3 h target; a trend can't be told apart from chance."
    )


@pytest.mark.parametrize(
    ("median", "clause"),
    [
        (middle(9, n=5), "9 h in the median of five crises, too few for an interval"),
        (middle(9, n=1), "9 h in the one crisis that has it"),
        (middle(9, 4), "9 h in the median of six crises (at least 4 h)"),
        (middle(48.2, 48.1, 48.3), "2 days 12 min in the median of six crises (2 days 6 min to 2 days 18 min)"),
        (middle(12.5, 3, 30, unit="days"), "12.5 days in the median of six crises (3 days to 30 days)"),
        (middle(-1, -2, 3), "−1 h in the median of six crises (−2 h to 3 h)"),
    ],
)
def test_medians(median: Estimate, clause: str) -> None:
    assert told(median) == f"The time to the first public statement was {clause}."


def test_a_median_that_is_not_reached_or_not_known() -> None:
    still = Estimate(
        unit="hours",
        n=3,
        status=Status.NOT_REACHED,
        reason="it has ended in fewer than half of three crises so far (3 missed)",
        better=Better.LOWER,
    )
    assert told(still) == (
        "The time to the first public statement has no median: it has ended in fewer than half of three crises so far (3 missed)."
    )
    none = absent(Status.UNDEFINED, "no crisis", unit="hours")
    assert told(none) == "The time to the first public statement can't be told: no crisis."


@pytest.mark.parametrize(
    ("value", "verdicts", "target", "clause"),
    [
        (1.0, [MET, MET], 3.0, "; both were within the 3 h target"),
        (0.5, [MET, LATE], 3.0, "; one of two was within the 3 h target"),
        (0.0, [LATE, LATE], 3.0, "; neither of the two was within the 3 h target"),
        (1.0, [MET], 3.0, "; that is within the 3 h target"),
        (0.0, [LATE], None, "; that is not within its target"),
        (0.5, [MET, LATE], None, "; one of two was within its own target"),
        (1.0, [MET, MET], None, "; both were within their own targets"),
        (0.6, [MET, MET, LATE, OPEN], 24.0, "; an estimated 60 % were within the 1 day target (20 % to 90 %)"),
        (0.5, [MET, Verdict.UNCLEAR], None, "; an estimated 50 % were within their own targets (20 % to 90 %)"),
        (None, [OPEN, OPEN], 3.0, "; none is past the 3 h target yet"),
        (1.0, [MET, Verdict.NONE], 3.0, "; that is within the 3 h target"),
    ],
)
def test_shares(value: float | None, verdicts: list[Verdict], target: float | None, clause: str) -> None:
    of = share(value, lo=0.2, hi=0.9) if value is not None else share(None)
    assert told(middle(9, 4, 20), share=of, verdicts=verdicts, target=target).endswith(f"(4 h to 20 h){clause}.")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((1,), "The median is within target in the one interval with a target."),
        ((9,), "The median is not within target in the one interval with a target; furthest past it is the time to detection, 3 times its 3 h target."),
        ((1, 2), "The median is within target in both intervals with a target."),
        ((4, 9), "The median is within target in neither of the two intervals with a target; furthest past it is the time to acknowledge, 3 times its 3 h target."),
        ((1, 2, 4), "The median is within target in two of three intervals with a target; furthest past it is the time to assess, against a target of 3 h."),
    ],
)  # fmt: skip
def test_how_many_medians_are_within_target(values: tuple[float, ...], sentence: str) -> None:
    answered = {key: (middle(value), 3.0) for key, value in zip(BASES, values, strict=False)}
    assert say.medians(answered) == sentence
    assert say.medians({BASES[0]: (middle(1), None)}) is None


def test_without_a_target_nothing_is_said_of_targets() -> None:
    none = absent(Status.NOT_APPLICABLE, "no target is set", unit="share")
    assert told(middle(9, 4, 20), share=none).endswith("(4 h to 20 h).")


@pytest.mark.parametrize(
    ("test", "clause"),
    [
        (None, ""),
        (FLAT, "; a trend can't be told apart from chance"),
        (Trend(0.4, 0.2, 0.8, -0.6, 0.012), "; from the first crisis to the last it became 60 % shorter (p = 0.012)"),
        (Trend(1.3, 1.1, 1.6, 0.6, 0.0004), "; from the first crisis to the last it became 30 % longer (p < 0.001)"),
        (Trend(3.14, 1.1, 9, 0.6, 0.03), "; from the first crisis to the last it became 3.1 times as long (p = 0.030)"),
        (Trend(3.14, 1.1, 9, 0.6, 0.051), "; a trend can't be told apart from chance"),
        (Trend(3.14, 0.99, 9, 0.6, 0.049), "; a trend can't be told apart from chance"),
    ],
)
def test_trends(test: Trend | None, clause: str) -> None:
    assert told(middle(9, 4, 20), test=test).endswith(f"(4 h to 20 h){clause}.")


@pytest.mark.parametrize(
    ("count", "n", "nameless", "sentence"),
    [
        (3, 6, 0, "Own monitoring or an employee noticed three of six crises first."),
        (
            0,
            4,
            1,
            "Own monitoring or an employee noticed none of the four crises first; one more does not say who did.",
        ),
        (4, 4, 2, "Own monitoring or an employee noticed all four crises first; two more do not say who did."),
        (1, 1, 0, "Own monitoring or an employee noticed the one crisis that names who did."),
        (0, 1, 0, "Somebody outside noticed the one crisis that names who did."),
    ],
)
def test_who_noticed(count: int, n: int, nameless: int, sentence: str) -> None:
    assert say.noticed(share(count / n, n), nameless) == sentence


def test_who_noticed_when_nobody_says() -> None:
    none = absent(Status.UNDEFINED, "no crisis names who detected it", unit="share")
    assert say.noticed(none, 3) == "Who noticed first can't be told: no crisis names who detected it."


def test_two_groups() -> None:
    groups = [("under plan v2", middle(5)), ("before plan v2", middle(9))]
    p = Estimate(value=0.4, unit="p", n=12)
    assert say.difference("time_to_first_statement", p, groups) == (
        "The time to the first public statement was 5 h under plan v2 and 9 h before plan v2 in the median, "
        "which can't be told apart from chance (log-rank, p = 0.40)."
    )
    clear = Estimate(value=0.003, unit="p", n=12)
    assert "more than chance explains (log-rank, p = 0.003)" in (
        say.difference("time_to_first_statement", clear, groups) or ""
    )
    few = absent(Status.INSUFFICIENT_N, "too few", unit="p")
    assert say.difference("time_to_first_statement", few, groups) is None


def test_every_interval_has_a_subject() -> None:
    assert set(BASES) == set(say.SUBJECTS)
