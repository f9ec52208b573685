"""The register of gaps: how many are open, and whether they come back once they are fixed.

GAPS has one row a gap: code, step, origin, element, crisis (code or None), severity (1–4 or NaN), opened_on, due_on,
completed_on (days or NaT) and status; and, where gaps were fixed more than once, fixes (tuples of days, oldest first).
`register` cuts it to a day; the others take what it returns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from metrics import closing
from metrics.closing import FIXED
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import wilson
from metrics.names import plain
from metrics.steps import APPLIED, State
from metrics.words import plural

#: Statuses of a gap that is not closed.
OPEN = ("open", "planned", "in_progress")
#: States of a step that did not hold.
_FAILED = (State.MISSED, State.LATE, State.OUT_OF_ORDER)

METRICS: tuple[Metric, ...] = (
    Metric(id="gaps_open", label="Gaps open", unit="count", better=Better.LOWER, definition="Number of gaps that are open, planned or in progress."),
    Metric(id="gaps_overdue", label="Gaps overdue", unit="count", better=Better.LOWER, definition="Number of open gaps whose due date has passed."),
    Metric(id="gaps_recurring", label="Gaps that came back", unit="count", better=Better.LOWER, definition="Number of gaps that reappeared in a crisis after they were implemented.", formula="A gap reappears where the register names a gap of a later crisis in the same step (and of the same element, where both name one), or, for a gap found by conformance, where the step did not hold again; also where a person found it again and attached what was found to the gap."),
    Metric(id="gap_recurrence", label="Crises in which a gap came back", unit="share", better=Better.LOWER, definition="Of the crises that put the step of an implemented gap to the test, the share in which such a gap reappeared.", formula="Wilson interval.", edge_cases="No such crisis: does not apply.", source="Wilson 1927; house"),
    *closing.METRICS,
)  # fmt: skip
_BY_ID = {metric.id: metric for metric in METRICS}


def register(gaps: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """The gaps as of a day: none that was opened later; one that was fixed later is in progress."""
    found = gaps[~(gaps["opened_on"] > today)].reset_index(drop=True)
    later = found["completed_on"] > today
    status = found["status"].mask(later & found["status"].isin(FIXED), "in_progress")
    found = found.assign(status=status, completed_on=found["completed_on"].mask(later))
    if "fixes" not in found:
        return found
    fixes = [tuple(day for day in days if day <= today) for days in found["fixes"]]
    return found.assign(fixes=pd.Series(fixes, index=found.index, dtype=object))


def first_fix(gap: Mapping[Any, Any]) -> pd.Timestamp:
    """The day on which a gap was fixed for the first time; NaT where it never was."""
    return min(gap.get("fixes") or (gap["completed_on"],))


def still_open(gaps: pd.DataFrame) -> pd.DataFrame:
    """The gaps that are not closed."""
    return gaps[gaps["status"].isin(OPEN)]


def overdue(gaps: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """The open gaps whose due date lies before the day."""
    open_gaps = still_open(gaps)
    return open_gaps[open_gaps["due_on"] < today]


@dataclass(frozen=True, slots=True)
class Held:
    """One crisis as the register needs it: its code, its day 0, and the state of each step by its compared name."""

    crisis: str
    day0: pd.Timestamp
    states: Mapping[str, State]

    def tested(self, step: object) -> bool:
        """Whether it put a step to the test; a gap that names no step concerns every crisis."""
        return not plain(step) or self.states.get(plain(step)) in APPLIED


def chances(
    gaps: pd.DataFrame, held: Iterable[Held], attached: Collection[tuple[str, str]] = frozenset()
) -> pd.DataFrame:
    """When implemented gaps could have come back: gap, crisis, reappeared; one row a gap and later crisis that put its
    step to the test. Gaps without a step are not in it. `attached` are gaps with crises in which a person found them again.
    """
    crises = sorted(held, key=lambda one: (one.day0, one.crisis))
    everything = gaps.sort_values("code").to_dict("records")
    named: dict[tuple[str, str], list[Mapping[Any, Any]]] = {}
    for gap in everything:
        named.setdefault((plain(gap["crisis"]), plain(gap["step"])), []).append(gap)
    rows = []
    for gap in everything:
        step, fixed = plain(gap["step"]), first_fix(gap)
        for one in crises if step and not pd.isna(fixed) else ():
            if one.day0 > fixed and one.tested(step):
                again = any(_same(gap, other) for other in named.get((plain(one.crisis), step), []))
                failed = gap["origin"] == "conformance" and one.states[step] in _FAILED
                found = (str(gap["code"]), one.crisis) in attached
                rows.append((str(gap["code"]), one.crisis, again or failed or found))
    return pd.DataFrame(rows, columns=["gap", "crisis", "reappeared"]).astype({"reappeared": "bool"})


def _same(gap: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    """Whether two gaps in one step are one weakness: another of the same element, where both name one."""
    elements = {plain(gap["element"]), plain(other["element"])} - {""}
    return gap["code"] != other["code"] and len(elements) < 2


def estimates(
    gaps: pd.DataFrame, today: pd.Timestamp, allowed: Mapping[int, float], could: pd.DataFrame
) -> dict[str, Estimate]:
    """Every number of a register.

    Parameters
    ----------
    allowed : mapping
        Severity → days in which a gap is to be closed.
    could : DataFrame
        As `chances` returns it, of these gaps.
    """
    n = len(gaps)
    basis = f"of {plural(n, 'gap')}"
    back = could.loc[could["reappeared"], "gap"].nunique()
    return {
        "gaps_open": _estimate("gaps_open", len(still_open(gaps)), n, basis),
        "gaps_overdue": _estimate("gaps_overdue", len(overdue(gaps, today)), n, basis),
        "gaps_recurring": _estimate("gaps_recurring", back, n, basis),
        "gap_age_median": closing.age_median(gaps, today),
        "gap_closure_within_sla": closing.closure_within_sla(gaps, today, allowed),
        "gap_recurrence": recurrence(could),
    }


def recurrence(could: pd.DataFrame) -> Estimate:
    """Crises in which a gap reappeared ÷ crises in which one could have."""
    by_crisis = could.groupby("crisis")["reappeared"].any()
    if by_crisis.empty:
        why = "no later crisis put the step of an implemented gap to the test"
        return _absent("gap_recurrence", Status.NOT_APPLICABLE, why)
    back, n = int(by_crisis.sum()), len(by_crisis)
    crises = plural(n, "later crisis", "later crises")
    lo, hi = wilson(back, n)
    return _estimate("gap_recurrence", back / n, n, f"{back} of {crises} in which one could come back", lo, hi)


def _estimate(key: str, value: float, n: int, basis: str, lo: float | None = None, hi: float | None = None) -> Estimate:
    about: Any = _BY_ID[key]
    return Estimate(value=float(value), lo=lo, hi=hi, unit=about.unit, n=n, basis=basis, better=about.better)


def _absent(key: str, status: Status, reason: str) -> Estimate:
    return absent(status, reason, unit=_BY_ID[key].unit, better=_BY_ID[key].better)
