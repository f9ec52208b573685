"""The smallest group that is shown, and the counts that are never shown exactly. `k` governs every group, the company too."""

from __future__ import annotations

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


def bounds_told(count: int, n: int) -> tuple[int, int]:
    """The counts that are possible by what is shown of a group: one, or those of its band."""
    side = coded_side(count, n)
    if side is None:
        return count, count
    within = min(n, _band_percent(n) * n // 100)
    return (0, within) if side == "low" else (n - within, n)


def _band_percent(n: int) -> int:
    """The band's width c = 100·max(0.05, 2/n), rounded up to a multiple of 5; in integers, so that no rounding error moves it."""
    return 5 * max(1, -(-40 // n))
