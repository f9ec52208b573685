from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.estimate import Status
from metrics.response import interval, path_estimates, statement_path, statement_platform_coverage, used_events
from tests.metrics.frames import clock, events, moment, public
from tests.soak import TIMES

NOW = moment("2026-03-04 09:00")
DETECTED = ("detected", "2026-03-03 09:00")
Row = tuple[str, str] | tuple[str, str, dict[str, Any]]


def said(at: str, milestone: str = "update", **more: Any) -> Row:
    return milestone, f"2026-03-{at}", public() | more


def silence(*rows: Row, status: str = "open") -> tuple[float | str | None, Status, list[int]]:
    frame = events(*rows)
    found = interval("longest_silence", frame, clock(status), NOW)
    return found.value, found.status, used_events("longest_silence", frame, clock(status), NOW)


RESOLVED = ("resolved", "2026-03-04 00:00")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([DETECTED, said("03 10:00", "statement"), said("03 18:00"), RESOLVED], (8, Status.OK, [2, 3])),
        ([DETECTED, said("03 16:00", "statement"), RESOLVED], (8, Status.OK, [2, 3])),
        ([DETECTED, RESOLVED], (15, Status.OK, [1, 2])),
        ([DETECTED, said("03 18:00", "statement"), said("03 19:00")], (14, Status.LOWER_BOUND, [3])),
        ([DETECTED, said("04 08:00", "statement")], (23, Status.OK, [1, 2])),
        ([DETECTED], (24, Status.LOWER_BOUND, [1])),
        ([DETECTED, said("03 08:00", "statement"), RESOLVED], (15, Status.OK, [1, 3])),
        ([DETECTED, RESOLVED, said("04 08:00", "statement")], (15, Status.OK, [1, 2])),
        ([DETECTED, said("03 16:00", audience="employees"), RESOLVED], (15, Status.OK, [1, 3])),
    ],
    ids=["between", "tie", "never", "running", "past", "alone", "before detection", "after resolution", "employees"],
)
def test_longest_silence(rows: list[Row], expected: tuple[float, Status, list[int]]) -> None:
    assert silence(*rows) == expected


def test_a_silence_of_unknown_end_stops_at_the_last_message() -> None:
    frame = events(DETECTED, said("03 12:00", "statement"))
    found = interval("longest_silence", frame, clock("resolved"), NOW)
    assert found.value == 3
    assert "when the crisis was resolved is not recorded" in (found.basis or "")
    alone = interval("longest_silence", events(DETECTED), clock("resolved"), NOW)
    assert (alone.status, alone.reason) == (Status.UNDEFINED, "no moment of resolution recorded")


def test_silence_needs_a_detection_and_an_order() -> None:
    none = interval("longest_silence", events(said("03 12:00")), clock(), NOW)
    assert none.reason == "no detected event recorded"
    wrong = interval("longest_silence", events(DETECTED, ("resolved", "2026-03-03 08:00")), clock(), NOW)
    assert wrong.status is Status.INVALID_ORDER
    assert "2026-03-03 08:00" in (wrong.reason or "")
    assert "2026-03-03 09:00" in (wrong.reason or "")


