"""What stands on the screen: when it is complete, and what its tables hold.

Streamlit draws tables on a canvas; inside it lies a table for screen readers, which is what is read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

#: What a window is opened with, for each screen that every page must fit.
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
}
#: The page scrolls in an element of its own, so the document alone would always fit.
TOO_WIDE = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
    .some(element => element.scrollWidth > Math.min(element.clientWidth, innerWidth))"""

_SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const all = (selector, holds) => [...document.querySelectorAll(selector)].every(holds);
    return app?.dataset.testConnectionState === 'CONNECTED'
        && app.dataset.testScriptState === 'notRunning'
        && document.querySelector('h1') !== null
        && document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]') === null
        && all('[data-testid=stDataFrame]', table => table.querySelector('td') !== null)
        && all('.js-plotly-plot', figure => figure.querySelector('.main-svg text') !== null)
        && document.fonts.status === 'loaded';
}"""


def settled(page: Page) -> None:
    """Wait until the page's script has run and what it sent is drawn: tables, figures, letters."""
    page.wait_for_function(_SETTLED, polling=100)


def grid(page: Page, alt: str) -> Locator:
    """The table that a page describes with these words."""
    return page.get_by_role("region", name=alt).locator("table[role=grid]")


def rows(table: Locator) -> list[dict[str, str]]:
    """The rows in view, each by its headings."""
    headings = table.locator("th[role=columnheader]").all_text_contents()
    lines = table.locator("tbody tr").all()
    return [dict(zip(headings, line.locator("td").all_text_contents(), strict=True)) for line in lines]


def row(table: Locator, *texts: str) -> dict[str, str]:
    """The one row that holds all these texts, once it is there."""
    from playwright.sync_api import expect

    line = table.locator("tbody tr")
    for text in texts:
        line = line.filter(has_text=text)
    expect(line).to_have_count(1)
    headings = table.locator("th[role=columnheader]").all_text_contents()
    return dict(zip(headings, line.locator("td").all_text_contents(), strict=True))
