"""What a company does before a crisis: trainings completed, policies acknowledged, ambassadors, recognitions, check-ins.

ACTIVITIES has one row an entry of the log: held_on, kind, department (None: of none, or not named), assigned, completed,
employees (NaN: not recorded), withheld (None, or why the figures are). HEADCOUNTS has held_on and employees: that of the
whole company on the days on which it was recorded. Everything is a full count of a log, so nothing has an interval.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.words import listed, plural

_RATE = "per 100 employees"

METRICS: tuple[Metric, ...] = (
    Metric(id="training_completion", label="Training completed", unit="share", better=Better.HIGHER, definition="Completed ÷ assigned, over all trainings of the log; also by quarter, and by department.", formula="A full count, so without an interval.", edge_cases="Entries without both numbers, or with more completed than assigned, are said and left out. Departments too small to be shown count in the whole alone."),
    Metric(id="policy_acknowledged", label="Policy acknowledged", unit="share", better=Better.HIGHER, definition="Completed ÷ assigned, over all policy acknowledgements of the log; also by quarter, and by department.", formula="A full count, so without an interval.", edge_cases="As for trainings."),
    Metric(id="ambassador_coverage", label="Departments with an ambassador", unit="share", better=Better.HIGHER, definition="Departments with an ambassador ÷ departments with a headcount, each by its latest entry.", formula="A full count, so without an interval.", edge_cases="No headcount: undefined."),
    Metric(id="recognitions", label="Recognitions", unit=_RATE, better=Better.HIGHER, definition="Recognitions of a quarter per 100 employees; an entry counts as many as it names, else one.", formula="The headcount is the last one recorded up to the end of the quarter.", edge_cases="Without a headcount the number itself. A quarter that still runs is a lower bound."),
    Metric(id="check_ins", label="Check-ins", unit=_RATE, better=Better.HIGHER, definition="Employees who took part in check-ins of a quarter, per 100 employees; an entry counts as many as it names, else one.", formula="The headcount is the last one recorded up to the end of the quarter.", edge_cases="Without a headcount the number itself. A quarter that still runs is a lower bound."),
)  # fmt: skip
_BY_ID = {metric.id: metric for metric in METRICS}

#: What the departments that are not named are called together.
OTHERS = "Others, together"
_BY_HEADS = frozenset({"recognition", "ambassador"})
#: Metric → the kind of entry it counts, and what one is called.
COMPLETED: Mapping[str, tuple[str, str]] = {
    "training_completion": ("training", "training"),
    "policy_acknowledged": ("policy_acknowledgement", "policy acknowledgement"),
}
COUNTED: Mapping[str, tuple[str, str]] = {
    "recognitions": ("recognition", "recognition"),
    "check_ins": ("check_in", "check-in"),
}


def completion(metric: str, activities: pd.DataFrame) -> Estimate:
    """Completed ÷ assigned over all entries of the metric's kind."""
    kind, name = COMPLETED[metric]
    rows = activities[activities["kind"] == kind]
    withheld = rows["withheld"].notna()
    lacking = ~withheld & ~(rows["assigned"].notna() & rows["completed"].notna() & (rows["assigned"] > 0))
    wrong = ~withheld & ~lacking & ((rows["completed"] > rows["assigned"]) | (rows["completed"] < 0))
    sound = rows[~withheld & ~lacking & ~wrong]
    parts = {"without both numbers": int(lacking.sum()), "with more completed than assigned": int(wrong.sum())}
    aside = [f"{count} {why}" for why, count in parts.items() if count]
    left_out = f"; left out: {listed(aside)}" if aside else ""
    if rows.empty:
        return _absent(metric, f"no {name} is recorded")
    if sound.empty and withheld.any():
        return _absent(metric, str(rows["withheld"].dropna().iloc[0]), Status.SUPPRESSED)
    if sound.empty:
        return _absent(metric, f"no {name} can be counted{left_out}")
    done, n = int(sound["completed"].sum()), int(sound["assigned"].sum())
    hidden = "; entries of too few people are withheld" if withheld.any() else ""
    return _estimate(metric, done / n, n, f"{done:,} of {n:,} assigned{left_out}{hidden}")


def by_department(metric: str, activities: pd.DataFrame) -> dict[str, Estimate]:
    """The same for each department that is named, by name."""
    rows = activities[(activities["kind"] == COMPLETED[metric][0]) & activities["department"].notna()]
    return {str(name): completion(metric, some) for name, some in rows.groupby("department")}


