from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.estimate import Estimate, Status
from metrics.reputation import IDS, primary_source, reputation, reputations, trough, vs_before
from metrics.score_path import normalise
from tests.metrics.frames import scores
from tests.soak import TIMES

DAY0 = pd.Timestamp("2026-03-03")
LATER = pd.Timestamp("2030-01-01")
LEVEL = [(-90, 100.0), (-60, 100.0), (-30, 100.0)]


def read(*rows: tuple[int, float], before: list[tuple[int, float]] = LEVEL, **more: Any) -> dict[str, Estimate]:
    return reputation(scores(*before, *rows, **more), "Index", DAY0, as_of_date=LATER)


def value(found: dict[str, Estimate], key: str) -> float | str | None:
    return found[f"reputation_{key}"].value


def test_reference_case_10() -> None:
    """METRICS, reference case 10; the area is that of Bruneau et al., Earthquake Spectra 2003;19:733–752."""
    assert value(read((0, 60), (10, 100)), "loss") == 200


def test_scores_are_put_on_a_hundred_of_their_own_scale() -> None:
    frame = scores((0, 3.0), (1, 5.0), scale_min=1.0, scale_max=5.0)
    assert normalise(frame)["points"].tolist() == [50, 100]
    broken = scores((0, 3.0), (1, 3.0), (2, 3.0), scale_min=[np.nan, 1.0, 1.0], scale_max=[5.0, np.nan, 1.0])
    assert normalise(broken)["points"].isna().all()


def test_the_baseline_is_a_median_of_180_days_else_the_last_before() -> None:
    assert value(read((5, 90), before=[(-180, 70), (-20, 80), (-1, 84)]), "baseline") == 80
    two = read((5, 90), before=[(-181, 70), (-20, 80), (-1, 84)])
    assert value(two, "baseline") == 84
    assert "the last score before day 0" in (two["reputation_baseline"].basis or "")
    assert value(read((5, 90), before=[(-900, 61)]), "baseline") == 61


def test_the_drop_ends_with_the_recovery() -> None:
    found = read((5, 80), (10, 99), (15, 98), (300, 10))
    assert (value(found, "drop"), value(found, "drop_pct")) == (20, 20)
    assert "lowest score 80 on 8 March 2026" in (found["reputation_drop"].basis or "")


def test_a_rise_is_a_drop_of_zero() -> None:
    found = read((5, 80), (9, 84), before=[(-90, 80), (-60, 80), (-30, 80)])
    assert (value(found, "drop"), value(found, "recovery"), value(found, "loss")) == (0, 0, 0)


def test_recovery_takes_two_in_a_row_within_two_points() -> None:
    found = read((5, 80), (10, 98), (15, 97.9), (20, 98), (30, 99), (40, 60))["reputation_recovery"]
    assert (found.lo, found.hi, found.value) == (15, 20, 20)


def test_a_last_score_counts_alone() -> None:
    found = read((5, 80), (10, 98))["reputation_recovery"]
    assert (found.lo, found.hi, found.status) == (5, 10, Status.OK)


def test_a_high_score_before_the_fall_is_no_recovery() -> None:
    found = read((1, 100), (2, 99), (5, 80), (10, 100), (12, 100))
    assert value(found, "recovery") == 10
    assert value(found, "drop") == 20


def test_never_back_is_at_least_until_the_last_score() -> None:
    found = read((5, 80), (10, 99), (40, 90))
    recovery, loss = found["reputation_recovery"], found["reputation_loss"]
    assert (recovery.value, recovery.status) == (40, Status.LOWER_BOUND)
    assert loss.status is Status.LOWER_BOUND
    # 0→5: 20·5/2; 5→10: (20+1)·5/2; 10→40: (1+10)·30/2
    assert loss.value == pytest.approx(50 + 52.5 + 165)


def test_a_small_dip_is_no_fall() -> None:
    found = read((5, 98.5), (40, 99))
    assert (value(found, "recovery"), value(found, "drop")) == (0, 1.5)


