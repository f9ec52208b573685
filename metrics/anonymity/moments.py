"""Mean and spread: whether they would show that nobody gave some answer, which would tell so of every hidden group too."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Steps of a scale, and different answers, beyond which mean and spread are not shown beside a hidden group.
_WIDEST = 101
#: Half the last digit shown, of mean and standard deviation alike.
_HALF = 0.005


def shown_beside_hidden(
    answers: Mapping[float, int], scale: tuple[float, float], favourable_from: float
) -> tuple[bool, bool]:
    """Whether the mean, and with it the standard deviation, may be shown of a question that has a hidden group.

    For each answer that nobody gave, a way is looked for in which two could have given it, with everything shown, the
    favourable answers among it, being the same. The mean is tried with the standard deviation, then alone.

    Parameters
    ----------
    answers : mapping
        Each answer given → how often.
    scale : (float, float)
        Its lowest and highest answer; every whole step between is one.
    favourable_from : float
        The lowest favourable answer.
    """
    steps = np.arange(scale[0], scale[1] + 1) if scale[1] - scale[0] < _WIDEST else np.array([])
    values = np.array(sorted({*answers, *steps.tolist()}))
    if not len(steps) or len(values) > _WIDEST:
        return False, False
    counts = np.array([answers.get(value, 0) for value in values], dtype=float)
    liked, missing = values >= favourable_from, np.flatnonzero(counts == 0)
    if all(_possible(values, counts, place, liked, spread=True) for place in missing):
        return True, True
    return all(_possible(values, counts, place, liked, spread=False) for place in missing), False


def _possible(values: Floats, counts: Floats, place: np.intp, liked: NDArray[np.bool_], *, spread: bool) -> bool:
    """Whether two people could have given one answer, with the same sum and, to the digits shown, the same spread."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    n = counts.sum()
    rows = [np.ones(len(values)), values, liked.astype(float)]
    lo = [float(row @ counts) for row in rows]
    hi = list(lo)
    if spread and n > 1:
        mean = values @ counts / n
        squares = float((values - mean) ** 2 @ counts)
        shown = round((squares / (n - 1)) ** 0.5, 2)
        rows.append((values - mean) ** 2)
        lo.append(max(0.0, shown - _HALF) ** 2 * (n - 1))
        hi.append((shown + _HALF) ** 2 * (n - 1))
    least = np.zeros(len(values))
    least[place] = 2
    found = milp(
        np.zeros(len(values)), integrality=np.ones(len(values)), bounds=Bounds(least, n),
        constraints=LinearConstraint(np.array(rows), lo, hi), options={"node_limit": 2_000, "time_limit": 5},
    )  # fmt: skip
    return found.x is not None
