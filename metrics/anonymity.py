"""What may be shown of a group of people: the smallest group, and the counts that are never shown exactly.

`data` passes every survey read through here, so that nothing unsuppressed leaves the data layer. `k` governs every
group, the company as a whole included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

#: No setting lowers k below this.
K_FLOOR = 3
#: People who answered every question from which on correlations between questions are shown: METRICS asks for as many
#: before it explains anything, and of fewer a correlation could tell single answers.
CORRELATED_FROM = 100

Side = Literal["low", "high"]


def withhold(n: float, k: int) -> str | None:
    """Why a group of `n` answers is withheld, or None if it may be shown.

    The reason never says how many there were, not even whether there was any. A setting of `k` below the floor
    counts as the floor.
    """
    least = max(k, K_FLOOR)
    return None if n >= least else f"fewer than {least} answers"


def coded_side(count: int, n: int) -> Side | None:
    """Whether a count is so near to none or to all that only a band may be shown, and at which end.

    The band reaches c % from its end (see `coded_band`), which holds at least the counts 0–2 or n − 2…n. In groups so
    small that the bands overlap the nearer end is named.

    Raises
    ------
    ValueError
        If the count is not one of 0…n.
    """
    if not 0 <= count <= n:
        raise ValueError("a count lies between 0 and n")
    if n == 0:
        return None
    near = min(count, n - count)
    if 100 * near > _band_percent(n) * n:
        return None
    return "low" if 2 * count <= n else "high"


def coded_band(n: int, side: Side) -> tuple[float, float]:
    """The band of shares shown instead of a coded one: ``(0, c)`` or ``(1 − c, 1)``."""
    c = min(_band_percent(n), 100)
    return (0.0, c / 100) if side == "low" else ((100 - c) / 100, 1.0)


#: How a group of a cut is shown: its count, a band, or not at all.
Standing = Literal["exact", "coded", "hidden"]
#: Favourable answers and answers.
Count = tuple[int, int]


def standings(groups: Mapping[str, Count], k: int) -> dict[str, Standing]:
    """How each group of one cut may be shown beside the exact count of all of them together.

    Starts from the groups under `k` and hides the smallest of the others (ties by name) until nothing can be worked
    out: hidden groups are at least two and have at least `k` answers together; what those hidden and coded have
    together, which subtraction tells, is itself not near none or all; and it leaves open at least three counts of
    each of them, or all there are. Where it can't be made safe all are hidden: more than needed rather than less
    (house; the smallest set is another matter).

    Parameters
    ----------
    groups : mapping
        Name → count. Together they are everybody, so that nobody is left over.
    """
    least = max(k, K_FLOOR)
    everybody = _together(groups.values())
    hidden = {name for name, (_, n) in groups.items() if n < least}
    if everybody[1] < least or coded_side(*everybody) is not None:
        hidden = set(groups)
    for name, _ in sorted(groups.items(), key=lambda item: (item[1][1], item[0])):
        if _safe(groups, hidden, least):
            break
        hidden.add(name)
    return {name: "hidden" if name in hidden else "coded" if coded_side(*groups[name]) else "exact" for name in groups}


def _safe(groups: Mapping[str, Count], hidden: set[str], least: int) -> bool:
    if hidden == set(groups):
        return True
    if hidden and (len(hidden) < 2 or _together(groups[name] for name in hidden)[1] < least):
        return False
    ranges = {name: _told(groups[name], hidden=name in hidden) for name in groups}
    unclear = {name: ends for name, ends in ranges.items() if ends is not None}
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


def _told(count: Count, *, hidden: bool) -> tuple[int, int] | None:
    """The counts that are possible by what is shown of a group; None where it is shown exactly."""
    favourable, n = count
    if hidden:
        return 0, n
    side = coded_side(favourable, n)
    if side is None:
        return None
    within = min(n, _band_percent(n) * n // 100)
    return (0, within) if side == "low" else (n - within, n)


def _together(counts: Iterable[Count]) -> Count:
    listed = list(counts)
    return sum(favourable for favourable, _ in listed), sum(n for _, n in listed)


def _band_percent(n: int) -> int:
    """The band's width c = 100·max(0.05, 2/n), rounded up to a multiple of 5; in integers, so that no rounding error moves it."""
    return 5 * max(1, -(-40 // n))
