"""The main job: a spreadsheet goes in, a number changes, and leads back to its row."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from data.access import LOCAL
from importers.context import Options
from importers.pipeline import Upload, apply
from tests.browser import workbooks
from tests.browser.screen import grid, row, settled

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

CODE = "2025-02-rant"
POSTED: workbooks.Row = (CODE, datetime(2025, 2, 3, 8, 0), "posted", "public", "X", "A rant about a customer")
DETECTED: workbooks.Row = (CODE, datetime(2025, 2, 3, 9, 0), "detected", None, None, "Support sees it")
STATEMENT: workbooks.Row = (CODE, datetime(2025, 2, 3, 11, 0), "statement", "public", "X", "We are sorry")
EARLIER: workbooks.Row = (CODE, datetime(2025, 2, 3, 10, 0), "statement", "public", "LinkedIn", "We look into it")
SPOILED: workbooks.Row = (CODE, "32.02.2025 11:30", "update", "public", "X", "An update")


@pytest.fixture
def a_log(database: str) -> None:
    """One crisis whose first statement came 2 h after detection; imported before the server starts."""
    (done,) = apply(Upload("log.xlsx", workbooks.events([POSTED, DETECTED, STATEMENT])), Options(), LOCAL)
    assert (done.new, done.rejected) == (3, 0)


def the_finding(page: Page) -> Locator:
    return page.get_by_role("heading", level=3).first


def test_a_number_changes_with_a_file_and_leads_back_to_its_row(a_log: None, app_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(f"{app_server}/crisis_review?crisis={CODE}&section=Speed")
    expect(the_finding(page)).to_contain_text("came 2 h after detection")

    page.get_by_role("link", name="Import").click()
    page.locator("input[type=file]").set_input_files(
        workbooks.upload("late_find.xlsx", workbooks.events([DETECTED, EARLIER, SPOILED]))
    )
    go = page.get_by_role("button", name="Apply 1 file")
    expect(go).to_be_enabled()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is saved yet: 1 file ready")
    told = row(grid(page, "Uploaded files and what importing them would do"), "late_find.xlsx · events")
    assert told["Recognised as"] == "Incidents template, sheet events (sure)"
    counts = {name: told[name] for name in ("Rows", "New", "Updated", "Already here", "Rejected")}
    assert counts == {"Rows": "3", "New": "1", "Updated": "0", "Already here": "1", "Rejected": "1"}
    rejected = page.get_by_role("row").filter(has_text="32.02.2025 11:30").filter(has_text="occurred_at")
    expect(rejected).to_contain_text("4")
    expect(
        page.get_by_role("listitem").filter(has_text=re.compile(r"first statement moves from 2\sh to 1\sh"))
    ).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("button", name="Download 1 rejected row").click()
    sheet = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))["events"]
    header, line = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    back = dict(zip(header, line, strict=True))
    assert (back["crisis"], back["occurred_at"], back["Row in your file"]) == (CODE, "32.02.2025 11:30", 4)
    assert "not a date" in back["What to correct"]

    go.click()
    expect(page.get_by_text("One file, 3 rows: 1 new, 0 updated, 1 already here, 1 rejected.")).to_be_visible()

    page.get_by_role("link", name="Open the crisis review").click()
    page.get_by_test_id("stButtonGroup").get_by_text("Speed").click()
    expect(page).to_have_url(re.compile("section=Speed"))
    expect(the_finding(page)).to_contain_text("came 1 h after detection")
    page.get_by_role("button", name="Where from?").click()
    behind = row(grid(page, "Files, sheets and rows behind these numbers"), "late_find.xlsx")
    assert behind == {"File": "late_find.xlsx", "Sheet": "events", "Rows": "3"}

    link = page.get_by_role("link", name="Open import").last
    link.click()
    expect(page).to_have_url(re.compile(r"/history\?batch=\d+&rows=3&sheet=events$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("History")
    expect(page.get_by_text("Only the rows behind the number you came from: 3.")).to_be_visible()
    ours = row(grid(page, "The rows of this file and what is stored of them"), "We look into it")
    assert (ours["Sheet"], ours["Row"], ours["Effect"], ours["Stored as"]) == ("events", "3", "new", "event")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_import_is_undone(a_log: None, app_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    apply(Upload("late_find.xlsx", workbooks.events([EARLIER])), Options(), LOCAL)
    page.goto(f"{app_server}/history?batch=2")
    settled(page)
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo this import")).to_have_count(0)
    expect(page.get_by_text("Undone on")).to_be_visible()
    page.get_by_role("button", name="All imports").click()
    row(grid(page, "Every import with its counts"), "late_find.xlsx", "undone")
    page.get_by_role("link", name="Crisis review").click()
    page.get_by_test_id("stButtonGroup").get_by_text("Speed").click()
    expect(page).to_have_url(re.compile("section=Speed"))
    expect(the_finding(page)).to_contain_text("came 2 h after detection")