def test_a_crossing_is_integrated_exactly() -> None:
    # 0→4 down to 80 (40), 4→6 up to 100 (20), 6→8 above; then 120→80 over 4 days: half of it above (20), recovered later.
    found = read((4, 80), (8, 120), (12, 80), (13, 100), (14, 100), scale_max=200.0)
    assert value(found, "loss") == pytest.approx((40 + 20 + 20 + 10) / 2)  # points are halves of its scale


def test_scores_of_one_day_count_once() -> None:
    assert value(read((5, 70), (5, 90), (20, 100)), "drop") == 20


def test_others_in_the_same_source_are_taken_off() -> None:
    ours = scores(*LEVEL, (10, 80), (50, 100))
    theirs = scores((-20, 90), (8, 86), (12, 84), company="Rival")
    third = scores((-20, 50), (20, 10), company="Too late")
    elsewhere = scores((-20, 90), (10, 10), company="Rival", source="Other")
    frame = pd.concat([ours, theirs, third, elsewhere])
    found = reputation(frame, "Index", DAY0, as_of_date=LATER)["reputation_drop_adjusted"]
    assert (found.value, found.n) == (pytest.approx(20 - 5), 1)
    assert reputation(ours, "Index", DAY0, as_of_date=LATER)["reputation_drop_adjusted"].status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (scores(), "no score recorded"),
        (scores((-5, 80), scale_max=np.nan), "the scale of the source is not known"),
        (scores((0, 80)), "no score before the crisis"),
        (scores((-5, 80)), "no score since the crisis began"),
        (scores((-5, np.nan), (5, np.nan)), "no score recorded"),
    ],
)
def test_what_cannot_be_said_has_its_reason(frame: pd.DataFrame, reason: str) -> None:
    found = reputation(frame, "Index", DAY0, as_of_date=LATER)
    assert set(found) == set(IDS)
    assert (found["reputation_drop"].value, found["reputation_drop"].reason) == (None, reason)
    assert found["reputation_loss"].status is Status.UNDEFINED


def test_a_level_of_zero_has_no_percentage() -> None:
    found = read((5, 0), before=[(-5, 0)])
    assert (value(found, "drop"), found["reputation_drop_pct"].reason) == (0, "the level before is 0")


def test_later_scores_do_not_exist_yet() -> None:
    frame = scores(*LEVEL, (5, 80), (10, 60))
    found = reputation(frame, "Index", DAY0, as_of_date=pd.Timestamp("2026-03-08"))
    assert value(found, "drop") == 20


def test_sources_are_read_one_by_one() -> None:
    frame = pd.concat(
        [scores(*LEVEL, (5, 80)), scores((-5, 50), (5, 40), source="Another"), scores((-5, 1), company="X", source="Z")]
    )
    assert list(reputations(frame, DAY0, as_of_date=LATER)) == ["Another", "Index"]
    assert primary_source(frame) == "Index"
    assert primary_source(scores()) is None


@settings(max_examples=40 * TIMES)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 100)), min_size=1, max_size=8))
def test_area_and_drop_hold_together(rows: list[tuple[int, int]]) -> None:
    found = read(*[(day, float(score)) for day, score in rows])
    loss, drop, recovery = (found[f"reputation_{key}"].number or 0.0 for key in ("loss", "drop", "recovery"))
    assert 0 <= drop <= 100
    assert -1e-9 <= loss <= drop * recovery + 1e-9


def scaled(rows: list[tuple[int, float]], top: float) -> pd.DataFrame:
    return scores(*rows, scale_max=top)


def all_but_the_level(found: dict[str, Estimate]) -> set[tuple[object, ...]]:
    return {(one.value, one.status, one.reason) for key, one in found.items() if key != "reputation_baseline"}


