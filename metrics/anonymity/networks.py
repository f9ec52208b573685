"""What can certainly still move, by paths in a network: closed-form proofs that nothing is told of a cell or a group.

The groups of one cut on one side, and on the other the columns: people who are alike in everything else that is
published. A cell is an edge; it may gain answers up to all of its own, and lose them down to none, as long as the sums of
every column and every published group stay. A cell at its end can move if its group and its column lie in one strongly
connected component of what is left to move; a group, as far as paths lead from it to others that may change.

Where no more than two cuts are published the columns are the groups of the other one, and what can move in the network is
all that can. Otherwise columns stay as they are, and more may move than is found here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.anonymity.table import Group, Mask, Table, Told

_PLENTY = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """One cut against everything else that is published.

    Attributes
    ----------
    room : array of int
        Nodes by nodes: how many answers may move. Nodes: the groups of the cut, a hub that holds what they may change by,
        columns, a hub for these.
    side, column : arrays of int
        The node of the group and of the column of each cell.
    exact : bool
        Whether nothing can move but in this network.
    """

    room: NDArray[np.int64]
    side: NDArray[np.intp]
    column: NDArray[np.intp]
    nodes: dict[Group, int]
    exact: bool

    @property
    def hub(self) -> int:
        return len(self.nodes)

    def moving(self, of: Table) -> Mask:
        """The cells that are proved not to be told to be none or all."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        label = connected_components(csr_array(self.room > 0), directed=True, connection="strong")[1]
        n, liked = (np.bincount(self.edge, weights=values)[self.edge] for values in (of.n, of.liked))
        return ((liked > 0) & (liked < n)) | (label[self.side] == label[self.column])

    @property
    def edge(self) -> NDArray[np.intp]:
        """The same number for cells of the same group and column."""
        edges: NDArray[np.intp] = self.side * len(self.room) + self.column
        return edges

    def left_open(self, group: Group, enough: int) -> int:
        """How far the count of a group may certainly move, up or down; not looked for beyond `enough`."""
        room, node = self.room.copy(), self.nodes[group]
        most = [room[self.hub, node], room[node, self.hub]]
        room[self.hub, node] = room[node, self.hub] = 0
        width = 0
        for start, end, limit in ((node, self.hub, most[0]), (self.hub, node, most[1])):
            width += _flow(room.copy(), start, end, min(int(limit), enough - width))
        return width


def networks(of: Table, told: Sequence[Told], hidden: frozenset[Group]) -> list[Network]:
    """A network for each cut of which anything is told."""
    cuts = {one.group.cut for one in told if one.group is not None}
    earlier = sum(one.group is None for one in told) > 1
    return [_network(of, told, hidden, cut, exact=len(cuts) <= 2 and not earlier) for cut in of.cuts() if cut in cuts]


def _network(of: Table, told: Sequence[Told], hidden: frozenset[Group], cut: str, *, exact: bool) -> Network:
    groups = of.cuts()[cut]
    nodes = {group: place for place, group in enumerate(groups)}
    others = [one for one in told if one.group is None or one.group.cut != cut]
    columns, first = alike(np.array([one.mask for one in others]))
    hub, size = len(groups), len(groups) + len(first) + 2
    side = np.zeros(len(of.n), dtype=np.intp)
    for group, node in nodes.items():
        side[of.members[group]] = node
    column = columns + hub + 1
    room = np.zeros((size, size), dtype=np.int64)
    np.add.at(room, (side, column), of.n - of.liked)
    np.add.at(room, (column, side), of.liked)
    bounds = {one.group: (one.lo, one.hi) for one in told}
    for group, node in nodes.items():
        count, n = of.count(group)
        lo, hi = (0, n) if group in hidden else bounds[group]
        room[hub, node], room[node, hub] = hi - count, count - lo
    if exact:
        _let_columns_move(room, others, first, of, hub)
    return Network(room, side, column, nodes, exact)


def _let_columns_move(
    room: NDArray[np.int64], others: Sequence[Told], first: NDArray[np.intp], of: Table, hub: int
) -> None:
    """Columns that are coded groups change within their band; that of all hidden ones as it must."""
    last = len(room) - 1
    for place, cell in enumerate(first):
        node = hub + 1 + place
        mine = [one for one in others if one.group is not None and one.mask[cell]]
        if not mine:
            room[node, last] = room[last, node] = _PLENTY
        for one in mine:
            count = int(of.liked[one.mask].sum())
            room[node, last], room[last, node] = one.hi - count, count - one.lo


def alike(rows: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The number of each cell's column, cells with the same groups having one, and the first cell of each."""
    packed = np.packbits(rows, axis=0).T
    _, first, place = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    return place.ravel(), first


def _flow(room: NDArray[np.int64], start: int, end: int, most: int) -> int:
    """How much can be sent along paths from one node to another, up to `most` (Edmonds–Karp)."""
    sent = 0
    while sent < most:
        came = _path(room, start, end)
        if came is None:
            break
        steps = [end]
        while steps[-1] != start:
            steps.append(came[steps[-1]])
        links = list(zip(steps[1:], steps, strict=False))
        amount = min(most - sent, *(int(room[link]) for link in links))
        for a, b in links:
            room[a, b] -= amount
            room[b, a] += amount
        sent += amount
    return sent


def _path(room: NDArray[np.int64], start: int, end: int) -> dict[int, int] | None:
    """From where each node on the way was reached; None if the end is not."""
    came = {start: start}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other in np.flatnonzero(room[node] > 0).tolist():
            if other not in came:
                came[other] = node
                if other == end:
                    return came
                waiting.append(other)
    return None
