"""The metrics on data that nobody made up for them: GitHub's status history, and car makers' weekly prices."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from metrics.estimate import Status
from metrics.reputation import reputation
from metrics.response import intervals
from tests.metrics.frames import clock

MILESTONES = {"Investigating": "acknowledged", "Update": "update", "Monitoring": "contained", "Resolved": "resolved"}


@pytest.fixture(scope="module")
def incidents(shared: Path) -> pd.DataFrame:
    """EVENTS of every GitHub incident, with a column `incident_id`."""
    rows = pd.read_csv(shared / "data" / "github_status_events.csv", parse_dates=["at"])
    rows = rows[rows["status"].isin(MILESTONES)]
    first = rows.sort_values("at", kind="stable").drop_duplicates("incident_id").assign(milestone="detected")
    rows = pd.concat([rows.assign(milestone=rows["status"].map(MILESTONES)), first], ignore_index=True)
    rows = rows.assign(event_id=np.arange(len(rows)), earliest=rows["at"], latest=rows["at"], date_only=False)
    public = np.where(rows["milestone"] == "update", "public", None)
    return rows.assign(audience=public, function=None, platform=None, detected_by=None)


def test_a_fifth_of_github_s_incidents_agrees_with_plain_arithmetic(incidents: pd.DataFrame) -> None:
    now = pd.Timestamp("2030-01-01", tz="UTC")
    checked = 0
    for number, (_, rows) in enumerate(incidents.groupby("incident_id")):
        if number % 5 or not (rows["milestone"] == "resolved").any():
            continue
        found = intervals(rows, clock(), now)
        times = rows.set_index("milestone")["at"]
        start, end = times.min(), times[["resolved"]].min()
        assert found["time_to_resolve"].value == pytest.approx((end - start).total_seconds() / 3600)
        assert found["public_updates"].value == (rows["milestone"] == "update").sum()
        said = times[times.index == "update"]
        points = sorted({start, end, *said[(said >= start) & (said <= end)]})
        longest = max((b - a for a, b in pairwise(points)), default=pd.Timedelta(0))
        assert found["longest_silence"].value == pytest.approx(longest.total_seconds() / 3600)
        assert found["time_to_detect"].reason == "no posted event recorded"
        assert found["time_to_first_statement"].reason == "missed"
        checked += 1
    assert checked > 120


def test_volkswagen_fell_and_its_rivals_did_not(shared: Path) -> None:
    """Prices on a scale of 0 to 400 around the disclosure of 18 September 2015."""
    prices = pd.read_csv(shared / "data" / "volkswagen_weekly.csv", sep=" ", parse_dates=["Date"])
    long = prices.melt("Date", var_name="company", value_name="score").rename(columns={"Date": "date"})
    frame = long.assign(source="Exchange", ours=long["company"] == "VolksWagen", scale_min=0.0, scale_max=400.0)
    found = reputation(frame, "Exchange", pd.Timestamp("2015-09-18"), as_of_date=pd.Timestamp("2017-03-31"))
    before = long[(long["company"] == "VolksWagen") & long["date"].between("2015-03-22", "2015-09-17")]["score"]
    assert found["reputation_baseline"].value == pytest.approx(before.median() / 4)
    drop, adjusted = found["reputation_drop"].number, found["reputation_drop_adjusted"].number
    assert drop is not None
    assert adjusted is not None
    assert drop > 0.3 * (found["reputation_baseline"].number or 0)
    assert 0 < adjusted < drop
    assert found["reputation_recovery"].status is Status.LOWER_BOUND
