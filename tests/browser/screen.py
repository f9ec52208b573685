"""What stands on the screen: when it is complete, and what its tables hold.

Streamlit draws tables on a canvas; inside it lies a table for screen readers, which is what is read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def settled(page: Page) -> None:
    """Wait until the page's script has run and what it sent is drawn."""
    from playwright.sync_api import expect

    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=30_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    expect(page.locator("[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]")).to_have_count(0)
    # The tables that a screen reader finds, and the letters of the figures, come a moment after the boxes.
    expect(page.locator("[data-testid=stDataFrame]:not(:has(td))")).to_have_count(0)
    page.wait_for_function(
        """() => document.fonts.status === 'loaded'
            && [...document.querySelectorAll('.js-plotly-plot')].every(figure => figure.querySelector('.main-svg text'))"""
    )


def grid(page: Page, alt: str) -> Locator:
    """The table that a page describes with these words."""
    return page.get_by_role("region", name=alt).locator("table[role=grid]")


def rows(table: Locator) -> list[dict[str, str]]:
    """The rows in view, each by its headings."""
    headings = table.locator("th[role=columnheader]").all_text_contents()
    lines = table.locator("tbody tr").all()
    return [dict(zip(headings, line.locator("td").all_text_contents(), strict=True)) for line in lines]


def row(table: Locator, text: str) -> dict[str, str]:
    """The one row that holds this text, once it is there."""
    from playwright.sync_api import expect

    expect(table.locator("tbody tr", has_text=text)).to_have_count(1)
    (found,) = (cells for cells in rows(table) if any(text in cell for cell in cells.values()))
    return found
