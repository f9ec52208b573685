"""A workbook of posts end to end (checks, provenance, sightings, roll-ups; no scoring) against the floor under it.

The floor reads the same workbook with calamine, converts each row, and writes it with one raw ``executemany``.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from data import engine, schema
from data.access import LOCAL
from data.config import config
from importers.context import Options
from importers.pipeline import Upload, apply

_HEADER = ("posted_at", "platform", "post_id", "text", "impressions", "likes", "comments", "shares", "sentiment")


def measure(rows: int, runs: int) -> str:
    """The medians of both and their ratio, in words."""
    content = _workbook(rows)
    with tempfile.TemporaryDirectory() as folder:
        floor = _median(runs, lambda run: _floor(content, Path(folder) / f"floor{run}.db"))
        whole = _median(runs, lambda run: _import(content, Path(folder) / f"whole{run}.db"))
    return (
        f"{rows:,} posts as xlsx, medians of {runs}: floor {floor:.2f} s, import {whole:.2f} s, "
        f"{whole / floor:.1f} times the floor"
    )


def _median(runs: int, deed: Callable[[int], float]) -> float:
    return statistics.median(deed(run) for run in range(runs))


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


def _import(content: bytes, path: Path) -> float:
    os.environ["AFTERMATH_DATABASE_URL"] = f"sqlite:///{path}"
    config.cache_clear()
    schema.create()
    began = time.perf_counter()
    (result,) = apply(Upload("posts.xlsx", content), Options(), LOCAL)
    taken = time.perf_counter() - began
    engine.dispose()
    if result.new != result.rows:
        raise RuntimeError(f"{result.rejected} of {result.rows} rows were rejected")
    return taken
