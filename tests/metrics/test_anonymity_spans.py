"""Small sets that groups give away: found wherever they are, and by which groups."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from metrics.anonymity import spans
from metrics.anonymity.spans import causes, small_sets


def groups(number: int) -> tuple[np.ndarray, np.ndarray]:
    """Random groups over random cells."""
    chance = np.random.default_rng(number)
    cells = int(chance.integers(3, 10))
    rows = [np.ones(cells, dtype=bool)]
    for _ in range(int(chance.integers(1, 4))):
        place = chance.integers(0, int(chance.integers(2, 5)), cells)
        rows += [place == one for one in np.unique(place)]
    return np.array(rows), chance.integers(1, 5, cells)


def by_trial(rows: np.ndarray, n: np.ndarray, least: int) -> set[tuple[int, ...]]:
    """Every set of cells with few answers, by comparing ranks."""
    rank = np.linalg.matrix_rank(rows.astype(float))
    found = set()
    for size in range(1, least):
        for cells in itertools.combinations(range(len(n)), size):
            wanted = np.isin(np.arange(len(n)), cells)
            if n[list(cells)].sum() < least and np.linalg.matrix_rank(np.vstack([rows, wanted]).astype(float)) == rank:
                found.add(cells)
    return found


@pytest.mark.parametrize("number", range(40))
@pytest.mark.parametrize("least", [3, 5, 8])
def test_small_sets_are_those_found_by_trial(number: int, least: int) -> None:
    rows, n = groups(number)
    found = [tuple(int(cell) for cell in cells) for cells in small_sets(rows, n, least)]
    wanted = by_trial(rows, n, least)
    assert set(found) <= wanted
    assert bool(found) == bool(wanted)


@pytest.mark.parametrize("number", range(60))
@pytest.mark.parametrize("least", [3, 5, 8])
def test_exchanges_rule_out_only_cells_that_are_in_no_small_set(number: int, least: int) -> None:
    """Two cuts and their cells, of random sizes, some of them empty."""
    chance = np.random.default_rng(number)
    a, b = (place.ravel() for place in np.indices((int(chance.integers(2, 5)), int(chance.integers(2, 5)))))
    there = chance.random(len(a)) < 0.8
    a, b = a[there], b[there]
    n = chance.integers(1, 7, len(a))
    rows = np.array([np.ones(len(a), dtype=bool), *(a == one for one in set(a)), *(b == one for one in set(b))])
    sides = [(a, b), (b, a)]
    wanted = by_trial(rows, n, least)
    found = {tuple(int(cell) for cell in cells) for cells in small_sets(rows, n, least, sides)}
    assert found <= wanted
    assert bool(found) == bool(wanted)


@pytest.mark.parametrize("number", range(0, 40, 4))
def test_integer_programming_finds_them_too(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many halves to be held."""
    monkeypatch.setattr(spans, "_halves", lambda *_: None)
    rows, n = groups(number)
    found = [tuple(int(cell) for cell in cells) for cells in small_sets(rows, n, 5)]
    assert set(found) <= by_trial(rows, n, 5)
    assert bool(found) == bool(by_trial(rows, n, 5))


@pytest.mark.parametrize("number", range(0, 40, 4))
def test_the_causes_alone_give_a_set_away(number: int) -> None:
    rows, n = groups(number)
    for cells in small_sets(rows, n, 5):
        by = rows[causes(rows, cells)].astype(float)
        wanted = np.isin(np.arange(len(n)), cells).astype(float)
        assert np.linalg.matrix_rank(np.vstack([by, wanted])) == np.linalg.matrix_rank(by)
