"""Two people at once: one file leaves one batch, and files about the same records both go in."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from data.access import LOCAL
from data.engine import engine
from importers import storing, streams
from importers.context import Options
from importers.pipeline import apply
from importers.result import FileStatus, SheetResult
from tests.importers.files import contents, count, fates, imported, on_sqlite, stored, undone, upload

ROOT = Path(__file__).resolve().parent.parent.parent
HEADER = "crisis,occurred_at,milestone\n"


def log(*crises: str, days: int = 20) -> str:
    return HEADER + "".join(
        f"{crisis},2026-05-{day:02} 10:00,update\n" for crisis in crises for day in range(1, days + 1)
    )


def at_once(*jobs: Callable[[], list[SheetResult]]) -> list[list[SheetResult] | BaseException]:
    """Run the jobs in threads that start together, on engines that are there already."""
    for writer in (False, True):
        engine(writer=writer)
    barrier = threading.Barrier(len(jobs))
    results: list[list[SheetResult] | BaseException] = [[]] * len(jobs)

    def run(number: int) -> None:
        barrier.wait(timeout=30)
        try:
            results[number] = jobs[number]()
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def importing(content: str) -> Callable[[], list[SheetResult]]:
    return lambda: apply(upload(content), Options(), LOCAL)


def test_the_same_file_in_threads_is_applied_once(database: str) -> None:
    results = at_once(*[importing(log("C1"))] * 4)
    assert not [error for error in results if isinstance(error, BaseException)]
    told = sorted((result.status, result.batch is not None) for (result,) in results)  # type: ignore[misc] # no errors
    assert told == [(FileStatus.APPLIED, True), *[(FileStatus.UNCHANGED, True)] * 3]
    assert (count("batch"), count("event"), count("crisis")) == (1, 20, 1)


@on_sqlite
def test_the_same_file_in_processes_is_applied_once(database: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(log("C1"), encoding="utf-8")
    command = [sys.executable, "-m", "importers", str(path), "--json"]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    ended = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0], ended
    assert sorted(one["status"] for out, _ in ended for one in json.loads(out)) == ["applied", "unchanged"]
    assert (count("batch"), count("event")) == (1, 20)


def test_files_about_the_same_records_both_go_in(database: str) -> None:
    """In opposite order, so that on PostgreSQL each waits for the other."""
    results = at_once(importing(log("C1", "C2")), importing(log("C2", "C1", "C3")))
    assert not [error for error in results if isinstance(error, BaseException)]
    assert sum(result.new for (result,) in results) == count("event") == 60  # type: ignore[misc] # no errors
    assert sum(result.duplicate for (result,) in results) == 40  # type: ignore[misc] # no errors
    assert sorted(stored("crisis", "code")) == [("C1",), ("C2",), ("C3",)]
    for number, _ in sorted(stored("batch", "id", "file"), reverse=True):
        undone(number)
    assert contents() == {}


class _Deadlock(Exception):
    sqlstate = "40P01"


@on_sqlite
@pytest.mark.parametrize(("error", "tries"), [(_Deadlock(), 3), (OSError("the disk is full"), 1)])
def test_only_collisions_are_tried_again(
    error: Exception, tries: int, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def collide(*arguments: object) -> None:
        asked.append(1)
        raise DBAPIError("INSERT", None, error)

    monkeypatch.setitem(streams.STORE, "events", collide)
    with pytest.raises(DBAPIError):
        apply(upload(log("C1")), Options(), LOCAL)
    assert len(asked) == tries
    assert contents() == {}


@on_sqlite
def test_a_reader_sees_all_of_an_import_or_nothing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    close = storing.batches.close_sheet

    def look(*arguments: object) -> None:
        seen.append(count("event"))
        close(*arguments)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(storing.batches, "close_sheet", look)
    assert fates(imported(log("C1"))) == (20, 0, 0, 0, 0)
    assert seen == [0]
    assert count("event") == 20
