"""Pictures of every page at every size in both themes, to be looked at before a release; none of them is committed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests import odd
from tests.browser.running import ROOT, chromium, serving
from tests.browser.screen import DESKTOP, LAPTOP, PHONE, settled
from tests.every_page import Parameters, address, screens

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLE = "sample"
COMPANIES = (SAMPLE, *odd.COMPANIES)
USUAL = (SAMPLE, "odd titles")
SIZES = {"1440": DESKTOP, "1280": LAPTOP, "390": PHONE}
SCHEMES = ("light", "dark")
#: Pixels down to which a page is drawn below the first screen.
_LONGEST = 4_000
#: Milliseconds that a page may take on a machine that does much else.
_PATIENCE = 180_000
_BEYOND = "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollHeight - m.clientHeight; }"


def take(
    folder: Path,
    companies: Sequence[str] = USUAL,
    sizes: Sequence[str] = tuple(SIZES),
    schemes: Sequence[str] = SCHEMES,
    paths: Sequence[str] = (),
) -> Iterator[Path]:
    """Write ``<company>/<page>-<width>-<theme>.png`` into `folder`, of all pages or of those at `paths`.

    A window is drawn as high as its page, so that all of it is seen; a presentation is one screen, and stays one.
    """
    for company in companies:
        there = folder / company.replace(" ", "-")
        there.mkdir(parents=True, exist_ok=True)
        with served(company) as server, chromium() as browser:
            for size, scheme in product(sizes, schemes):
                context = browser.new_context(**(SIZES[size] | {"locale": "en-GB", "color_scheme": scheme}))
                context.set_default_timeout(_PATIENCE)
                window = context.new_page()
                for path, parameters in _screens(company):
                    if not paths or path in paths:
                        window.set_viewport_size(SIZES[size]["viewport"])
                        window.goto(server + address(path, parameters))
                        yield _shot(window, there / f"{_name(path, parameters)}-{size}-{scheme}.png", parameters)
                context.close()


@contextmanager
def served(company: str) -> Iterator[str]:
    """The address of the app, running on a database with this company alone."""
    command = ["importers", "--sample"] if company == SAMPLE else ["tests.odd", company]
    with TemporaryDirectory() as scratch:
        database = f"sqlite:///{Path(scratch) / 'aftermath.db'}"
        subprocess.run(  # noqa: S603 - one of two commands of our own
            [sys.executable, "-m", *command],
            cwd=ROOT, env=os.environ | {"AFTERMATH_DATABASE_URL": database}, check=True, capture_output=True,
        )  # fmt: skip
        with serving(database, Path(scratch) / "server.log") as server:
            yield server


def _screens(company: str) -> Iterator[tuple[str, Parameters]]:
    if company == SAMPLE:
        return screens("2025-03-thread", ["2025-10-ticket", "2026-04-promotion"])
    return screens(odd.NEWEST.get(company, odd.CODE), odd.OTHERS.get(company, ()))


def _name(path: str, parameters: Parameters) -> str:
    told = [str(parameters[name]) for name in ("section", "library", "task", "show", "hours") if name in parameters]
    marks = [name for name in ("batch", "q", "present") if name in parameters]
    return "-".join([path, *told, *marks]).replace(" ", "_")


def _shot(window: Page, path: Path, parameters: Parameters) -> Path:
    settled(window)
    if "present" not in parameters and (beyond := int(window.evaluate(_BEYOND))) > 0:
        size: Any = window.viewport_size
        window.set_viewport_size({"width": size["width"], "height": min(size["height"] + beyond, _LONGEST)})
        settled(window)
    window.screenshot(path=path, animations="disabled")
    return path
