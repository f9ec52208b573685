"""The screenshots in the documents: the app on a sample company that was loaded a moment ago."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

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
    "history": "/history?batch=3",
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
            window.locator("input[type=file]").set_input_files(_a_file_with_mistakes())
            window.get_by_role("button", name="Import 1 file").wait_for()
            yield _shot(window, folder / "import.png")


def _shot(window: Page, path: Path) -> Path:
    settled(window)
    window.screenshot(path=path, animations="disabled")
    return path


def _a_file_with_mistakes() -> FilePayload:
    """The first weeks of a sample export, as a new file: two cells spoiled, one post that is not known yet."""
    with (SAMPLES / "daily_facebook.csv").open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = list(csv.reader(lines))[:15]
    at = {name: position for position, name in enumerate(header)}
    rows[3][at["posts"]] = "many"
    rows[7][at["date"]] = "32/11/2024"
    rows.append(["2024-11-20" if name == "date" else rows[0][position] for name, position in at.items()])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return {"name": "facebook_november.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
