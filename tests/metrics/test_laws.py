"""What every metric obeys, whatever it measures: order, zone and copies don't matter, and nothing is never an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.catalogue import ALL
from metrics.effect_size import sentiment_effect_size
from metrics.engagement import reaction
from metrics.estimate import Estimate, Status, absent
from metrics.lags import POINTS, half_life_at, lags, sentiment_trough
from metrics.reputation import reputation
from metrics.reputation_z import standardised
from metrics.response import intervals, path_estimates, statement_path, statement_platform_coverage, used_events
from metrics.surveys import enps, favourable, mean_score, morale_index, morale_vs_before, response_rate
from metrics.windows import daily_series, windows
from tests.metrics.frames import clock, daily, events, moment, public, question, scores, survey

NOW = moment("2026-04-20 12:00")
DAY0, TODAY = pd.Timestamp("2026-03-03"), pd.Timestamp("2026-04-20")

EVENTS = events(
    ("posted", "2026-03-03 07:30"),
    ("detected", "2026-03-03 08:40", {"detected_by": "customer", "function": "PR"}),
    ("detected", "2026-03-03 08:40", {"detected_by": "press", "function": "pr "}),
    ("team_assembled", "2026-03-03 10:00", {"function": "HR"}),
    ("decision", "2026-03-03"),
    ("internal_message", "2026-03-03 14:00", {"audience": "employees"}),
    ("statement", "2026-03-03 17:52", public("X")),
    ("statement", "2026-03-03 17:52", public("LinkedIn")),
    ("update", "2026-03-05", public("X")),
    ("resolved", "2026-03-09 09:00"),
)
DAILY = pd.concat(
    [
        daily([*[10, 12, 9, 14] * 7, 80, 120, 60, 30, *[11, 9, 13] * 15], negative=0.3, impressions=1000.0, likes=20.0),
        daily([5] * 40, platform="Reddit", start="2026-02-10", negative=0.1),
        daily([500] * 10, grain="daily_total", start="2026-02-20"),
    ],
    ignore_index=True,
)
HISTOGRAM = pd.DataFrame(
    [
        (DAY0 + pd.Timedelta(days=day), score / 20, 1 + (day * score) % 7)
        for day in range(-28, 12)
        for score in range(-9, 9)
    ],
    columns=["date", "score", "posts"],
)
SCORES = pd.concat(
    [
        scores((-90, 82), (-60, 80), (-30, 81), (-30, 79), (4, 70), (20, 76), (40, 80)),
        scores((-60, 70), (5, 69), company="Theirs"),
        scores((-60, 70), (5, 69), source="Other"),
    ],
    ignore_index=True,
)
SURVEY = survey(question(), question("I am proud", favourable=300.0), question("Hidden", n=np.nan, withheld="few"))


def response_of(frame: pd.DataFrame) -> dict[str, Any]:
    facts = clock("resolved")
    found: dict[str, Any] = dict(intervals(frame, facts, NOW))
    found |= {f"path {key}": value for key, value in path_estimates(statement_path(frame, facts, NOW)).items()}
    found["statement_platform_coverage"] = statement_platform_coverage(frame, facts, NOW, ["x", "TikTok"])
    ids = [*intervals(frame, facts, NOW), "statement_path", "statement_platform_coverage"]
    return found | {f"events of {key}": used_events(key, frame, facts, NOW) for key in ids}


def reaction_of(frame: pd.DataFrame) -> dict[str, Any]:
    found = reaction(frame, DAY0, as_of_date=TODAY)
    by_kind = {f"{key} of {kind}": one for kind, known in found.by_kind.items() for key, one in known.items()}
    return {**found.estimates, **by_kind}


def effect_of(frame: pd.DataFrame) -> dict[str, Any]:
    w = windows(DAY0, pd.Timestamp("2026-03-13"))
    return {"sentiment_effect_size": sentiment_effect_size(frame, daily_series(DAILY), w)}


def lags_of(frame: pd.DataFrame) -> dict[str, Any]:
    found = reaction(frame, DAY0, as_of_date=TODAY)
    none = absent(Status.UNDEFINED, "nobody asked", unit="date")
    points = dict.fromkeys(POINTS, none) | {
        "volume_peak": none if found.peak is None else found.peak[0],
        "half_life": half_life_at(found.peak, found.estimates["half_life"]),
        "sentiment_trough": sentiment_trough(found.series, found.windows),
    }
    return dict(lags(points))


def reputation_of(frame: pd.DataFrame) -> dict[str, Any]:
    z = standardised(frame, DAY0, as_of_date=TODAY)
    return {
        **reputation(frame, "Index", DAY0, as_of_date=TODAY),
        **{f"z of {source}": one for source, one in z.items()},
    }


def surveys_of(frame: pd.DataFrame) -> dict[str, Any]:
    other = survey(question(wave="Winter", favourable=270.0), question("I am proud", wave="Winter", favourable=310.0))
    rows = {
        (row["question"], f.__name__): f(row)
        for row in frame.to_dict("records")
        for f in (favourable, mean_score, enps)
    }
    whole = [response_rate(frame), morale_index(frame, other), morale_vs_before(frame, other)]
    return {**rows, **dict(zip(("response_rate", "morale_index", "morale_vs_before"), whole, strict=True))}


def nothing_but_reasons(found: dict[str, Any]) -> bool:
    """No number at all, but for the 0 of what was counted: no events are no statements, and that is a fact."""
    estimates = [value for value in found.values() if isinstance(value, Estimate)]
    counted = [one for one in estimates if one.unit == "count" or (one.basis and one.basis.startswith("0 of"))]
    return all(one.value == 0 for one in counted) and all(one.value is None for one in estimates if one not in counted)


Reader = Callable[[pd.DataFrame], dict[str, Any]]
TOPICS: list[tuple[Reader, pd.DataFrame]] = [
    (response_of, EVENTS),
    (reaction_of, DAILY),
    (effect_of, HISTOGRAM),
    (lags_of, DAILY),
    (reputation_of, SCORES),
    (surveys_of, SURVEY),
]
every_topic = pytest.mark.parametrize(("read", "frame"), TOPICS, ids=lambda value: getattr(value, "__name__", ""))


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
    gone = [c for c in ("earliest", "latest", "date", "score", "n", "favourable") if c in frame]
    empty = frame.assign(
        **{c: pd.Series(pd.NaT if "date" in str(frame[c].dtype) else np.nan, frame.index, frame[c].dtype) for c in gone}
    )
    assert nothing_but_reasons(read(empty))


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/New_York"])
def test_the_zone_that_times_are_written_in_changes_nothing(zone: str) -> None:
    moved = EVENTS.assign(earliest=EVENTS["earliest"].dt.tz_convert(zone), latest=EVENTS["latest"].dt.tz_convert(zone))
    assert response_of(moved) == response_of(EVENTS)


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
