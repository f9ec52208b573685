"""The one door to the culture log: no figure of a department too small to be shown leaves here alone.

A department whose headcount, or the number of people assigned to anything, was ever below k is not named. Its figures
are pooled, date by date, with those of others; where the pool is below k too, the smallest named department joins it,
and a pool that stays below k is withheld: so neither a total nor the difference of two gives a small group away. Who is
named is decided on the whole log, whatever the day looked from, or two days could be told against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer, may_see_culture
from data.enums import CultureKind
from data.keys import folded
from data.queries.frames import DAY, frame
from data.settings import load
from data.tables import CultureActivity
from metrics.anonymity import K_FLOOR

_LOG = {
    "activity_id": "int64",
    "held_on": DAY,
    "kind": "text",
    "department": "text",
    "assigned": "float64",
    "completed": "float64",
    "employees": "float64",
}
_ACTIVITIES = {
    "held_on": DAY, "kind": "object", "department": "object", "assigned": "float64", "completed": "float64",
    "employees": "float64", "withheld": "object", "ids": "object",
}  # fmt: skip
#: Kinds that say what became of people who were assigned.
_ASSIGNED = (CultureKind.TRAINING.value, CultureKind.POLICY_ACKNOWLEDGEMENT.value)


def least(session: Session) -> int:
    """k: the fewest people that a group must have to be shown."""
    return max(int(load(session)["anonymity.k"]), K_FLOOR)


def activities(session: Session, viewer: Viewer, until: date) -> pd.DataFrame:
    """The log up to a day, but for headcounts, by date.

    Returns
    -------
    DataFrame
        held_on, kind, department (None: of no department, or of some that are not named), assigned, completed, employees
        (NaN: not recorded), withheld (None, or why the figures are), ids (of the rows behind it). Empty for a viewer who
        may not see it.
    """
    log = _log(session, viewer)
    k = least(session)
    log = log.assign(people=log["assigned"].where(log["kind"].isin(_ASSIGNED), log["employees"]))
    named = _named(log, k)
    names = log.sort_values("department").groupby("unit")["department"].first().to_dict()
    shown = [names[unit] if unit in named else None for unit in log["unit"]]
    log = log.assign(department=pd.Series(shown, index=log.index, dtype=object))
    told = (log["kind"] != CultureKind.HEADCOUNT.value) & (log["held_on"] <= pd.Timestamp(until))
    rows = list(_published(log[told], k))
    return pd.DataFrame(rows, columns=list(_ACTIVITIES), dtype=object).astype(_ACTIVITIES)


def department_names(session: Session) -> frozenset[str]:
    """The names of all departments, for checks that no text names one; never for show."""
    found = session.exec(select(CultureActivity.department).distinct())
    return frozenset(name for name in found if name)


def _log(session: Session, viewer: Viewer, until: date | None = None) -> pd.DataFrame:
    """The rows as they are stored, and `unit`: the department's name as it is compared, empty without one."""
    a = CultureActivity
    columns = (a.id, a.held_on, a.kind, a.department, a.assigned, a.completed, a.employees)
    statement = select(*columns).order_by(col(a.held_on), col(a.id))
    if until is not None:
        statement = statement.where(col(a.held_on) <= until)
    if not may_see_culture(viewer):
        statement = statement.where(sa.false())
    log = frame(session, statement, _LOG)
    return log.assign(unit=[folded(name) if name else "" for name in log["department"]])


def _named(log: pd.DataFrame, k: int) -> set[str]:
    """The departments that may be named."""
    counted = log[log["kind"].isin([*_ASSIGNED, CultureKind.HEADCOUNT.value]) & (log["people"] > 0)]
    smallest = counted[counted["unit"] != ""].groupby("unit")["people"].min().sort_values(kind="stable")
    named = [unit for unit, people in smallest.items() if people >= k]
    pooled = counted[counted["kind"].isin(_ASSIGNED) & counted["completed"].notna()]
    days = [rows.groupby("unit")["people"].sum() for _, rows in pooled.groupby(["kind", "held_on"])]
    while True:
        joins = next((unit for people in days if (unit := _joining(people, named, k))), None)
        if joins is None:
            return {str(unit) for unit in named}
        named.remove(joins)


def _joining(people: pd.Series[Any], named: list[Any], k: int) -> Any | None:
    """The named department that joins a pool which is too small, if there is such a pool and such a department."""
    pool = people[~people.index.isin(named)].sum()
    present = [unit for unit in named if unit in people.index]
    return present[0] if 0 < pool < k and present else None


def _published(log: pd.DataFrame, k: int) -> Iterator[tuple[Any, ...]]:
    """Rows of named departments and of kinds that assign nobody, one by one; the others in pools."""
    complete = log["assigned"].notna() & log["completed"].notna()
    pooled = log["kind"].isin(_ASSIGNED) & log["department"].isna() & complete
    for row in log[~pooled].to_dict("records"):
        unnamed = row["department"] is None and row["kind"] in _ASSIGNED
        figures = (None, None) if unnamed else (row["assigned"], row["completed"])
        told = (row["held_on"], row["kind"], row["department"], *figures, row["employees"])
        yield (*told, None, (row["activity_id"],))
    for (kind, day), rows in log[pooled].groupby(["kind", "held_on"]):
        ids, assigned = tuple(rows["activity_id"]), rows["assigned"].sum()
        if 0 < assigned < k:
            yield (day, kind, None, None, None, None, f"fewer than {k} people", ids)
        else:
            yield (day, kind, None, assigned, rows["completed"].sum(), None, None, ids)


def headcounts(session: Session, viewer: Viewer, until: date) -> pd.DataFrame:
    """The whole company's headcount on each day on which one was recorded: held_on, employees, ids (of the rows behind
    it). A department counts with its latest row; a row without a department is used where no department has any.
    """
    log = _log(session, viewer, until)
    heads = log[(log["kind"] == CultureKind.HEADCOUNT.value) & log["employees"].notna()]
    if (heads["unit"] != "").any():
        heads = heads[heads["unit"] != ""]
    latest: dict[str, tuple[float, int]] = {}
    rows = []
    for day, counted in heads.groupby("held_on"):
        latest |= {str(r["unit"]): (float(r["employees"]), int(r["activity_id"])) for r in counted.to_dict("records")}
        rows.append((day, sum(n for n, _ in latest.values()), tuple(key for _, key in latest.values())))
    types = {"held_on": DAY, "employees": "float64", "ids": "object"}
    return pd.DataFrame(rows, columns=list(types), dtype=object).astype(types)


def departments(session: Session, viewer: Viewer, until: date) -> pd.DataFrame:
    """Every department that has a headcount, without its name: ambassador (whether it has one by its latest row)."""
    log = _log(session, viewer, until)
    log = log[log["unit"] != ""]
    heads = log[(log["kind"] == CultureKind.HEADCOUNT.value) & log["employees"].notna()]
    staffed = heads.groupby("unit")["employees"].last()
    told = log[log["kind"] == CultureKind.AMBASSADOR.value].groupby("unit").tail(1)
    with_one = set(told.loc[told["employees"].fillna(1) > 0, "unit"])
    found = [unit in with_one for unit, employees in staffed.items() if employees > 0]
    return pd.DataFrame({"ambassador": pd.Series(found, dtype="bool")})
