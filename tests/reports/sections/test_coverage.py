"""What is missing around a crisis is said with the day to export from; what is there is not complained of."""

from __future__ import annotations

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections.coverage import covered
from reports.sections.scope import portfolio
from tests.small import bring, crisis, log, moment, posts, survey

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-06-01 12:00"
BEFORE = dict.fromkeys(range(-28, 0), (4, 1))
AFTER = {0: (8, 4), 1: (40, 30), 2: (20, 15), 3: (12, 6)} | dict.fromkeys(range(4, 34), (4, 1))


def said(as_of: str = LATER, role: Role = Role.ADMIN) -> tuple[str, ...]:
    with reading() as session:
        return covered(portfolio(session, Viewer("test", role), moment(as_of))).findings


def thread(*more: str) -> None:
    log("2026-03-thread", "2026-03-03 08:00 posted", "2026-03-03 09:00 detected", *more)


def over() -> None:
    thread("2026-03-08 09:00 resolved")


def test_where_enough_is_there_nothing_is_said() -> None:
    over()
    posts("2026-03-03", BEFORE | AFTER)
    assert said() == ()


def test_a_baseline_that_is_too_short_names_the_day_to_export_from() -> None:
    over()
    posts("2026-03-03", {day: n for day, n in BEFORE.items() if day >= -4} | AFTER)
    assert said() == (
        "Mentions on X start 4 days before the crisis 2026-03-thread; a baseline needs 14 days: export from 3 February 2026.",
    )


@pytest.mark.parametrize(("first", "complaints"), [(-14, 0), (-13, 1)])
def test_fourteen_days_are_enough(first: int, complaints: int) -> None:
    over()
    posts("2026-03-03", {day: n for day, n in BEFORE.items() if day >= first} | AFTER)
    assert len(said()) == complaints


def test_data_that_begin_with_or_in_the_crisis() -> None:
    over()
    posts("2026-03-03", AFTER)
    assert said()[0].startswith("Mentions on X start on the first day of the crisis")


def test_each_platform_counts_for_itself_unless_it_hardly_has_a_post() -> None:
    over()
    posts("2026-03-03", BEFORE | AFTER)
    posts("2026-03-03", AFTER, platform="Reddit", name="reddit.csv")
    posts("2026-03-03", {1: (3, 0)}, platform="Mastodon", name="mastodon.csv")
    assert [text.split(" start")[0] for text in said()] == ["Mentions on Reddit"]


def test_data_that_end_too_early_name_the_days_to_export() -> None:
    over()
    posts("2026-03-03", BEFORE | {day: n for day, n in AFTER.items() if day <= 7})
    (told,) = said()
    assert told == (
        "Mentions on X end on 10 March 2026, 2 days after the crisis 2026-03-thread was over; a comparison needs 14: "
        "export from 11 March 2026 to 5 April 2026."
    )


def test_days_that_have_not_passed_are_not_asked_for() -> None:
    over()
    posts("2026-03-03", BEFORE | {day: n for day, n in AFTER.items() if day <= 7})
    assert said("2026-03-11 12:00") == ()


def test_data_that_end_in_the_middle_of_the_crisis() -> None:
    over()
    posts("2026-03-03", BEFORE | {0: (40, 30), 1: (40, 30)})
    assert "end on 4 March 2026, before the crisis 2026-03-thread was over" in said()[0]


def test_a_run_of_days_without_a_post_asks_for_a_file_and_a_weekend_does_not() -> None:
    over()
    posts("2026-03-03", BEFORE | {day: n for day, n in AFTER.items() if day not in (6, 7, 8, 12, 13)})
    assert said() == (
        "There are no mentions on X from 9 March 2026 to 11 March 2026, near the crisis 2026-03-thread: is a file missing?",
    )


def test_nothing_around_a_crisis_is_said_once_data_exist_elsewhere() -> None:
    over()
    assert said() == ()
    posts("2024-03-03", BEFORE)
    assert said() == (
        "There are no mentions around the crisis 2026-03-thread: export from 3 February 2026 to 5 April 2026.",
    )


def test_owned_posts_are_looked_at_where_there_are_no_mentions() -> None:
    over()
    posts("2026-03-03", AFTER, kind="owned")
    assert said()[0].startswith("Owned posts on X start")


def test_a_source_without_a_score_before() -> None:
    over()
    scale = {"scale_min": "0", "scale_max": "100"}
    scored = [{"date": day, "source": source, "score": "70"} | scale for day, source in (("2026-03-09", "New"), ("2026-02-01", "Old"), ("2026-04-01", "Old"))]  # fmt: skip
    bring("scores.csv", scored)
    assert said() == (
        "New has no score before the crisis 2026-03-thread; a fall needs a level before: export from 4 September 2025.",
    )


def test_no_employee_survey_before() -> None:
    over()
    survey("Q2", "2026-04-10", {"Proud?": [4] * 20})
    assert said() == (
        "No employee survey closed before the crisis 2026-03-thread; morale can't be compared: import the last one before 3 March 2026.",
    )
    survey("Q1", "2026-02-10", {"Proud?": [4] * 20})
    assert said() == ()


def test_a_restricted_crisis_is_not_spoken_of() -> None:
    over()
    crisis("2026-03-thread", name="facts.csv", restricted_to="legal")
    posts("2024-03-03", BEFORE)
    assert said(role=Role.LEGAL)
    assert said(role=Role.ANALYST) == ()
