"""A database of its own for each test of a section: SQLite, as most of them ask about reports, not about engines."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.config import config
from data.engine import dispose


@pytest.fixture
def small(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    _templates: Callable[[str, pytest.FixtureRequest], str],
) -> Iterator[str]:
    """The address of an SQLite database with the current schema and no rows, which is the configured one."""
    file = tmp_path / "small.db"
    shutil.copyfile(_templates("sqlite", request), file)
    monkeypatch.setenv("AFTERMATH_DATABASE_URL", f"sqlite:///{file}")
    config.cache_clear()
    yield f"sqlite:///{file}"
    dispose()
    config.cache_clear()
