"""What every metric obeys, whatever it measures: order, zone and copies don't matter, and nothing is never an error."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.catalogue import ALL
from metrics.estimate import Estimate, Status
from metrics.response import intervals
from tests.metrics.frames import clock
from tests.metrics.topics import (
    DAILY,
    EVENTS,
    NOW,
    SCORES,
    TOPICS,
    Reader,
    plan_of,
    reaction_of,
    reputation_of,
    response_of,
)

every_topic = pytest.mark.parametrize(("read", "frame"), TOPICS, ids=lambda value: getattr(value, "__name__", ""))


def nothing_but_reasons(found: dict[str, Any]) -> bool:
    """No number at all, but for the 0 of what was counted: no events are no statements, and that is a fact."""
    estimates = [value for value in found.values() if isinstance(value, Estimate)]
    counted = [
        one
        for one in estimates
        if (one.unit == "count" and one.value is not None) or (one.basis and one.basis.startswith("0 of"))
    ]
    return all(one.value == 0 for one in counted) and all(one.value is None for one in estimates if one not in counted)


@every_topic
def test_the_order_of_rows_changes_nothing(read: Reader, frame: pd.DataFrame) -> None:
    expected = read(frame)
    for seed in range(3):
        assert read(frame.sample(frac=1, random_state=seed)) == expected
    assert read(frame.iloc[::-1].reset_index(drop=True)) == expected


@every_topic
def test_the_input_is_left_as_it_was(read: Reader, frame: pd.DataFrame) -> None:
    before = frame.copy(deep=True)
    read(frame)
    pd.testing.assert_frame_equal(frame, before)


@every_topic
def test_nothing_in_gives_reasons_out(read: Reader, frame: pd.DataFrame) -> None:
    assert nothing_but_reasons(read(frame.iloc[:0]))


@every_topic
def test_a_single_row_is_enough_not_to_fail(read: Reader, frame: pd.DataFrame) -> None:
    for i in range(0, len(frame), 1 + len(frame) // 12):
        assert read(frame.iloc[[i]])


@every_topic
def test_rows_without_a_value_are_as_good_as_none(read: Reader, frame: pd.DataFrame) -> None:
    valued = ("earliest", "latest", "date", "score", "n", "favourable", "value", "detected_by", "opened_on", "assigned")
    gone = [c for c in valued if c in frame]
    empty = frame.assign(
        **{c: pd.Series(pd.NaT if "date" in str(frame[c].dtype) else np.nan, frame.index, frame[c].dtype) for c in gone}
    )
    if "missed" in frame:
        empty = empty.assign(missed=False)  # a step that was missed is a fact without a value
    assert nothing_but_reasons(read(empty))


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/New_York"])
def test_the_zone_that_times_are_written_in_changes_nothing(zone: str) -> None:
    moved = EVENTS.assign(earliest=EVENTS["earliest"].dt.tz_convert(zone), latest=EVENTS["latest"].dt.tz_convert(zone))
    assert response_of(moved) == response_of(EVENTS)
    assert plan_of(moved) == plan_of(EVENTS)


def test_times_without_a_zone_are_refused() -> None:
    naive = EVENTS.assign(earliest=EVENTS["earliest"].dt.tz_localize(None))
    with pytest.raises(ValueError, match="no time zone"):
        intervals(naive, clock(), NOW)


@pytest.mark.parametrize("unit", ["s", "us", "ns"])
def test_the_resolution_of_dates_changes_nothing(unit: str) -> None:
    assert reaction_of(DAILY.assign(date=DAILY["date"].dt.as_unit(unit))) == reaction_of(DAILY)
    assert reputation_of(SCORES.assign(date=SCORES["date"].dt.as_unit(unit))) == reputation_of(SCORES)


@every_topic
def test_what_leaves_is_what_the_catalogue_says(read: Reader, frame: pd.DataFrame) -> None:
    for key, one in read(frame).items():
        if isinstance(key, str) and key in ALL:
            assert (one.unit, one.better) == (ALL[key].unit, ALL[key].better), key
            assert one.status is Status.OK or one.reason


@every_topic
def test_estimates_lie_within_their_own_interval(read: Reader, frame: pd.DataFrame) -> None:
    for key, one in read(frame).items():
        if isinstance(one, Estimate) and one.number is not None and one.lo is not None and one.hi is not None:
            assert one.lo <= one.number <= one.hi, key
