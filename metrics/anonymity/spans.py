"""Rule 1: which sets of fewer than k people a combination of published groups singles out.

A set can be worked out from the groups' counts if its indicator is a linear combination of theirs: rational ones are
looked for, which is more than the integer ones of the rule. A random vector that is orthogonal to every group gives each
cell a key; the keys of a set that can be worked out add up to 0, so that small sets are found by meeting in the middle.
Arithmetic modulo two primes' worth of keys: no such set is missed, and that another adds up to 0 by chance is as good
as impossible (2⁻⁶²), and would hide more, not less.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from metrics.anonymity.table import Counts, Mask

_P = 2**31 - 1
_SEED = 20260301
#: Half sets held in memory at once; where there are more, integer programming looks for one set at a time.
_MOST = 3_000_000
#: Sets that are named at once; those left are found when these are dealt with.
_NAMED = 12
_NODES = 20_000

Keys = NDArray[np.int64]


class UndecidedError(Exception):
    """The search took too long to prove that there is no such set."""


#: A cut: the group of each cell, and its column: what else it is in.
Side = tuple[NDArray[np.intp], NDArray[np.intp]]


def small_sets(rows: Mask, n: Counts, least: int, sides: Sequence[Side] = ()) -> list[NDArray[np.intp]]:
    """Sets of cells with 1 to `least` − 1 answers whose count the groups `rows` (groups by cells) give away.

    At most a few at once; none only if there is none. `sides`, where given, are looked at first: they show of most cells
    of a large table that they are in no such set.

    Raises
    ------
    UndecidedError
        If that could not be found out.
    """
    small = np.flatnonzero((n > 0) & (n < least))
    for side in sides:
        small = _left(small, n, least, side)
    if not len(small):
        return []
    keys = _keys(rows)[:, small]
    halves = _halves(keys, n[small], least - 1)
    if halves is None:
        found = _by_programming(rows, n, least, small)
        return [] if found is None else [found]
    return [small[list(places)] for places in _meeting(halves, n[small], least - 1)]


def _left(small: NDArray[np.intp], n: Counts, least: int, side: Side) -> NDArray[np.intp]:
    """The cells that may be in a small set as far as exchanges within one cut show.

    Two people of different groups and columns could change groups, and no published number would. So if a set holds the
    cell of the first it also holds one of the two cells where they would be, which must not be too large; and that for
    each pair of another group and another column, of which no two share one.
    """
    group, column = side
    size = np.zeros((int(group.max()) + 1, int(column.max()) + 1), dtype=np.int64)
    np.add.at(size, (group, column), n)
    kept = []
    for cell in small:
        a, s = int(group[cell]), int(column[cell])
        smaller = np.minimum(size[a][np.newaxis, :], size[:, s][:, np.newaxis]) * (size > 0)
        smaller[a, :] = smaller[:, s] = 0
        total = int(size[a, s])
        while total < least:
            at = np.unravel_index(int(smaller.argmax()), smaller.shape)
            if not smaller[at]:
                kept.append(cell)
                break
            total += int(smaller[at])
            smaller[at[0], :] = smaller[:, at[1]] = 0
    return np.array(kept, dtype=np.intp)


def _keys(rows: Mask) -> Keys:
    """Two numbers a cell, (2, cells), from the null space of `rows` modulo a prime."""
    reduced = rows.astype(np.int64)
    pivots: list[int] = []
    for place in range(reduced.shape[1]):
        rank = len(pivots)
        if rank == len(reduced):
            break
        at = np.flatnonzero(reduced[rank:, place])
        if not len(at):
            continue
        reduced[[rank, rank + at[0]]] = reduced[[rank + at[0], rank]]
        reduced[rank] = reduced[rank] * pow(int(reduced[rank, place]), -1, _P) % _P
        others = np.flatnonzero(reduced[:, place])
        others = others[others != rank]
        reduced[others] = (reduced[others] - reduced[others, place, np.newaxis] * reduced[rank]) % _P
        pivots.append(place)
    free = np.setdiff1d(np.arange(reduced.shape[1]), pivots)
    keys = np.zeros((2, reduced.shape[1]), dtype=np.int64)
    keys[:, free] = np.random.default_rng(_SEED).integers(1, _P, size=(2, len(free)))
    for row, place in enumerate(pivots):
        keys[:, place] = -(reduced[row, free] * keys[:, free] % _P).sum(axis=1) % _P
    return keys


class _Half:
    """Sets of one size: their cells (size, sets), answers, and keys."""

    def __init__(self, cells: NDArray[np.intp], n: Counts, keys: Keys) -> None:
        self.cells, self.n, self.keys = cells, n, keys

    def joined(self, one: _Half, most: int) -> _Half | None:
        """Each set with each single cell behind its last one, as far as they have at most `most` answers together."""
        sizes = len(one.n) - 1 - self.cells[-1]
        if int(sizes.sum()) > 2 * _MOST:
            return None
        left = np.repeat(np.arange(len(self.n)), sizes)
        starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
        right = self.cells[-1][left] + 1 + np.arange(len(left)) - starts
        n = self.n[left] + one.n[right]
        fits = n <= most
        left, right = left[fits], right[fits]
        if len(left) > _MOST:
            return None
        keys = (self.keys[:, left] + one.keys[:, right]) % _P
        return _Half(np.vstack([self.cells[:, left], right]), n[fits], keys)


def _halves(keys: Keys, n: Counts, most: int) -> list[_Half] | None:
    """Sets of 0, 1, 2, … cells, up to half of the cells that a set may have; None if they are too many."""
    one = _Half(np.arange(len(n))[np.newaxis], n, keys)
    halves = [
        _Half(np.empty((0, 1), dtype=np.intp), np.zeros(1, dtype=np.int64), np.zeros((2, 1), dtype=np.int64)),
        one,
    ]
    for _ in range(1, -(-most // 2)):
        larger = halves[-1].joined(one, most)
        if larger is None:
            return None
        halves.append(larger)
    return halves


def _meeting(halves: list[_Half], n: Counts, most: int) -> list[tuple[int, ...]]:
    """The sets, smallest first, that two halves make and whose keys add up to 0."""
    found: dict[tuple[int, ...], None] = {}
    for size in range(1, most + 1):
        larger = -(-size // 2)
        if larger >= len(halves):
            break
        one, other = halves[larger], halves[size - larger]
        wanted = _single((_P - other.keys) % _P)
        order = np.argsort(wanted, kind="stable")
        mine = _single(one.keys)
        first = np.searchsorted(wanted[order], mine, side="left")
        last = np.searchsorted(wanted[order], mine, side="right")
        for place in np.flatnonzero(last > first):
            for partner in order[first[place] : last[place]][:_NAMED]:
                cells = {*one.cells[:, place].tolist(), *other.cells[:, partner].tolist()}
                if len(cells) == size and int(n[list(cells)].sum()) <= most and not _holds_one(cells, found):
                    found[tuple(sorted(cells))] = None
            if len(found) >= _NAMED:
                return list(found)
    return list(found)


def _holds_one(cells: set[int], found: dict[tuple[int, ...], None]) -> bool:
    """Whether a set is made up of one that is known already, and another that is then found too."""
    return any(cells.issuperset(part) for part in found)


def _single(keys: Keys) -> NDArray[np.int64]:
    """Both keys in one number below 2⁶²."""
    both: NDArray[np.int64] = keys[0] * _P + keys[1]
    return both


def _by_programming(rows: Mask, n: Counts, least: int, left: NDArray[np.intp]) -> NDArray[np.intp] | None:
    """One such set by integer programming: a 0/1 combination of the groups that is not empty and too small."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack, vstack

    groups, cells = rows.shape
    small = np.isin(np.arange(cells), left)
    weights = csr_array(np.concatenate([np.zeros(groups), n])[np.newaxis])
    sums = hstack([csr_array(rows.T.astype(float)), -csr_array(np.eye(cells))])
    limits = [LinearConstraint(vstack([sums, weights]), [*[0.0] * cells, 1], [*[0.0] * cells, least - 1])]
    free = np.full(groups, np.inf)
    bounds = Bounds(np.concatenate([-free, np.zeros(cells)]), np.concatenate([free, small.astype(float)]))
    whole = np.concatenate([np.zeros(groups), np.ones(cells)])
    answer = milp(
        whole, integrality=whole, bounds=bounds, constraints=limits, options={"node_limit": _NODES, "time_limit": 20}
    )
    if answer.status == 2:  # infeasible: there is none
        return None
    if answer.x is None:
        raise UndecidedError
    return np.flatnonzero(np.round(answer.x[groups:]) > 0)


def causes(rows: Mask, cells: NDArray[np.intp]) -> NDArray[np.intp]:
    """Few groups of `rows` by which a set of cells can be worked out; all of them where none are found."""
    from scipy.optimize import linprog

    groups = len(rows)
    wanted = np.zeros(rows.shape[1])
    wanted[cells] = 1
    both = np.hstack([rows.T, -rows.T.astype(np.int8)]).astype(float)
    answer = linprog(np.ones(2 * groups), A_eq=both, b_eq=wanted, method="highs")
    if answer.x is None:
        return np.arange(groups)
    weight = answer.x[:groups] - answer.x[groups:]
    return np.flatnonzero(np.abs(weight) > 1e-7)
