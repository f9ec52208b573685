"""Who may open which page."""

from __future__ import annotations

import pytest

from data.access import LOCAL, PAGES, Viewer, may_open
from data.enums import Role

#: From the table of the contract: the roles that never open the page.
CLOSED = {
    "overview": {Role.AUDITOR},
    "crisis_review": {Role.AUDITOR},
    "import": {Role.AUDITOR, Role.LEADERSHIP, Role.LEGAL},
    "history": {Role.AUDITOR, Role.LEADERSHIP, Role.LEGAL},
}


def test_each_page_is_open_to_its_roles_alone() -> None:
    assert set(PAGES) >= set(CLOSED)
    for page, closed in CLOSED.items():
        assert {role for role in Role if not may_open(Viewer("x", role), page)} == closed


def test_the_administrator_opens_every_page() -> None:
    assert LOCAL.role is Role.ADMIN
    assert all(may_open(LOCAL, page) for page in PAGES)


@pytest.mark.parametrize("page", ["", "Overview", "admin", "../import"])
def test_a_page_that_is_not_listed_is_open_to_nobody(page: str) -> None:
    assert not any(may_open(Viewer("x", role), page) for role in Role)
