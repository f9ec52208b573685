"""Which further groups to hide: those with the fewest answers together that leave nothing to be worked out.

The cheapest groups that satisfy what is known to be needed are hidden, and what that leaves is audited; each breach is
one more thing that is needed, until there is none (an implicit hitting set, Chandrasekaran et al., Algorithmica
2013;65:1–21). What is needed is always true, so the first answer without a breach is the least.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from metrics.anonymity.audit import Breach, breaches
from metrics.anonymity.cheapest import cheapest
from metrics.anonymity.cuts import Count, Standing, safe
from metrics.anonymity.rules import K_FLOOR, coded_side, withhold
from metrics.anonymity.table import Group, Table, Told, everybody, told

#: Answers tried for all cuts together, before the last cut is hidden and fewer are looked at.
_TRIES = 60


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """How the groups of one question are shown. `least`: whether no fewer answers could have been hidden."""

    table: Table
    hidden: frozenset[Group]
    least: bool = True

    def standing(self, group: Group) -> Standing:
        """How one group is shown."""
        if group in self.hidden:
            return "hidden"
        return "exact" if coded_side(*self.table.count(group)) is None else "coded"


def decide(of: Table, k: int) -> Decision:
    """Decide every group of every cut of one question, beside everybody together.

    Where everybody is not shown exactly no group is. Undecided means hidden: if no answer is found for all cuts, the
    last one is hidden and the others are looked at, down to one cut, which has a closed form.
    """
    least = max(k, K_FLOOR)
    if _all_hidden(of, k):
        return Decision(of, frozenset(of.members))
    known, dropped = of, frozenset[Group]()
    while True:
        found = _hidden(known, least)
        hidden = dropped | frozenset(found or ())
        if found is not None and (not dropped or is_safe(of, hidden, k)):
            return Decision(of, hidden, least=not dropped)
        last, names = list(known.cuts().items())[-1]
        dropped |= frozenset(names)
        if len(known.cuts()) == 1:
            return Decision(of, dropped, least=False)
        known = known.without(last)


def standings(groups: Mapping[str, Count], k: int) -> dict[str, Standing]:
    """How each group of one cut may be shown beside the exact count of all of them together.

    Hides the groups under `k` and, beside them, as few answers as make the cut `safe`; ties by name.

    Parameters
    ----------
    groups : mapping
        Name → count. Together they are everybody, so that nobody is left over.
    """
    names = list(groups)
    liked, n = (np.array([groups[name][place] for name in names], dtype=np.int64) for place in (0, 1))
    members = {Group("", name): np.arange(len(names)) == place for place, name in enumerate(names)}
    decided = decide(Table(n, liked, members), k)
    return {name: decided.standing(Group("", name)) for name in names}


def is_safe(of: Table, hidden: frozenset[Group], k: int) -> bool:
    """Whether nothing can be worked out if these groups are hidden and the others shown."""
    least = max(k, K_FLOOR)
    if _all_hidden(of, k):
        return hidden.issuperset(of.members)
    if any(of.count(group)[1] < least for group in of.members if group not in hidden):
        return False
    return not list(_wrong_in_cuts(of, hidden, least)) and not _across(of, hidden, least)


def _all_hidden(of: Table, k: int) -> bool:
    """Whether everybody together is not shown exactly, so that no group is."""
    count, n = of.total()
    return withhold(n, k) is not None or coded_side(count, n) is not None


def _hidden(of: Table, least: int) -> set[Group] | None:
    """The groups to hide with the fewest answers; None if none were found."""
    few = {group for group in of.members if of.count(group)[1] < least}
    hidden, known = set(few), list[Breach]()
    for _ in range(_TRIES):
        wrong = list(_wrong_in_cuts(of, frozenset(hidden), least)) or _across(of, frozenset(hidden), least)
        if not wrong:
            return hidden
        known += wrong
        found = cheapest(of, few, least, known)
        if found is None:
            return None
        hidden = found
    return None


def _wrong_in_cuts(of: Table, hidden: frozenset[Group], least: int) -> Iterator[Breach]:
    """Cuts that are not safe by themselves: something else must be hidden, or something else instead."""
    for groups in of.cuts().values():
        mine = {group.name for group in groups if group in hidden}
        if not safe({group.name: of.count(group) for group in groups}, mine, least):
            yield Breach(frozenset(groups) - hidden, hidden.intersection(groups))


def _across(of: Table, hidden: frozenset[Group], least: int) -> list[Breach]:
    """What the cuts give away together, be it of groups in a cut of which nothing is shown; one cut has its closed form."""
    if len(of.cuts()) < 2 or hidden.issuperset(of.members):
        return []
    return breaches(of, *published(of, hidden), least)


def published(of: Table, hidden: frozenset[Group]) -> tuple[list[Told], list[Told]]:
    """What is told, everybody first, and what must stay unclear: hidden groups, and those shown as a band."""
    shown = [told(of, group) for group in of.members if group not in hidden]
    secret = [Told(group, of.members[group], 0, of.count(group)[1]) for group in of.members if group in hidden]
    return [everybody(of), *shown], [*secret, *(one for one in shown if one.lo < one.hi)]
