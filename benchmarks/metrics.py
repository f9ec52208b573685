"""Every number of one crisis, read from the roll-ups of very many posts: the sections of the pack, warm.

The posts themselves are not stored, so looking up the rows behind a number costs nothing here. Counted are seconds of
processor time, which one core has and other work on the machine does not change.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks import crisis
from data import engine
from data.access import LOCAL
from data.engine import reading
from data.queries.state import as_of
from reports.sections.pack import SECTIONS
from reports.sections.scope import portfolio


def measure(posts: int, runs: int) -> str:
    """The median of all sections, and of each, in words; the first run only warms up."""
    taken: dict[str, list[float]] = {name: [] for name in SECTIONS}
    with tempfile.TemporaryDirectory() as folder:
        crisis.build(Path(folder) / "crisis.db", posts)
        for run in range(runs + 1):
            for name, seconds in _sections().items():
                taken[name] += [seconds] if run else []
        engine.dispose()
    whole = statistics.median(sum(run) for run in zip(*taken.values(), strict=True))
    each = ", ".join(f"{name} {statistics.median(times):.2f}" for name, times in taken.items())
    return f"All numbers of a crisis with {posts:,} posts, median of {runs}: {whole:.2f} s of one core ({each})"


def _sections() -> dict[str, float]:
    taken = {}
    with reading() as session:
        began = time.process_time()
        scope = portfolio(session, LOCAL, as_of(session)).find(crisis.CODE)
        for name, build in SECTIONS.items():
            if not build(scope).findings:
                raise RuntimeError(f"{name} says nothing")
            now = time.process_time()
            taken[name], began = now - began, now
    return taken
