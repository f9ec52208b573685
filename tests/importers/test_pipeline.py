"""From file to records: what a second file does to the first, and taking it back."""

from __future__ import annotations

import pytest

from importers.context import Options
from tests.importers.files import (
    comma_separated,
    contents,
    count,
    fates,
    imported,
    on_sqlite,
    problems,
    setting,
    stored,
    undone,
)

POSTS = ["posted_at", "platform", "post_id", "topic", "text", "impressions", "likes", "sentiment"]
FIRST = ["2026-05-01 10:00", "X", "1", "thread", "Not good", "100", "5", "-0.5"]
EVENTS = ["crisis", "occurred_at", "milestone"]


def posts(*rows: list[str]) -> str:
    return comma_separated([POSTS, *rows])


def test_a_later_export_overwrites_lifetime_totals_and_blanks_leave_them(database: str) -> None:
    assert fates(imported(posts(FIRST))) == (1, 0, 0, 0, 0)
    later = posts(
        ["2026-05-01 10:00", "twitter", "1", "", "", "250", "", ""], ["2026-05-02 10:00", "X", "2", *[""] * 5]
    )
    assert fates(imported(later)) == (1, 1, 0, 0, 0)
    assert stored("post", "external_id", "topic", "text", "impressions", "likes", "sentiment", "polarity") == [
        ("1", "thread", "Not good", 250, 5, -0.5, -1),
        ("2", "", None, None, None, None, None),
    ]
    assert set(stored("quarter_rollup", "posts", "impressions", "likes", "negative")) == {
        (1, 250, 5, 1),
        (1, None, None, 0),
    }


def test_the_same_row_in_another_file_is_a_duplicate(database: str) -> None:
    imported(posts(FIRST))
    before = stored("post", "impressions", "likes", "batch_id", "row")
    again = imported(posts(FIRST, FIRST))
    assert fates(again) == (0, 0, 2, 0, 0)
    assert stored("post", "impressions", "likes", "batch_id", "row") == before


def test_the_record_of_an_undone_batch_goes_back_to_what_the_other_file_said(database: str) -> None:
    first = imported(posts(FIRST))
    second = imported(posts([*FIRST[:5], "250", "9", "0.5"]))
    undone(second.batch)
    assert stored("post", "impressions", "likes", "polarity") == [(100, 5, -1)]
    assert stored("quarter_rollup", "impressions", "positive", "negative") == [(100, 0, 1)]
    third = imported(posts([*FIRST[:5], "250", "9", "0.5"]))
    undone(first.batch)
    assert stored("post", "impressions", "likes", "polarity") == [(250, 9, 1)]
    undone(third.batch)
    assert contents() == {}


@pytest.mark.parametrize("first", ["2026-05-01 10:00", "2026-05-01"])
@pytest.mark.parametrize("second", ["2026-05-01 10:00", "2026-05-01"])
def test_exports_may_know_the_minute_or_only_the_day_of_a_post(first: str, second: str, database: str) -> None:
    earlier = imported(posts([first, *FIRST[1:]]))
    later = imported(posts([second, *FIRST[1:6], "9", ""]))
    assert fates(later) == (0, 1, 0, 0, 0)
    by_minute = stored("post", "posted_on") == [(None,)]
    assert by_minute == ("2026-05-01 10:00" in {first, second}), "the minute stands, whichever file knew it"
    assert (count("quarter_rollup"), count("day_rollup")) == ((1, 0) if by_minute else (0, 1))
    undone(earlier.batch)
    assert stored("post", "posted_on") == [(None if " " in second else second,)]
    undone(later.batch)
    assert contents() == {}


@on_sqlite
def test_two_rows_about_one_post_in_one_file_may_differ_in_precision(database: str) -> None:
    assert fates(imported(posts(["2026-05-01", *FIRST[1:]], [*FIRST[:6], "7", ""]))) == (1, 1, 0, 0, 0)


@on_sqlite
def test_days_of_daily_totals_are_met_whether_their_kind_is_written_or_not(database: str) -> None:
    header = "date,platform,posts,kind\n"
    assert fates(imported(f"{header}2026-05-01,X,4,\n2026-05-01,twitter,5,mention\n2026-05-01,X,6,owned\n")) == (
        2,
        1,
        0,
        0,
        0,
    )
    assert fates(imported(f"{header}2026-05-01,X,5,\n")) == (0, 0, 1, 0, 0)


@on_sqlite
def test_blank_rows_are_skipped_and_those_at_the_end_not_counted(database: str) -> None:
    rows = [EVENTS, ["C1", "2026-05-01", "posted"], [None, " ", ""], ["C1", "2026-05-02", "detected"], ["", "", ""]]
    assert fates(imported(comma_separated(rows))) == (2, 0, 0, 0, 1)
    assert stored("event", "row") == [(2,), (4,)]


