"""Departments and other groups of one cut: each against the rest, against itself in an earlier wave, and drawn together.

Rows are those of GROUPS: SURVEY rows with a column `group`, as far as the data layer lets them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from metrics.anonymity import coded_side
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import Interval, Z, newcombe
from metrics.multiplicity import level_of_zero
from metrics.shrinkage import shrunken
from metrics.survey_changes import Change, compared
from metrics.survey_rows import Row, question_key
from metrics.surveys import favourable
from metrics.words import plural

METRICS: tuple[Metric, ...] = (
    Metric(id="favourable_vs_rest", label="Favourable answers against the rest", unit="share", better=Better.HIGHER, definition="Favourable share of a group minus that of everybody else who answered, never of a total that contains the group.", formula="p₁ − p₂ with Newcombe's hybrid score interval; the p-values of all groups and questions of one wave are adjusted together (Benjamini–Hochberg).", source="Newcombe, Statistics in Medicine 1998;17:873–890", edge_cases="Group hidden or coded: so is the difference. Nobody else answered: does not apply."),
)  # fmt: skip

_NEEDED = ["wave", "question", "group"]


def against_rest(groups: pd.DataFrame, company: pd.DataFrame) -> list[Change]:
    """Each group of one wave against everybody else, question by question; p-values still to be adjusted.

    Parameters
    ----------
    groups, company : DataFrame
        GROUPS and SURVEY rows of one wave.
    """
    whole = {question_key(row["question"]): row for row in company.to_dict("records")}
    found = []
    for row in _ordered(groups):
        everybody = whole.get(question_key(row["question"]))
        if everybody is not None:
            estimate, p = _against(row, everybody)
            found.append(Change("favourable_vs_rest", _about(row), estimate, p))
    return found


def group_changes(now: pd.DataFrame, before: pd.DataFrame) -> list[Change]:
    """Each group that two waves share, question by question; p-values still to be adjusted.

    Parameters
    ----------
    now, before : DataFrame
        GROUPS rows of one wave each.
    """
    earlier = {question_key(name): rows for name, rows in before.groupby("group")}
    found = []
    for name, rows in now.groupby("group", sort=True):
        theirs = earlier.get(question_key(name))
        if theirs is not None:
            of = [replace(c, about={**c.about, "group": str(name)}) for c in compared(rows, theirs)]
            found += of
    return sorted(found, key=lambda change: (change.about["question"], change.about["group"]))


def drawn_together(groups: pd.DataFrame) -> list[Change]:
    """The shrunken share of each group of one wave, question by question; hidden and coded groups have none."""
    found = []
    for _, rows in groups.groupby("question", sort=True):
        listed = _ordered(rows)
        exact = [row for row in listed if favourable(row).number is not None]
        drawn = iter(shrunken([(float(row["favourable"]), float(row["n"])) for row in exact]))
        for row in listed:
            own = favourable(row)
            estimate = own if own.number is None else next(drawn)
            found.append(Change("favourable_shrunken", _about(row), estimate))
    return found


def _against(row: Row, everybody: Row) -> tuple[Estimate, float | None]:
    own, all_ = favourable(row), favourable(everybody)
    for one in (own, all_):
        if one.number is None:
            why = one.reason or ""
            return absent(one.status, why, unit="share", better=Better.HIGHER, n=own.n), None
    x, n = float(row["favourable"]), float(row["n"])
    rest, others = float(everybody["favourable"]) - x, float(everybody["n"]) - n
    if others <= 0 or not 0 <= rest <= others:
        return absent(Status.NOT_APPLICABLE, "nobody else answered", unit="share", better=Better.HIGHER, n=int(n)), None
    if coded_side(int(rest), int(others)) is not None:
        why = "the others are so near to none or all that only a band is shown"
        return absent(Status.SUPPRESSED, why, unit="share", better=Better.HIGHER, n=int(n)), None

    def interval(z: float) -> Interval:
        return newcombe(x, n, rest, others, z=z)

    value, (lo, hi) = x / n - rest / others, interval(Z)
    basis = f"{row['group']} ({plural(int(n), 'answer')}) against the {plural(int(others), 'other answer')} in {row['wave']}"
    found = Estimate(value=value, lo=lo, hi=hi, unit="share", n=int(n + others), basis=basis, better=Better.HIGHER)
    return found, level_of_zero(value, interval)


def _about(row: Row) -> Mapping[str, str]:
    return {"question": str(row["question"]), "group": str(row["group"])}


def _ordered(groups: pd.DataFrame) -> list[dict[Any, Any]]:
    return groups.sort_values(_NEEDED, kind="stable").to_dict("records")
