from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from data.engine import reading
from data.queries.state import info, is_sample
from tests.pages.conftest import ROOT
from tests.pages.looking import healthy, said
from tests.small import log

NOTICE = "Every person, company and figure here is invented."


def counts() -> dict[str, int]:
    with reading() as session:
        return info(session)["counts"]


@pytest.mark.usefixtures("sample_database")
def test_every_page_says_that_the_sample_is_invented(open_page: Any) -> None:
    for path in ("crisis_review", "import", "history"):
        assert NOTICE in said(healthy(open_page(path)))


@pytest.mark.usefixtures("small")
def test_one_s_own_data_are_not_called_invented(open_page: Any) -> None:
    log("thread", "2026-03-02 09:00 detected")
    page = healthy(open_page("overview"))
    assert NOTICE not in said(page)
    assert "Start with my own data" not in [button.label for button in page.button]


def test_starting_with_one_s_own_data_empties_after_a_question_and_stays_empty(
    sample_database: str, open_page: Any
) -> None:
    page = open_page("history")
    page = healthy(page.button(key="leave_sample").click().run())
    assert "It cannot be undone." in said(page)
    assert counts()["event"] > 0
    page = healthy(page.button(key="empty_database").click().run())
    assert set(counts().values()) == {0}
    with reading() as session:
        assert not is_sample(session)
    assert NOTICE not in said(page)
    assert "Nothing is imported yet" in said(healthy(open_page("overview")))
    # What `make run` asks before it loads the sample.
    environment = os.environ | {"AFTERMATH_DATABASE_URL": sample_database}
    command = [sys.executable, "-m", "data", "create"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "current"
    assert set(counts().values()) == {0}


@pytest.mark.usefixtures("sample_database")
def test_keeping_the_sample_keeps_it(open_page: Any) -> None:
    before = counts()
    page = open_page("history")
    page = healthy(page.button(key="leave_sample").click().run())
    page = healthy(page.button(key="keep_sample").click().run())
    assert counts() == before
    assert NOTICE in said(page)
