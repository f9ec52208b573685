from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from metrics.catalogue import ALL
from tests.pages.looking import alerts, frames, healthy, opened_popover, said, title
from tests.small import bring, crisis, log, posts, survey

SECTIONS = ("Summary", "Timeline", "Speed", "Reaction", "Reputation", "People", "Plan")
FIGURES = {"Summary": 1, "Timeline": 1, "Speed": 2, "Reaction": 1, "Reputation": 1, "People": 1, "Plan": 1}
COMMENTS = "2026-11-comments"
PLAN = {
    "plan_version": "v1", "section": "Detect", "step": "Notice", "role": "PR", "contact": "pr@example.org",
    "fulfilled_by": "detected", "clock_starts": "posted", "target_minutes": 60,
}  # fmt: skip


@pytest.mark.usefixtures("sample_database")
def test_each_section_opens_with_a_finding_and_its_figure(open_page: Any) -> None:
    page = healthy(open_page("crisis_review", crisis=COMMENTS))
    for name in SECTIONS:
        page = healthy(page.button_group[0].set_value(name).run())
        assert title(page) == "Crisis review"
        charts = page.get("plotly_chart")
        assert len(charts) == FIGURES[name], name
        assert all(json.loads(chart.proto.spec)["data"] for chart in charts), name
        if name == "Summary":
            assert len(page.get("flex_container")) > 5
        else:
            assert len(page.subheader[0].value) > 20
            assert next(p.proto.popover.label for p in page.get("popover")).startswith("Where from")


@pytest.mark.usefixtures("sample_database")
def test_the_summary_tells_the_first_finding_of_every_section(open_page: Any) -> None:
    page = healthy(open_page("crisis_review", crisis=COMMENTS, section="Summary"))
    told = said(page)
    assert "Timeline. The public noticed the post" in told.replace("**", "")
    assert "The first statement came 2 days before volume peaked." in told
    for beginning in ("The first public statement came", "Mentions peaked at", "Trust index fell", "Morale: 58 % favourable"):  # fmt: skip
        assert f"#### {beginning}" in told


@pytest.mark.usefixtures("sample_database")
def test_the_address_names_the_crisis_and_the_section(open_page: Any) -> None:
    page = healthy(open_page("crisis_review", section="Speed"))
    assert page.query_params == {"crisis": COMMENTS, "section": "Speed"}
    codes = page.selectbox[0].options
    assert len(codes) == 4
    page = healthy(page.selectbox[0].select_index(2).run())
    other = page.query_params["crisis"]
    assert other not in (COMMENTS, [COMMENTS])
    assert other in said(page)


@pytest.mark.usefixtures("sample_database")
def test_an_address_that_names_no_crisis_is_said(open_page: Any) -> None:
    page = healthy(open_page("crisis_review", crisis="2020-01-none"))
    assert alerts(page) == ["There is no crisis “2020-01-none” here."]
    assert page.query_params["crisis"] == COMMENTS


@pytest.mark.usefixtures("sample_database")
def test_every_number_opens_to_its_method_and_its_files(open_page: Any) -> None:
    page = open_page("crisis_review", crisis=COMMENTS, section="Speed")
    assert frames(page) == []
    page = opened_popover(page, "speed_sources")
    (files,) = frames(page)
    assert files["File"].tolist() == ["incident_log.xlsx"]
    assert files["Sheet"].tolist() == ["events"]
    assert [link.label for link in page.get("page_link")] == ["Open import 1, sheet events"]
    asked = parse_qs(page.get("page_link")[0].proto.query_string)
    assert asked == {"batch": ["1"], "sheet": ["events"], "rows": files["Rows"].tolist()}
    page.session_state["speed_sources"] = False
    page = opened_popover(page, "speed_numbers")
    (numbers,) = frames(page)
    assert "Time to first statement" in numbers["Number"].tolist()
    assert "5 h 53 min" in numbers["Value"].tolist()
    page.session_state["speed_numbers"] = False
    page = opened_popover(page, "speed_methods")
    assert ALL["time_to_first_statement"].definition in said(page)
    assert "metric=time_to_first_statement" in {link.proto.query_string for link in page.get("page_link")}


