"""Readers cannot write, writers follow one another, and no error tells what somebody answered."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from data.access import LOCAL
from data.commands.settings import change
from data.config import Config, config
from data.engine import dispose, engine, reading, trying, writing
from data.queries.state import data_version
from data.settings import load
from data.tables import Answer, Crisis, DataState, Gap, Setting
from tests.data.world import NOON, gap, imported, rows

SECRET = "my manager shouts at us"


def version() -> int:
    with reading() as session:
        return data_version(session)


def fail_in(door: Callable[[], AbstractContextManager[Session]]) -> None:
    with door() as session:
        session.add(Setting(key="targets.a", value=1.0))
        session.flush()
        raise ZeroDivisionError


def test_every_write_raises_the_version_by_one(database: str) -> None:
    assert version() == 0
    for expected in (1, 2):
        with writing() as session:
            session.add(Setting(key=f"targets.a{expected}", value=1.0))
        assert version() == expected


def test_a_failed_write_leaves_nothing(database: str) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_in(writing)
    assert (version(), rows(Setting)) == (0, [])


def test_a_write_that_fails_at_its_end_leaves_nothing(database: str) -> None:
    both = [Setting(key="targets.a", value=1.0), Crisis(key="c", code="c", title="c", severity=9)]
    with pytest.raises(sa.exc.IntegrityError), writing() as session:
        session.add_all(both)
    assert (version(), rows(Setting)) == (0, [])


def test_reading_and_trying_leave_the_version(database: str) -> None:
    with reading() as session:
        session.exec(select(Setting)).all()
    with trying() as session:
        session.add(Setting(key="targets.a", value=1.0))
        session.flush()
        assert len(session.exec(select(Setting)).all()) == 1
    assert (version(), rows(Setting)) == (0, [])


def test_trying_takes_back_what_failed(database: str) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_in(trying)
    assert rows(Setting) == []


@pytest.mark.parametrize(
    "deed",
    ["INSERT INTO setting (key, value) VALUES ('a', '1')", "DELETE FROM batch", "CREATE INDEX more ON gap (title)"],
)
def test_readers_cannot_write(database: str, deed: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"), reading() as session:
        session.execute(sa.text(deed))
    with trying() as session:  # the very same statement passes here
        session.execute(sa.text(deed))


def test_a_reader_sees_one_state(database: str) -> None:
    with reading() as session:
        assert data_version(session) == 0
        with writing() as other:
            other.add(Setting(key="targets.a", value=1.0))
        assert session.exec(select(Setting)).all() == []
        assert data_version(session) == 0
    assert version() == 1


def test_many_threads_lose_no_update(database: str) -> None:
    with writing() as session:
        session.add(Setting(key="targets.count", value=0))

    def add_thirty(_: int) -> None:
        for _ in range(30):
            with writing() as session:
                present = session.get_one(Setting, "targets.count")
                present.value = present.value + 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_thirty, range(8)))
    assert rows(Setting) == [("targets.count", 240)]
    assert version() == 241


def test_two_writers_of_one_record_both_count(database: str) -> None:
    """The second waits for the first before it looks, so it overlays instead of colliding."""
    imported(Gap, gap("G1", severity=1))
    met = threading.Barrier(2, timeout=10)

    def import_one(values: dict[str, object]) -> str:
        met.wait()
        _, stored = imported(Gap, gap("G1", **values), gap("G2", **values))
        return "".join(effect.value[0] for effect in stored.effects)

    with ThreadPoolExecutor(2) as pool:
        effects = set(pool.map(import_one, [{"metric": "a"}, {"evidence": "b"}]))
    assert effects == {"un", "uu"}
    assert rows(Gap, "code", "metric", "evidence") == [("G1", "a", "b"), ("G2", "a", "b")]


def test_errors_name_no_values(database: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    deeds = [
        lambda s: s.add(Gap(key=SECRET, code=SECRET, title=SECRET, section=SECRET, severity=9)),
        lambda s: s.add(Gap(key=SECRET, code=SECRET, title=None, section=SECRET)),
        lambda s: s.add(Gap(key=SECRET, code=SECRET, title=SECRET, section=SECRET, crisis_id=99)),
        lambda s: s.add(Answer(key=SECRET, comment=SECRET, response_id=99, question_id=99)),
        lambda s: s.add(Crisis(key=SECRET, code=SECRET, title=SECRET, started_at=NOON.replace(tzinfo=None))),
        lambda s: s.execute(sa.insert(Setting), [{"key": SECRET, "value": 1}, {"key": SECRET, "value": 2}]),
    ]
    for deed in deeds:
        with pytest.raises(sa.exc.StatementError) as caught, writing() as session:
            deed(session)
        texts = [str(caught.value), repr(caught.value), str(caught.value.orig), repr(caught.value.orig)]
        assert [text for text in texts if SECRET in text] == []
    assert SECRET not in caplog.text
    assert "check" in _message(lambda s: s.add(Gap(key="k", code="c", title="t", section="s", severity=9))).lower()


def _message(deed: object) -> str:
    with pytest.raises(sa.exc.IntegrityError) as caught, writing() as session:
        deed(session)
    return str(caught.value)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_value_that_postgresql_cannot_read_is_not_told(database: str) -> None:
    with pytest.raises(sa.exc.DataError) as caught, writing() as session:
        session.execute(sa.text("SELECT CAST(:said AS INTEGER)"), {"said": SECRET})
    assert SECRET not in str(caught.value) + str(caught.value.orig)
    assert "a value was refused" in str(caught.value)


def test_an_engine_is_made_once_and_forgotten_on_request(database: str) -> None:
    first = engine(writer=True)
    assert engine(writer=True) is first
    assert engine(writer=False) is not first
    dispose()
    assert engine(writer=True) is not first


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_is_told_how_to_behave(database: str) -> None:
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30000}
    for writer in (False, True):
        with engine(writer=writer).connect() as connection:
            found = {name: connection.execute(sa.text(f"PRAGMA {name}")).scalar() for name in wanted}
            assert found == wanted
            assert connection.execute(sa.text("PRAGMA query_only")).scalar() == int(not writer)


def test_a_setting_and_its_reader_meet_in_the_database(database: str) -> None:
    with writing() as session:
        change(session, LOCAL, "baseline.days", "21")
    with reading() as session:
        assert load(session)["baseline.days"] == 21
        assert session.exec(select(DataState.sample)).one() is False


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("sqlite:///x.db", "sqlite:///x.db"),
    ],
)
def test_addresses_name_their_driver(given: str, taken: str) -> None:
    assert Config(database_url=given).database_url == taken


def test_a_wrong_address_is_refused_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERMATH_DATABASE_URL", "mysql://user:hunter2@host/db")
    config.cache_clear()
    with pytest.raises(ValueError, match="must begin with sqlite") as caught:
        config()
    config.cache_clear()
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(("name", "value"), [("UPLOAD_LIMIT_MB", "0"), ("UPLOAD_LIMIT_MB", "x"), ("LOG_LEVEL", "LOUD")])
def test_what_cannot_be_used_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"AFTERMATH_{name}", value)
    with pytest.raises(ValueError, match=name.lower()):
        Config()