def test_a_source_that_changes_its_scale_gives_no_number_across_the_change() -> None:
    frame = pd.concat([scaled([*LEVEL, (5, 80), (9, 82)], 100), scaled([(20, 9.5), (30, 9.9)], 10)])
    found = reputation(frame, "Index", DAY0, as_of_date=LATER)
    why = "the source changed its scale: on 23 March 2026 it was 0 to 10, not 0 to 100"
    assert found["reputation_baseline"].value == 100
    assert all_but_the_level(found) == {(None, Status.UNDEFINED, why)}
    assert vs_before(frame, "Index", DAY0, as_of_date=LATER).reason == why
    earlier = reputation(frame, "Index", DAY0, as_of_date=DAY0 + pd.Timedelta(days=15))
    assert earlier["reputation_drop"].value == 20


def test_a_fall_that_was_made_up_before_the_change_stands() -> None:
    frame = pd.concat([scaled([*LEVEL, (5, 80), (9, 99), (12, 99)], 100), scaled([(20, 9.5)], 10)])
    found = reputation(frame, "Index", DAY0, as_of_date=LATER)
    assert (value(found, "drop"), value(found, "recovery")) == (20, 9)
    edge = pd.concat([scaled([*LEVEL, (5, 80), (9, 99)], 100), scaled([(20, 9.5)], 10)])
    assert reputation(edge, "Index", DAY0, as_of_date=LATER)["reputation_drop"].status is Status.UNDEFINED


def test_a_change_within_the_days_before_leaves_no_level() -> None:
    frame = pd.concat([scaled([(-90, 80), (-60, 80)], 100), scaled([(-30, 8), (5, 7)], 10)])
    found = reputation(frame, "Index", DAY0, as_of_date=LATER)
    why = "the source changed its scale: on 3 December 2025 it was 0 to 100, not 0 to 10"
    assert {one.reason for one in found.values()} == {why}
    long_ago = pd.concat([scaled([(-900, 80)], 100), scaled([(-60, 8), (-50, 8), (-30, 8), (5, 7)], 10)])
    assert reputation(long_ago, "Index", DAY0, as_of_date=LATER)["reputation_drop"].value == pytest.approx(10)


@pytest.mark.parametrize(("day", "lost"), [(-30, "level"), (9, "rest")])
def test_a_score_outside_its_scale_is_no_number(day: int, lost: str) -> None:
    found = read((5, 80), (day, 112.5))
    on = "1 February 2026" if day < 0 else "12 March 2026"
    why = f"the score 112.5 of {on} lies outside its scale of 0 to 100"
    assert all_but_the_level(found) == {(None, Status.UNDEFINED, why)}
    assert (found["reputation_baseline"].value is None) is (lost == "level")
    assert read((5, 80), (9, 100), (-900, 112.5))["reputation_drop"].value == 20


def test_others_on_another_scale_since_are_left_out() -> None:
    ours, theirs = scores(*LEVEL, (10, 80)), scores((-20, 90), company="Rival")
    changed = scores((8, 9.0), company="Rival", scale_max=10.0)
    found = reputation(pd.concat([ours, theirs, changed]), "Index", DAY0, as_of_date=LATER)
    assert found["reputation_drop_adjusted"].status is Status.NOT_APPLICABLE


def test_sparse_scores_are_said() -> None:
    assert "sparse: up to 92 days without a score" in (read((5, 80), (97, 70))["reputation_drop"].basis or "")
    assert "sparse: up to 40 days" in (read((40, 80))["reputation_drop"].basis or "")
    assert "sparse" not in (read((31, 80), (62, 70))["reputation_drop"].basis or "")


def test_the_trough_has_a_day_or_a_reason() -> None:
    def lowest(*rows: tuple[int, float]) -> pd.Timestamp | Estimate:
        return trough(scores(*LEVEL, *rows), "Index", DAY0, as_of_date=LATER)

    assert lowest((5, 80), (9, 80), (12, 99)) == pd.Timestamp("2026-03-08")
    for rows, reason in (([(5, 100.0)], "Index did not fall"), ([], "no score since the crisis began")):
        none = lowest(*rows)
        assert isinstance(none, Estimate)
        assert none.reason == reason
