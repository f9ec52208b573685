"""Who noticed the crises first: the company itself, or somebody outside."""

from __future__ import annotations

import pandas as pd

from metrics.answers import clash
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import wilson
from metrics.response import FORESEEING
from metrics.timeline import DETECTED, Timeline
from metrics.words import plural

#: Every way in which a crisis can be detected.
DETECTORS = ("own_monitoring", "employee", "customer", "press", "public", "other")

METRICS: tuple[Metric, ...] = (
    Metric(
        id="share_proactive", label="Noticed by the company itself", unit="share", better=Better.HIGHER,
        definition="Share of the crises that own monitoring or an employee detected first, of those that name who did.",
        formula="Count ÷ crises, with Wilson's interval.", source="Wilson 1927",
    ),
    Metric(
        id="share_detected_by", label="Who noticed first", unit="share", better=Better.NONE,
        definition="Share of the crises that each kind of detector noticed first, of those that name who did.",
        formula="Count ÷ crises, with Wilson's interval.", source="Wilson 1927",
    ),
)  # fmt: skip


def detected_by(line: Timeline) -> str | None:
    """Who made the earliest detection of one crisis; of several at that moment the first that names anybody."""
    made = line.of(DETECTED)
    return next((e.detected_by for e in made if e.lo == made[0].lo and e.detected_by), None)


def share_proactive(frame: pd.DataFrame) -> Estimate:
    """The share detected by own monitoring or an employee.

    Parameters
    ----------
    frame : DataFrame
        One row a crisis: crisis (its code), detected_by (None where nobody is named).
    """
    return _share(frame, FORESEEING, Better.HIGHER)


def share_detected_by(frame: pd.DataFrame) -> dict[str, Estimate]:
    """The share of each kind of detector, of the same frame."""
    return {word: _share(frame, (word,), Better.NONE) for word in DETECTORS}


def _share(frame: pd.DataFrame, words: tuple[str, ...], better: Better) -> Estimate:
    refused, named = clash(frame), frame["detected_by"].dropna()
    n = len(named)
    if refused or n == 0:
        reason = refused or "no crisis names who detected it"
        return absent(Status.UNDEFINED, reason, unit="share", better=better)
    count = int(named.isin(words).sum())
    lo, hi = wilson(count, n)
    basis = f"{count} of {plural(n, 'crisis', 'crises')}"
    if n < len(frame):
        basis += f"; {len(frame) - n} that {'do' if len(frame) - n > 1 else 'does'} not name a detector left out"
    return Estimate(value=count / n, lo=lo, hi=hi, unit="share", n=n, basis=basis, better=better)
