"""A review meeting, from the link to the signed review and what differs from it later."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from data.access import LOCAL
from importers.context import Options
from importers.pipeline import Upload, apply
from tests.browser import workbooks
from tests.browser.screen import LAPTOP, TOO_WIDE, grid, rows, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CODE = "2025-02-rant"
WAITING = "What needs a decision, who answers for it, and since when"
DECISIONS = "Decisions of this meeting; type into the last row to add one"


def at(hour: int, milestone: str, text: str, day: int = 3) -> workbooks.Row:
    return CODE, datetime(2025, 2, day, hour, 0), milestone, "public", "X", text


@pytest.fixture
def a_log(database: str) -> None:
    """One crisis whose first statement came 2 h after detection; imported before the server starts."""
    rows = [
        at(8, "posted", "A rant"),
        at(9, "detected", "Seen"),
        at(11, "statement", "Sorry"),
        at(9, "resolved", "Over", 6),
    ]
    apply(Upload("log.xlsx", workbooks.events(rows)), Options(), LOCAL)


def test_a_review_is_presented_decided_signed_and_compared(a_log: None, app_server: str, window: Callable[..., Page]) -> None:  # fmt: skip
    from playwright.sync_api import expect

    page = window(**LAPTOP)
    page.goto(f"{app_server}/overview")
    expect(grid(page, WAITING)).to_contain_text(f"Hold the review of {CODE}")
    page.goto(f"{app_server}/crisis_review?crisis={CODE}&section=Timeline&present=1")
    settled(page)
    expect(page.get_by_text("2 of 8")).to_be_visible()
    expect(page.get_by_role("link", name="Overview")).to_have_count(0)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", level=1)).to_contain_text("came 2 h after detection")
    expect(page).to_have_url(re.compile("section=Speed"))
    settled(page)
    assert not page.evaluate(TOO_WIDE)
    page.keyboard.press("PageUp")
    expect(page.get_by_text("2 of 8")).to_be_visible()

    page.goto(f"{app_server}/crisis_review?crisis={CODE}&section=Plan&present=1")
    settled(page)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "The review is not held yet; it was due by 8 March 2025."
    )
    settled(page)
    _hold(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The review was held on 4 March 2025")
    expect(page.get_by_text("1 decision: 1 without a due date.")).to_be_visible()

    page.get_by_role("button", name="Sign off…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("definitions of what they mean")).to_be_visible()
    dialog.get_by_role("textbox", name="Reservations").fill("The cost is a guess")
    dialog.get_by_role("button", name="Sign and freeze").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Signed by local user on")
    page.reload()
    expect(page.get_by_text("Reservations: The cost is a guess")).to_be_visible()
    expect(page.get_by_text("Every number is as it was signed")).to_be_visible()

    apply(Upload("late.xlsx", workbooks.events([at(10, "statement", "First word")])), Options(), LOCAL)
    page.reload()
    expect(page.get_by_text("from those signed")).to_be_visible()
    settled(page)
    table = grid(page, "The numbers that differ from those signed, and why")
    moved = next(one for one in rows(table) if one["Number"] == "Time to first statement")
    assert "late.xlsx, sheet events, row 2" in moved["Why"]
    assert (moved["Signed"], moved["Now"]) == ("2 h", "1 h")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("link", name="Overview")).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("crisis")
    settled(page)
    expect(page.get_by_text("Hold the review of")).to_have_count(0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_cells_typed_right_after_another_and_saved_at_once_are_both_kept(a_log: None, app_server: str, page: Page) -> None:  # fmt: skip
    from playwright.sync_api import expect

    page.goto(f"{app_server}/crisis_review?crisis={CODE}&section=Decide")
    settled(page)
    save = page.get_by_role("button", name="Save")
    _type(page, "Watch at night", wait=True)
    expect(save).to_be_enabled()
    _type(page, "PR", wait=False)
    save.evaluate("button => button.click()")  # before the browser has sent the cell
    expect(page.get_by_text("1 decision: 1 without a")).to_be_visible()
    settled(page)
    expect(grid(page, DECISIONS)).to_contain_text("PR")
    if save.is_enabled():
        save.click()
    expect(page.get_by_text("1 decision: 1 without a due date.")).to_be_visible()
    page.reload()
    settled(page)
    (line,) = rows(grid(page, DECISIONS))
    assert (line["Decision"], line["Function"]) == ("Watch at night", "PR")


def _type(page: Page, text: str, *, wait: bool) -> None:
    """Type into the chosen cell, at first the first one, and go on to the next."""
    from playwright.sync_api import expect

    editor = page.locator("textarea.gdg-input")
    if page.evaluate("document.activeElement.closest('[data-testid=stDataFrame]') === null"):
        grid(page, DECISIONS).locator("xpath=..").click(position={"x": 120, "y": 52}, force=True)
    page.keyboard.press("Enter")
    editor.fill(text)
    expect(editor).to_have_value(text)
    editor.press("Tab")
    if wait:
        expect(grid(page, DECISIONS)).to_contain_text(text)
        settled(page)


def _hold(page: Page) -> None:
    """Type one decision with its function, and the day."""
    for text in ("Watch at night", "PR"):
        _type(page, text, wait=True)
    page.get_by_role("spinbutton").first.click()
    page.keyboard.type("04032025")
    page.get_by_role("heading", level=1).click()  # the calendar covers the table
    settled(page)
