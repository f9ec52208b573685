from __future__ import annotations

from typing import Any

import pytest

from tests.pages.looking import alerts, frames, healthy, opened_popover, said, title
from tests.small import crisis, log


@pytest.mark.usefixtures("sample_database")
def test_one_interval_then_every_interval(open_page: Any) -> None:
    page = healthy(open_page("response_times"))
    assert title(page) == "Response times"
    assert len(page.get("plotly_chart")) == 2
    assert page.subheader[0].value.startswith(
        "The time to the first public statement was 5 h 59 min in the median of four crises"
    )
    assert page.subheader[1].value.startswith("The median is within target in four of nine intervals with a target")
    assert "Own monitoring or an employee noticed one of four crises first." in said(page)
    assert page.query_params["interval"] == "time_to_first_statement"


@pytest.mark.usefixtures("sample_database")
def test_a_link_opens_the_same_interval_in_business_hours(open_page: Any) -> None:
    page = healthy(open_page("response_times", interval="time_to_contain", hours="Business hours"))
    assert (
        page.subheader[0].value
        == "The time to contain in business hours was 37 h in the median of four crises, too few for an interval\\."
    )
    (numbers,) = frames(opened_popover(page, "response_times_numbers"))
    assert "at least 37 h" in numbers["Value"].tolist()


@pytest.mark.usefixtures("sample_database")
def test_every_number_leads_to_its_rows(open_page: Any) -> None:
    page = open_page("response_times")
    (files,) = frames(opened_popover(page, "response_times_sources"))
    assert files["File"].tolist() == ["incident_log.xlsx"]
    assert [link.label for link in page.get("page_link")] == ["Open import 1, sheet events"]


@pytest.mark.usefixtures("small")
def test_without_a_crisis_it_leads_to_import(open_page: Any) -> None:
    page = healthy(open_page("response_times"))
    assert alerts(page) == ["There is no crisis to time yet."]
    assert [link.label for link in page.get("page_link")] == ["Import spreadsheets"]


@pytest.mark.usefixtures("small")
def test_one_crisis_with_one_event(open_page: Any) -> None:
    log("thread", "2026-03-02 09:00 detected")
    page = healthy(open_page("response_times"))
    assert "no median: it has not ended in the one crisis so far" in said(page)
    assert len(page.get("plotly_chart")) == 2


@pytest.mark.usefixtures("small")
def test_a_crisis_without_a_log_says_what_is_missing(open_page: Any) -> None:
    crisis("thread", title="شبكة 😀 " + "very long " * 18)
    page = healthy(open_page("response_times"))
    assert "can't be told" in said(page)