@settings(max_examples=25 * TIMES)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 23), st.booleans()), min_size=1, max_size=5), st.data())
def test_the_bounds_of_a_silence_hold_whatever_the_hour_was(
    messages: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    detected, resolved = ("detected", "2026-03-03 00:00"), ("resolved", "2026-03-08 00:00")
    vague, exact = [], []
    for day, hour, whole in messages:
        date = f"2026-03-0{3 + day}"
        vague.append(("update", date if whole else f"{date} {hour:02}:00", public()))
        true_hour = data.draw(st.integers(0, 23)) if whole else hour
        exact.append(("update", f"{date} {true_hour:02}:00", public()))
    now = moment("2026-03-09 00:00")
    bounds = interval("longest_silence", events(detected, *vague, resolved), clock(), now)
    truth = interval("longest_silence", events(detected, *exact, resolved), clock(), now)
    lo, hi = (bounds.value if bound is None else bound for bound in (bounds.lo, bounds.hi))
    assert lo <= truth.value <= hi


def test_cadence_is_the_median_gap_and_one_moment_is_one_message() -> None:
    rows = [said("03 10:00", "statement", platform=p) for p in ("X", "LinkedIn", "TikTok")]
    frame = events(DETECTED, *rows, said("03 12:00", audience="press"), said("03 18:00"), said("03 20:00"))
    found = interval("update_cadence", frame, clock(), NOW)
    assert (found.value, found.n) == (2, 3)
    assert interval("public_updates", frame, clock(), NOW).value == 6
    assert used_events("update_cadence", frame, clock(), NOW) == [2, 3, 4, 5, 6, 7]


def test_a_cadence_needs_two_messages() -> None:
    found = interval("update_cadence", events(said("03 10:00"), said("03 10:00")), clock(), NOW)
    assert (found.value, found.reason) == (None, "fewer than two public statements or updates recorded")


def test_a_cadence_over_days_has_bounds() -> None:
    found = interval("update_cadence", events(said("02"), said("03 12:00")), clock(), NOW)
    assert (found.lo, found.value, found.hi) == (12, 24, 36)


def test_functions_are_counted_once_however_written() -> None:
    rows = [("other", "2026-03-03 09:00", {"function": word}) for word in ("PR", " pr", "HR", None, " ")]
    found = interval("functions_involved", events(*rows), clock(), NOW)
    assert (found.value, found.n, found.basis) == (2, 3, "3 of 5 events name a function")
    assert used_events("functions_involved", events(*rows), clock(), NOW) == [1, 2, 3]
    assert interval("functions_involved", events(), clock(), NOW).value == 0


def test_platform_coverage_counts_platforms_with_mentions_only() -> None:
    frame = events(said("03 10:00", "statement", platform="X "), said("03 11:00", platform="Facebook"), DETECTED)
    found = statement_platform_coverage(frame, clock(), NOW, ["x", "X", "TikTok", "Reddit", "Reddit"])
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)
    assert found.basis == "1 of 3 platforms with mentions carried a statement or update"
    assert used_events("statement_platform_coverage", frame, clock(), NOW) == [1, 2]
    assert statement_platform_coverage(frame, clock(), NOW, []).status is Status.UNDEFINED


PATH = [
    DETECTED,
    ("approved", "2026-03-03 15:00"),
    ("team_assembled", "2026-03-03 10:10"),
    ("decision", "2026-03-03 12:30"),
    said("03 18:12", "statement"),
]


def path(*rows: Row, status: str = "open") -> pd.DataFrame:
    return statement_path(events(*rows), clock(status), NOW)


def test_the_path_is_cut_at_what_was_recorded() -> None:
    found = path(*PATH)
    assert found["segment"].tolist() == ["team_assembled", "decision", "approved", "published"]
    assert found["hours"].tolist() == pytest.approx([1 + 10 / 60, 2 + 20 / 60, 2.5, 3.2])
    assert found["start_event"].tolist() == [1, 3, 4, 2]
    assert found["end_event"].tolist() == [3, 4, 2, 5]
    assert set(found["status"]) == {"ok"}
    assert used_events("statement_path", events(*PATH), clock(), NOW) == [1, 2, 3, 4, 5]


def test_steps_out_of_the_usual_order_keep_theirs_and_others_fall_out() -> None:
    found = path(
        ("drafted", "2026-03-03 08:00"),
        DETECTED,
        ("decision", "2026-03-03 10:00"),
        ("team_assembled", "2026-03-03 11:00"),
        said("03 12:00", "statement"),
        ("approved", "2026-03-03 13:00"),
    )
    assert found["segment"].tolist() == ["decision", "team_assembled", "published"]
    assert found["hours"].tolist() == [1, 1, 1]


def test_a_path_without_publication() -> None:
    running, missed = path(*PATH[:-1]), path(*PATH[:-1], status="resolved")
    assert (running["status"].iloc[-1], running["hours"].iloc[-1]) == ("lower_bound", 18)
    assert (missed["status"].iloc[-1], missed["reason"].iloc[-1]) == ("undefined", "missed")
    assert np.isnan(missed["hours"].iloc[-1])
    estimates = path_estimates(missed)
    assert estimates["published"].value is None
    assert estimates["team_assembled"].value == pytest.approx(1 + 10 / 60)


def test_a_path_that_cannot_be_drawn() -> None:
    assert path(*PATH[1:]).empty
    wrong = path(DETECTED, said("03 08:00", "statement"))
    assert wrong["status"].tolist() == ["invalid_order"]
    assert path_estimates(wrong)["published"].status is Status.INVALID_ORDER


@settings(max_examples=25 * TIMES)
@given(
    st.lists(
        st.tuples(st.sampled_from(["team_assembled", "decision", "drafted", "approved"]), st.integers(0, 30)),
        max_size=6,
    )
)
def test_the_segments_add_up_to_the_whole(steps: list[tuple[str, int]]) -> None:
    start = pd.Timestamp("2026-03-03 00:00")
    rows = [(step, (start + pd.Timedelta(hours=hour)).strftime("%Y-%m-%d %H:%M")) for step, hour in steps]
    found = path(("detected", "2026-03-03 03:00"), *rows, said("04 01:00", "statement"))
    assert found["hours"].sum() == pytest.approx(22)
    assert (found["hours"] >= 0).all()
