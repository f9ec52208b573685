"""Answers that came later: whether what they add may be shown beside what was shown of the same question before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.anonymity.audit import breaches
from metrics.anonymity.hiding import Decision, published
from metrics.anonymity.rules import K_FLOOR, bounds_told
from metrics.anonymity.table import Group, Mask, Told


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """What was shown of a question before.

    Attributes
    ----------
    arrived : array of bool, one a cell of the present table
        The cells whose answers had come by then: a cell holds either only such answers, or none.
    company : (int, int)
        Favourable answers and answers of everybody, as they were.
    groups : mapping
        Group → the same, of each that was shown.
    hidden : set
        The groups that were hidden beside them.
    """

    arrived: Mask
    company: tuple[int, int]
    groups: Mapping[Group, tuple[int, int]]
    hidden: frozenset[Group]


def may_follow(now: Decision, earlier: Sequence[Earlier], k: int) -> bool:
    """Whether a later snapshot may be published.

    Every published group that changed must have gained at least `k` answers, neither none nor all of them favourable, and
    nothing may be worked out from all snapshots together: not even what an earlier one hid. An earlier answer that was
    changed or taken away cannot be told from a late one, so that nothing follows then.
    """
    least = max(k, K_FLOOR)
    for one in earlier:
        if not _untouched(now, one) or not _grown(now, one, least):
            return False
    if all(one.arrived.all() and _same(now, one) for one in earlier):
        return True
    told, unclear = published(now.table, now.hidden)
    before = [shown for one in earlier for shown in _told(one, now)]
    hidden = [secret for one in earlier for secret in _secret(one, now)]
    return not breaches(now.table, [*told, *before], [*unclear, *hidden], least)


def _masks(one: Earlier, now: Decision) -> Iterator[tuple[Mask, tuple[int, int]]]:
    """Everybody and each group that was shown, among those who had answered by then."""
    yield one.arrived, one.company
    for group, count in one.groups.items():
        yield one.arrived & now.table.members.get(group, np.zeros(len(one.arrived), dtype=bool)), count


def _untouched(now: Decision, one: Earlier) -> bool:
    """Whether all answers that were shown are still there and as they were."""
    table = now.table
    return all((int(table.liked[mask].sum()), int(table.n[mask].sum())) == count for mask, count in _masks(one, now))


def _grown(now: Decision, one: Earlier, least: int) -> bool:
    """Whether everybody, and each group shown then and now, stayed as it was or gained enough."""
    pairs = [(now.table.total(), one.company)]
    pairs += [(now.table.count(group), count) for group, count in one.groups.items() if group not in now.hidden]
    for (liked, n), (before, less) in pairs:
        gained = n - less
        if gained and (gained < least or liked - before in (0, gained)):
            return False
    return True


def _same(now: Decision, one: Earlier) -> bool:
    """Whether the same groups were shown then."""
    return set(one.groups) == set(now.table.members) - now.hidden


def _told(one: Earlier, now: Decision) -> Iterator[Told]:
    for mask, count in _masks(one, now):
        yield Told(None, mask, *bounds_told(*count))


def _secret(one: Earlier, now: Decision) -> Iterator[Told]:
    """What an earlier snapshot hid must stay so."""
    for group in one.hidden & now.table.members.keys():
        mask = one.arrived & now.table.members[group]
        yield Told(None, mask, 0, int(now.table.n[mask].sum()))
