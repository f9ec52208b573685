"""The screenshots in the documents: the app on a sample company that was loaded a moment ago."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook

from data.samples import FOLDER as SAMPLES
from docs.screens import SAMPLE, served
from tests.browser.running import chromium
from tests.browser.screen import DESKTOP, settled

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
    with served(SAMPLE) as address, chromium() as browser:
        window = browser.new_page(**DESKTOP, locale="en-GB", color_scheme="light")
        for name, path in _ADDRESSES.items():
            window.goto(address + path)
            yield _shot(window, folder / f"{name}.png")
        window.goto(f"{address}/import")
        window.locator("input[type=file]").set_input_files(_a_longer_log())
        window.get_by_role("button", name="Apply 1 file").wait_for()
        yield _shot(window, folder / "import.png")
        window.goto(f"{address}/import")
        window.locator("input[type=file]").set_input_files(_an_unknown_report())
        window.get_by_role("button", name="Save and use").wait_for()
        yield _shot(window, folder / "mapping.png")


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


def _an_unknown_report() -> FilePayload:
    """What a listening tool that no format knows might export: semicolons, decimal commas, words of its own."""
    lines = (
        "Veröffentlicht;Netzwerk;Beitragstext;Reichweite;Gefällt mir;Stimmung;Art",
        "13.03.2025 08:10;X;Die Zugführung schweigt seit gestern zu den Vorwürfen.;1.234;12;negativ;Erwähnung",
        "13.03.2025 09:25;Reddit;Immerhin haben sie heute früh um Entschuldigung gebeten.;860;40;gemischt;Erwähnung",
        "13.03.2025 11:00;X;Wir prüfen, was geschehen ist, und berichten um 14 Uhr.;15.800;95;neutral;Hausbeitrag",
        "13.03.2025 14:05;LinkedIn;Ein klarer Bericht, und so schnell wie versprochen.;2.345;61;positiv;Erwähnung",
    )
    return {"name": "wochenbericht.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
