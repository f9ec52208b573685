"""The sample company, from `make run` to the day it makes room for one's own data."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.screen import grid, row, rows, settled
from tests.conftest import ROOT
from tests.every_page import SECTIONS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

THREAD = "crisis=2025-03-thread"
Run = Callable[[str], subprocess.CompletedProcess[str]]
First = tuple[Path, subprocess.CompletedProcess[str]]


def ran(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.removeprefix("ran: ") for line in done.stderr.splitlines() if line.startswith("ran: ")]


# --- make run ------------------------------------------------------------------------------------------------------


def test_the_first_make_run_loads_the_sample_and_starts_the_app(first_run: First) -> None:
    _, done = first_run
    assert "Loading the sample company into the new database" in done.stdout
    assert ran(done) == ["-m data create", "-m importers --sample", "-m streamlit run serve.py"]


def test_the_next_make_run_only_starts_the_app(first_run: First, make_run: Run) -> None:
    done = make_run(f"sqlite:///{first_run[0]}")
    assert done.returncode == 0
    assert ran(done) == ["-m data create", "-m streamlit run serve.py"]
    assert "Loading" not in done.stdout


def test_make_run_does_not_start_on_a_database_that_cannot_be_made(make_run: Run) -> None:
    done = make_run("sqlite:////dev/null/aftermath.db")
    assert done.returncode != 0
    assert ran(done) == ["-m data create"]


def badge(page: Page) -> Locator:
    """The mark of invented data; its icon is a word of the icons' font."""
    return page.get_by_text(re.compile(r"\bSample$"))


# --- a look around ---------------------------------------------------------------------------------------------------


def test_overview_says_that_it_is_a_sample_and_leads_to_a_review(sample_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(sample_server)
    expect(page).to_have_url(re.compile(r"/overview$"))
    settled(page)
    expect(badge(page)).to_be_visible()
    expect(page.get_by_text("Every person, company and figure here is invented.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("of 4 crises met the 3 h target")

    crises = grid(page, "Every crisis with its response, reaction and reputation")
    thread = rows(crises).index(row(crises, "Thread mocking call centre staff"))
    canvas = crises.locator("xpath=..")
    box = canvas.bounding_box()
    assert box is not None
    line = box["height"] / (crises.locator("tr").count())
    canvas.click(position={"x": 16, "y": line * (thread + 1.5)}, force=True)  # what scrolls the canvas lies above it
    expect(page).to_have_url(re.compile(r"/crisis_review\?crisis=2025-03-thread"))
    settled(page)
    expect(page.get_by_text("2025-03-thread · severity 4 of 4")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "heading", "shows"),
    [
        ("/history?batch=3", "History", "Imported on"),
        (f"/crisis_review?{THREAD}&section=Reaction", "Crisis review", "Mentions peaked at"),
        (
            "/compare?crises=2025-03-thread&crises=2025-10-ticket",
            "Compare",
            "was shortest in “Joke made from a customer's ticket”",
        ),
        ("/", "of 4 crises", "Needs a decision"),
    ],
)
def test_a_link_works_as_the_first_thing_a_fresh_server_is_asked(
    path: str, heading: str, shows: str, own_sample_server: str, page: Page
) -> None:
    from playwright.sync_api import expect

    page.goto(own_sample_server + path)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    settled(page)
    expect(page.get_by_text(shows).first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert page.url.endswith("/overview" if path == "/" else path)


def test_ones_own_data_start_empty_and_stay_so(own_sample_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(own_sample_server)
    settled(page)
    expect(badge(page)).to_be_visible()
    page.get_by_role("button", name="Start with my own data").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it and start empty").click()
    expect(page.get_by_text("Every person, company and figure here is invented.")).to_have_count(0)
    page.get_by_role("link", name="Overview").click()
    for _ in range(2):
        expect(page.get_by_text("Nothing is imported yet.")).to_be_visible()
        settled(page)
        expect(page.get_by_text("Import an incident log")).to_be_visible()
        expect(page.get_by_test_id("stMain").get_by_role("link", name="Import")).to_have_count(4)
        expect(badge(page)).to_have_count(0)
        page.reload()


# --- screens -----------------------------------------------------------------------------------------------------------


def test_a_section_is_chosen_by_a_click(sample_server: str, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(f"{sample_server}/crisis_review?{THREAD}")
    settled(page)
    for section in SECTIONS[1:]:
        page.get_by_test_id("stButtonGroup").get_by_text(section, exact=True).click()
        expect(page).to_have_url(re.compile(f"section={section}"))
        settled(page)


def test_the_dark_scheme_is_drawn_in_its_own_colours(sample_server: str, window: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]["dark"]
    page = window(color_scheme="dark")
    page.goto(f"{sample_server}/crisis_review?{THREAD}&section=Speed")
    settled(page)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", rgb(theme["backgroundColor"]))
    expect(page.get_by_role("heading", level=1)).to_have_css("color", rgb(theme["textColor"]))
    ink = page.locator(".js-plotly-plot .xtick text").first.evaluate("text => getComputedStyle(text).fill")
    assert bright(ink), ink


def rgb(colour: str) -> str:
    """``#RRGGBB`` as a browser tells it."""
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def bright(colour: str) -> bool:
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3]) > 3 * 128
