"""A crisis that no file tells of: entered by hand, corrected by two people at once, and its number leads to its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.screen import grid, row, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

CODE = "2025-02-angry-thread"


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def write(page: Page, **fields: str) -> None:
    """Write into the fields of the open dialog, and leave each as a person does."""
    for label, value in fields.items():
        field = dialog(page).get_by_label(label.replace("_", " "))
        field.first.fill(value)
        field.first.press("Tab")


def pick_day(page: Page, label: str, digits: str) -> None:
    """Type a day into its parts: year, month, day."""
    dialog(page).get_by_role("group", name=label).get_by_role("spinbutton").first.focus()
    page.keyboard.type(digits)
    page.keyboard.press("Escape")  # the calendar, which opens by itself


def choose(page: Page, label: str, option: str) -> None:
    dialog(page).get_by_label(label, exact=False).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def add_event(page: Page, time: str, milestone: str, audience: str | None = None) -> None:
    from playwright.sync_api import expect

    page.get_by_role("button", name="Add an event").click()
    write(page, Time_in=time)
    pick_day(page, "Day", "20250203")
    choose(page, "Milestone", milestone)
    if audience:
        choose(page, "Audience", audience)
    dialog(page).get_by_role("button", name="Add it").click()
    expect(dialog(page)).to_have_count(0)
    settled(page)


def start_correction(page: Page, time: str) -> None:
    """Open the dialog on the statement and write another time; nothing is saved yet."""
    from playwright.sync_api import expect

    page.get_by_role("button", name="Correct an event").click()
    choose(page, "Event", "3 Feb 2025, 11:00 · statement · public")
    # The field of the event before it stays until the page has followed.
    expect(dialog(page).locator('input[aria-label^="Time in"][value="11:00"]')).to_have_count(1)
    settled(page)
    write(page, Time_in=time, Why="The statement went out earlier")


def finding(page: Page) -> Locator:
    return page.get_by_role("heading", level=3).first


def test_by_hand_from_the_entry_to_the_number(app_server: str, window: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    page = window()
    page.goto(f"{app_server}/overview")
    page.get_by_role("button", name="New crisis").click()
    write(page, Title="Angry thread", **{"Start,_time": "08:00"})
    pick_day(page, "Start, day", "20250203")
    dialog(page).get_by_role("button", name="Enter it").click()
    expect(page).to_have_url(re.compile(rf"/crisis_review\?.*crisis={CODE}"))
    settled(page)
    add_event(page, "09:00", "Detected")
    add_event(page, "11:00", "Statement", "Public")

    page.get_by_test_id("stButtonGroup").get_by_text("Speed").click()
    expect(finding(page)).to_contain_text("came 2 h after detection")

    other = window()
    for tab in (page, other):
        tab.goto(f"{app_server}/crisis_review?crisis={CODE}&section=Timeline")
        settled(tab)
    start_correction(page, "10:30")
    start_correction(other, "10:00")
    dialog(other).get_by_role("button", name="Save the correction").click()
    expect(dialog(other)).to_have_count(0)

    dialog(page).get_by_role("button", name="Save the correction").click()
    expect(dialog(page)).to_contain_text("changed this at")
    expect(dialog(page)).to_contain_text("Nothing of yours is saved yet.")
    both = row(grid(page, "Both versions, field by field"), "Time")
    assert both == {
        "Field": "Time", "When you opened it": "3 Feb 2025, 11:00", "Now": "3 Feb 2025, 10:00",
        "Yours": "3 Feb 2025, 10:30",
    }  # fmt: skip
    dialog(page).get_by_role("button", name="Save mine over it").click()
    expect(dialog(page)).to_have_count(0)
    settled(page)

    page.get_by_test_id("stButtonGroup").get_by_text("Speed").click()
    expect(finding(page)).to_contain_text("came 1 h 30 min after detection")
    settled(page)
    page.get_by_role("button", name="Where from?").click()
    assert (
        row(grid(page, "Files, sheets and rows behind these numbers"), "entered by hand")["File"] == "entered by hand"
    )
    page.keyboard.press("Escape")
    page.get_by_role("button", name="By hand:").click()
    expect(page.get_by_text("Statement, 3 Feb 10:30: time corrected by local user on")).to_be_visible()
    changes = grid(page, "Every change by hand, the latest first")
    for before, after in (("3 Feb 2025, 10:00", "3 Feb 2025, 10:30"), ("3 Feb 2025, 11:00", "3 Feb 2025, 10:00")):
        told = row(changes, before, after)
        assert (told["Change"], told["From"], told["To"]) == ("Time corrected", before, after)
