"""How long it takes to decide what may be shown of surveys, and how much more than the least is hidden."""

from __future__ import annotations

import itertools
import time
from statistics import median

import numpy as np
import pandas as pd

from metrics.anonymity import Group, Table, decide, is_safe, table

PEOPLE = 5_000
DEPARTMENTS, LOCATIONS = 40, 8
#: Seconds that METRICS allows for one wave and for all.
WAVE, ALL = 60, 600
#: Groups of the largest small table: all sets of them are tried.
SMALL = 10
CUTS = ("department", "location")


def measure(waves: int, questions: int, small: int) -> tuple[str, bool]:
    """What was found, and whether it stays within the limits."""
    chance = np.random.default_rng(20260301)
    times, hidden, cells, proven = [], 0, 0, 0
    for _ in range(waves):
        people = _people(chance, PEOPLE, DEPARTMENTS, LOCATIONS)
        start = time.perf_counter()
        for _ in range(questions):
            answers = people[chance.random(PEOPLE) < 0.95]
            liked = chance.random(len(answers)) < chance.beta(4, 2)
            decision = decide(table(answers.assign(favourable=liked.astype(int)), CUTS), k=5)
            hidden, cells, proven = (
                hidden + len(decision.hidden),
                cells + len(decision.table.members),
                proven + decision.least,
            )
        times.append(time.perf_counter() - start)
    over, least = _against_the_least(chance, small)
    good = max(times) <= WAVE and sum(times) <= ALL
    return (
        f"{DEPARTMENTS} departments, {LOCATIONS} locations, {PEOPLE:,} people, {questions} questions, {waves} waves: "
        f"{sum(times):.0f} s in all (at most {ALL}), {median(times):.1f} s a wave, {max(times):.1f} s the slowest (at most {WAVE}); "
        f"{hidden / cells:.1%} of {cells:,} groups hidden, {proven / (waves * questions):.1%} of the questions proven to be the least\n"
        f"{small} small tables, every set of up to {SMALL} groups tried: {over:,} answers hidden where {least:,} are the least"
    ), good and over == least


def _people(chance: np.random.Generator, count: int, departments: int, locations: int) -> pd.DataFrame:
    """Departments of very different sizes, most of each in one place."""
    department = chance.choice(departments, count, p=chance.dirichlet(np.full(departments, 0.7)))
    home = chance.integers(0, locations, departments)
    elsewhere = chance.choice(locations, count, p=chance.dirichlet(np.ones(locations)))
    location = np.where(chance.random(count) < 0.6, home[department], elsewhere)
    return pd.DataFrame({"department": [f"d{d:02}" for d in department], "location": [f"l{at}" for at in location]})


def _against_the_least(chance: np.random.Generator, count: int) -> tuple[int, int]:
    """Answers in hidden groups of small tables, as decided and at least."""
    decided, least = 0, 0
    while count:
        people = _people(chance, int(chance.integers(20, 80)), int(chance.integers(3, 7)), int(chance.integers(2, 4)))
        liked = chance.random(len(people)) < chance.beta(3, 2)
        of = table(people.assign(favourable=liked.astype(int)), CUTS)
        if 0 < len(of.members) <= SMALL:
            count -= 1
            decided += _answers(of, decide(of, k=5).hidden)
            least += _least(of)
    return decided, least


def _answers(of: Table, hidden: frozenset[Group]) -> int:
    return sum(of.count(group)[1] for group in hidden)


def _least(of: Table) -> int:
    """By trying all sets of groups, those with the fewest answers first."""
    groups = list(of.members)
    sets = (frozenset(some) for size in range(len(groups) + 1) for some in itertools.combinations(groups, size))
    safe = (some for some in sorted(sets, key=lambda some: _answers(of, some)) if is_safe(of, some, 5))
    return _answers(of, next(safe, frozenset(groups)))
