"""Processes that judge texts beside this one, so that scoring uses every core and the page stays quick.

Each is a command of its own, talked to through its pipes. multiprocessing will not do: its children begin by running
the parent's main script, and Streamlit passes off the script of the page as that; to fork a server with threads is
worse. A worker sees its input end when this process dies, however it dies, and ends too.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import BinaryIO, cast

from metrics.lexicon import Scorer, Text, Verdict, judge

_ROOT = Path(__file__).resolve().parent.parent
#: Each worker holds the models of all languages, about 150 MB.
_MOST = 8


def cores() -> int:
    """How many workers this machine can use."""
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(free, _MOST)


class Crew:
    """Worker processes that share one scorer; a context that ends them.

    What a worker cannot do, because it died or does not know the scorer's class, is done in this process.
    """

    def __init__(self, scorer: Scorer, size: int) -> None:
        self._scorer = scorer
        self._workers = [_start(scorer) for _ in range(size)]
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="scoring")

    def judge(self, texts: Sequence[Text]) -> Future[list[Verdict]]:
        """The verdicts on these texts, once a worker has them: those of `metrics.lexicon.judge`, in the same order."""
        return self._threads.submit(self._judge, texts)

    def _judge(self, texts: Sequence[Text]) -> list[Verdict]:
        worker = self._idle.get()
        try:
            _send(cast("BinaryIO", worker.stdin), texts)
            return cast("list[Verdict]", pickle.load(worker.stdout))  # type: ignore[arg-type]  # noqa: S301 - our own process wrote it
        except (OSError, EOFError, pickle.UnpicklingError):
            return judge(self._scorer, texts)
        finally:
            self._idle.put(worker)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.kill()  # between two batches it holds nothing
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                with suppress(OSError):
                    cast("BinaryIO", pipe).close()


def _start(scorer: Scorer) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "importers.score_workers"]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    worker = subprocess.Popen(command, cwd=_ROOT, stdin=pipe, stdout=pipe, stderr=nowhere)  # noqa: S603 - our own program
    with suppress(OSError):  # it died at once: told by the first batch
        _send(cast("BinaryIO", worker.stdin), scorer)
    return worker


def _send(pipe: BinaryIO, message: object) -> None:
    pickle.dump(message, pipe)
    pipe.flush()


def _work(source: BinaryIO, target: BinaryIO) -> None:
    """Answer batch after batch until there are no more; the first message is the scorer."""
    scorer: Scorer = pickle.load(source)  # noqa: S301 - the app wrote it
    with suppress(EOFError):
        while True:
            _send(target, judge(scorer, pickle.load(source)))  # noqa: S301 - the app wrote it


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the app ends its workers
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever prints must not get between the answers
    _work(sys.stdin.buffer, answers)
