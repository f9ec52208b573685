"""Somebody who wants to know what single people answered: sees every published number, and knows who sits where.

Written apart from the engine and without it. Tries worlds: whole numbers of favourable answers in each cell (people of
the same department, location and tenure) that agree with everything published. What is the same in all of them is
known.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


@dataclass
class Attacker:
    """`sizes` of the cells; `sums`: (cells of a published group, least, most favourable answers that it may have)."""

    sizes: Sequence[int]
    sums: Sequence[tuple[Sequence[bool], float, float]]
    worlds: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = np.random.default_rng(7)
        for _ in range(6):
            self._world(chance.normal(size=len(self.sizes)))

    def _world(self, wish: np.ndarray) -> np.ndarray:
        """A world in which what is wished for is as small as possible."""
        rows = np.array([mask for mask, _, _ in self.sums], dtype=float)
        lo, hi = [low for _, low, _ in self.sums], [high for _, _, high in self.sums]
        found = milp(
            wish, integrality=np.ones(len(self.sizes)), bounds=Bounds(0, np.array(self.sizes, dtype=float)),
            constraints=LinearConstraint(rows, lo, hi), options={"mip_rel_gap": 0.0},
        )  # fmt: skip
        assert found.status == 0, "there is no world like the one that is published"
        world = np.round(found.x).astype(int)
        assert all(low - 1e-9 <= row @ world <= high + 1e-9 for row, low, high in zip(rows, lo, hi, strict=True))
        self.worlds.append(world)
        return world

    def range(self, cells: Sequence[bool]) -> tuple[int, int]:
        """The fewest and most favourable answers that these cells may have together."""
        wish = np.array(cells, dtype=float)
        return int(wish @ self._world(wish)), int(wish @ self._world(-wish))

    def knows(self, cells: Sequence[bool]) -> bool:
        """Whether the favourable answers of these cells are known to the number."""
        seen = {int(np.array(cells, dtype=int) @ world) for world in self.worlds}
        if len(seen) > 1:
            return False
        low, high = self.range(cells)
        return low == high

    def isolated(self, k: int) -> Iterator[tuple[int, ...]]:
        """Sets of cells with 1 to k − 1 people whose answers are known."""
        few = [cell for cell, size in enumerate(self.sizes) if 0 < size < k]
        for count in range(1, k):
            for chosen in itertools.combinations(few, count):
                if sum(self.sizes[cell] for cell in chosen) < k:
                    mask = [cell in chosen for cell in range(len(self.sizes))]
                    if self.knows(mask):
                        yield chosen

    def certain_people(self) -> list[int]:
        """Cells of whose people it is known that none, or all, answered favourably."""
        found = []
        for cell, size in enumerate(self.sizes):
            seen = {int(world[cell]) for world in self.worlds}
            if size and not (seen - {0} and seen - {size}):
                low, high = self.range([other == cell for other in range(len(self.sizes))])
                if high == 0 or low == size:
                    found.append(cell)
        return found
