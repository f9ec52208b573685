"""The cheapest groups to hide, by integer programming, given the breaches that are known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from metrics.anonymity.audit import Breach
from metrics.anonymity.rules import coded_side
from metrics.anonymity.table import Group, Table

_NODES = 20_000

#: Coefficients of the variables, and what their sum must at least be.
_Row = tuple[NDArray[np.float64], float]


def cheapest(of: Table, few: Collection[Group], least: int, known: Sequence[Breach]) -> set[Group] | None:
    """The groups to hide, `few` among them, with the fewest answers that stop every breach; ties by name.

    None if there are none, or none were found.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    groups, cuts = list(of.members), of.cuts()
    place = {group: number for number, group in enumerate(groups)}
    size = len(groups) + len(cuts)  # a variable a group, whether it is hidden, and one a cut, whether any of it is
    rows = [_stopping(breach, place, size) for breach in known]
    for number, names in enumerate(cuts.values()):
        rows += _of_one_cut(of, names, place, len(groups) + number, size, least)
    lower = np.zeros(size)
    lower[[place[group] for group in few]] = 1
    answer = milp(
        np.concatenate([_costs(of, groups), np.zeros(len(cuts))]),
        integrality=np.ones(size),
        bounds=Bounds(lower, 1),
        constraints=LinearConstraint(np.array([row for row, _ in rows]), np.array([most for _, most in rows]), np.inf),
        options={"node_limit": _NODES, "mip_rel_gap": 0.0},
    )
    if answer.x is None or answer.status != 0:
        return None
    return {group for group in groups if answer.x[place[group]] > 0.5}


def _costs(of: Table, groups: Sequence[Group]) -> NDArray[np.float64]:
    """Answers, and so much less than one answer by name that it decides only between equals."""
    cuts = list(of.cuts())
    order = sorted(groups, key=lambda group: (cuts.index(group.cut), group.name))
    ranks = np.array([1 + order.index(group) for group in groups], dtype=float)
    return np.array([of.count(group)[1] for group in groups], dtype=float) * (1 + ranks.sum()) + ranks


def _stopping(breach: Breach, place: Mapping[Group, int], size: int) -> _Row:
    """One of the groups that tell it is hidden, or one of those that must be hidden for it is not."""
    row = np.zeros(size)
    row[[place[group] for group in breach.by]] = 1
    row[[place[group] for group in breach.hidden]] = -1
    return row, 1.0 - len(breach.hidden)


def _of_one_cut(
    of: Table, names: Sequence[Group], place: Mapping[Group, int], any_: int, size: int, least: int
) -> Iterator[_Row]:
    """What `cuts.safe` asks of one cut, as far as it is linear: enough groups and answers hidden, not near none or all."""
    counts = {group: of.count(group) for group in names}
    coded = [count for group, count in counts.items() if coded_side(*count) is not None]

    def row(weights: Mapping[Group, float], base: float, whether: float) -> _Row:
        """``Σ weights·hidden + base ≥ whether``, if any is hidden or coded."""
        found = np.zeros(size)
        for group, weight in weights.items():
            found[place[group]] = weight
        if coded:
            return found, whether - base
        found[any_] = -whether
        return found, 0.0

    for group in names:
        one = np.zeros(size)
        one[place[group]], one[any_] = -1, 1
        yield one, 0.0
    for weights, whether in (({g: n for g, (_, n) in counts.items()}, least), (dict.fromkeys(names, 1), 2)):
        needed = np.zeros(size)
        needed[[place[group] for group in names]] = [weights[group] for group in names]
        needed[any_] = -whether
        yield needed, 0.0
    exact = {group: count for group, count in counts.items() if coded_side(*count) is None}
    for liked in (True, False):
        parts = {group: x if liked else n - x for group, (x, n) in exact.items()}
        base = sum(x if liked else n - x for x, n in coded)
        yield row(parts, base, 3)
        more = {group: 20 * parts[group] - n for group, (_, n) in exact.items()}
        yield row(more, 20 * base - sum(n for _, n in coded), 1)
