"""A menu is no lock: who may open what, and what is refused before anything is shown."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.access import PAGES
from data.enums import Role
from pages.components import menu
from tests.pages.conftest import ROOT
from tests.pages.looking import alerts, healthy, said, title
from tests.small import log

VIEWS = sorted(path for path in (ROOT / "pages" / "views").glob("*.py") if path.name != "__init__.py")
TITLES = {
    "overview": "1 crisis; nothing needs a decision.",
    "crisis_review": "Crisis review",
    "compare": "Compare",
    "lessons": "Lessons learned",
    "culture": "Culture",
    "plan_gaps": "Plan gaps",
    "case_library": "Case library",
    "response_times": "Response times",
    "engagement": "Engagement & sentiment",
    "reputation": "Reputation",
    "feedback": "Feedback",
    "import": "Import",
    "history": "History",
    "plan": "There is no plan yet.",
    "settings": "Settings",
    "methods": "Methods",
}
REFUSED = "Your role does not include this page. Ask an administrator if you need it."


def test_every_page_has_one_entry_one_file_and_one_rule() -> None:
    assert sorted(entry.path for entry in menu.PAGES) == sorted(PAGES)
    assert sorted(ROOT / entry.file for entry in menu.PAGES) == VIEWS


@pytest.mark.parametrize("view", VIEWS, ids=lambda path: path.stem)
def test_every_view_asks_the_guard_for_its_own_page_before_anything_else(view: Path) -> None:
    body = ast.parse(view.read_text(encoding="utf-8")).body
    is_docstring = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    code = [node for node in body[is_docstring:] if not isinstance(node, ast.Import | ast.ImportFrom)]
    (entry,) = (entry for entry in menu.PAGES if ROOT / entry.file == view)
    assert ast.unparse(code[0]) == f"viewer = guard.open_page('{entry.path}')"


def test_nothing_but_views_lies_where_streamlit_would_find_pages_by_itself() -> None:
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_a_role_opens_its_pages_and_no_other(role: Role, open_page: Any, seen_by: Any) -> None:
    log("thread", "2026-03-02 09:00 detected")
    seen_by(role)
    for path, roles in PAGES.items():
        page = healthy(open_page(path))
        if role in roles:
            assert title(page) == TITLES[path]
        else:
            assert title(page) == TITLES["overview"]  # there is no such page for them


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("view", VIEWS, ids=lambda path: path.stem)
def test_a_view_that_is_reached_past_the_menu_refuses_the_others(role: Role, view: Path, seen_by: Any) -> None:
    (entry,) = (entry for entry in menu.PAGES if ROOT / entry.file == view)
    if role in PAGES[entry.path]:
        return
    seen_by(role)
    page = healthy(AppTest.from_file(str(view), default_timeout=60).run())
    assert alerts(page) == [REFUSED]
    assert said(page) == REFUSED
    assert not page.dataframe


@pytest.mark.usefixtures("small")
def test_a_role_without_any_page_is_told_so(open_page: Any, seen_by: Any) -> None:
    log("thread", "2026-03-02 09:00 detected")
    seen_by(Role.AUDITOR)
    page = healthy(open_page("overview"))
    assert said(page) == REFUSED


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("role", [Role.LEADERSHIP, Role.LEGAL])
@pytest.mark.parametrize("path", ["overview", "crisis_review", "compare", "response_times", "engagement", "reputation"])
def test_who_may_not_import_is_not_led_there(role: Role, path: str, open_page: Any, seen_by: Any) -> None:
    seen_by(role)
    page = healthy(open_page(path))
    assert [link.label for link in page.get("page_link")] == []


@pytest.mark.usefixtures("sample_database")
def test_who_has_no_history_sees_the_files_without_links(open_page: Any, seen_by: Any) -> None:
    seen_by(Role.LEADERSHIP)
    page = open_page("crisis_review", section="Timeline")
    page.session_state["timeline_sources"] = True
    page = healthy(page.run())
    assert page.dataframe[0].value["File"].tolist() == ["incident_log.xlsx"]
    assert not page.get("page_link")


@pytest.mark.usefixtures("sample_database")
@pytest.mark.parametrize("role", [Role.ANALYST, Role.LEADERSHIP])
def test_only_an_administrator_may_delete_everything(role: Role, open_page: Any, seen_by: Any) -> None:
    seen_by(role)
    page = healthy(open_page("crisis_review"))
    assert "Every person, company and figure here is invented." in said(page)
    assert "Start with my own data" not in [button.label for button in page.button]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("header", ["X-Forwarded-For", "x-forwarded-host", "Forwarded", "X-FORWARDED-PROTO"])
def test_a_forwarded_request_is_not_served(header: str, open_page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    log("thread", "2026-03-02 09:00 detected")
    monkeypatch.setattr(st, "context", SimpleNamespace(headers={"Host": "localhost", header: "1.2.3.4"}))
    page = healthy(open_page("overview"))
    assert len(page.error) == 1
    assert "serves only this machine" in page.error[0].value
    assert not page.title
    assert not page.dataframe
    assert not page.sidebar


@pytest.mark.usefixtures("small")
def test_a_request_from_this_machine_is_served(open_page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = {"Host": "localhost:8501", "User-Agent": "Mobile", "Accept": "*/*"}
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=headers, theme=SimpleNamespace(type="light")))
    assert title(healthy(open_page("overview"))) == "Overview"
