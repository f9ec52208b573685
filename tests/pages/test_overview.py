from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.commands import reviews
from data.engine import writing
from pages.components.cards import _ends
from tests.pages.looking import alerts, frames, healthy, opened_popover, said, title
from tests.small import ADMIN, bring, crisis, log, posts, setting, survey


@pytest.mark.usefixtures("sample_database")
def test_the_sample_company_stands_on_one_screen(open_page: Any) -> None:
    page = healthy(open_page("overview"))
    assert title(page) == "1 of 4 crises met the 3 h target; 16 items need a decision."
    assert [m.label for m in page.metric] == [
        "Open crises", "First statement", "Reputation", "Morale", "Gaps open", "Lessons",
    ]  # fmt: skip
    assert [m.value for m in page.metric][:2] == ["1", "1 of 4"]
    assert page.metric[3].delta == "±10, unclear"
    assert max(len(m.delta) for m in page.metric) <= 16
    decisions, crises = frames(page)
    assert list(decisions.columns) == ["What", "Answers for it", "Since", "Decide in"]
    assert len(decisions) == 6  # of 16; the others behind the toggle
    assert len(crises) == 4
    assert crises["Status"].tolist()[0] == "open"
    assert list(crises.columns[-3:]) == ["Reputation", "Morale", "Status"]
    assert all(crises["Morale"].str.match(r"[+−]\d+(, unclear)?$|not measured$"))
    assert "Data to 20 Nov" in said(page)
    gaps = page.metric[4]
    assert (gaps.value, gaps.delta) == ("5", "3 late, 5 back")


@pytest.mark.usefixtures("sample_database")
def test_the_root_address_leads_to_overview(open_page: Any) -> None:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import ROOT

    page = healthy(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run())
    assert "need a decision" in title(page)


@pytest.mark.usefixtures("small")
def test_an_empty_database_says_what_to_do_first(open_page: Any) -> None:
    page = healthy(open_page("overview"))
    assert title(page) == "Overview"
    assert "Nothing is imported yet" in said(page)
    assert [e.label for e in page.get("page_link")] == ["Import"] * 4 + ["Settings"]
    assert not page.metric


@pytest.mark.usefixtures("small")
def test_what_was_imported_without_a_crisis_is_ticked_off(open_page: Any) -> None:
    survey("Q1", "2026-02-10", {"Proud?": [5, 4, 3, 2, 1]})
    setting("company.name", "Ours")
    page = healthy(open_page("overview"))
    assert "There is no crisis to show yet" in said(page)
    assert [e.label for e in page.get("page_link")] == ["Import"] * 3
    assert "Done" in said(page)


@pytest.mark.usefixtures("small")
def test_one_crisis_with_one_event(open_page: Any) -> None:
    log("thread", "2026-03-02 09:00 detected")
    page = healthy(open_page("overview"))
    assert title(page) == "1 crisis; nothing needs a decision."
    assert frames(page)[0]["Crisis"].tolist() == ["thread"]
    assert [m.value for m in page.metric] == ["1", "–", "–", "–", "0", "0"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("missing", ["log", "posts", "survey", "scores"])
def test_with_one_stream_missing_the_rest_is_shown(open_page: Any, missing: str) -> None:
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
    page = healthy(open_page("overview"))
    shown = {m.label: m.value for m in page.metric}
    assert (shown["Reputation"] == "–") is (missing == "scores")
    assert (shown["Morale"] == "–") is (missing == "survey")
    assert (len(frames(page)[-1]["Posts a day"].iloc[0]) > 0) is (missing != "posts")


@pytest.mark.usefixtures("small")
def test_more_than_six_items_wait_behind_a_toggle(open_page: Any) -> None:
    log("thread", "2026-03-02 09:00 posted")
    bring("gaps.csv", [{"gap": f"G{n}", "title": f"T{n}", "section": "S", "due_on": "2026-03-05"} for n in range(9)])
    page = healthy(open_page("overview"))
    assert title(page) == "1 crisis; 9 items need a decision."
    assert len(frames(page)[0]) == 6
    assert page.toggle[0].label == "All 9"
    page = healthy(page.toggle[0].set_value(True).run())
    assert len(frames(page)[0]) == 9


@pytest.mark.usefixtures("small")
def test_a_click_on_a_row_opens_its_review(open_page: Any) -> None:
    log("a", "2026-03-02 09:00 posted", name="a.csv")
    log("b", "2026-04-02 09:00 posted", name="b.csv")
    page = open_page("overview")
    page.session_state["crises_table"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    page = healthy(page.run())
    assert title(page) == "Crisis review"
    assert page.query_params["crisis"] in ("a", ["a"])
    assert alerts(page) == []


@pytest.mark.usefixtures("sample_database")
def test_its_numbers_open_to_their_files(open_page: Any) -> None:
    page = opened_popover(open_page("overview"), "overview_sources")
    files = frames(page)[-1]
    behind = dict(zip(files["File"], files["Rows"], strict=True))
    assert behind["incident_log.xlsx"].startswith("2, 4")
    assert behind["qualtrics_pulse_2026_q4.csv"] == "not shown"
    assert behind.keys() >= {"reputation_scores.xlsx", "gaps.xlsx", "lessons.xlsx", "mentions_x.csv"}
    assert "Download the rows" in [button.label for button in page.get("download_button")]


@pytest.mark.usefixtures("small")
def test_a_review_past_its_deadline_nags_until_it_is_held(open_page: Any) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-09 12:00 resolved")
    (waiting, *_) = frames(healthy(open_page("overview")))
    assert waiting[["What", "Decide in"]].to_numpy().tolist() == [["Hold the review of thread", "Crisis review"]]
    with writing() as session:
        reviews.take_down(session, ADMIN, "thread", 0, held_on=date(2026, 5, 4), functions=[], decisions=[])
    page = healthy(open_page("overview"))
    assert not any("What" in frame for frame in frames(page))


@pytest.mark.parametrize(
    ("lo", "hi", "clear", "told"),
    [
        (-0.09, 0.01, False, "±5, unclear"),
        (-1.0, 1.0, False, "±100, unclear"),
        (-0.0004, 0.0005, False, "±0.04, unclear"),
        (-0.19, -0.05, True, "−19 to −5"),
        (0.004, 0.12, True, "+0.4 to +12"),
    ],
)
def test_an_interval_fits_its_card(lo: float, hi: float, clear: bool, told: str) -> None:
    assert _ends(lo, hi, clear=clear) == told
    assert len(told) <= 16
