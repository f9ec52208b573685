"""The app as a user meets it: a real server on a free port, and Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.browser import running
from tests.conftest import ROOT, URL_VARIABLE, lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium for the tests of one file; Playwright's loop ends with it and disturbs no other test."""
    if not running.CHROMIUM.is_file():
        lacking("Chromium at /usr/bin/chromium")
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)  # a machine that does much else at once is slow, not wrong
    with running.chromium() as opened:
        yield opened


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open fresh windows, of 1440×900 unless said otherwise.

    The test fails if a page asked any other machine for anything or threw an error.
    """
    strangers: set[str] = set()
    errors: list[str] = []
    contexts = []

    def opened(**how: Any) -> Page:
        look = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", "timezone_id": "Europe/Berlin"}
        context = browser.new_context(**(look | how))
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("request", lambda request: strangers.add(urlsplit(request.url).hostname or ""))
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert strangers <= {"127.0.0.1", ""}, "the page asked another machine"
    assert not errors


@pytest.fixture
def page(window: Callable[..., Page]) -> Page:
    """One such window."""
    return window()


@pytest.fixture
def app_server(database: str, tmp_path: Path) -> Iterator[str]:
    """The address of the running app on the test's own database."""
    with running.serving(database, tmp_path / "server.log") as address:
        yield address


# --- the sample company, as `make run` leaves it -------------------------------------------------------------------


@pytest.fixture(scope="session")
def make_run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the recipe of ``make run`` on a database, without installing; where the server would start, it says so."""
    if shutil.which("make") is None:
        lacking("make")
    python = tmp_path_factory.mktemp("make") / "python"
    python.write_text(
        f'#!/bin/sh\necho "ran: $*" >&2\n[ "$2" != streamlit ] || exit 0\nexec "{sys.executable}" "$@"\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    # The suite itself may run under make, whose own flags and variables would be inherited.
    inherited = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "ARGS"}}

    def run(database: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", "--old-file=install", "run", f"PY={python}"],
            cwd=ROOT, env=inherited | {URL_VARIABLE: database}, capture_output=True, text=True, timeout=150, check=False,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def first_run(
    make_run: Callable[..., subprocess.CompletedProcess[str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The database that the first ``make run`` made, and what the command said."""
    file = tmp_path_factory.mktemp("sample") / "aftermath.db"
    done = make_run(f"sqlite:///{file}")
    assert done.returncode == 0, done.stderr
    return file, done


@pytest.fixture(scope="module")
def sample_server(first_run: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running app on the sample company, for tests that change nothing."""
    file, _ = first_run
    with running.serving(f"sqlite:///{file}", tmp_path_factory.mktemp("server") / "server.log") as address:
        yield address


@pytest.fixture
def own_sample_server(first_run: tuple[Path, Any], tmp_path: Path) -> Iterator[str]:
    """A freshly started app on a copy of the sample company, for one test alone."""
    shutil.copyfile(first_run[0], tmp_path / "aftermath.db")
    with running.serving(f"sqlite:///{tmp_path / 'aftermath.db'}", tmp_path / "server.log") as address:
        yield address
