"""Several cuts published beside each other: what can be worked out from all of them together, and by which groups.

Nothing can if no set of 1 to k − 1 people is a combination of published groups (`spans`), no cell is told to be at one
of its ends, so that only such combinations are told at all, and each hidden or coded group keeps at least three possible
counts, or all there are (`ranges`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metrics.anonymity.ranges import Open, System, left_open, pinned, why_pinned
from metrics.anonymity.spans import UndecidedError, causes, small_sets
from metrics.anonymity.table import Counts, Group, Mask, Table, Told, atoms

#: Atoms of which it is asked by what they are told, at once.
_NAMED = 4


class Breach(NamedTuple):
    """Something that can be worked out as long as all of `by` are told and all of `hidden` are hidden."""

    by: frozenset[Group]
    hidden: frozenset[Group] = frozenset()


def breaches(of: Table, told: Sequence[Told], unclear: Sequence[Told], least: int) -> list[Breach]:
    """What is told that must not be; not all of it at once, but nothing only if nothing is.

    Parameters
    ----------
    told : sequence of Told
        What is published: everybody, groups, and what was shown earlier of the same answers.
    unclear : sequence of Told
        The groups that are hidden, with every count they may have, and those shown as a band.
    """
    rows = np.array([one.mask for one in told])
    together = atoms(rows, of.n, of.liked)
    system = System(together, *_ends(told))
    whole = _needs_whole(told)
    found = [Breach(_groups(told, by)) for by in _small(together.rows, together.n, least)]
    if found:
        return found
    ends = pinned(system, whole=whole)
    found = [Breach(_groups(told, why_pinned(system, int(atom)))) for atom in ends[:_NAMED]]
    return found or list(_narrow(of, told, unclear, whole=whole))


def _small(rows: Mask, n: Counts, least: int) -> Iterator[NDArray[np.intp]]:
    """By which groups each small set can be worked out."""
    try:
        for cells in small_sets(rows, n, least):
            yield causes(rows, cells)
    except UndecidedError:
        yield np.arange(len(rows))


def _narrow(of: Table, told: Sequence[Told], unclear: Sequence[Told], *, whole: bool) -> Iterator[Breach]:
    """The hidden and coded groups whose counts are left less open than they must be."""
    for one in unclear:
        enough = min(2, one.hi - one.lo)
        if _moves(of, told, unclear, one) >= enough:
            continue
        rows = np.array([*(other.mask for other in told), one.mask])
        parts = atoms(rows, of.n, of.liked)
        system = System(parts._replace(rows=parts.rows[:-1]), *_ends(told))
        left: Open = left_open(system, parts.rows[-1], whole=whole)
        if left.width < enough:
            mine = frozenset({one.group} if one.group else ())
            by = _groups(told, left.causes)
            yield Breach(by, mine) if _hidden(of, one) else Breach(by | mine)


def _moves(of: Table, told: Sequence[Told], unclear: Sequence[Told], one: Told) -> int:
    """How far the count of a group may certainly move: in exchange with hidden groups of its cut alone.

    People of the group and of hidden ones that are in the same published groups otherwise may change places.
    """
    if one.group is None:
        return 0
    cut = one.group.cut
    partners = [other for other in unclear if _hidden(of, other) and other.group and other.group.cut == cut]
    others = np.any([np.zeros(len(of.n), dtype=bool), *(p.mask for p in partners if p.group != one.group)], axis=0)
    elsewhere = np.array([t.mask for t in told if t.group is None or t.group.cut != cut])
    packed = np.packbits(elsewhere, axis=0).T
    place = np.unique(packed, axis=0, return_inverse=True)[1].ravel()

    def inside(mask: Mask, values: Counts) -> NDArray[np.float64]:
        return np.bincount(place[mask], weights=values[mask], minlength=int(place.max()) + 1)

    room = of.n - of.liked
    up = np.minimum(inside(one.mask, room), inside(others, of.liked)).sum()
    down = np.minimum(inside(one.mask, of.liked), inside(others, room)).sum()
    count = int(of.liked[one.mask].sum())
    return int(min(up, one.hi - count) + min(down, count - one.lo))


def _hidden(of: Table, one: Told) -> bool:
    """Whether every count of a group is possible by what is shown of it."""
    return one.lo == 0 and one.hi == int(of.n[one.mask].sum())


def _needs_whole(told: Sequence[Told]) -> bool:
    """More than two cuts, or something of an earlier day."""
    cuts = {one.group.cut for one in told if one.group is not None}
    return len(cuts) + sum(one.group is None for one in told) > 3


def _ends(told: Sequence[Told]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.array([one.lo for one in told], dtype=float), np.array([one.hi for one in told], dtype=float)


def _groups(told: Sequence[Told], places: NDArray[np.intp]) -> frozenset[Group]:
    return frozenset(group for place in places if (group := told[int(place)].group) is not None)
