"""All scores with every crisis."""

from __future__ import annotations

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections.base import Section
from reports.sections.reputation_history import history
from reports.sections.scope import portfolio
from tests.small import bring, crisis, log, moment

pytestmark = pytest.mark.usefixtures("small")


def told(as_of: str = "2026-12-01 00:00", role: Role = Role.ADMIN) -> Section:
    with reading() as session:
        return history(portfolio(session, Viewer("test", role), moment(as_of)))


def scores(source: str = "Index", **by_day: int) -> None:
    rows = [
        {"date": d.replace("_", "-")[1:], "source": source, "score": s, "scale_min": 0, "scale_max": 100}
        for d, s in by_day.items()
    ]
    bring(f"{source}.csv", rows)


def test_each_crisis_is_a_band_with_its_fall_in_each_source() -> None:
    log("a", "2026-03-02 08:00 posted", "2026-03-09 12:00 resolved")
    log("b", "2026-07-01 08:00 posted", name="b.csv")
    scores(d2026_02_01=70, d2026_03_10=60, d2026_04_20=70, d2026_07_10=66)
    section = told()
    assert section.frames["crises"]["code"].tolist() == ["a", "b"]
    assert section.frames["crises"]["end"].isna().tolist() == [False, True]
    fall = section.measure("reputation_drop", crisis="a", source="Index")
    assert fall is not None
    assert fall.estimate.value == 10
    assert section.findings[0].startswith("Index fell in both crises, furthest in “a”, by 10 points")
    assert section.sources.rows == 4


def test_without_scores_or_start_it_says_so() -> None:
    assert told().findings == ("Not measured: no reputation scores are imported.",)
    crisis("bare")
    scores(d2026_02_01=70)
    section = told()
    assert section.findings == ("No crisis has scores of ours around it.",)
    assert section.frames["crises"].empty
    assert len(section.frames["scores"]) == 1


def test_a_crisis_of_others_has_no_band() -> None:
    scores(d2026_02_01=70, d2026_03_10=60)
    crisis("secret", restricted_to="legal", started_at="2026-03-02 08:00")
    assert told(role=Role.LEADERSHIP).frames["crises"].empty
    assert len(told().frames["crises"]) == 1
