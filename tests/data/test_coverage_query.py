"""The calendar of what there is of each stream, on both engines."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from data.queries import engagement
from data.queries.coverage import calendar, first_day
from tests.small import bring, log, moment, posts, survey

pytestmark = pytest.mark.usefixtures("database")

LATER = "2026-06-01 12:00"


def cells(role: Role = Role.ADMIN, zone: str = "UTC") -> list[tuple[str, str, str, str, int]]:
    with reading() as session:
        first, last = date(2026, 3, 1), date(2026, 3, 31)
        found = calendar(session, Viewer("test", role), zone, first, last, moment(LATER))
    return [(*key, f"{day:%m-%d}", n) for *key, day, n in found.itertuples(index=False)]


def test_the_calendar_counts_each_stream_by_day() -> None:
    log("2026-03-thread", "2026-03-03 08:00 posted", "2026-03-03 09:00 detected")
    posts("2026-03-03", {0: (3, 0), 40: (1, 0)})
    bring("totals.csv", [{"date": f"2026-03-0{d}", "platform": "X", "posts": str(n)} for d, n in ((3, 90), (4, 0))])
    survey("Q1", "2026-03-05", {"Proud?": [4] * 20}, opened_on="2026-03-04")
    bring("scores.csv", [{"date": "2026-03-07", "source": "Old", "score": "7"}])
    whole = [
        ("engagement", "X", "mention", "03-03", 3),
        ("engagement", "X", "mention", "03-04", 0),
        ("incidents", "", "", "03-03", 2),
        ("survey", "employees", "", "03-04", 1),
        ("survey", "employees", "", "03-05", 1),
        ("reputation", "Old", "", "03-07", 1),
    ]
    assert cells() == whole
    assert cells(Role.HR) == [cell for cell in whole if cell[0] == "survey"]
    assert cells(Role.LEADERSHIP) == []
    assert cells(zone="Pacific/Kiritimati")[0] == ("engagement", "X", "mention", "03-03", 90), (
        "the posts are of the 4th there"
    )
    with reading() as session:
        assert first_day(session, "UTC", moment(LATER)) == pd.Timestamp("2026-03-03")


def test_an_empty_database_has_no_first_day() -> None:
    with reading() as session:
        assert first_day(session, "UTC", moment(LATER)) is None
    assert cells() == []


def test_a_total_that_counts_no_posts_is_there_without_a_number() -> None:
    bring("metrics.csv", [{"Date": "03/05/2026", **dict.fromkeys(LINKEDIN, "3")}], date_order="mdy")
    with reading() as session:
        found = calendar(session, Viewer("test", Role.ADMIN), "UTC", date(2026, 3, 1), date(2026, 3, 31), moment(LATER))
        assert first_day(session, "UTC", moment(LATER)) == pd.Timestamp("2026-03-05")
        assert engagement.coverage(session, "UTC", moment(LATER)).empty
    assert found[["name", "kind"]].values.tolist() == [["LinkedIn", "owned"]]
    assert found["n"].isna().all()


LINKEDIN = ("Impressions (organic)", "Impressions (total)", "Reactions (total)")
