"""No page breaks a rule of WCAG 2.2, levels A and AA, that axe-core can check, or scrolls sideways: in either theme.

The menu is Streamlit's own: it puts groups where a list may only hold items, and no setting changes that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.screen import LAPTOP, PHONE, TOO_WIDE, settled
from tests.conftest import lacking
from tests.every_page import address, screens

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

#: Every page, and every part of it that has to be chosen.
EVERY_PAGE = [address(*one) for one in screens("2025-03-thread", ["2025-10-ticket"])]

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
    for path in EVERY_PAGE:
        page.goto(sample_server + path)
        settled(page)
        found = violations(axe, page) + ["it scrolls sideways"] * bool(page.evaluate(TOO_WIDE))
        if found:
            broken[path] = found
    assert broken == {}


def test_a_breach_is_found(axe: Any, sample_server: str, page: Page) -> None:
    page.goto(f"{sample_server}/history")
    settled(page)
    page.evaluate("document.querySelector('h1').style.color = '#EEEEEE'")
    assert [one.partition(":")[0] for one in violations(axe, page)] == ["color-contrast"]
