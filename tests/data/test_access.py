"""Who may open which page."""

from __future__ import annotations

import pytest

from data.access import LOCAL, PAGES, Viewer, may_open, streams
from data.enums import Role, Stream

#: From the table of the contract: the roles that never open the page.
CLOSED = {
    "overview": {Role.AUDITOR},
    "crisis_review": {Role.AUDITOR},
    "compare": {Role.AUDITOR},
    "response_times": {Role.AUDITOR},
    "engagement": {Role.AUDITOR},
    "reputation": {Role.AUDITOR},
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


def test_what_a_role_may_import_look_up_and_undo() -> None:
    assert {role: sorted(streams(Viewer("x", role))) for role in (Role.HR, Role.LEADERSHIP, Role.AUDITOR)} == {
        Role.HR: ["culture", "survey"],
        Role.LEADERSHIP: [],
        Role.AUDITOR: [],
    }
    assert streams(LOCAL) == streams(Viewer("x", Role.ANALYST)) == frozenset(Stream)
