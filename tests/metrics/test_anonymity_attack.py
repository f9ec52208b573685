"""Random small companies against an attacker who is written apart from the engine (`tests.attacker`)."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from metrics.anonymity import (
    Decision,
    Earlier,
    Group,
    Table,
    coded_band,
    coded_side,
    decide,
    is_safe,
    may_follow,
    table,
    timed_table,
)
from tests.attacker import Attacker
from tests.soak import TIMES

CUTS = ["department", "location", "tenure"]


def company(number: int) -> tuple[pd.DataFrame, int]:
    """Answers of a small company, and its k; departments sit mostly in one place, some of them wholly."""
    chance = np.random.default_rng(number)
    people = int(chance.integers(8, 60))
    departments, locations, tenures = int(chance.integers(2, 6)), int(chance.integers(1, 4)), int(chance.integers(1, 4))
    department = chance.choice(departments, people, p=chance.dirichlet(np.ones(departments)))
    home = chance.integers(0, locations, departments)
    moved = chance.random(people) < chance.choice([0.0, 0.1, 0.5])
    location = np.where(moved, chance.integers(0, locations, people), home[department])
    tenure = np.where(chance.random(people) < 0.3, chance.integers(0, tenures, people), department % tenures)
    share = chance.beta(2, 2, departments)[department]
    answers = pd.DataFrame({"favourable": (chance.random(people) < share).astype(int)})
    for name, groups in zip(CUTS, (department, location, tenure), strict=True):
        answers[name] = [f"{name[0]}{group}" for group in groups]
    return answers, int(chance.choice([3, 4, 5]))


def attack(of: Table, decision: Decision) -> Attacker:
    """Hand over everything that is published, as it is published."""
    everybody, n = of.total()
    assert coded_side(everybody, n) is None
    sums: list[tuple[list[bool], float, float]] = [([True] * len(of.n), everybody, everybody)]
    for group, mask in of.members.items():
        count, size = of.count(group)
        if decision.standing(group) == "exact":
            sums.append((mask.tolist(), count, count))
        elif decision.standing(group) == "coded":
            side = coded_side(count, size)
            assert side is not None
            low, high = coded_band(size, side)
            sums.append((mask.tolist(), low * size - 1e-9, high * size + 1e-9))
    return Attacker(of.n.tolist(), sums)


@pytest.mark.parametrize("number", range(25 * min(TIMES, 20)))
def test_an_attacker_learns_nothing_of_a_small_company(number: int) -> None:
    answers, k = company(number)
    of = table(answers, CUTS)
    decision = decide(of, k)
    everybody, n = of.total()
    if coded_side(everybody, n) is not None or n < k:
        assert decision.hidden == set(of.members)
        return
    attacker = attack(of, decision)
    assert list(attacker.isolated(k)) == []
    assert attacker.certain_people() == []
    for group, mask in of.members.items():
        size = of.count(group)[1]
        if decision.standing(group) != "exact":
            assert not attacker.knows(mask.tolist()), group
        if decision.standing(group) == "hidden" and size > 1:
            low, high = attacker.range(mask.tolist())
            assert low < size, group
            assert high > 0, group
        else:
            assert decision.standing(group) == "hidden" or size >= k


def late(number: int) -> tuple[Decision, list[Earlier], Attacker, int] | None:
    """A company of which some answered later, with what an attacker has if both snapshots are shown."""
    answers, k = company(number)
    chance = np.random.default_rng(number)
    answers["batch"] = (chance.random(len(answers)) < chance.choice([0.1, 0.3, 0.5])).astype(int)
    first = table(answers[answers["batch"] == 0], CUTS)
    before = decide(first, k)
    cells, came = timed_table(answers, CUTS)
    now = decide(cells, k)
    if any(n < k or coded_side(x, n) is not None for x, n in (first.total(), cells.total())):
        return None
    arrived = came == 0
    shown = {group: first.count(group) for group in first.members if group not in before.hidden}
    if not shown.keys() <= cells.members.keys():
        return None
    earlier = Earlier(arrived, first.total(), shown, before.hidden)
    sums = [*attack(cells, now).sums, (arrived.tolist(), *[first.total()[0]] * 2)]
    sums += [((arrived & cells.members[group]).tolist(), *_ends(before, group)) for group in shown]
    return now, [earlier], Attacker(cells.n.tolist(), sums), k


def _ends(decision: Decision, group: Group) -> tuple[float, float]:
    count, size = decision.table.count(group)
    side = coded_side(count, size)
    if side is None:
        return count, count
    low, high = coded_band(size, side)
    return low * size - 1e-9, high * size + 1e-9


@pytest.mark.parametrize("number", range(3000, 3000 + 40 * min(TIMES, 20)))
def test_two_snapshots_of_a_small_company_tell_no_more(number: int) -> None:
    found = late(number)
    if found is None:
        return
    now, earlier, attacker, k = found
    if not may_follow(now, earlier, k):
        return
    assert list(attacker.isolated(k)) == []
    assert attacker.certain_people() == []
    for group, mask in now.table.members.items():
        if group in now.hidden:
            assert not attacker.knows(mask.tolist()), group
        if group in earlier[0].hidden:
            assert not attacker.knows((mask & earlier[0].arrived).tolist()), group


def test_some_later_snapshots_are_shown_and_some_would_tell() -> None:
    """Neither is everything kept back, nor would it be safe to keep nothing back."""
    shown, told = 0, 0
    for number in range(3000, 3040):
        found = late(number)
        if found is not None:
            now, earlier, attacker, k = found
            follows = may_follow(now, earlier, k)
            shown += follows
            told += not follows and bool(list(attacker.isolated(k)) or attacker.certain_people())
    assert shown >= 2
    assert told >= 5


def test_the_attacker_finds_what_is_not_hidden() -> None:
    """The attacks are able to succeed where only the groups under k are hidden."""
    found = 0
    for number in range(20):
        answers, k = company(number)
        of = table(answers, CUTS)
        if coded_side(*of.total()) is None:
            attacker = attack(of, Decision(of, frozenset(g for g in of.members if of.count(g)[1] < k)))
            found += bool(list(attacker.isolated(k)) or attacker.certain_people())
    assert found >= 6


@pytest.mark.parametrize("number", range(1000, 1000 + 12 * min(TIMES, 20)))
def test_no_fewer_answers_could_have_been_hidden(number: int) -> None:
    """Against every set of groups that could be hidden instead, in the order of their answers."""
    answers, k = company(number)
    of = table(answers, CUTS)
    decision = decide(of, k)
    if coded_side(*of.total()) is not None or not decision.least or len(of.members) > 9:
        return
    cost = sum(of.count(group)[1] for group in decision.hidden)
    assert is_safe(of, decision.hidden, k)
    for size in range(len(of.members)):
        for hidden in itertools.combinations(of.members, size):
            if sum(of.count(group)[1] for group in hidden) < cost:
                assert not is_safe(of, frozenset(hidden), k), hidden
