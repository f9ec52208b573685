"""The Import page as a workbench: a set with a question and rejected rows, an archive, and a file that nobody knows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from data.access import LOCAL
from importers.context import Options
from importers.pipeline import Upload, apply
from tests.browser import workbooks
from tests.browser.screen import PHONE, TOO_WIDE, grid, row, settled
from tests.small import event, table

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

FILES = "Uploaded files and what importing them would do"
HISTORY = "Every import with its counts"


def eight() -> dict[str, bytes]:
    """Eight files of one review: one asks which date comes first, two hold rows that can't be taken."""
    scales = {"scale_min": 1, "scale_max": 5}
    answers = [
        {"wave": "Q1", "question": "Proud?", "answer": n % 5 + 1, "respondent": f"r{n}", "closed_on": "2026-02-20"}
        | scales
        for n in range(30)
    ]
    return {
        "log.csv": table([event("thread", "2026-03-02 08:00 posted"), event("thread", "2026-03-02 09:00 detected")]),
        "night.csv": b"crisis;occurred_at;milestone\nnight;03/04/2026 08:00;posted\nnight;05/04/2026 09:00;detected\n",
        "posts.csv": table(
            [{"posted_at": f"2026-03-0{d} 10:00", "platform": "X", "post_id": d, "text": "awful service"} for d in (1, 2, 3)]
            + [{"posted_at": "32/13/2026", "platform": "X", "post_id": 9, "text": "when?"}]
        ),
        "pulse.csv": table(answers),
        "scores.csv": table([{"date": "2026-01-05", "source": "Glassdoor", "score": 3.6} | scales]),
        "gaps.csv": table(
            [
                {"gap": "G1", "title": "No deputy", "section": "Roles", "crisis": "thread", "due_on": "2026-12-01"},
                {"gap": "G2", "title": "Old list", "section": "Contacts", "crisis": "thread", "due_on": "2026-02-30"},
            ]
        ),
        "lessons.csv": table([{"lesson": "L1", "title": "Answer sooner", "observation": "We waited", "crisis": "thread"}]),
        "culture.csv": table([{"date": "2026-02-10", "kind": "workshop", "department": "Support"}]),
    }  # fmt: skip


def drop(page: Page, server: str, files: dict[str, bytes]) -> None:
    page.goto(f"{server}/import")
    settled(page)
    page.locator("input[type=file]").set_input_files(
        [workbooks.upload(name, content) for name, content in files.items()]
    )