@on_sqlite
def test_rows_shorter_and_longer_than_the_header(database: str) -> None:
    assert fates(imported("crisis,occurred_at,milestone,function\nC1,2026-05-01,posted\nC1,2026-05-02,detected,PR,x\n\n")) == (
        2, 0, 0, 0, 0,
    )  # fmt: skip
    assert stored("event", "milestone", "function") == [("posted", None), ("detected", "PR")]


def test_a_named_crisis_is_that_of_rows_without_one_and_gives_its_zone(database: str) -> None:
    imported("crisis,title,timezone\nC1,T,America/New_York\n")
    rows = "2026-07-01 09:00,posted,\n2026-07-01 10:00,detected,C2\n"
    found = imported(f"occurred_at,milestone,crisis\n{rows}", Options(crisis="C1"))
    assert fates(found) == (2, 0, 0, 0, 0)
    assert stored("event", "occurred_at") == [("2026-07-01T13:00:00+00:00",), ("2026-07-01T10:00:00+00:00",)]
    found = imported("occurred_at,milestone\n2026-07-02 09:00,contained\n", Options(crisis="c1"))
    assert stored("event", "occurred_at")[-1] == ("2026-07-02T13:00:00+00:00",)
    assert stored("crisis", "code") == [("C1",), ("C2",)]


@on_sqlite
def test_the_zone_of_the_options_is_that_of_the_file_and_of_the_company_without(database: str) -> None:
    setting("company.timezone", "Europe/Lisbon")
    imported(posts(FIRST))
    imported(posts(["2026-05-01 10:00", "X", "2", *[""] * 5]), Options(timezone="asia/tokyo"))
    assert stored("post", "posted_at") == [("2026-05-01T09:00:00+00:00",), ("2026-05-01T01:00:00+00:00",)]


@on_sqlite
def test_days_and_numbers_are_read_as_asked(database: str) -> None:
    content = 'date,source,score\n03/04/2026,T,"1,5"\n'
    imported(content, Options(date_order="dmy", decimal="comma"))
    imported(content, Options(date_order="mdy", decimal="comma"))
    assert stored("reputation_score", "scored_on", "score") == [("2026-04-03", 1.5), ("2026-03-04", 1.5)]


@on_sqlite
def test_half_a_scale_is_none_and_does_not_meet_another_half(database: str) -> None:
    header = "date,source,score,scale_min,scale_max\n"
    assert problems([imported(f"{header}2026-05-01,T,4,,5\n2026-05-02,T,4,1,5\n")]) == ["score-without-scale"]
    imported(f"{header}2026-05-01,T,4,9,\n2026-05-02,T,4,9,\n")
    assert stored("reputation_score", "scale_min", "scale_max") == [(None, None), (1.0, 5.0)]


@on_sqlite
def test_our_own_company_goes_without_its_name(database: str) -> None:
    setting("company.name", "Larkfield Systems")
    imported(
        "date,source,score,company\n2026-05-01,T,4,larkfield  systems\n2026-05-01,T,5,Quillmoor\n2026-05-01,U,6,\n"
    )
    assert stored("reputation_score", "company") == [("",), ("Quillmoor",), ("",)]


def test_a_plan_keeps_its_order_when_some_of_its_steps_come_again(database: str) -> None:
    header = "plan_version,section,step,role\n"
    imported(f"{header}v1,S,Notice,PR\nv1,S,Assess,PR\nv1,S,Tell,PR\n")
    assert fates(imported(f"{header}v1,S,assess,Legal\nv1,S,Learn,PR\n")) == (1, 1, 0, 0, 0)
    by_step = {
        step.casefold(): (position, role) for step, position, role in stored("plan_step", "step", "position", "role")
    }
    assert by_step == {"notice": (1, "PR"), "assess": (2, "Legal"), "tell": (3, "PR"), "learn": (4, "PR")}
    imported(f"{header}v1,S,Learn,PR\nv1,S,Tell,PR\nv1,S,Assess,PR\nv1,S,Notice,PR\nv1,S,Tell,PR\n")
    assert sorted((position, step) for step, position in stored("plan_step", "step", "position")) == [
        (1, "Learn"), (2, "Tell"), (3, "Assess"), (4, "Notice"),
    ]  # fmt: skip


@on_sqlite
def test_a_restriction_is_replaced_by_what_a_later_file_names(database: str) -> None:
    imported("crisis,title,restricted_to\nC1,T,Legal; hr\n")
    assert sorted(stored("crisis_role", "role")) == [("hr",), ("legal",)]
    imported("crisis,title,restricted_to\nC1,T,\n")
    assert sorted(stored("crisis_role", "role")) == [("hr",), ("legal",)]
    imported('crisis,title,restricted_to\nC1,T,"admin, legal"\n')
    assert sorted(stored("crisis_role", "role")) == [("admin",), ("legal",)]
