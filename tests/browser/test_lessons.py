"""A lesson from the first word typed to the document that employees read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.screen import settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_lesson_is_written_down_beside_an_earlier_one(own_sample_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(f"{own_sample_server}/lessons")
    settled(page)
    page.get_by_role("button", name="New observation").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").press_sequentially("The approver was not there")
    expect(dialog.get_by_text("We wrote this down in April 2025")).to_be_visible()
    dialog.get_by_label("What was observed").fill("Nobody could approve the statement at night.")
    dialog.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="The approver was not there")).to_be_visible()
    expect(page).to_have_url(re.compile(r"lesson=L-12"))
    settled(page)
    page.get_by_role("button", name="Identify").click()
    dialog.get_by_role("button", name="Identify").click()
    expect(page.get_by_text("Next: to be approved, by leadership")).to_be_visible()


def test_a_summary_is_reviewed_and_the_digest_opens_offline(own_sample_server: str, page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    page.goto(f"{own_sample_server}/lessons?show=For+employees")
    settled(page)
    page.get_by_role("button", name="Review", exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name="It can be published").click()
    expect(page.get_by_text("L-01, reviewed by local user on")).to_be_visible()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the digest").click()
    file = tmp_path / "digest.html"
    download.value.save_as(file)
    page.context.set_offline(offline=True)
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", name="What we do differently now")).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_text(["Before we decide, we find out how far something has spread."])
