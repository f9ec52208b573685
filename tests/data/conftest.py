"""One PostgreSQL database for all tests of this folder, emptied before each: making one takes longer than most tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.config import config
from data.engine import dispose
from tests.data.world import wipe

_NAME = "tests_of_data"


@pytest.fixture(scope="session")
def _one_postgres(
    postgres: sa.Engine,
    _templates: Callable[[str, pytest.FixtureRequest], str],
    request: pytest.FixtureRequest,
) -> str:
    template = _templates("postgresql", request)
    with postgres.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {_NAME} TEMPLATE {template}"))
    return postgres.url.set(database=_NAME).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    _templates: Callable[[str, pytest.FixtureRequest], str],
) -> Iterator[str]:
    """The address of a database with the current schema and no rows, which is the configured one during the test.

    No test changes its schema; those that do begin with `empty`.
    """
    if request.param == "sqlite":
        shutil.copyfile(_templates("sqlite", request), tmp_path / "aftermath.db")
        url = f"sqlite:///{tmp_path / 'aftermath.db'}"
    else:
        url = request.getfixturevalue("_one_postgres")
    yield from _configured(url, monkeypatch, clean=request.param == "postgresql")


@pytest.fixture
def empty(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database of the test's own, without a schema, which is the configured one."""
    yield from _configured(database_url, monkeypatch, clean=False)


def _configured(url: str, monkeypatch: pytest.MonkeyPatch, *, clean: bool) -> Iterator[str]:
    monkeypatch.setenv("AFTERMATH_DATABASE_URL", url)
    config.cache_clear()
    if clean:
        wipe()
    yield url
    monkeypatch.setenv("AFTERMATH_DATABASE_URL", url)
    config.cache_clear()
    dispose()
    monkeypatch.undo()
    config.cache_clear()
