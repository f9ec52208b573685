"""How far a long step is: what is done, of how much, and how long the rest will take at the pace so far."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

#: Is told how many rows of a file are done, and how many there are.
Rows = Callable[[int, int], None]

#: The part of the work that is done when a long text was looked through for the first time.
_LOOKED = 0.1

#: Seconds between two lines on standard error.
_EVERY = 2.0


def left(done: int, total: int, seconds: float) -> float | None:
    """Seconds that the rest takes at the pace so far; None before anything is done."""
    return seconds * (total - done) / done if done else None


def said(done: int, total: int, seconds: float) -> str:
    """``12,000 of 100,000, about 14 s left``."""
    rest = left(done, total, seconds)
    if rest is None or done >= total:
        return f"{done:,} of {total:,}"
    minutes, whole = divmod(max(1, round(rest)), 60)
    return f"{done:,} of {total:,}, about {f'{minutes} min {whole} s' if minutes else f'{whole} s'} left"


@dataclass(slots=True)
class OnStandardError:
    """Told `done` and `total`, it prints the pace for a person, a line every two seconds and one at the end."""

    what: str
    began: float = field(default_factory=time.monotonic)
    last: float = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total or now - self.last >= _EVERY:
            self.last = now
            sys.stderr.write(f"{self.what}: {said(done, total, now - self.began)}\n")


class Steps:
    """What is done of one file, told as rows: never fewer than before, and all of them at the end."""

    def __init__(self, rows: Rows | None, about: int) -> None:
        self._rows, self._about, self._done = rows, about, 0

    def looked(self, records: int) -> None:
        """So many records of a long text were looked at for the first time."""
        self._about = max(self._about, records)
        self._tell(_LOOKED * records, self._about)

    def stored(self, records: int, total: int) -> None:
        """So many of its records were stored."""
        self._tell(_LOOKED * total + (1 - _LOOKED) * records, total)

    def share(self, share: float) -> None:
        """A share of a file that is read as a whole is done."""
        self._tell(share * self._about, self._about)

    def _tell(self, done: float, total: int) -> None:
        self._done = min(max(self._done, round(done)), total)
        if self._rows:
            self._rows(self._done, total)


class FilesOnStandardError:
    """Told of the files of a set one by one, and of the rows of each, it prints the pace of those that take long."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._pace: OnStandardError | None = None

    def file(self, name: str, _done: int, _files: int) -> None:
        """Begin another file."""
        self._pace = OnStandardError(f"{self._verb} {name}", last=time.monotonic())

    def rows(self, done: int, total: int) -> None:
        """So many rows of it are done."""
        pace = self._pace
        if pace is not None and (done < total or pace.last > pace.began + _EVERY):
            pace(done, total)
