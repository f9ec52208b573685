from __future__ import annotations

from typing import Any

import pytest

from tests.pages.looking import alerts, frames, healthy, opened_popover, said, title, words
from tests.small import crisis, log, survey


@pytest.mark.usefixtures("sample_database")
def test_what_each_party_said(open_page: Any) -> None:
    page = healthy(open_page("feedback", crisis="2026-04-promotion"))
    assert title(page) == "Feedback"
    assert words(page.subheader[0].value) == "Heard since the crisis began: customers, employees and partners."
    assert alerts(page) == ["Not measured: nobody asked the public."]
    customers, partners = frames(page)
    assert list(customers.columns) == [
        "Favourable answers to", "2025-03 customer feedback (before)", "2026-04 customer feedback",
    ]  # fmt: skip
    assert (
        customers.set_index("Favourable answers to").loc["I trust Larkfield after this"].iloc[-1]
        == "70 % (63 % to 76 %)"
    )
    assert len(partners) == 4
    assert "A party is heard once a survey of it since the crisis began is imported" in said(page)
    assert [link.label for link in page.get("page_link")].count("Import their feedback") == 1
    page = opened_popover(page, "feedback_methods")
    assert "Favourable" in said(page)


@pytest.mark.usefixtures("small")
def test_no_crisis(open_page: Any) -> None:
    assert alerts(healthy(open_page("feedback"))) == [
        "There is no crisis yet that anybody could have been asked about."
    ]


@pytest.mark.usefixtures("small")
def test_a_crisis_without_a_start(open_page: Any) -> None:
    crisis("bare")
    page = healthy(open_page("feedback"))
    assert "Not measured: nobody recorded when the crisis began." in said(page)


@pytest.mark.usefixtures("small")
def test_nobody_asked_yet(open_page: Any) -> None:
    log("thread", "2026-03-02 08:00 posted")
    page = healthy(open_page("feedback"))
    assert "Nobody has been asked since the crisis began." in said(page)
    assert "No feedback of customers, partners or others is imported" in said(page)


@pytest.mark.usefixtures("small")
def test_a_small_group_is_hidden(open_page: Any) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-09 09:00 resolved")
    survey("W", "2026-04-10", {"Trust": [1, 2, 3, 4], "Again": [4] * 20}, audience="partners", invited="30")
    page = healthy(open_page("feedback"))
    (partners,) = frames(page)
    assert partners.set_index("Favourable answers to")["W"].to_dict() == {"Trust": "hidden", "Again": "at least 90 %"}
