"""Posts by the million as CSV with random ids: time per row of a large import against a smaller one, and peak memory.

Each import runs in a process of its own, into an empty SQLite database, through the command's own door.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from data.config import ROOT

_HEADER = "posted_at,platform,post_id,text,impressions,likes,comments,shares,sentiment"
_AT_ONCE = 10_000
#: Prints seconds of the import alone, those of them that it had a processor, and the most memory that the process ever
#: held, in kilobytes.
_CHILD = """
import resource, sys, time
from pathlib import Path
from data import schema
from data.access import LOCAL
from importers.context import Options
from importers.pipeline import Upload, apply
schema.create()
began, worked = time.perf_counter(), time.process_time()
(result,) = apply(Upload("posts.csv", path=Path(sys.argv[1])), Options(), LOCAL)
print(time.perf_counter() - began, time.process_time() - worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, result.new, result.rows)
"""


class Taken(NamedTuple):
    """One import: seconds in all, those on a processor, and the peak of resident memory in megabytes."""

    seconds: float
    worked: float
    megabytes: float


def measure(small: int, large: int) -> str:
    """Both imports and their ratio, in words."""
    with tempfile.TemporaryDirectory() as folder:
        taken = {rows: _measured(rows, Path(folder)) for rows in (small, large)}
    told = [
        f"{rows:,} posts as CSV: {one.seconds:.0f} s ({one.worked:.0f} s on a processor), "
        f"{1e6 * one.seconds / rows:.1f} µs a row, {one.megabytes:.0f} MB at most"
        for rows, one in taken.items()
    ]
    grown = small / large
    ratio = grown * taken[large].seconds / taken[small].seconds
    worked = grown * taken[large].worked / taken[small].worked
    return "; ".join([*told, f"time per row {ratio:.2f} times, on a processor {worked:.2f} times"])


def _measured(rows: int, folder: Path) -> Taken:
    path = folder / f"{rows}.csv"
    _write(path, rows)
    environment = os.environ | {"AFTERMATH_DATABASE_URL": f"sqlite:///{folder}/{rows}.db", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(  # noqa: S603 - our own interpreter on our own text
        [sys.executable, "-c", _CHILD, str(path)], env=environment, capture_output=True, check=True, text=True
    )
    seconds, worked, kilobytes, new, told = ran.stdout.split()
    if int(new) != rows or int(told) != rows:
        raise RuntimeError(f"{new} of {rows} rows are new")
    for one in folder.iterdir():
        one.unlink()
    time.sleep(1)  # what the deletion gives the disk to do is not the next import's
    return Taken(float(seconds), float(worked), int(kilobytes) / 1024)


def _write(path: Path, rows: int) -> None:
    """Posts of eight weeks in random order, drawn with a fixed seed."""
    draw = random.Random(7)  # noqa: S311 - a benchmark needs the same rows every time, not secret ones
    start = datetime(2026, 1, 1, 0, 0, 30)  # noqa: DTZ001 - the file says no zone
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEADER + "\n")
        for first in range(0, rows, _AT_ONCE):
            lines = [_line(draw, start, number) for number in range(first, min(first + _AT_ONCE, rows))]
            file.write("".join(lines))


def _line(draw: random.Random, start: datetime, number: int) -> str:
    at = start + timedelta(seconds=draw.randrange(56 * 86_400))
    counts = ",".join(str(draw.randrange(5_000)) for _ in range(4))
    score = round(draw.uniform(-1, 1), 3)
    return f"{at},X,{draw.getrandbits(64):016x},What they said number {number},{counts},{score}\n"
