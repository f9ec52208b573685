"""Several cuts published beside each other: what can be worked out from all of them together, and by which groups.

Nothing can if no set of 1 to k − 1 people is a combination of published groups (`spans`), no cell is told to be at one
of its ends, so that only such combinations are told at all, and each hidden or coded group keeps at least three possible
counts, or all there are. Both are proved by `networks` where they can be, else by `ranges`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metrics.anonymity.networks import Network, alike, networks
from metrics.anonymity.ranges import Open, System, left_open, pinned, why_pinned
from metrics.anonymity.spans import Side, UndecidedError, causes, small_sets
from metrics.anonymity.table import Atoms, Group, Mask, Table, Told, atoms

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
    found = [Breach(_groups(told, by)) for by in _small(told, together, least)]
    if found:
        return found
    hidden = frozenset(one.group for one in unclear if one.group is not None and _hidden(of, one))
    paths = networks(of, told, hidden)
    return list(_at_an_end(of, told, paths)) or list(_narrow(of, told, unclear, paths))


def _small(told: Sequence[Told], together: Atoms, least: int) -> Iterator[NDArray[np.intp]]:
    """By which groups each small set can be worked out."""
    try:
        for cells in small_sets(together.rows, together.n, least, list(_sides(told, together.rows))):
            yield causes(together.rows, cells)
    except UndecidedError:
        yield np.arange(len(together.rows))


def _sides(told: Sequence[Told], rows: Mask) -> Iterator[Side]:
    """Each cut that is told, with everything else that is; its hidden groups count as one."""
    for cut in sorted({one.group.cut for one in told if one.group is not None}):
        mine = np.array([one.group is not None and one.group.cut == cut for one in told])
        group = np.where(rows[mine].any(axis=0), 1 + rows[mine].argmax(axis=0), 0)
        yield group, alike(rows[~mine])[0]


def _at_an_end(of: Table, told: Sequence[Told], paths: Sequence[Network]) -> Iterator[Breach]:
    """The people of whom it is told that none, or all, answered favourably."""
    together = atoms(np.array([one.mask for one in told]), of.n, of.liked)
    system = System(together, *_ends(told))
    moving = np.any([np.zeros(len(of.n), dtype=bool), *(path.moving(of) for path in paths)], axis=0)
    free = np.bincount(together.place[moving], minlength=len(together.n)) > 0
    left = np.flatnonzero(~free & ((together.liked == 0) | (together.liked == together.n)))
    if len(left) and not any(path.exact for path in paths):
        left = pinned(system, left)
    for atom in left[:_NAMED]:
        yield Breach(_groups(told, why_pinned(system, int(atom))))


def _narrow(of: Table, told: Sequence[Told], unclear: Sequence[Told], paths: Sequence[Network]) -> Iterator[Breach]:
    """The hidden and coded groups whose counts are left less open than they must be."""
    exact = any(path.exact for path in paths)
    for one in unclear:
        enough = min(2, one.hi - one.lo)
        if any(one.group in path.nodes and path.left_open(one.group, enough) >= enough for path in paths if one.group):
            continue
        rows = np.array([*(other.mask for other in told), one.mask])
        parts = atoms(rows, of.n, of.liked)
        system = System(parts._replace(rows=parts.rows[:-1]), *_ends(told))
        left: Open = left_open(system, parts.rows[-1], whole=not exact)
        if left.width < enough:
            mine = frozenset({one.group} if one.group else ())
            by = _groups(told, left.causes)
            yield Breach(by, mine) if _hidden(of, one) else Breach(by | mine)


def _hidden(of: Table, one: Told) -> bool:
    """Whether every count of a group is possible by what is shown of it."""
    return one.lo == 0 and one.hi == int(of.n[one.mask].sum())


def _ends(told: Sequence[Told]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.array([one.lo for one in told], dtype=float), np.array([one.hi for one in told], dtype=float)


def _groups(told: Sequence[Told], places: NDArray[np.intp]) -> frozenset[Group]:
    return frozenset(group for place in places if (group := told[int(place)].group) is not None)
