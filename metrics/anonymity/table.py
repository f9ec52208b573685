"""The answers to one question as the engine sees them: cells of people who share every cut, and the groups they are in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.anonymity.rules import bounds_told

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Group(NamedTuple):
    """One group of one cut, such as Sales of the departments."""

    cut: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Cells of people who are in the same groups.

    Attributes
    ----------
    n, liked : arrays of int, one a cell
        Answers, and favourable ones among them.
    members : mapping
        Group → which cells are of it, cut after cut; the groups of a cut are everybody, each once.
    """

    n: Counts
    liked: Counts
    members: Mapping[Group, Mask]

    def count(self, group: Group) -> tuple[int, int]:
        """Favourable answers and answers of a group."""
        mask = self.members[group]
        return int(self.liked[mask].sum()), int(self.n[mask].sum())

    def total(self) -> tuple[int, int]:
        """Favourable answers and answers of everybody."""
        return int(self.liked.sum()), int(self.n.sum())

    def cuts(self) -> dict[str, list[Group]]:
        """The groups of each cut."""
        found: dict[str, list[Group]] = {}
        for group in self.members:
            found.setdefault(group.cut, []).append(group)
        return found

    def without(self, cut: str) -> Table:
        """The same answers, without one of the cuts."""
        return Table(self.n, self.liked, {g: mask for g, mask in self.members.items() if g.cut != cut})


def table(answers: pd.DataFrame, cuts: Sequence[str]) -> Table:
    """Add up single answers.

    Parameters
    ----------
    answers : DataFrame
        One row an answer (or several alike: then with a column `n`): `favourable` (how many of them are), and a column
        of group names for each of `cuts`. A cut in which all are of one group tells nothing beyond everybody and is
        left out.
    """
    return timed_table(answers.assign(batch=0), cuts)[0]


def timed_table(answers: pd.DataFrame, cuts: Sequence[str]) -> tuple[Table, Counts]:
    """The same with a column `batch`: cells are also apart by the batch in which they came, which stands beside them."""
    counted = answers if "n" in answers else answers.assign(n=1)
    used = [cut for cut in cuts if len(counted[cut].unique()) > 1]
    cells = counted.groupby([*used, "batch"], sort=True)[["n", "favourable"]].sum().reset_index()
    members = {
        Group(cut, str(name)): (cells[cut] == name).to_numpy(dtype=bool)
        for cut in used
        for name in sorted(cells[cut].unique())
    }
    n, liked, batch = (cells[name].to_numpy(dtype=np.int64) for name in ("n", "favourable", "batch"))
    return Table(n, liked, members), batch


class Told(NamedTuple):
    """One published group: its cells, and the favourable answers it may have by what is shown (one number if exact).

    `group` is None where nothing can be done about it any more: everybody, or what was shown earlier.
    """

    group: Group | None
    mask: Mask
    lo: int
    hi: int


def told(of: Table, group: Group) -> Told:
    """What is shown of a group that is not hidden."""
    return Told(group, of.members[group], *bounds_told(*of.count(group)))


def everybody(of: Table) -> Told:
    """What is shown of all together."""
    return Told(None, np.ones(len(of.n), dtype=bool), *bounds_told(*of.total()))


class Atoms(NamedTuple):
    """Cells that no published group tells apart, taken together: `rows` are published groups by atoms, `place` is the atom
    of each cell.
    """

    rows: Mask
    n: Counts
    liked: Counts
    place: NDArray[np.intp]


def atoms(rows: Mask, n: Counts, liked: Counts) -> Atoms:
    """Merge the cells whose columns in `rows` (groups by cells) are alike."""
    packed = np.packbits(rows, axis=0).T
    _, first, place = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    place = place.ravel()
    size = len(first)
    answers, favourable = (np.bincount(place, weights=values, minlength=size).astype(np.int64) for values in (n, liked))
    return Atoms(rows[:, first], answers, favourable, place)