def by_quarter(metric: str, activities: pd.DataFrame) -> dict[str, Estimate]:
    """The same for each quarter with an entry of the kind, oldest first."""
    rows = activities[activities["kind"] == COMPLETED[metric][0]]
    return {quarter_name(q): completion(metric, some) for q, some in rows.groupby(rows["held_on"].dt.to_period("Q"))}


def by_department_and_quarter(metric: str, activities: pd.DataFrame) -> dict[tuple[str, str], Estimate]:
    """The same for each department (`OTHERS`: those that are not named, together) and quarter, quarters oldest first."""
    rows = activities[activities["kind"] == COMPLETED[metric][0]]
    places = _places(rows)
    return {one: completion(metric, rows[[place == one for place in places]]) for one in _in_order(places)}


def tally(kind: str, activities: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Entries of a kind for each department (`OTHERS` as above) and quarter, quarters oldest first; recognitions and
    ambassadors count as many as an entry names.
    """
    rows = activities[activities["kind"] == kind]
    places = _places(rows)
    heads = rows["employees"].fillna(1).tolist() if kind in _BY_HEADS else [1.0] * len(rows)
    found = dict.fromkeys(_in_order(places), 0.0)
    for place, count in zip(places, heads, strict=True):
        found[place] += float(count)
    return {place: round(count) for place, count in found.items()}


def _places(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Department and quarter of each row."""
    quarters = rows["held_on"].dt.to_period("Q").map(quarter_name)
    return [(str(name), str(q)) for name, q in zip(rows["department"].fillna(OTHERS), quarters, strict=True)]


def _in_order(places: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(set(places), key=lambda place: (place[1], place[0]))


def ambassador_coverage(departments: pd.DataFrame) -> Estimate:
    """Share of the departments with a headcount that have an ambassador; `departments` has ambassador (bool)."""
    n = len(departments)
    if not n:
        return _absent("ambassador_coverage", "no department has a headcount")
    having = int(departments["ambassador"].sum())
    return _estimate("ambassador_coverage", having / n, n, f"{having} of {plural(n, 'department')} with a headcount")


def rates(metric: str, activities: pd.DataFrame, headcounts: pd.DataFrame, today: pd.Timestamp) -> dict[str, Estimate]:
    """How often, for each quarter of the log, oldest first; the log goes from its first entry of any kind to its last.

    Empty where there is no entry of the metric's kind.
    """
    kind, name = COUNTED[metric]
    known = activities[activities["held_on"] <= today]
    rows = known[known["kind"] == kind]
    if rows.empty:
        return {}
    quarters = known["held_on"].dt.to_period("Q")
    counts = rows["employees"].fillna(1).groupby(rows["held_on"].dt.to_period("Q")).sum()
    heads = headcounts[(headcounts["held_on"] <= today) & headcounts["employees"].notna()].sort_values("held_on")
    return {
        quarter_name(q): _rate(metric, float(counts.get(q, 0.0)), _heads(heads, q), q, today, name)
        for q in pd.period_range(quarters.min(), quarters.max(), freq="Q")
    }


def _heads(heads: pd.DataFrame, quarter: pd.Period) -> float | None:
    known = heads.loc[heads["held_on"] <= quarter.end_time, "employees"]
    return float(known.iloc[-1]) if len(known) and known.iloc[-1] > 0 else None


def _rate(
    metric: str, count: float, heads: float | None, quarter: pd.Period, today: pd.Timestamp, name: str
) -> Estimate:
    running = today < quarter.end_time.normalize()
    counted = plural(round(count), name)
    basis = (
        f"{counted} among {heads:,.0f} employees"
        if heads
        else f"{counted}; no headcount recorded, so the number itself"
    )
    return Estimate(
        value=100 * count / heads if heads else count,
        unit=_RATE if heads else "count",
        n=round(count),
        status=Status.LOWER_BOUND if running else Status.OK,
        reason="the quarter still runs" if running else None,
        basis=basis,
        better=_BY_ID[metric].better,
    )


def quarter_name(quarter: pd.Period) -> str:
    """``2026 Q3``."""
    return f"{quarter.year} Q{quarter.quarter}"


def _estimate(metric: str, value: float, n: int, basis: str) -> Estimate:
    return Estimate(value=value, unit=_BY_ID[metric].unit, n=n, basis=basis, better=_BY_ID[metric].better)


def _absent(metric: str, reason: str, status: Status = Status.UNDEFINED) -> Estimate:
    return absent(status, reason, unit=_BY_ID[metric].unit, better=_BY_ID[metric].better)
