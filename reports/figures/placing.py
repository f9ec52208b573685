"""Where labels go so that none covers another: greedy, in the order given, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

GAP = 8.0
"""Pixels between two labels of a row."""


@dataclass(slots=True)
class Row:
    """One line of text, and the stretches of it that are taken."""

    start: float
    end: float
    taken: list[tuple[float, float]] = field(default_factory=list)

    def put(self, left: float, width: float) -> bool:
        """Take the stretch if it is free and inside the row; say whether it was."""
        right = left + width
        if left < self.start or right > self.end:
            return False
        if any(left < b + GAP and a < right + GAP for a, b in self.taken):
            return False
        self.taken.append((left, right))
        return True


def put_near(rows: Sequence[Row], x: float, width: float, reach: float = 6.0) -> tuple[int, float] | None:
    """A free place for a label of `width` at the mark `x`: the row's number and the label's left edge, or None.

    Each row is tried with the label centred on the mark, then to start at it, then to end at it (`reach` pixels past).
    """
    for number, row in enumerate(rows):
        for left in (x - width / 2, x - reach, x + reach - width):
            if row.put(left, width):
                return number, left
    return None


def put_nearest(rows: Sequence[Row], left: float, width: float) -> tuple[int, float] | None:
    """The free place nearest to `left` for a label that may slide along its row: row and left edge, or None."""
    tries = []
    for number, row in enumerate(rows):
        ends = [b + GAP for _, b in row.taken] + [a - GAP - width for a, _ in row.taken]
        tries += [(abs(x - left), number, x) for x in (left, row.start, row.end - width, *ends)]
    return next(((number, x) for _, number, x in sorted(tries) if rows[number].put(x, width)), None)


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions as near to `wanted` as a distance of `gap` between neighbours allows, within low … high if they fit.

    Order is kept; used to keep the labels at the right ends of lines off each other.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed: list[float] = []
    for i in order:
        placed.append(max(wanted[i], low, placed[-1] + gap if placed else low))
    for k in range(len(placed) - 1, -1, -1):
        ceiling = high if k == len(placed) - 1 else placed[k + 1] - gap
        placed[k] = min(placed[k], ceiling)
    result = [0.0] * len(wanted)
    for k, i in enumerate(order):
        result[i] = placed[k]
    return result
