"""No page breaks a rule of WCAG 2.2, levels A and AA, that axe-core can check, in either theme.

The menu is Streamlit's own: it puts groups where a list may only hold items, and no setting changes that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.screen import settled
from tests.browser.test_sample import EVERY_PAGE
from tests.conftest import lacking

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_NOT_OURS = [["[data-testid=stSidebarNav]"]]


@pytest.fixture(scope="module")
def axe() -> Any:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        lacking("axe-core")
    return Axe()


def violations(axe: Any, page: Page) -> list[str]:
    """Rule, element and what is wrong with it."""
    found = axe.run(page, context={"exclude": _NOT_OURS}, options={"runOnly": _RULES}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]}: {[check['message'] for check in (*node['any'], *node['all'], *node['none'])]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.timeout(900)  # some fifty pages
@pytest.mark.parametrize(("scheme", "screen"), [("light", LAPTOP), ("dark", PHONE)], ids=["laptop", "phone"])
def test_no_page_breaks_a_rule_or_scrolls_sideways(
    scheme: str, screen: dict[str, object], axe: Any, sample_server: str, window: Callable[..., Page]
) -> None:
    page = window(color_scheme=scheme, **screen)
    broken = {}
    for address in EVERY_PAGE:
        page.goto(sample_server + address)
        settled(page)
        found = violations(axe, page) + ["it scrolls sideways"] * bool(page.evaluate(TOO_WIDE))
        if found:
            broken[address] = found
    assert broken == {}


def test_a_breach_is_found(axe: Any, sample_server: str, page: Page) -> None:
    page.goto(f"{sample_server}/history")
    settled(page)
    page.evaluate("document.querySelector('h1').style.color = '#EEEEEE'")
    assert [one.partition(":")[0] for one in violations(axe, page)] == ["color-contrast"]
