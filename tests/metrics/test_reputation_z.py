from __future__ import annotations

import pandas as pd
import pytest

from metrics.estimate import Status
from metrics.reputation_z import standardised, standardised_scores
from tests.metrics.frames import scores

DAY0 = pd.Timestamp("2026-03-03")
LATER = pd.Timestamp("2030-01-01")
#: Median 80, standard deviation √2.5 = 1.58.
BEFORE = [(-150, 78.0), (-120, 79.0), (-90, 80.0), (-60, 81.0), (-30, 82.0)]


def stars(*rows: tuple[int, float]) -> pd.DataFrame:
    """The same scores on a scale of 1 to 5."""
    moved = [(day, 1 + score / 25) for day, score in rows]
    return scores(*moved, source="Stars", scale_min=1.0, scale_max=5.0)


def test_the_lowest_score_in_standard_deviations_of_those_before() -> None:
    found = standardised(scores(*BEFORE, (5, 70.0), (30, 74.0)), DAY0, as_of_date=LATER)
    assert found["Index"].value == pytest.approx(-10 / 2.5**0.5)
    assert "standard deviation before 1.6" in (found["Index"].basis or "")
    assert found[None].status is Status.NOT_APPLICABLE


def test_sources_are_averaged_on_this_scale_and_on_no_other() -> None:
    frame = pd.concat([scores(*BEFORE, (5, 70.0)), stars(*BEFORE, (5, 75.0))])
    found = standardised(frame, DAY0, as_of_date=LATER)
    assert found["Stars"].value == pytest.approx(-5 / 2.5**0.5)
    assert found[None].value == pytest.approx(-7.5 / 2.5**0.5)
    assert (found[None].n, found[None].basis) == (2, "mean of Index −6.3, Stars −3.2")


def test_scores_that_never_moved_have_a_spread_of_one_point() -> None:
    flat = [(day, 80.0) for day, _ in BEFORE]
    assert standardised(scores(*flat, (5, 77.0)), DAY0, as_of_date=LATER)["Index"].value == -3


@pytest.mark.parametrize(
    ("frame", "status", "reason"),
    [
        (scores(*BEFORE[1:], (5, 70.0)), Status.INSUFFICIENT_N, "fewer than 5 scores in the 180 days before day 0"),
        (scores(*BEFORE), Status.UNDEFINED, "no score since the crisis began"),
        (scores((5, 70.0)), Status.UNDEFINED, "no score before the crisis"),
    ],
)
def test_without_a_spread_there_is_a_reason(frame: pd.DataFrame, status: Status, reason: str) -> None:
    found = standardised(frame, DAY0, as_of_date=LATER)["Index"]
    assert (found.value, found.status, found.reason) == (None, status, reason)


def test_no_scores_at_all() -> None:
    assert set(standardised(scores(), DAY0, as_of_date=LATER)) == {None}
    assert standardised_scores(scores(), DAY0, as_of_date=LATER).empty


def test_the_frame_holds_every_source_that_has_a_spread() -> None:
    frame = pd.concat([scores(*BEFORE, (5, 70.0)), stars(*BEFORE, (5, 75.0)), scores((-5, 70.0), source="New")])
    found = standardised_scores(frame.sample(frac=1, random_state=1), DAY0, as_of_date=LATER)
    assert found["source"].tolist() == ["Index"] * 6 + ["Stars"] * 6
    assert found["z"].tolist()[:6] == pytest.approx([step / 2.5**0.5 for step in (-2, -1, 0, 1, 2, -10)])
    assert found["date"].iloc[5] == pd.Timestamp("2026-03-08")
    assert found.dtypes.astype(str).to_dict() == {"date": "datetime64[us]", "source": "object", "z": "float64"}
