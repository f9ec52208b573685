"""Python looks for objects that hold each other in circles, the more often the more there are; cells never do.

A large sheet makes millions of objects, and looking through all of them again and again takes a fifth of an import's
time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

#: New objects after which Python looks: seldom enough to cost nothing, and what is in circles still goes.
_RARELY = 200_000

_usual: list[tuple[int, int, int]] = []
_changing = Lock()


@contextmanager
def looked_for_rarely() -> Iterator[None]:
    """Meanwhile Python looks for circles seldom, in the whole process; then as before, once the last import is done."""
    with _changing:
        _usual.append(gc.get_threshold())
        gc.set_threshold(_RARELY, *_usual[0][1:])
    try:
        yield
    finally:
        with _changing:
            before = _usual.pop()
            if not _usual:
                gc.set_threshold(*before)