@pytest.mark.usefixtures("sample_database")
def test_a_survey_s_where_from_stops_at_the_file(open_page: Any) -> None:
    page = open_page("crisis_review", crisis=COMMENTS, section="People")
    (files,) = frames(opened_popover(page, "people_sources"))
    assert set(files["Rows"]) == {"not shown"}
    assert all(name.endswith((".csv", ".xlsx")) for name in files["File"])


@pytest.mark.usefixtures("small")
def test_without_a_crisis_it_leads_to_import(open_page: Any) -> None:
    page = healthy(open_page("crisis_review"))
    assert alerts(page) == ["There is no crisis to review yet."]
    assert [link.label for link in page.get("page_link")] == ["Import spreadsheets"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("section", SECTIONS)
def test_one_crisis_with_one_event_is_told_in_every_section(open_page: Any, section: str) -> None:
    log("thread", "2026-03-02 09:00 detected")
    page = healthy(open_page("crisis_review", section=section))
    assert title(page) == "Crisis review"
    if section in ("Reaction", "Reputation", "People", "Plan"):
        assert "Not measured" in said(page)
        assert not page.get("plotly_chart")
    if section == "Speed":
        assert "No public statement yet" in said(page)


@pytest.mark.usefixtures("small")
def test_a_crisis_without_any_event_is_told_too(open_page: Any) -> None:
    crisis("thread")
    page = open_page("crisis_review")
    for section in SECTIONS:
        page = healthy(page.button_group[0].set_value(section).run())


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("missing", ["log", "posts", "survey", "scores"])
def test_with_one_stream_missing_the_others_are_told(open_page: Any, missing: str) -> None:
    if missing == "log":
        crisis("thread", started_at="2026-03-02 08:00")
    else:
        log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-05 09:00 resolved")
    if missing != "posts":
        posts("2026-03-02", dict.fromkeys(range(-20, 10), (2, 1)))
    if missing != "survey":
        survey("Q1", "2026-02-10", {"Proud?": [5, 4, 3, 2, 1] * 6})
        survey("Q2", "2026-04-10", {"Proud?": [5, 4, 3, 2, 1] * 6})
    if missing != "scores":
        days = ("2026-01-05", "2026-02-05", "2026-03-05")
        bring("s.csv", [{"date": d, "source": "Index", "score": 70, "scale_min": 0, "scale_max": 100} for d in days])
    page = open_page("crisis_review")
    absent = {"posts": "Reaction", "survey": "People", "scores": "Reputation", "log": "Timeline"}[missing]
    for section in SECTIONS[1:-1]:
        page = healthy(page.button_group[0].set_value(section).run())
        assert bool(page.get("plotly_chart")) is (section != absent), section


@pytest.mark.usefixtures("small")
def test_the_badge_follows_the_events_not_the_sheet(open_page: Any) -> None:
    log("thread", "2026-03-02 09:00 detected", "2026-03-03 09:00 resolved")
    assert ":blue-badge[Resolved]" in [m.value for m in open_page("crisis_review").markdown]
    log("thread", "2026-03-09 09:00 reviewed", name="second.csv")
    assert ":green-badge[Reviewed]" in [m.value for m in open_page("crisis_review").markdown]


@pytest.mark.usefixtures("small")
def test_a_plan_without_a_log_and_a_log_without_a_plan(open_page: Any) -> None:
    crisis("thread", started_at="2026-03-02 08:00")
    page = healthy(open_page("crisis_review", section="Plan"))
    assert "Not measured: no plan was in force when the crisis began." in said(page)
    assert not page.get("plotly_chart")
    bring("plan.csv", [PLAN])
    page = healthy(open_page("crisis_review", section="Plan"))
    assert "no required step was due by then" in said(page)
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:42 detected", "2026-03-05 09:00 resolved")
    page = healthy(open_page("crisis_review", section="Plan"))
    assert "The one required step due was not on time (0 %, interval 0 % to 79 %); one was late." in said(page)
    assert "Late, 42 min" in page.get("plotly_chart")[0].proto.spec


@pytest.mark.usefixtures("sample_database")
def test_the_plan_on_the_wall_is_one_finding_and_one_figure(open_page: Any) -> None:
    page = healthy(open_page("crisis_review", crisis=COMMENTS, section="Plan", present="1"))
    assert title(page).startswith("Five of 11 required steps due were on time")
    assert len(page.get("plotly_chart")) == 1
    assert not page.get("popover")
