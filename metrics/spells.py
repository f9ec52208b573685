"""Days from one date to another of things of which some are not over: which can be counted, and their median."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Estimate, Status, absent
from metrics.survival import Flags, Times, median
from metrics.words import listed, plural, spelled


@dataclass(frozen=True, slots=True)
class Spells:
    """The rows that can be counted with their days and whether they are over; `lacking` says how many others there are
    and why, `backwards` which of these reasons is that the dates run backwards.
    """

    times: Times
    ended: Flags
    rows: pd.DataFrame
    lacking: Mapping[str, int]
    backwards: str

    @property
    def aside(self) -> str:
        """``; left out: 1 without an opening date``, or nothing."""
        told = [f"{count} {why}" for why, count in self.lacking.items()]
        return f"; left out: {listed(told)}" if told else ""


def spells(
    rows: pd.DataFrame,
    start: pd.Series,
    end: pd.Series,
    ended: pd.Series,
    wrong: Mapping[str, pd.Series],
    backwards: str,
) -> Spells:
    """Days from `start` to `end`.

    Parameters
    ----------
    ended : Series of bool
        Whether the spell is over at its end; else it lasts at least until then.
    wrong : mapping of str to Series of bool
        Why rows can't be counted; a row has one reason, the first that holds. What ends before it starts is `backwards`.
    """
    usable, lacking = pd.Series(data=True, index=rows.index), {}
    for why, mask in (dict(wrong) | {backwards: end < start}).items():
        if count := int((mask & usable).sum()):
            lacking[why] = count
        usable &= ~mask
    days: Times = ((end - start).dt.total_seconds() / 86_400)[usable].to_numpy().astype(np.float64)
    return Spells(days, ended[usable].to_numpy(dtype=bool), rows[usable], lacking, backwards)


def median_days(about: Metric, found: Spells, *, noun: str, done: str) -> Estimate:
    """The Kaplan–Meier median of a metric in days; `noun` is what is counted and `done` what is over with it."""
    n = len(found.times)
    if not n:
        return none_counted(about, found, noun=noun)
    basis = f"{int(found.ended.sum())} of {plural(n, noun)} {done}{found.aside}"
    half = median(found.times, found.ended)
    if half.value is not None:
        return Estimate(
            value=half.value, lo=half.lo, hi=half.hi, unit=about.unit, n=n, basis=basis, better=about.better
        )
    why = f"the one {noun} is not {done}" if n == 1 else f"at least half of {spelled(n, noun)} are not {done}"
    return Estimate(
        lo=half.lo, unit=about.unit, n=n, status=Status.NOT_REACHED, reason=why, basis=basis, better=about.better
    )


def none_counted(about: Metric, found: Spells, *, noun: str) -> Estimate:
    """Why nothing is counted: nothing is recorded, or every row is left out."""
    status = Status.INVALID_ORDER if set(found.lacking) == {found.backwards} else Status.UNDEFINED
    why = f"no {noun} can be counted{found.aside}" if found.lacking else f"no {noun} is recorded"
    return absent(status, why, unit=about.unit, better=about.better)
