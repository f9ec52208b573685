from __future__ import annotations

import pandas as pd
import pytest

from metrics.waves import wave_phase


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


FIRST = (day("2026-03-03"), day("2026-03-12"))
SECOND = (day("2026-09-01"), day("2026-09-10"))


@pytest.mark.parametrize(
    ("opened", "closed", "phases"),
    [
        ("2026-02-20", "2026-03-02", ["before", "before"]),
        ("2026-02-20", "2026-03-03", ["during", "before"]),
        ("2026-03-11", "2026-03-20", ["during", "before"]),
        ("2026-03-12", "2026-03-20", ["after", "before"]),
        ("2026-08-25", "2026-09-05", ["after", "during"]),
        ("2026-09-01", "2026-09-20", ["none", "during"]),
        ("2027-09-10", "2027-09-20", ["none", "after"]),
        ("2027-09-11", "2027-09-20", ["none", "none"]),
    ],
)
def test_the_phase_of_a_wave_towards_each_crisis(opened: str, closed: str, phases: list[str]) -> None:
    day0s, ends = zip(FIRST, SECOND, strict=True)
    assert wave_phase(day(opened), day(closed), day0s, ends) == phases
    assert wave_phase(day(opened), day(closed), day0s[::-1], ends[::-1]) == phases[::-1]


def test_a_wave_with_one_date_or_none() -> None:
    day0s, ends = [FIRST[0]], [FIRST[1]]
    assert wave_phase(day("2026-03-05"), None, day0s, ends) == ["during"]
    assert wave_phase(None, day("2026-03-01"), day0s, ends) == ["before"]
    assert wave_phase(None, None, day0s, ends) == ["none"]
    assert wave_phase(day("2026-03-05"), day("2026-03-06"), [], []) == []
