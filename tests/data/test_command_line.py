"""``python -m data``: every command, its exit status and what it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.__main__ import main
from data.engine import engine
from data.settings import KEYS
from data.tables import Gap
from tests.data.world import gap, imported, rows

ROOT = Path(__file__).resolve().parent.parent.parent
sqlite_only = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    status = main(list(arguments))
    told = capsys.readouterr()
    return status, told.out, told.err


def test_create_says_what_it_did(empty: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "create") == (0, "created\n", "")
    assert run(capsys, "create") == (0, "current\n", "")


def test_every_command_makes_the_schema_it_needs(tmp_path: Path) -> None:
    environment = os.environ | {"AFTERMATH_DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"}
    done = subprocess.run(
        [sys.executable, "-m", "data", "info", "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert done.stderr == ""
    assert list(found) == ["schema_version", "data_version", "counts"]
    assert set(found["counts"].values()) == {0}


def test_set_and_settings(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "set", "company.name", "Larkfield & Söhne") == (0, "", "")
    assert run(capsys, "set", "targets.enps", "-10") == (0, "", "")
    status, out, err = run(capsys, "settings", "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert list(found) == [*KEYS, "targets.enps"]
    assert (found["company.name"], found["targets.enps"], found["baseline.days"]) == ("Larkfield & Söhne", -10, 28)
    status, out, _ = run(capsys, "settings")
    assert "company.name: Larkfield & Söhne\n" in out
    assert "company.holidays: not set\n" in out
    assert "surveys.paired: off\n" in out


def test_a_refused_setting_is_said_on_standard_error(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "set", "anonymity.k", "2") == (1, "", "“2” is not a whole number from 3 to 100\n")
    status, out, err = run(capsys, "set", "company.colour", "red")
    assert (status, out) == (1, "")
    assert err.startswith("There is no setting “company.colour”. The settings are: company.name, ")


def test_info_says_versions_and_counts(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    imported(Gap, gap("G"), gap("H"))
    status, out, err = run(capsys, "info", "--json")
    counts = {
        "crisis": 0,
        "event": 0,
        "post": 0,
        "daily_total": 0,
        "answer": 0,
        "reputation_score": 0,
        "gap": 2,
        "lesson": 0,
        "batch": 1,
    }
    assert (status, err) == (0, "")
    assert json.loads(out) == {"schema_version": "0011", "data_version": 1, "counts": counts}
    assert out.count("\n") == 1
    assert run(capsys, "info")[1].startswith("schema_version: 0011\ndata_version: 1\n")


@sqlite_only
def test_backup_and_restore(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(Gap, gap("G"))
    copy = str(tmp_path / "copy.db")
    assert run(capsys, "backup", copy) == (0, "", "")
    assert run(capsys, "backup", copy) == (1, "", f"{copy} exists already. Choose another name, or move it away.\n")
    imported(Gap, gap("H"))
    assert run(capsys, "restore", copy) == (0, "", "")
    assert rows(Gap, "key") == [("G",)]
    status, _, err = run(capsys, "restore", __file__)
    assert (status, err) == (1, f"{__file__} is not a whole backup of Aftermath; nothing was changed.\n")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_postgresql_has_its_own_tools(
    database: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    advice = "On PostgreSQL use pg_dump and pg_restore: they copy a running database whole.\n"
    assert run(capsys, command, str(tmp_path / "copy.db")) == (1, "", advice)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_newer_database_is_refused(empty: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "create")
    with engine(writer=True).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    status, out, err = run(capsys, "info")
    assert (status, out) == (1, "")
    assert "update Aftermath" in err


def test_an_address_that_cannot_be_used_is_said_without_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from data.config import config

    monkeypatch.setenv("AFTERMATH_DATABASE_URL", "mysql://user:hunter2@host/db")
    config.cache_clear()
    status, out, err = run(capsys, "info")
    config.cache_clear()
    assert (status, out) == (1, "")
    assert "must begin with sqlite:/// or postgresql://" in err
    assert "hunter2" not in err


@pytest.mark.parametrize(
    "arguments", [[], ["paint"], ["set", "company.name"], ["backup"], ["info", "--xml"], ["create", "x"]]
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m data" in capsys.readouterr().err


def test_the_commands_are_those_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "{create,set,protect,crisis,event,settings,info,backup,restore}" in capsys.readouterr().out
