"""Pages run as the server runs them, from `app.py`, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data.access import Viewer
from data.enums import Role
from pages.components import guard

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Open:
    """Open the page at a URL path, as a link does: ``open_page("history", batch="3")``."""

    def opened(path: str, state: Mapping[str, Any] | None = None, **parameters: str) -> AppTest:
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in (state or {}).items():
            page.session_state[name] = value
        page.query_params.update(parameters)
        page._page_hash = calc_hash(path)  # switch_page() knows a page only after a first run, which opens Overview
        return page.run()

    return opened


@pytest.fixture
def seen_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Role], None]:
    """Let the person at the browser have a role."""

    def become(role: Role) -> None:
        monkeypatch.setattr(guard, "viewer", lambda: Viewer("somebody", role))

    return become
