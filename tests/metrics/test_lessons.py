from __future__ import annotations

import pandas as pd
import pytest

from metrics.estimate import Estimate, Status
from metrics.lessons import estimates, lead_time, waiting

TODAY = pd.Timestamp("2026-06-01")


def lessons(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """LESSONS from (status, observed on, learned on)."""
    frame = pd.DataFrame(list(rows), columns=["status", "observed_on", "learned_on"], dtype=object)
    days = dict.fromkeys(("observed_on", "learned_on"), "datetime64[us]")
    return frame.assign(code=[f"L{n}" for n in range(len(rows))]).astype(days)


def test_lessons_that_were_implemented_wait() -> None:
    frame = lessons(*[(status, None, None) for status in ("implemented", "learned", "implemented", "rejected")])
    assert waiting(frame)["code"].tolist() == ["L0", "L2"]
    found = estimates(frame, TODAY)["lessons_awaiting_validation"]
    assert (found.value, found.n, found.basis) == (2.0, 4, "of 4 lessons")


def test_from_observation_to_learned_by_kaplan_meier() -> None:
    """Freireich's 6-MP patients as days: the median is 23 (METRICS, reference case 1)."""
    days = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    running = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    rows = [("learned", "2026-01-01", str((pd.Timestamp("2026-01-01") + pd.Timedelta(days=d)).date())) for d in days]
    rows += [("approved", str((TODAY - pd.Timedelta(days=d)).date()), None) for d in running]
    found = lead_time(lessons(*rows), TODAY)
    assert (found.value, found.n, found.basis) == (23.0, 21, "9 of 21 lessons learned")


@pytest.mark.parametrize(
    ("frame", "status", "reason"),
    [
        (lessons(), Status.UNDEFINED, "no lesson is recorded"),
        (lessons(("learned", None, "2026-02-01")), Status.UNDEFINED, "nobody recorded when the lessons were observed and when they were learned"),
        (lessons(("learned", None, None))[["code", "status"]], Status.UNDEFINED, "nobody recorded when the lessons were observed and when they were learned"),
        (lessons(("learned", "2026-02-02", "2026-02-01")), Status.INVALID_ORDER, "no lesson can be counted; left out: 1 learned before being observed"),
        (lessons(("learned", "2026-02-02", None)), Status.UNDEFINED, "no lesson can be counted; left out: 1 learned on no known day"),
        (lessons(("approved", "2026-02-02", None)), Status.NOT_REACHED, "the one lesson is not learned"),
        (lessons(("learned", "2026-02-02", "2026-07-01")), Status.NOT_REACHED, "the one lesson is not learned"),
    ],
)  # fmt: skip
def test_without_the_days_there_is_a_reason(frame: pd.DataFrame, status: Status, reason: str) -> None:
    found = lead_time(frame, TODAY)
    assert (found.status, found.value, found.reason) == (status, None, reason)


def test_lessons_that_can_t_be_counted_are_said() -> None:
    frame = lessons(
        ("learned", "2026-01-01", "2026-01-31"), ("rejected", "2026-01-01", None), ("learned", "2026-03-01", "2026-02-01"),
        ("identified", None, None), ("identified", "2026-07-01", None),
    )  # fmt: skip
    found: Estimate = lead_time(frame, TODAY)
    assert (found.value, found.n) == (30.0, 1)
    assert found.basis == (
        "1 of 1 lesson learned; left out: 1 rejected, 1 without a day of observation, 1 observed later and "
        "1 learned before being observed"
    )
