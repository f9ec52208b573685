"""How far the lexicon agrees with people: sensitivity and specificity of “negative”, and the share corrected for both.

A person reads a random sample of the posts that the lexicon scored and says what each says. The person is the yardstick.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import Interval, Z, wilson
from metrics.words import percent, plural

#: Labelled posts of either sort, negative and not, that a corrected share needs (house).
MIN_LABELS = 10
POLARITIES = (-1, 0, 1)
_NEGATIVE = -1

METRICS: tuple[Metric, ...] = (
    Metric(
        id="scorer_sensitivity",
        label="Sensitivity of the scorer",
        unit="share",
        better=Better.HIGHER,
        definition="Of the hand-labelled posts that a person finds negative, the share that the lexicon calls negative too. A label stays when its post is taken back, counts nowhere until the post is imported again, and then counts again.",
        source="Wilson 1927",
    ),
    Metric(
        id="scorer_specificity",
        label="Specificity of the scorer",
        unit="share",
        better=Better.HIGHER,
        definition=(
            "Of the hand-labelled posts that a person does not find negative, "
            "the share that the lexicon does not call negative either."
        ),
        source="Wilson 1927",
    ),
    Metric(
        id="share_negative_corrected",
        label="Negative share corrected",
        unit="share",
        better=Better.LOWER,
        definition=(
            "The share of lexicon-scored posts that is really negative: (p + specificity − 1) ÷ (sensitivity + "
            "specificity − 1), where the lexicon calls p negative. Needs 10 hand-labelled posts of either sort (house)."
        ),
        source="Rogan & Gladen 1978; interval: Lang & Reiczigel 2014",
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """`count` of `n`."""

    count: int
    n: int

    @property
    def share(self) -> float:
        return self.count / self.n


def agreement_table(labels: pd.DataFrame) -> pd.DataFrame:
    """How many labelled posts the person and the lexicon put where.

    Parameters
    ----------
    labels : DataFrame
        LABELS: machine, human, each −1, 0 or 1.

    Returns
    -------
    DataFrame
        3 × 3 counts: one row per verdict of the person, one column per verdict of the lexicon, −1 to 1.
    """
    return pd.crosstab(labels["human"], labels["machine"]).reindex(
        index=pd.Index(POLARITIES, name="human"), columns=pd.Index(POLARITIES, name="machine"), fill_value=0
    )


def sensitivity(labels: pd.DataFrame) -> Estimate:
    """Share of the truly negative that the lexicon calls negative, with Wilson's interval."""
    return _share(_negative(labels), "no post was labelled negative")


def specificity(labels: pd.DataFrame) -> Estimate:
    """Share of the not negative that the lexicon does not call negative, with Wilson's interval."""
    return _share(_other(labels), "no post was labelled neutral or positive")


def share_negative_corrected(labels: pd.DataFrame, negative: int, scored: int) -> Estimate:
    """What share of the lexicon-scored posts is negative, after what the labels say of the lexicon's errors.

    Sources: Rogan & Gladen, "Estimating prevalence from the results of a screening test", Am. J. Epidemiology
    1978;107:71–76; interval by Lang & Reiczigel, Prev. Vet. Med. 2014;113:13–22, eq. 16 and 17, which takes in how
    uncertain sensitivity, specificity and the share itself are. Both are clipped to 0…1.

    Parameters
    ----------
    labels : DataFrame
        LABELS, a random sample of the scored posts.
    negative, scored : int
        How many posts the lexicon calls negative, of how many that it scored.

    Returns
    -------
    Estimate
        `n` is the number of labelled posts. ``insufficient_n`` below `MIN_LABELS` of either sort; ``undefined`` where
        the lexicon tells negative posts from others no better than a coin would.
    """
    if not scored:
        return _absent(Status.UNDEFINED, "no post was scored by the lexicon", 0)
    hits, passes = _negative(labels), _other(labels)
    n = hits.n + passes.n
    for part, sort in ((hits, "negative"), (passes, "neutral or positive")):
        if part.n < MIN_LABELS:
            return _absent(
                Status.INSUFFICIENT_N, f"{plural(part.n, 'post')} labelled {sort}; at least {MIN_LABELS} are needed", n
            )
    told = f"sensitivity {percent(hits.share)}, specificity {percent(passes.share)}"
    if hits.share + passes.share <= 1:
        return _absent(Status.UNDEFINED, f"the lexicon finds negative posts no better than chance ({told})", n)
    apparent = Part(negative, scored)
    lo, hi = lang_reiczigel(apparent, hits, passes)
    value = _clipped(_rogan_gladen(apparent.share, hits.share, passes.share))
    basis = f"the lexicon calls {percent(apparent.share)} of {plural(scored, 'post')} negative; {told}"
    return Estimate(
        value=value, lo=min(lo, value), hi=max(hi, value), unit="share", n=n, basis=basis, better=Better.LOWER
    )


def agreement(labels: pd.DataFrame, negative: int, scored: int) -> dict[str, Estimate]:
    """Every metric of this module by id."""
    return {
        "scorer_sensitivity": sensitivity(labels),
        "scorer_specificity": specificity(labels),
        "share_negative_corrected": share_negative_corrected(labels, negative, scored),
    }


def lang_reiczigel(apparent: Part, hits: Part, passes: Part) -> Interval:
    """The interval of a Rogan–Gladen share whose sensitivity (`hits`) and specificity (`passes`) are estimates too."""
    n, n_se, n_sp = apparent.n + Z**2, hits.n + 2, passes.n + 2
    p, se, sp = (apparent.count + Z**2 / 2) / n, (hits.count + 1) / n_se, (passes.count + 1) / n_sp
    if se + sp <= 1:  # the labels just allow a point, and tell nothing of how far off it is
        return 0.0, 1.0
    true = _rogan_gladen(p, se, sp)
    of_se, of_sp = se * (1 - se) / n_se, sp * (1 - sp) / n_sp
    shift = 2 * Z**2 * (true * of_se - (1 - true) * of_sp)
    half = Z * math.sqrt(p * (1 - p) / n + true**2 * of_se + (1 - true) ** 2 * of_sp) / (se + sp - 1)
    return _clipped(true + shift - half), _clipped(true + shift + half)


def _rogan_gladen(p: float, se: float, sp: float) -> float:
    return (p + sp - 1) / (se + sp - 1)


def _clipped(share: float) -> float:
    return min(1.0, max(0.0, share))


def _negative(labels: pd.DataFrame) -> Part:
    machine = labels.loc[labels["human"] == _NEGATIVE, "machine"]
    return Part(int((machine == _NEGATIVE).sum()), len(machine))


def _other(labels: pd.DataFrame) -> Part:
    machine = labels.loc[labels["human"] != _NEGATIVE, "machine"]
    return Part(int((machine != _NEGATIVE).sum()), len(machine))


def _share(part: Part, lacking: str) -> Estimate:
    if not part.n:
        return absent(Status.UNDEFINED, lacking, unit="share", better=Better.HIGHER)
    lo, hi = wilson(part.count, part.n)
    basis = f"{part.count:,} of {plural(part.n, 'labelled post')}"
    return Estimate(value=part.share, lo=lo, hi=hi, unit="share", n=part.n, basis=basis, better=Better.HIGHER)


def _absent(status: Status, reason: str, n: int) -> Estimate:
    return absent(status, reason, unit="share", better=Better.LOWER, n=n)
