"""Looking up a case: search, narrow, send the link, open the review."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.screen import settled

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_case_is_looked_up_and_its_link_opens_the_same_view(sample_server: str, page: Page) -> None:
    page.goto(f"{sample_server}/case_library")
    settled(page)
    page.get_by_label("Words to look for").fill("statement")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="records hold “statement”")).to_be_visible()
    page.get_by_role("combobox", name="Kind of record").click()
    page.get_by_role("option", name="Events").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name=re.compile("events hold “statement”"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=statement.*kind=Events|kind=Events.*q=statement"))
    told = page.get_by_role("heading", name="events hold").inner_text()
    page.goto(page.url)
    settled(page)
    expect(page.get_by_role("heading", name=told)).to_be_visible()
    page.get_by_role("link", name=re.compile("^Statement, ")).first.click()
    expect(page.get_by_role("heading", name="Crisis review")).to_be_visible()
    expect(page).to_have_url(re.compile(r"crisis_review\?.*crisis=2\d{3}"))
    settled(page)
    expect(page.get_by_role("radio", name="Timeline", checked=True)).to_be_visible()
