"""The screenshots in the documents: the app on a sample company that was loaded a moment ago."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook

from data.samples import FOLDER as SAMPLES
from tests.browser.running import ROOT, chromium, serving
from tests.browser.screen import settled

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

#: Picture → the address of what it shows.
_ADDRESSES = {
    "overview": "/overview",
    "speed": "/crisis_review?crisis=2025-03-thread&section=Speed",
    "reaction": "/crisis_review?crisis=2025-03-thread&section=Reaction",
    "history": "/history?batch=1",
}


def take(folder: Path) -> Iterator[Path]:
    """Write each picture, 1440×900 in light colours, into `folder`."""
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch:
        database = f"sqlite:///{Path(scratch) / 'aftermath.db'}"
        subprocess.run(
            [sys.executable, "-m", "importers", "--sample"],
            cwd=ROOT, env=os.environ | {"AFTERMATH_DATABASE_URL": database}, check=True, capture_output=True,
        )  # fmt: skip
        with serving(database, Path(scratch) / "server.log") as address, chromium() as browser:
            window = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB", color_scheme="light")
            for name, path in _ADDRESSES.items():
                window.goto(address + path)
                yield _shot(window, folder / f"{name}.png")
            window.goto(f"{address}/import")
            window.locator("input[type=file]").set_input_files(_a_longer_log())
            window.get_by_role("button", name="Apply 1 file").wait_for()
            yield _shot(window, folder / "import.png")


def _shot(window: Page, path: Path) -> Path:
    settled(window)
    window.screenshot(path=path, animations="disabled")
    return path


def _a_longer_log() -> FilePayload:
    """The first rows of the sample's incident log, then what it lacks: an earlier detection, and a mistyped date."""
    sample = load_workbook(SAMPLES / "incident_log.xlsx", read_only=True)["events"]
    header, *known = [list(row) for row in sample.iter_rows(max_row=10, values_only=True)]
    at = {name: position for position, name in enumerate(header)}
    found = next(list(row) for row in known if row[at["milestone"]] == "detected")
    found[at["occurred_at"]] = "2025-03-12 06:40"
    found[at["description"]] = "The night shift sees the thread and tells its lead"
    mistyped = list(found)
    mistyped[at["occurred_at"]] = "2025-13-12 07:05"
    book = Workbook()
    book.active.title = "events"
    for row in (header, *known, found, mistyped):
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return {"name": "night_shift.xlsx", "mimeType": "application/octet-stream", "buffer": buffer.getvalue()}
