"""What the published counts leave open: of single cells, and of groups that are hidden or shown as a band.

Counts of cells are whole numbers between 0 and their answers; published groups fix the sums of some, or bound them. With
the groups of two cuts, the matrix of this system is totally unimodular, so that its real solutions reach as far as its
whole ones; with three, whole ones are asked for.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from metrics.anonymity.table import Atoms, Mask

_NEAR = 1e-6
_NODES = 2_000
_SECONDS = 10
_ROUNDS = 8


class System(NamedTuple):
    """Published groups by atoms, with the least and most favourable answers each may have."""

    atoms: Atoms
    lo: NDArray[np.float64]
    hi: NDArray[np.float64]


class Open(NamedTuple):
    """How far a count is left open, and the groups (by place) that bound it where it is not far enough."""

    width: float
    causes: NDArray[np.intp]


def pinned(system: System, ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those of some atoms of which it is told that none, or all, of their answers are favourable.

    `ends` are atoms at one of their ends. A program asks for a solution in which as many of them as possible are not,
    and again for the rest; those that never move, or in no time, are told.
    """
    for _ in range(_ROUNDS):
        if not len(ends):
            break
        moved = _moving(system, ends)
        ends = ends[~moved]
        if not moved.any():
            break
    return ends


def _moving(system: System, ends: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of some atoms move away from their end in one solution."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack

    rows, n, liked, _ = system.atoms
    cells, count = rows.shape[1], len(ends)
    low = liked[ends] == 0
    # How far an atom is from its end, x at the low one and n − x at the high one, is at least its own variable.
    away = csr_array((np.where(low, -1.0, 1.0), (np.arange(count), ends)), shape=(count, cells))
    sums = hstack([csr_array(rows.astype(float)), csr_array((len(rows), count))])
    answer = milp(
        np.concatenate([np.zeros(cells), -np.ones(count)]),
        integrality=np.ones(cells + count),
        bounds=Bounds(0, np.concatenate([n.astype(float), np.ones(count)])),
        constraints=[
            LinearConstraint(sums, system.lo, system.hi),
            LinearConstraint(hstack([away, eye_array(count)]), -np.inf, np.where(low, 0, n[ends])),
        ],
        options={"node_limit": _NODES, "time_limit": _SECONDS},
    )
    return np.zeros(count, dtype=bool) if answer.x is None else answer.x[cells:] > 0.5


def why_pinned(system: System, atom: int) -> NDArray[np.intp]:
    """The groups by which it is told that an atom is at its end."""
    rows, _, liked, _ = system.atoms
    target = np.zeros(rows.shape[1])
    target[atom] = 1.0 if liked[atom] == 0 else -1.0
    return _furthest(system, target)[1]


def left_open(system: System, part: Mask, *, whole: bool) -> Open:
    """Between which ends the favourable answers of some atoms lie. `whole`: ask for whole solutions, else for real ones."""
    target = part.astype(float)
    (most, over), (least, under) = (_furthest(system, sign * target) for sign in (1.0, -1.0))
    width = np.floor(most + _NEAR) + np.floor(least + _NEAR)  # least is the most of −x
    if whole and width >= 2:
        return _whole(system, target)
    return Open(float(width), np.union1d(over, under))


def _whole(system: System, target: NDArray[np.float64]) -> Open:
    """The same by integer programming; nothing is open where that takes too long."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    rows, n, _, _ = system.atoms
    everything = np.arange(len(rows))
    ends = []
    for sign in (1.0, -1.0):
        answer = milp(
            -sign * target, integrality=np.ones(len(n)), bounds=Bounds(0, n), options={"node_limit": _NODES, "time_limit": _SECONDS},
            constraints=LinearConstraint(rows.astype(float), system.lo, system.hi),
        )  # fmt: skip
        if answer.x is None:
            return Open(0, everything)
        ends.append(float(target @ np.round(answer.x)))
    return Open(ends[0] - ends[1], everything)


def _furthest(system: System, target: NDArray[np.float64]) -> tuple[float, NDArray[np.intp]]:
    """The most that a weighted sum of cells may be, and the groups that keep it there."""
    from scipy.optimize import linprog

    sums, fixed = _equal(system, 0)
    limits, most = _bands(system, 0), np.concatenate(_band_ends(system))
    bounds = [(0.0, float(value)) for value in system.atoms.n]
    banded = {} if not len(most) else {"A_ub": _stacked(limits), "b_ub": most}
    answer = linprog(-target, A_eq=sums, b_eq=fixed, bounds=bounds, method="highs", **banded)
    if answer.x is None:
        return 0.0, np.arange(len(system.lo))
    exact, banding = np.flatnonzero(system.lo == system.hi), np.flatnonzero(system.lo < system.hi)
    used = [exact[np.abs(answer.eqlin.marginals) > _NEAR]]
    if len(most):
        both = np.abs(answer.ineqlin.marginals).reshape(2, -1).sum(axis=0)
        used.append(banding[both > _NEAR])
    return float(-answer.fun), np.concatenate(used)


def _equal(system: System, more: int) -> tuple[Any, NDArray[np.float64]]:
    """Exact sums, with `more` columns of nothing."""
    from scipy.sparse import csr_array

    exact = system.lo == system.hi
    rows = system.atoms.rows[exact].astype(float)
    return csr_array(np.hstack([rows, np.zeros((len(rows), more))])), system.lo[exact]


def _bands(system: System, more: int) -> list[Any]:
    """Both ends of the bands as limits from above."""
    from scipy.sparse import csr_array

    rows = system.atoms.rows[system.lo < system.hi].astype(float)
    if not len(rows):
        return []
    wide = np.hstack([rows, np.zeros((len(rows), more))])
    return [csr_array(wide), csr_array(-wide)]


def _band_ends(system: System) -> list[NDArray[np.float64]]:
    band = system.lo < system.hi
    return [system.hi[band], -system.lo[band]]


def _stacked(limits: list[Any]) -> Any:
    from scipy.sparse import vstack

    return vstack(limits)
