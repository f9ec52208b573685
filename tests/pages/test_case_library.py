from __future__ import annotations

from typing import Any

import pytest

from data.enums import Role
from tests.pages.looking import alerts, healthy, opened_popover, said, title, words
from tests.small import bring, crisis, log

LONG = "Thread " + "of very many words " * 12


def links(page: Any) -> list[tuple[str, str]]:
    """Label and address of every link to a review."""
    found = [(words(e.proto.label).strip("*"), e.proto.query_string) for e in page.get("page_link")]
    return [(label, address) for label, address in found if address]


def state(page: Any) -> str:
    return words(page.subheader[0].value)


@pytest.mark.usefixtures("sample_database")
def test_a_word_is_found_in_every_kind_of_record(open_page: Any) -> None:
    page = healthy(open_page("case_library", q="statement"))
    assert title(page) == "Case library"
    assert state(page).endswith("records hold “statement”")
    assert len(links(page)) == 8
    assert len(page.get("pagination")) == 1
    assert "«statement»" in said(page).casefold()


@pytest.mark.usefixtures("sample_database")
def test_what_was_found_leads_to_its_review(open_page: Any) -> None:
    page = healthy(open_page("case_library", q="apology client"))
    found = links(page)
    assert found
    assert {address for _, address in found} <= {
        "crisis=2025-10-ticket", "crisis=2025-10-ticket&section=Timeline", "lesson=L-05",
    }  # fmt: skip
    assert "found in its description" in said(page)


@pytest.mark.usefixtures("sample_database")
def test_filters_of_the_address_narrow(open_page: Any) -> None:
    whole = healthy(open_page("case_library", q="statement"))
    page = healthy(open_page("case_library", q="statement", kind="Gaps", severity="4"))
    assert [box.label for box in page.multiselect] == [
        "Kind of record",
        "Category",
        "Platform",
        "Severity (4 is worst)",
    ]
    assert [box.value for box in page.multiselect][::3] == [["Gaps"], ["4"]]
    assert int(state(page).split()[0]) < int(state(whole).split()[0])
    assert "gap" in state(page)
    page = healthy(page.multiselect[1].set_value(["Undisclosed promotion"]).run())
    assert state(page) == "Nothing that the filters keep holds “statement”"


@pytest.mark.usefixtures("sample_database")
def test_without_a_word_every_crisis_is_listed(open_page: Any) -> None:
    page = healthy(open_page("case_library"))
    assert state(page) == "4 crises"
    assert len(links(page)) == 4
    page = healthy(page.text_input[0].set_value("“😡”").run())
    assert state(page) == "There is no word to look for in ““😡””; 4 crises in all"


@pytest.mark.usefixtures("sample_database")
def test_similar_cases_say_why(open_page: Any) -> None:
    page = healthy(open_page("case_library", library="Similar cases", crisis="2025-10-ticket"))
    assert state(page).startswith("Most like it is Thread mocking call centre staff, ")
    assert links(page)[0][1] == "crisis=2025-03-thread"
    assert "Differs: platform X, not Reddit" in said(page)
    page = opened_popover(page, "similar_methods")
    assert "Gower 1971" in said(page)


@pytest.mark.usefixtures("small")
def test_nothing_at_all(open_page: Any) -> None:
    page = healthy(open_page("case_library"))
    assert alerts(page) == ["There is no case to look up yet."]


@pytest.mark.usefixtures("small")
def test_gaps_without_a_crisis_are_found_and_lead_nowhere(open_page: Any) -> None:
    bring("gaps.csv", [{"gap": "G1", "title": "Night duty", "section": "S"}])
    page = healthy(open_page("case_library", q="night"))
    assert state(page) == "1 record holds “night”"
    assert "Gap · of no crisis · found in its title" in said(page)
    assert links(page) == []
    page = healthy(open_page("case_library", library="Similar cases"))
    assert alerts(page) == ["There is no crisis to compare yet."]


@pytest.mark.usefixtures("small")
def test_one_crisis_without_a_start_and_with_a_long_title(open_page: Any) -> None:
    crisis("a", title=LONG)
    page = healthy(open_page("case_library", q="thread"))
    assert state(page) == "1 record holds “thread”"
    page = healthy(open_page("case_library", library="Similar cases"))
    assert state(page) == "There is no other case yet to compare it with."


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "query",
    ['"', "NEAR(", "title:a", "*", "'; --", "مرحبا بالعالم", "\u202bשלום\u202c", "😡🔥", "ÄÖÜ", "x" * 10_000, "\x00"],
)
def test_no_query_harms_the_page(open_page: Any, query: str) -> None:
    crisis("a", title="مرحبا بالعالم 😡 שלום ÄÖÜ")
    page = healthy(open_page("case_library", q=query))
    assert len(state(page)) < 400


@pytest.mark.usefixtures("small")
def test_a_restricted_case_is_nowhere_on_the_page(open_page: Any, seen_by: Any) -> None:
    crisis("secret", title="Merger leak", category="Embargo", platform="Telegram", severity="4", restricted_to="legal")
    log("open", "2026-03-02 09:00 detected description=rumour", name="o.csv")
    log("secret", "2026-03-02 09:00 detected description=merger", name="s.csv")
    seen_by(Role.LEADERSHIP)
    page = healthy(open_page("case_library", q="merger"))
    assert state(page) == "Nothing holds “merger”"
    assert [box.options for box in page.multiselect[1:3]] == [[], []]
    page = healthy(open_page("case_library", library="Similar cases", crisis="secret"))
    assert alerts(page) == ["There is no crisis “secret” here."]
    assert "Merger" not in said(page)
    seen_by(Role.LEGAL)
    assert state(healthy(open_page("case_library", q="merger"))) == "2 records hold “merger”"


@pytest.mark.usefixtures("small")
def test_an_event_is_dated_in_the_zone_of_its_crisis(open_page: Any) -> None:
    crisis("late", timezone="Pacific/Auckland")
    log("late", "2026-03-02T23:30+00:00 statement description=kestrel")
    page = healthy(open_page("case_library", q="kestrel"))
    assert links(page)[0][0] == "Statement, 3 March 2026"
