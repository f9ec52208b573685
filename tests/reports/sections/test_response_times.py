"""One interval over all crises, and all intervals beside each other."""

from __future__ import annotations

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections.across import across
from reports.sections.base import Section
from reports.sections.response_times import INTERVALS, every_interval, one_interval
from reports.sections.scope import portfolio
from tests.small import crisis, log, moment

pytestmark = pytest.mark.usefixtures("small")
STATEMENT = "time_to_first_statement"


def whole(as_of: str = "2026-06-01 00:00") -> Section:
    with reading() as session:
        return across(portfolio(session, Viewer("test", Role.ADMIN), moment(as_of)))


def three() -> None:
    log(
        "old",
        "2026-01-05 08:00 posted",
        "2026-01-05 09:00 detected",
        "2026-01-05 13:00 statement audience=public",
        "2026-01-09 12:00 resolved",
    )
    log("missed", "2026-02-02 08:00 posted", "2026-02-02 09:00 detected", "2026-02-05 12:00 resolved", name="b.csv")
    log("open", "2026-05-30 09:00 detected", name="c.csv")


def test_the_newest_crisis_comes_first_and_each_has_its_standing() -> None:
    three()
    section = one_interval(whole(), STATEMENT)
    rows = section.frames["crises"]
    assert rows["crisis"].tolist() == ["open", "missed", "old"]
    assert rows["status"].tolist() == ["lower_bound", "undefined", "ok"]
    assert rows["reason"].tolist()[1] == "missed"
    assert rows["value"].tolist()[0] == 39.0
    assert section.facts["median"].n == 3
    assert section.findings == ("The time to the first public statement has no median: it has ended in fewer than half of three crises so far (1 done, 1 still running, 1 missed).",)  # fmt: skip


def test_where_from_holds_the_rows_of_this_interval_alone() -> None:
    three()
    (file, *_) = one_interval(whole(), STATEMENT).sources.files
    assert (file.file, file.rows) == ("log.csv", "3–4")


def test_business_hours_are_said_and_told_without_days() -> None:
    log("old", "2026-01-05 08:00 posted", "2026-01-05 09:00 detected", "2026-01-12 12:00 statement audience=public")
    section = one_interval(whole(), STATEMENT, business=True)
    assert (
        section.findings[0]
        == "The time to the first public statement in business hours was 43 h in the one crisis that has it."
    )
    assert set(section.frames["crises"]["id"]) == {f"{STATEMENT}_business"}


def test_every_interval_that_some_crisis_has_is_there() -> None:
    three()
    section = every_interval(whole())
    shown = section.frames["intervals"]["id"].tolist()
    assert shown == [key for key in INTERVALS if key in shown]
    assert {"time_to_detect", STATEMENT, "time_to_resolve", "longest_silence"} <= set(shown)
    assert set(section.frames["crises"]["crisis"]) == {"old", "missed", "open"}
    assert section.findings[-1] == "Who noticed first can't be told: no crisis names who detected it."
    assert section.sources.rows == 8
    assert sorted(file.file for file in section.sources.files) == ["b.csv", "c.csv", "log.csv"]


def test_without_a_crisis_it_says_so() -> None:
    assert one_interval(whole(), STATEMENT).findings == ("No crisis is recorded.",)


def test_a_crisis_without_any_event_has_a_row_and_no_date() -> None:
    crisis("thread")
    rows = one_interval(whole(), STATEMENT).frames["crises"]
    assert rows["began"].isna().all()
    assert rows["value"].isna().all()
