"""From all crises to two of them: a chosen view stands in the address and opens the same for a colleague."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.screen import settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_an_interval_that_is_chosen_stands_in_the_address_and_opens_again(sample_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(f"{sample_server}/response_times")
    settled(page)
    page.get_by_test_id("stSelectbox").locator("input").click()
    page.get_by_role("option", name="Time to contain", exact=True).click()
    expect(page).to_have_url(re.compile("interval=time_to_contain"))
    page.get_by_test_id("stButtonGroup").get_by_text("Business hours", exact=True).click()
    expect(page.get_by_role("heading", level=3).first).to_contain_text("The time to contain in business hours")
    settled(page)
    page.reload()
    settled(page)
    expect(page.get_by_role("heading", level=3).first).to_contain_text("The time to contain in business hours")


def test_a_crisis_that_is_taken_away_leaves_comparison_and_address(sample_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(f"{sample_server}/compare")
    settled(page)
    expect(page).to_have_url(re.compile("crises=2026-11-comments&crises=2026-04-promotion&crises=2025-10-ticket"))
    expect(page.get_by_role("heading", level=3).first).to_contain_text(
        "longest in “Joke made from a customer's ticket”"
    )
    page.get_by_test_id("stMultiSelect").get_by_text("Joke made from a customer's ticket").locator(
        "xpath=following::*[1]"
    ).click()
    expect(page).not_to_have_url(re.compile("2025-10-ticket"))
    expect(page.get_by_role("heading", level=3).first).to_contain_text(
        "longest in “Harassing comments under a partner's video”"
    )
    settled(page)
    expect(page.get_by_role("row").filter(has_text="Time to first statement")).to_contain_text("3 h")
