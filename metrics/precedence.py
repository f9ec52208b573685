"""Whether the steps of a plan came in the order that the plan declares.

Only declared order counts: a step names one step that it must follow, and with it all that this one must follow. Steps
between which the plan declares no order may come in any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metrics.timeline import Moment

#: Two steps of which the first must come before the second.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Declared:
    """The order a plan declares: every pair, followed through; `circular` are steps that would have to follow themselves
    (no order is read from the circle), `unknown` those that name a step which the plan does not have.
    """

    pairs: frozenset[Pair] = frozenset()
    circular: frozenset[int] = frozenset()
    unknown: frozenset[int] = frozenset()


def declared(after: Mapping[int, int | None], unknown: Iterable[int] = ()) -> Declared:
    """What `after` (step → the step it names, or None) declares."""
    earlier = {step: _ancestors(step, after) for step in after}
    circular = frozenset(step for step, before in earlier.items() if step in before)
    pairs = {
        (first, step)
        for step, before in earlier.items()
        for first in before
        if first != step and not (step in circular and first in circular)
    }
    return Declared(frozenset(pairs), circular, frozenset(unknown))


def _ancestors(step: int, after: Mapping[int, int | None]) -> set[int]:
    found: set[int] = set()
    at = after.get(step)
    while at is not None and at not in found:
        found.add(at)
        at = after.get(at)
    return found


@dataclass(frozen=True, slots=True)
class Order:
    """Declared pairs of steps that both happened: those the wrong way round for sure, those that days alone can't tell,
    and how many there are in all.
    """

    inverted: frozenset[Pair]
    unclear: frozenset[Pair]
    compared: int


def order(pairs: Iterable[Pair], at: Mapping[int, Moment]) -> Order:
    """Compare declared pairs with what happened when; steps that are not in `at` did not happen."""
    known = [(first, second) for first, second in pairs if first in at and second in at]
    inverted = frozenset(pair for pair in known if before(at[pair[1]], at[pair[0]]))
    unclear = frozenset(pair for pair in known if pair not in inverted and not _kept(at[pair[0]], at[pair[1]]))
    return Order(inverted, unclear, len(known))


def before(one: Moment, other: Moment) -> bool:
    """Whether a moment lies before another for sure; a day ends just before the instant that is its upper bound."""
    return one.hi < other.lo or (one.hi == other.lo and not one.exact)


def _kept(first: Moment, second: Moment) -> bool:
    return first.hi <= second.lo


def out_of_place(inverted: Iterable[Pair]) -> int:
    """The fewest steps without which none of the rest is the wrong way round.

    Where the plan declares an order between all steps, that is n − the longest increasing subsequence. With a partial
    order the inverted pairs are themselves an order (of two inverted pairs end to end the outer one is inverted too), so
    the largest part without any is its largest antichain, and by Dilworth (Annals of Mathematics 1950;51:161–166) and
    König as many fall out as a largest matching of the pairs has.
    """
    pairs = sorted(set(inverted))
    if not pairs:
        return 0
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    places = {step: place for place, step in enumerate(sorted({step for pair in pairs for step in pair}))}
    rows, columns = ([places[pair[end]] for pair in pairs] for end in (0, 1))
    graph = csr_array(([1] * len(pairs), (rows, columns)), shape=(len(places), len(places)))
    return int((maximum_bipartite_matching(graph) >= 0).sum())
