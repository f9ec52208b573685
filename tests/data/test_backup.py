"""A copy of the whole database, and back; what is no whole copy changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data import backup, schema
from data.backup import BackupError
from data.config import config
from data.engine import reading
from data.queries.state import data_version
from data.schema import SchemaState
from data.tables import Gap, Post
from tests.data.world import dump, gap, imported, post, rows

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def version() -> int:
    with reading() as session:
        return data_version(session)


def content() -> dict[str, list[str]]:
    """All but the counter, which goes on."""
    return dump(without={"data_state"})


def test_a_copy_is_whole(database: str, tmp_path: Path) -> None:
    imported(Gap, gap("G"))
    imported(Post, post("p", text="Hello"))
    before = content()
    backup.backup(tmp_path / "copy.db")
    imported(Gap, gap("H"), gap("G", severity=4))
    assert content() != before
    backup.restore(tmp_path / "copy.db")
    assert content() == before
    assert schema.create() is SchemaState.CURRENT
    imported(Gap, gap("H"))
    assert rows(Gap, "key") == [("G",), ("H",)]


def test_a_copy_is_one_plain_file(database: str, tmp_path: Path) -> None:
    imported(Gap, gap("G"))
    folder = tmp_path / "copies"
    folder.mkdir()
    backup.backup(folder / "copy.db")
    assert [path.name for path in folder.iterdir()] == ["copy.db"]
    folder.chmod(0o500)
    backup.restore(folder / "copy.db")
    folder.chmod(0o700)
    assert rows(Gap, "key") == [("G",)]
    assert [path.name for path in folder.iterdir()] == ["copy.db"]


def test_a_copy_holds_what_still_lies_in_the_log(database: str, tmp_path: Path) -> None:
    """With a reader open SQLite keeps the newest pages beside the file; copying the file alone would miss them."""
    with reading() as session:
        data_version(session)
        imported(Gap, gap("G"))
        backup.backup(tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT key FROM gap").fetchall() == [("G",)]


def test_the_version_goes_on_after_a_restore(database: str, tmp_path: Path) -> None:
    """Pages keep what they computed by version: no version may name two states."""
    backup.backup(tmp_path / "old.db")
    for name in "abc":
        imported(Gap, gap(name))
    backup.backup(tmp_path / "new.db")
    backup.restore(tmp_path / "old.db")
    assert (version(), rows(Gap)) == (4, [])
    backup.restore(tmp_path / "new.db")
    assert (version(), len(rows(Gap))) == (5, 3)


def test_a_lost_database_comes_back(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(Gap, gap("G"))
    backup.backup(tmp_path / "copy.db")
    monkeypatch.setenv("AFTERMATH_DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'place.db'}")
    config.cache_clear()
    backup.restore(tmp_path / "copy.db")
    assert (rows(Gap, "key"), version()) == ([("G",)], 2)


def foreign(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as made:
        for statement in statements:
            made.execute(statement)
        made.commit()
    return path


def refusal(path: Path) -> str:
    before = dump()
    with pytest.raises(BackupError) as caught:
        backup.restore(path)
    assert dump() == before
    return str(caught.value)


def test_what_is_no_backup_changes_nothing(database: str, tmp_path: Path) -> None:
    imported(Gap, gap("G"))
    backup.backup(tmp_path / "copy.db")
    (tmp_path / "text.db").write_text("not a database, though its name says so" * 200)
    (tmp_path / "nothing.db").touch()
    whole = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "half.db").write_bytes(whole[: len(whole) // 2])
    foreign(tmp_path / "other.db", "CREATE TABLE gap (key TEXT)")
    foreign(
        tmp_path / "near.db",
        "CREATE TABLE data_state (id INTEGER, version INTEGER)",
        "INSERT INTO data_state VALUES (1, 5)",
    )
    for name in ("text.db", "nothing.db", "half.db", "other.db", "near.db"):
        assert refusal(tmp_path / name).endswith(f"{name} is not a whole backup of Aftermath; nothing was changed.")
    assert refusal(tmp_path / "absent.db") == f"There is no file {tmp_path / 'absent.db'}."
    assert refusal(tmp_path) == f"There is no file {tmp_path}."


def test_a_newer_backup_is_refused(database: str, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copy.db")
    foreign(tmp_path / "copy.db", "UPDATE alembic_version SET version_num = '9999'")
    assert "made by a newer Aftermath (schema 9999)" in refusal(tmp_path / "copy.db")


def test_the_database_is_no_backup_of_itself(database: str, tmp_path: Path) -> None:
    imported(Gap, gap("G"))
    assert "is the database itself" in refusal(Path(database.removeprefix("sqlite:///")))


def test_a_copy_never_overwrites(database: str, tmp_path: Path) -> None:
    (tmp_path / "taken.db").write_text("precious")
    with pytest.raises(BackupError, match="exists already"):
        backup.backup(tmp_path / "taken.db")
    assert (tmp_path / "taken.db").read_text() == "precious"
    with pytest.raises(BackupError, match="There is no folder"):
        backup.backup(tmp_path / "nowhere" / "copy.db")


def test_without_a_database_there_is_nothing_to_copy(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERMATH_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    config.cache_clear()
    with pytest.raises(BackupError, match="python -m data create"):
        backup.backup(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
