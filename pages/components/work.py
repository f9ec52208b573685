"""Something long that goes on while its page is drawn anew or left, and the bar that says how far it is.

A script that is run anew stops where it shows something next. What must not stop half-way therefore runs in a thread of
its own, and the page only looks at it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import streamlit as st

from importers import pace
from pages.components.text import plain

Made = TypeVar("Made")

#: Seconds between two looks, and before the bar appears at all.
_LOOK = 0.2


@dataclass(slots=True)
class Pace:
    """How far a step is; written by the thread that works, read by the page."""

    what: str = "Starting"
    unit: str = "rows"
    done: int = 0
    total: int = 0
    began: float = field(default_factory=time.monotonic)

    def step(self, what: str, total: int = 0, unit: str = "rows") -> None:
        """Begin the next step, of so many units."""
        self.what, self.unit, self.done, self.total, self.began = what, unit, 0, total, time.monotonic()

    @property
    def share(self) -> float:
        return min(self.done / self.total, 1.0) if self.total else 0.0

    @property
    def told(self) -> str:
        """``Checking log.csv, file 2 of 8 · rows: 1,200 of 4,000, about 20 s left``."""
        if not self.total:
            return f"{self.what}…"
        told = pace.said(self.done, self.total, time.monotonic() - self.began)
        return f"{self.what} · {self.unit}: {told}"


class Work(Generic[Made]):
    """A task in a thread of its own. `asked` says what it answers, so that a page can tell whether it still wants it."""

    def __init__(self, asked: Any, task: Callable[[Pace], Made]) -> None:
        self.asked = asked
        self.pace = Pace()
        self._made: Future[Made] = Future()
        threading.Thread(target=self._run, args=(task,), daemon=True).start()

    def _run(self, task: Callable[[Pace], Made]) -> None:
        try:
            self._made.set_result(task(self.pace))
        except BaseException as error:  # noqa: BLE001 - the page that waits raises it where somebody sees it
            self._made.set_exception(error)

    def shown(self) -> Made:
        """Wait for the end, with a bar unless it comes at once; raises what the task raised."""
        if not self._is_done_within(_LOOK):
            bar = st.progress(0.0)
            while not self._is_done_within(_LOOK):
                bar.progress(self.pace.share, plain(self.pace.told))
            bar.empty()
        return self._made.result()

    def _is_done_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not self._made.done() and time.monotonic() < deadline:
            time.sleep(0.01)
        return self._made.done()


class Counted:
    """What a set tells, the file at work and the rows of it that are done, as rows of them all.

    How many rows a long file has is not known for sure before it was looked through.
    """

    def __init__(self, pace: Pace, verb: str, rows: Sequence[tuple[str, int]]) -> None:
        self._pace, self._verb, self._before, self._at_work = pace, verb, 0, 0
        self._left: dict[str, list[int]] = {}
        for name, count in rows:
            self._left.setdefault(name, []).append(count)
        pace.step(verb, sum(count for _, count in rows))

    def __call__(self, name: str, done: int, total: int) -> None:
        """Begin another file."""
        self._before += self._at_work
        self._at_work = self._left[name].pop(0)
        self._pace.done = self._before
        self._pace.what = f"{self._verb} {name}, file {done + 1} of {total}"

    def rows(self, done: int, total: int) -> None:
        """So many rows of the file at work are done."""
        self._pace.total += total - self._at_work
        self._at_work = total
        self._pace.done = self._before + done
