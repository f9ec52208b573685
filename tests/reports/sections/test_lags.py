from __future__ import annotations

import pytest

from metrics.estimate import Status
from tests.small import bring, log, posts, section, survey

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-06-01 12:00"
BEFORE = dict.fromkeys(range(-28, 0), (4, 1))
VOLUMES = BEFORE | {0: (8, 2), 1: (40, 30), 2: (20, 15), 3: (12, 6)} | dict.fromkeys(range(4, 34), (4, 1))


def scores(*rows: tuple[str, float]) -> None:
    bring(
        "scores.csv",
        [{"date": day, "source": "Index", "score": score, "scale_min": 0, "scale_max": 100} for day, score in rows],
    )


def everything() -> None:
    log(
        "thread",
        "2026-03-02 08:00 posted",
        "2026-03-02 09:00 detected",
        "2026-03-04 10:00 statement audience=public",
        "2026-03-06 09:00 resolved",
    )
    posts("2026-03-02", VOLUMES)
    scores(("2026-02-01", 70), ("2026-02-10", 70), ("2026-02-20", 70), ("2026-03-12", 60), ("2026-04-12", 70))
    survey("Winter", "2026-02-10", {"I trust us": [5, 5, 5, 5, 5, 4, 4, 4, 2, 2, 2, 2]})
    survey("Spring", "2026-04-01", {"I trust us": [5, 5, 5, 4, 4, 2, 2, 2, 2, 2, 2, 2]})


def test_all_streams_on_one_clock_with_the_rows_behind_them() -> None:
    everything()
    found = section("lags", "thread", LATER)
    days = {m.id.removeprefix("lag_"): m.estimate.number for m in found.measures}
    assert len(days) == 15
    assert days["statement_to_volume_peak"] == -1
    assert days["volume_peak_to_half_life"] == pytest.approx(0.9)
    assert days["volume_peak_to_reputation_trough"] == 9
    assert days["reputation_trough_to_morale_trough"] == 20
    assert found.findings[0] == "The first statement came 1 day after volume peaked."
    assert found.findings[1].startswith("Volume peak on day 1, half-life on day 1.9, ")
    assert len(found.findings) == 2
    assert found.frames["points"]["day"].is_monotonic_increasing
    files = {m.id: {f.file for f in m.sources.files} for m in found.measures}
    assert files["lag_statement_to_volume_peak"] == {"log.csv", "posts.csv"}
    assert files["lag_volume_peak_to_reputation_trough"] == {"posts.csv", "scores.csv"}
    assert len(files["lag_reputation_trough_to_morale_trough"]) == 3


def test_rows_of_days_that_overlap_count_once() -> None:
    everything()
    found = section("lags", "thread", LATER)
    lag = found.measure("lag_volume_peak_to_half_life")
    assert lag is not None
    assert lag.sources.rows == 28 * 4 + 8 + 40 + 20 + 12
    assert len(lag.sources.files) == 1


def test_streams_without_data_say_so() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected")
    found = section("lags", "thread", LATER)
    assert {m.estimate.value for m in found.measures} == {None}
    assert found.findings[-1] == (
        "Without a day: first statement (no public statement recorded), volume peak (no posts or daily totals are imported), "
        "half-life (no posts or daily totals are imported), lowest sentiment (no posts or daily totals are imported), "
        "lowest reputation (no reputation scores are imported) and lowest morale (no employee survey before the crisis)."
    )
    assert found.frames["points"].empty


def test_as_of_the_past_what_came_later_has_no_day() -> None:
    everything()
    found = section("lags", "thread", "2026-03-03 18:00")
    lag = found.measure("lag_statement_to_volume_peak")
    assert lag is not None
    assert lag.estimate.reason == "no first statement: no public statement recorded"
    half = found.measure("lag_volume_peak_to_half_life")
    assert half is not None
    assert half.estimate.status is Status.NOT_REACHED


def test_without_a_start_nothing_is_measured() -> None:
    log("thread", "2026-03-02 09:00 detected")
    assert section("lags", "thread", LATER).findings == ("Not measured: nobody recorded when the crisis began.",)
