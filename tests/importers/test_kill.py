"""An import whose process is killed leaves all of the file or nothing, and the next try goes through."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.engine import dispose, engine
from importers.result import FileStatus
from tests.conftest import ROOT
from tests.importers.files import contents, count, imported, undone, workbook
from tests.soak import TIMES

#: 10 moments in ``make test``, 100 in ``make soak``.
KILLS = 100 if TIMES > 1 else 10
ROWS = 4_000

# The imports are done before it says that it begins, so that the kill meets the import and not Python's start.
CHILD = """
import sys
from importers.context import Options
from importers.pipeline import Upload, apply
from data.access import LOCAL
from data.engine import reading
content = sys.stdin.buffer.read()
with reading():
    pass
print("begins", flush=True)
apply(Upload("posts.xlsx", content), Options(), LOCAL)
print("done", flush=True)
"""


def posts() -> bytes:
    header = ["posted_at", "platform", "post_id", "text", "likes", "sentiment"]
    start = datetime(2026, 3, 2, 8)
    rows = [[start + timedelta(minutes=7 * n), "X", f"id{n}", f"Text {n}", n, 0.1] for n in range(ROWS)]
    # a record of two rows, so that sightings are written too
    return workbook({"posts": [header, *rows, [start, "X", "id0", "Text 0, corrected", 9, 0.2]]})


def started(content: bytes, url: str) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD],
        cwd=ROOT,
        env=os.environ | {"AFTERMATH_DATABASE_URL": url, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(content)
    child.stdin.close()
    child.stdin = None  # communicate would flush it
    assert child.stdout.readline() == b"begins\n"
    return child


def ended(child: subprocess.Popen[bytes]) -> int:
    child.communicate(timeout=120)
    return child.returncode


def is_sound() -> bool:
    with engine(writer=True).connect() as connection:
        if connection.dialect.name != "sqlite":
            return True
        checked = connection.execute(sa.text("PRAGMA integrity_check")).scalar_one()
        return checked == "ok" and not connection.execute(sa.text("PRAGMA foreign_key_check")).all()


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_killed_import_leaves_all_or_nothing(database: str, tmp_path: Path) -> None:
    content = posts()
    began = time.perf_counter()
    assert ended(started(content, database)) == 0
    whole = time.perf_counter() - began
    full = contents()
    assert full["post"] == ROWS
    undone(1)
    assert contents() == {}
    draw = random.Random(11)
    outcomes = set()
    for _ in range(KILLS):
        child = started(content, database)
        time.sleep(draw.uniform(0, 0.6 * whole))  # the rest of the time is Python's start
        child.send_signal(signal.SIGKILL)
        ended(child)
        dispose()
        assert is_sound()
        assert contents() in ({}, full)
        outcomes.add(child.returncode)
        if contents():
            undone(_applied())
    assert -signal.SIGKILL in outcomes, "no kill met an import at work"
    again = imported(content)
    assert (again.status, again.new, again.updated, count("post")) == (FileStatus.APPLIED, ROWS, 1, ROWS)
    assert contents() == full


def _applied() -> int:
    from data.engine import reading
    from data.tables import Batch

    with reading() as session:
        return session.execute(sa.select(sa.func.max(Batch.id)).where(Batch.status == "applied")).scalar_one()
