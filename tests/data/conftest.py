"""One database of each engine for all tests of this folder, emptied before each.

To make one takes longer than most tests, and an engine that lives on need not compile each statement anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from data.config import config
from data.engine import dispose
from tests.data.world import wipe

_NAME = "tests_of_data"
Templates = Callable[[str, pytest.FixtureRequest], str]


@pytest.fixture(scope="session")
def _one_sqlite(
    _templates: Templates, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    path = tmp_path_factory.mktemp("one") / "aftermath.db"
    shutil.copyfile(_templates("sqlite", request), path)
    yield from _until_the_end(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def _one_postgres(postgres: sa.Engine, _templates: Templates, request: pytest.FixtureRequest) -> Iterator[str]:
    template = _templates("postgresql", request)
    with postgres.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {_NAME} TEMPLATE {template}"))
    yield from _until_the_end(postgres.url.set(database=_NAME).render_as_string(hide_password=False))


def _until_the_end(url: str) -> Iterator[str]:
    yield url
    dispose()


def _use(url: str, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("AFTERMATH_DATABASE_URL", url)
    config.cache_clear()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database with the current schema and no rows, which is the configured one during the test.

    No test changes its schema; those that do begin with `empty`.
    """
    url = request.getfixturevalue("_one_sqlite" if request.param == "sqlite" else "_one_postgres")
    _use(url, monkeypatch)
    wipe()
    yield url
    monkeypatch.undo()
    config.cache_clear()


@pytest.fixture
def empty(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database of the test's own, without a schema, which is the configured one during the test."""
    _use(database_url, monkeypatch)
    yield database_url
    dispose()
    monkeypatch.undo()
    config.cache_clear()
