from __future__ import annotations

from typing import Any

import pytest

from tests.pages.looking import alerts, healthy, said, tables, title
from tests.small import crisis, log, posts

FOUR = ["2025-03-thread", "2025-10-ticket", "2026-04-promotion", "2026-11-comments"]


@pytest.mark.usefixtures("sample_database")
def test_the_newest_three_are_compared_and_named_in_the_address(open_page: Any) -> None:
    page = healthy(open_page("compare"))
    assert title(page) == "Compare"
    assert page.query_params["crises"] == ["2026-11-comments", "2026-04-promotion", "2025-10-ticket"]
    assert len(page.get("plotly_chart")) == 2
    gaps, numbers = tables(page)
    assert list(numbers.columns)[:2] == ["Number", "Target"]
    assert len(numbers.columns) == 5
    assert "Approval late again: no deputy" in gaps["What"].tolist()
    row = numbers.set_index("Number").loc["Time to first statement"]
    assert row["Target"] == "3 h"
    assert "2 h 24 min" in row.tolist()
    assert "5 h 53 min · late" in row.tolist()


@pytest.mark.usefixtures("sample_database")
def test_another_choice_changes_the_address(open_page: Any) -> None:
    page = healthy(open_page("compare"))
    page = healthy(page.multiselect[0].set_value(FOUR[:2]).run())
    assert page.query_params["crises"] == FOUR[:2]
    assert "shortest in “Joke made from a customer's ticket”" in said(page)
    page = healthy(page.multiselect[0].set_value(FOUR[:1]).run())
    assert alerts(page) == ["Choose two crises or more."]


@pytest.mark.usefixtures("sample_database")
def test_an_address_that_names_no_crisis_is_said(open_page: Any) -> None:
    page = open_page("compare")
    page.query_params["crises"] = [*FOUR[:2], "2020-01-none"]
    page = healthy(page.run())
    assert alerts(page) == ["There is no crisis “2020-01-none” here."]
    assert page.query_params["crises"] == FOUR[:2]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("count", [0, 1])
def test_with_fewer_than_two_crises_it_leads_to_import(open_page: Any, count: int) -> None:
    if count:
        log("thread", "2026-03-02 09:00 detected")
    page = healthy(open_page("compare"))
    assert alerts(page) == [
        f"Comparing needs two crises; so far {'one crisis is' if count else 'no crisis is'} recorded."
    ]
    assert [link.label for link in page.get("page_link")] == ["Import spreadsheets"]


@pytest.mark.usefixtures("small")
def test_hostile_and_equal_titles_and_a_missing_stream(open_page: Any) -> None:
    for code in ("a", "b"):
        crisis(code, title="مرحبا 😀 <script> " + "w" * 180, started_at="2026-03-02 08:00")
    crisis("c", title="Number", started_at="2026-03-05 08:00")
    posts("2026-03-02", dict.fromkeys(range(-20, 10), (2, 1)))
    page = healthy(open_page("compare"))
    assert len(tables(page)[0].columns) == 5
    assert len(page.get("plotly_chart")) == 1
