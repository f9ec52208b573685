"""From navigation to the last chart in Chromium, against a static Streamlit page with as many charts.

Both are opened in a browser that knows neither, on servers that were asked for the page before.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from tests.browser.running import chromium, serving
from tests.browser.screen import settled

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_STATIC = """
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(page_title="Static", layout="wide")
st.title("Static")
for number in range(int(st.query_params.get("charts", "0"))):
    days = list(range(90))
    st.plotly_chart(go.Figure(go.Scatter(x=days, y=[(day * 7) % 13 for day in days])), key=f"chart_{number}")
"""
_DRAWN = """charts => document.querySelector('h1, h2, h3') !== null
    && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && [...document.querySelectorAll('.js-plotly-plot')].filter(one => one.querySelector('.main-svg')).length >= charts"""


class Opened(NamedTuple):
    """Medians in seconds of a page and of a static one with as many charts."""

    charts: int
    page: float
    static: float


def opened(
    database: str, addresses: Iterable[tuple[str, str, Mapping[str, str]]], runs: int
) -> Iterator[tuple[str, Opened]]:
    """Name and times of each page, given as name, path and query."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        script = folder / "static.py"
        script.write_text(_STATIC, encoding="utf-8")
        app = stack.enter_context(serving(database, folder / "app.log"))
        still = stack.enter_context(serving(database, folder / "static.log", str(script)))
        browser = stack.enter_context(chromium())
        for name, path, asked in addresses:
            there = f"{app}/{path}?{urlencode(asked)}"
            charts = _charts(browser, there)
            beside = f"{still}/?charts={charts}"
            _timed(browser, beside, charts)
            taken = [(_timed(browser, there, charts), _timed(browser, beside, charts)) for _ in range(runs)]
            yield name, Opened(charts, *(statistics.median(times) for times in zip(*taken, strict=True)))


def _charts(browser: Browser, address: str) -> int:
    """How many charts a page has once it is complete."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(600_000)
    page.goto(address)
    settled(page)
    found = page.locator(".js-plotly-plot").count()
    page.context.close()
    return found


def _timed(browser: Browser, address: str, charts: int) -> float:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(600_000)
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_function(_DRAWN, arg=charts, polling="raf")
    taken = time.perf_counter() - began
    page.context.close()
    return taken
