"""The groups of one cut beside each other and beside everybody: closed-form checks, no other cut considered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from metrics.anonymity.rules import bounds_told, coded_side

#: How a group of a cut is shown: its count, a band, or not at all.
Standing = Literal["exact", "coded", "hidden"]
#: Favourable answers and answers.
Count = tuple[int, int]


def safe(groups: Mapping[str, Count], hidden: set[str], least: int) -> bool:
    """Whether nothing can be worked out from one cut and the exact count of everybody.

    Hidden groups are at least two and have at least `least` answers together; what those hidden and coded have
    together, which subtraction tells, is itself not near none or all; and it leaves open at least three counts of each
    of them, or all there are. A cut of which nothing is shown is safe.
    """
    if hidden == set(groups):
        return True
    if hidden and (len(hidden) < 2 or _together(groups[name] for name in hidden)[1] < least):
        return False
    ranges = {name: (0, groups[name][1]) if name in hidden else bounds_told(*groups[name]) for name in groups}
    unclear = {name: ends for name, ends in ranges.items() if name in hidden or ends[0] < ends[1]}
    if not unclear:
        return True
    count, n = _together(groups[name] for name in unclear)
    if coded_side(count, n) is not None:
        return False
    lowest, highest = sum(lo for lo, _ in unclear.values()), sum(hi for _, hi in unclear.values())
    for lo, hi in unclear.values():
        left = min(hi, count - (lowest - lo)) - max(lo, count - (highest - hi))
        if left < min(2, hi - lo):
            return False
    return True


def _together(counts: Iterable[Count]) -> Count:
    listed = list(counts)
    return sum(favourable for favourable, _ in listed), sum(n for _, n in listed)
