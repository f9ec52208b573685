"""Proposals where the meeting decides: accepted, attached, dismissed with a reason, and named before a signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data.commands import reviews
from data.engine import reading, writing
from data.enums import Role
from data.queries import learning
from tests.pages.looking import alerts, healthy, said, words
from tests.small import ADMIN, log

COMMENTS = "2026-11-comments"


def decide(open_page: Any, crisis: str = COMMENTS, **more: str) -> Any:
    return healthy(open_page("crisis_review", crisis=crisis, section="Decide", **more))


def labels(page: Any) -> list[str]:
    return [words(button.label) for button in page.button]


def press(page: Any, label: str) -> Any:
    return healthy(next(button for button in page.button if words(button.label) == label).click().run())


def register() -> Any:
    with reading() as session:
        return learning.gaps(session, ADMIN).set_index("code")


@pytest.mark.usefixtures("sample_database")
def test_the_five_weightiest_first_and_then_all(open_page: Any) -> None:
    page = decide(open_page)
    assert "Six proposed gaps wait for a decision; four repeat a known gap." in said(page)
    assert "“Approve the first statement” came late, and one step with it" in said(page)
    assert labels(page).count("Dismiss") == 5
    page = press(page, "All 6")
    assert labels(page).count("Dismiss") == 6
    assert "All 6" not in labels(page)


@pytest.mark.usefixtures("sample_database")
def test_accepting_makes_a_gap_and_attaching_makes_none(open_page: Any) -> None:
    before = register()
    page = press(decide(open_page), "Accept as gap")
    assert alerts(page) == ["G-15 is in the register."]
    new = register().loc["G-15"]
    assert (new["title"], new["step"], new["origin"]) == (
        "“Speak to the employee in private” came late", "Speak to the employee in private", "conformance",
    )  # fmt: skip
    page = press(page, "Attach to G-04")
    assert alerts(page) == ["Gap G-04 came back in this crisis: that is remembered with it."]
    assert "Four proposed gaps wait for a decision" in said(page)
    assert set(register().index) == {*before.index, "G-15"}


@pytest.mark.usefixtures("sample_database")
def test_a_dismissal_asks_for_a_reason_and_can_be_taken_back(open_page: Any) -> None:
    page = press(decide(open_page), "Dismiss")
    assert alerts(page) == ["Say why: the reason is shown when the same is found again."]
    field = next(one for one in page.text_input if one.label == "Why this is no gap")
    page = press(healthy(field.input("The draft was late, not the approval").run()), "Dismiss")
    assert "Five proposed gaps wait" in said(page)
    page.session_state[f"decided_{COMMENTS}"] = True
    page = healthy(page.run())
    assert "Dismissed: The draft was late, not the approval · local user" in said(page)
    page = press(page, "Propose again")
    assert "Six proposed gaps wait" in said(page)


@pytest.mark.usefixtures("sample_database")
def test_hr_reads_the_proposals_and_decides_none(open_page: Any, seen_by: Callable[[Role], None]) -> None:
    seen_by(Role.HR)
    page = decide(open_page)
    assert "Six proposed gaps wait for a decision" in said(page)
    assert not {"Accept as gap", "Dismiss"} & set(labels(page))


@pytest.mark.usefixtures("sample_database")
def test_the_signature_names_what_it_leaves_open(open_page: Any) -> None:
    with writing() as session:
        reviews.take_down(session, ADMIN, "2026-04-promotion", 0, held_on=date(2026, 5, 13), functions=[], decisions=[])
    page = press(decide(open_page, "2026-04-promotion"), "Sign off…")
    told = "2 proposals are not decided: Too long without a word to the public; No statement on Facebook, Instagram and Reddit."  # fmt: skip
    assert told in alerts(page)


@pytest.mark.usefixtures("small")
def test_without_anything_to_propose_it_says_so(open_page: Any) -> None:
    log("thread", "2026-03-02 09:00 detected")
    page = decide(open_page, "thread")
    assert "No proposal waits for a decision." in said(page)
    assert "Dismiss" not in labels(page)


@pytest.mark.usefixtures("sample_database")
def test_the_page_of_gaps_shows_the_proposals_of_a_crisis(open_page: Any) -> None:
    page = healthy(open_page("plan_gaps", view="Proposals", crisis="2025-10-ticket"))
    assert "Four proposed gaps wait for a decision; four repeat a known gap." in said(page)
    page = press(page, "Attach to G-07")
    assert "Three proposed gaps wait for a decision" in said(page)
