"""How far a long step is: what is done, of how much, and how long the rest will take at the pace so far."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

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
