"""Crises beside each other, aligned at detection."""

from __future__ import annotations

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections.base import Section
from reports.sections.compare import AFTER, BEFORE, compare
from reports.sections.scope import UnknownCrisis, portfolio
from tests.small import bring, crisis, log, moment, posts

pytestmark = pytest.mark.usefixtures("small")


def compared(*codes: str, as_of: str = "2026-06-01 00:00", role: Role = Role.ADMIN) -> Section:
    with reading() as session:
        return compare(portfolio(session, Viewer("test", role), moment(as_of)), codes)


def two() -> None:
    log(
        "a",
        "2026-03-02 08:00 posted",
        "2026-03-03 09:00 detected",
        "2026-03-03 10:00 decision",
        "2026-03-03 13:00 statement audience=public",
        "2026-03-09 12:00 resolved",
    )
    log(
        "b",
        "2026-05-04 08:00 posted",
        "2026-05-04 09:00 detected",
        "2026-05-05 13:00 statement audience=public",
        name="b.csv",
    )
    posts("2026-03-02", dict.fromkeys(range(-20, 0), (2, 0)) | {0: (3, 1), 1: (20, 15), 2: (8, 4), 3: (2, 0)})


def test_every_crisis_starts_at_its_detection() -> None:
    two()
    section = compared("a", "b")
    about = section.frames["crises"].set_index("code")
    assert about["zero"].dt.strftime("%Y-%m-%d").to_dict() == {"a": "2026-03-03", "b": "2026-05-04"}
    assert about["statement"].to_dict() == {"a": 0, "b": 1}
    days = section.frames["days"].query("crisis == 'a'").set_index("day")
    assert (days.index.min(), days.index.max()) == (-BEFORE, AFTER)
    assert days["posts"][-1] == 3
    assert days["times"][0] == 10
    assert days["posts"].isna()[10]


def test_differences_and_where_the_time_went_are_said() -> None:
    two()
    section = compared("a", "b")
    assert section.findings[0] == "The time to the first public statement was shortest in “a”, 4 h, and longest in “b”, 1 day 4 h, 7 times as long."  # fmt: skip
    assert (
        section.findings[1] == "The longest step on the way to the first statement was to publish in “a” (3 h, 75 %)."
    )
    assert section.frames["path"].query("crisis == 'a'")["hours"].tolist() == [1.0, 3.0]
    assert {m.group["crisis"] for m in section.measures} == {"a", "b"}


def test_without_a_detection_the_start_is_day_0_and_without_a_start_there_is_none() -> None:
    crisis("started", started_at="2026-03-02 08:00")
    crisis("bare")
    section = compared("started", "bare")
    about = section.frames["crises"].set_index("code")
    assert not about["detected"].any()
    assert about["zero"].isna().to_dict() == {"started": False, "bare": True}


def test_crises_with_nothing_to_compare_say_so() -> None:
    crisis("x")
    crisis("y")
    assert compared("x", "y").findings == (
        "Nothing of these crises can be compared yet: no times, posts or scores are imported.",
    )


def test_reputation_is_compared_against_each_crisis_s_own_level() -> None:
    two()
    days = {"2026-02-01": 70, "2026-03-10": 60, "2026-04-20": 70, "2026-05-10": 68}
    bring(
        "s.csv", [{"date": d, "source": "Index", "score": s, "scale_min": 0, "scale_max": 100} for d, s in days.items()]
    )
    section = compared("a", "b")
    scores = section.frames["scores"]
    assert list(zip(scores["crisis"], scores["day"], scores["change"], strict=True)) == [("a", 7, -10.0), ("b", -14, 0.0), ("b", 6, -2.0)]  # fmt: skip
    assert section.facts["source"] == "Index"


def test_a_crisis_of_others_does_not_exist() -> None:
    two()
    crisis("secret", restricted_to="legal")
    with pytest.raises(UnknownCrisis):
        compared("a", "secret", role=Role.LEADERSHIP)


def test_a_sentence_calls_a_crisis_by_its_title_and_by_its_code_where_the_title_is_not_its_own() -> None:
    two()
    crisis("a", title="A rant", name="facts_a.csv")
    crisis("b", title="A leak", name="facts_b.csv")
    assert "shortest in “A rant”, 4 h, and longest in “A leak”, 1 day 4 h" in compared("a", "b").findings[0]
    crisis("c", title="a RANT", name="facts_c.csv")
    assert "shortest in “A rant” (a), 4 h, and longest in “A leak”, 1 day 4 h" in compared("a", "b").findings[0]
