"""The state of the plan over the crises, in sentences."""

from __future__ import annotations

import pandas as pd

from metrics.names import plain
from metrics.plan_state import FAILED, Held
from metrics.words import listed, opened, part_of

NOT_MEASURED = "The state of the plan is not known: no crisis began while a plan was in force."


def state(cells: pd.DataFrame) -> list[str]:
    """Which sections did not hold in the latest crisis, and which held least often in all.

    Parameters
    ----------
    cells : DataFrame
        section, crisis, title and state, a row a section and crisis, the crises oldest first.
    """
    tested = cells[cells["state"] != Held.NOT_EXERCISED]
    if tested.empty:
        return [NOT_MEASURED if cells.empty else "No crisis has put a section of the plan to the test yet."]
    said = [_latest(tested)]
    if worst := _worst(tested):
        said.append(worst)
    return said


def _latest(tested: pd.DataFrame) -> str:
    last = tested[tested["crisis"] == tested["crisis"].iloc[-1]]
    failed = last[last["state"].isin(FAILED)]
    where, n = f"In the latest crisis, “{last['title'].iloc[0]}”,", len(last)
    if failed.empty:
        unclear = int((last["state"] == Held.UNCLEAR).sum())
        tail = f"; of {unclear} it can't be told" if unclear else ""
        return f"{where} no section of the plan is known to have failed{tail}."
    told = [f"{row.section} ({str(row.state).replace('_', ' ')})" for row in failed.itertuples()]
    which = (
        "the one section of the plan that was"
        if n == 1
        else f"{part_of(len(failed), n)} sections of the plan that were"
    )
    return f"{where} {which} put to the test did not hold: {listed(told)}."


def _worst(tested: pd.DataFrame) -> str | None:
    """The sections that failed most often, where one failed more than once."""
    counts = tested.assign(failed=tested["state"].isin(FAILED), name=tested["section"].map(plain))
    found = counts.groupby("name", sort=False).agg(
        section=("section", "last"), failed=("failed", "sum"), n=("failed", "size")
    )
    most = int(found["failed"].max())
    if most < 2:
        return None
    worst = found[found["failed"] == most]
    first = worst.iloc[0]
    if len(worst) == 1:
        return f"{first['section']} did not hold in {part_of(most, int(first['n']))} crises, more often than any other section."
    return opened(
        f"{listed(list(worst['section']))} did not hold in {most} crises each, more often than any other section."
    )
