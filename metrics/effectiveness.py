"""Did the fix work? A gap names a metric and a target; the crises since its fix say whether the target is met.

Closed is not improved: only a crisis that began after the fix and put the gap's step to the test can tell.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import SEED
from metrics.targets import Verdict, is_missed, verdict
from metrics.words import minutes, plural

#: Crises with a value that a test needs before the fix, and after it.
LEAST = 4
#: Rearrangements up to which all are tried; beyond, as many are drawn with a fixed seed.
_MOST = 100_000

METRICS: tuple[Metric, ...] = (
    Metric(id="effectiveness", label="Effectiveness of a fix", unit="state", better=Better.NONE, definition="What the latest crisis that began after the fix and put the gap's step to the test says of the gap's metric: verified, within the target; regressed, outside it although it was verified earlier, or worse than in the crisis in which the gap was found; ineffective, outside it otherwise; not exercised, no such crisis yet.", formula="With at least four crises before the fix and four after it also an exact two-sided permutation test on ranks; a missed step ranks last.", edge_cases="A crisis in which the metric has no value, or can't be judged yet, tells nothing. Fewer crises than four and four: cannot be tested.", source="house; Pitman, J. R. Stat. Soc. Suppl. 1937;4:119–130"),
)  # fmt: skip
_ABOUT = METRICS[0]


class Effect(StrEnum):
    """What is known of a fix."""

    NOT_EXERCISED = "not_exercised"
    VERIFIED = "verified"
    INEFFECTIVE = "ineffective"
    REGRESSED = "regressed"


@dataclass(frozen=True, slots=True)
class Seen:
    """A gap's metric in one crisis; `tested` says whether the crisis put the gap's step to the test, `name` what a sentence
    calls it (default: its code).
    """

    crisis: str
    day0: pd.Timestamp
    value: Estimate
    tested: bool = True
    name: str | None = None

    @property
    def called(self) -> str:
        return self.crisis if self.name is None else self.name


@dataclass(frozen=True, slots=True)
class Effectiveness:
    """What the crises say of a fix.

    Attributes
    ----------
    reason : str or None
        Why it is not exercised.
    last : Seen or None
        The crisis that decides.
    origin : Seen or None
        The crisis in which the gap was found, if its metric has a value there.
    verified_in : str or None
        What the latest earlier crisis in which the target was met is called.
    undecided : tuple of str
        What later crises are called that could not be judged.
    test : Estimate
        The two-sided p of values before against after; ``insufficient_n`` where it cannot be tested.
    """

    effect: Effect
    test: Estimate
    reason: str | None = None
    last: Seen | None = None
    origin: Seen | None = None
    verified_in: str | None = None
    undecided: tuple[str, ...] = ()

    @property
    def estimate(self) -> Estimate:
        """The state as a value; what was not exercised does not apply yet."""
        status = Status.NOT_APPLICABLE if self.effect is Effect.NOT_EXERCISED else Status.OK
        n = 0 if self.last is None else 1
        basis = None if self.last is None else f"the crisis {self.last.crisis}"
        return Estimate(value=self.effect.value, unit=_ABOUT.unit, n=n, status=status, reason=self.reason, basis=basis)


def effectiveness(gap: Mapping[str, Any], seen: Iterable[Seen], about: Metric | None) -> Effectiveness:
    """What became of one gap's metric since its fix.

    Parameters
    ----------
    gap : mapping
        completed_on (day or NaT), crisis (code or None), metric (id or None) and target (in the metric's unit, or NaN).
    seen : iterable of Seen
        The metric in every crisis, in any order.
    about : Metric or None
        The declaration of the gap's metric; None where there is no such metric.
    """
    ordered = sorted(seen, key=lambda one: (one.day0, one.crisis))
    fixed = gap["completed_on"]
    before = [one for one in ordered if one.tested and not pd.isna(fixed) and one.day0 <= fixed]
    after = [one for one in ordered if one.tested and not pd.isna(fixed) and one.day0 > fixed]
    test = permutation(before, after)
    lacking = _lacking(gap, about) or (None if after else f"no crisis since {fixed:%Y-%m-%d} put it to the test")
    if lacking:
        return Effectiveness(Effect.NOT_EXERCISED, test, lacking)
    judged = [(one, verdict(one.value, float(gap["target"]))) for one in after]
    decided = [(one, said) for one, said in judged if said in (Verdict.MET, Verdict.NOT_MET)]
    open_ones = tuple(one.called for one, said in judged if said not in (Verdict.MET, Verdict.NOT_MET))
    if not decided:
        last = after[-1]
        why = last.value.reason or "known only to the day"
        return Effectiveness(
            Effect.NOT_EXERCISED, test, f"in {last.called} it can't be judged: {why}", undecided=open_ones
        )
    last, said = decided[-1]
    origin = next((one for one in ordered if one.crisis == gap["crisis"]), None)
    met = [one.called for one, earlier in decided[:-1] if earlier is Verdict.MET]
    verified = met[-1] if met else None
    effect = Effect.VERIFIED
    if said is Verdict.NOT_MET:
        effect = Effect.REGRESSED if verified or (origin and worse(last.value, origin.value)) else Effect.INEFFECTIVE
    return Effectiveness(effect, test, None, last, origin, verified, open_ones)


def _lacking(gap: Mapping[str, Any], about: Metric | None) -> str | None:
    """Why a gap's fix can't be judged, whatever happens."""
    if pd.isna(gap["metric"]):
        return "the gap names no metric"
    if about is None:
        return f"there is no metric “{gap['metric']}”"
    if pd.isna(gap["target"]):
        return "the gap names no target"
    if about.better is Better.NONE:
        return f"{about.label.lower()} is better neither high nor low"
    return "it is not implemented yet" if pd.isna(gap["completed_on"]) else None


def worse(one: Estimate, other: Estimate) -> bool:
    """Whether a value is worse than another for sure; a missed step is worse than any value, and not than another."""
    if is_missed(one) or is_missed(other):
        return is_missed(one) and other.number is not None
    mine, theirs = _end(one, best=True), _end(other, best=False)
    if mine is None or theirs is None or other.status is not Status.OK:
        return False
    return mine > theirs if one.better is Better.LOWER else mine < theirs


def _end(value: Estimate, *, best: bool) -> float | None:
    """The best or the worst that a value may have been. Bounds of a time are that; an interval only says how sure a
    sample is, so there the value counts. Hours are compared to the minute, as they are shown.
    """
    bound = value.lo if best is (value.better is Better.LOWER) else value.hi
    found = value.number if bound is None or value.unit not in ("hours", "days") else bound
    return found if found is None or value.unit != "hours" else float(minutes(found))


def permutation(before: Sequence[Seen], after: Sequence[Seen]) -> Estimate:
    """Two-sided p of the difference of mean ranks; what is still running is left out, and what was missed ranks last."""
    groups = [[value for one in part if (value := _rankable(one.value)) is not None] for part in (before, after)]
    if min(map(len, groups)) < LEAST:
        crises = [plural(len(group), "crisis", "crises") for group in groups]
        why = f"cannot be tested: {crises[0]} with a value before the fix and {crises[1]} after it, and {LEAST} of each are needed"
        return absent(Status.INSUFFICIENT_N, why, unit="p", n=sum(map(len, groups)))
    from scipy.stats import permutation_test, rankdata

    ranks = rankdata([*sorted(groups[0]), *sorted(groups[1])])
    split = len(groups[0])
    found = permutation_test(
        (ranks[:split], ranks[split:]),
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        vectorized=True,
        n_resamples=_MOST,
        rng=np.random.default_rng(SEED),
    )
    drawn = math.comb(len(ranks), split) > _MOST
    how = f"{_MOST:,} random rearrangements" if drawn else "every rearrangement"
    basis = f"permutation test on ranks, {how}; {split} crises before the fix, {len(groups[1])} after it"
    return Estimate(value=float(found.pvalue), unit="p", n=len(ranks), basis=basis)


def _rankable(value: Estimate) -> float | None:
    """A value that can be ranked: larger is worse, and missed is worst."""
    if is_missed(value):
        return math.inf
    if value.number is None or value.status is not Status.OK:
        return None
    shown = float(minutes(value.number)) if value.unit == "hours" else value.number
    return -shown if value.better is Better.HIGHER else shown
