from __future__ import annotations

from typing import Any

import pandas as pd

from metrics.ageing import ageing

TODAY = pd.Timestamp("2026-06-30")
ALLOWED = {1: 180, 2: 90, 3: 60, 4: 30}


def aged(**fields: Any) -> list[float | None]:
    gap = {"status": "open", "severity": 3.0, "opened_on": "2026-06-01", "due_on": None, "completed_on": None} | fields
    frame = pd.DataFrame([gap])
    for name in ("opened_on", "due_on", "completed_on"):
        frame[name] = pd.to_datetime(frame[name])
    found = ageing(frame.astype({"severity": "float64"}), TODAY, ALLOWED)
    assert list(found) == ["age_days", "due_in_days", "sla_days", "sla_left_days"]
    return [None if pd.isna(value) else value for value in found.iloc[0]]


def test_an_open_gap_ages_until_today() -> None:
    assert aged(due_on="2026-07-10") == [29, 10, 60, 31]
    assert aged(due_on="2026-06-20", severity=4.0) == [29, -10, 30, 1]
    assert aged(due_on="2026-06-30", opened_on="2026-05-01") == [60, 0, 60, 0]


def test_a_closed_gap_aged_until_its_fix_and_is_due_no_more() -> None:
    fixed = {"status": "implemented", "completed_on": "2026-06-11", "due_on": "2026-06-05"}
    assert aged(**fixed) == [10, None, 60, 50]
    assert aged(**fixed | {"opened_on": "2026-01-01"}) == [161, None, 60, -101]


def test_a_gap_that_was_opened_again_ages_until_today() -> None:
    assert aged(completed_on="2026-06-11")[0] == 29


def test_what_is_not_known_is_not_guessed() -> None:
    assert aged(opened_on=None, severity=None) == [None, None, None, None]
    assert aged(status="accepted") == [None, None, 60, None]
    assert aged(status="implemented", completed_on="2026-05-01")[0] is None  # closed before it was opened