def headline(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def choose(page: Page, alt: str, number: int) -> None:
    """Click the mark of a row of a table, which is drawn on a canvas."""
    table_ = grid(page, alt)
    canvas = table_.locator("xpath=..")
    box = canvas.bounding_box()
    assert box is not None
    line = box["height"] / table_.locator("tr").count()
    canvas.click(position={"x": 16, "y": line * (number + 1.5)}, force=True)  # what scrolls the canvas lies above it


def test_a_set_of_eight_files_is_asked_about_applied_and_undone(app_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    drop(page, app_server, eight())
    expect(headline(page)).to_have_text("Nothing is saved yet: 7 files ready, 1 question")
    row(grid(page, FILES), "night.csv", "question")
    # The file with the question is chosen by itself.
    expect(page.get_by_text("03/04/2026 08:00: 3 April 2026 or 4 March 2026?")).to_be_visible()
    page.get_by_text("Day first").click()
    expect(headline(page)).to_have_text("Nothing is saved yet: 8 files ready")
    expect(grid(page, FILES).locator("tbody tr").filter(has_text="ready")).to_have_count(8)
    settled(page)  # what a run before this one offered for download is gone
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 2 rejected rows").click()
    assert download.value.suggested_filename == "rejected rows.xlsx"

    page.get_by_role("button", name="Apply 8 files").click()
    told = "Eight files, 43 rows: 41 new, 0 updated, 0 already here, 2 rejected. 3 posts scored by the lexicon."
    expect(page.get_by_text(told)).to_be_visible()
    expect(headline(page)).to_have_text("Import")
    page.get_by_role("link", name="See it in History").click()
    expect(page).to_have_url(re.compile(r"/history\?set=[0-9a-f]{32}$"))
    expect(page.get_by_text("Eight files, 43 rows: 41 new")).to_be_visible()
    settled(page)

    choose(page, "The files of this set with their counts", 0)
    expect(page).to_have_url(re.compile(r"/history\?batch=\d+$"))
    page.get_by_role("button", name="Set of 8 files").click()
    expect(page.get_by_text("Eight files, 43 rows: 41 new")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Undo the set (8 files)").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Undone on")).to_be_visible()
    page.get_by_role("button", name="All imports").click()
    row(grid(page, HISTORY), "and 7 more", "undone")


def test_an_undo_on_which_others_rest_says_why_it_is_refused(app_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    for name in ("log.csv", "gaps.csv"):
        apply(Upload(name, eight()[name]), Options(), LOCAL)
    page.goto(f"{app_server}/history?batch=1")
    settled(page)
    page.get_by_role("button", name="Undo this import").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Undo it").click()
    expect(dialog.get_by_role("alert")).to_contain_text("rest on records that only it brought")


def test_a_zip_is_a_set_and_a_page_that_was_left_still_holds_it(app_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("log.csv", "posts.csv"):
            archive.writestr(name, eight()[name])
    drop(page, app_server, {"march.zip": buffer.getvalue()})
    expect(headline(page)).to_have_text("Nothing is saved yet: 2 files ready")
    assert row(grid(page, FILES), "march.zip › posts.csv", "ready")["Rejected"] == "1"
    page.get_by_role("link", name="History").click()
    expect(headline(page)).to_have_text("History")
    page.get_by_role("link", name="Import", exact=True).click()
    expect(headline(page)).to_have_text("Nothing is saved yet: 2 files ready")
    page.get_by_role("button", name="Discard").click()
    expect(headline(page)).to_have_text("Import")


TICKETS = (
    "Ticket;Eröffnet am;Kanal;Nachricht;Stimmung\n"
    "1001;13.10.2026 08:12;Chat;Die App startet nicht;negativ\n"
    "1002;13.10.2026 09:40;E-Mail;Danke für die schnelle Hilfe;positiv\n"
)


def test_an_unknown_semicolon_file_is_mapped_and_known_the_next_month(app_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    drop(page, app_server, {"tickets_october.csv": TICKETS.encode("cp1252")})
    expect(headline(page)).to_have_text("Nothing is saved yet: 0 files ready, 1 question")
    settled(page)
    columns = "Columns of the file and where each goes"
    assert row(grid(page, columns), "Eröffnet am")["Goes to"] == "posted_at"
    read = "The first rows as the mapping reads them"
    assert row(grid(page, read), "Die App startet nicht")["Sentiment label ← Stimmung"] == "negative"

    # The ticket's number tells its posts apart: the analyst says so in the table.
    _edit(page, columns, 0, 2, "post id")
    expect(grid(page, read).locator("th").filter(has_text="Post id ← Ticket")).to_have_count(1)

    name = page.get_by_role("textbox", name="Name")
    name.fill("Help desk")
    name.press("Tab")
    page.get_by_role("button", name="Save and use").click()
    expect(headline(page)).to_have_text("Nothing is saved yet: 1 file ready")
    row(grid(page, FILES), "tickets_october.csv", "Mapping “Help desk” (sure)", "ready")
    page.get_by_role("button", name="Apply 1 file").click()
    expect(page.get_by_text("One file, 2 rows: 2 new")).to_be_visible()

    november = TICKETS.replace("1001;13.10", "1003;13.11").replace("1002;13.10", "1004;14.11")
    drop(page, app_server, {"tickets_november.csv": november.encode("cp1252")})
    expect(headline(page)).to_have_text("Nothing is saved yet: 1 file ready")
    settled(page)
    assert row(grid(page, FILES), "tickets_november.csv")["New"] == "2"


def _edit(page: Page, alt: str, line: int, column: int, text: str) -> None:
    """Write into a cell of a table: the first cell of its line is clicked, the keys lead to it and open its editor."""
    table_ = grid(page, alt)
    canvas = table_.locator("xpath=..")
    box = canvas.bounding_box()
    assert box is not None
    high = box["height"] / table_.locator("tr").count()
    canvas.click(position={"x": 16, "y": high * (line + 1.5)}, force=True)
    for _ in range(column):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("#portal input").first.wait_for()  # what is typed before the editor is there is lost
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("screen", [PHONE, {"color_scheme": "dark"}], ids=["phone", "dark"])
def test_a_full_page_scrolls_in_one_direction(
    screen: dict[str, object], app_server: str, window: Callable[..., Page]
) -> None:
    from playwright.sync_api import expect

    page = window(**screen)
    drop(page, app_server, eight() | {"tickets.csv": TICKETS.encode()})
    expect(headline(page)).to_have_text("Nothing is saved yet: 7 files ready, 2 questions")
    settled(page)
    assert not page.evaluate(TOO_WIDE)
