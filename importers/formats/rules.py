"""What must hold between the cells of one row, for the formats to name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd


class Broken(NamedTuple):
    """A row that breaks a rule: the field to correct, and the issue that says so."""

    row: int
    field: str
    code: str
    facts: Mapping[str, object]
    value: object = None


#: Gets the typed columns that were found, by field; tells the rows that break the rule.
Rule = Callable[[Mapping[str, pd.Series]], Iterator[Broken]]


def not_before(field: str, other: str) -> Rule:
    """A day is the other one or a later one."""
    return _ordered(field, other, "before", lambda later, earlier: later < earlier)


def greater(field: str, other: str) -> Rule:
    """A number is greater than the other."""
    return _ordered(field, other, "not greater than", lambda high, low: high <= low)


def at_most(field: str, other: str) -> Rule:
    """A number is the other one or a smaller one."""
    return _ordered(field, other, "greater than", lambda part, whole: part > whole)


def within(field: str, lowest: str, highest: str) -> Rule:
    """A number lies on the scale that its row gives."""

    def rule(columns: Mapping[str, pd.Series]) -> Iterator[Broken]:
        if {field, lowest, highest} <= set(columns):
            value, lo, hi = columns[field], columns[lowest], columns[highest]
            for row in value.index[_true(((value < lo) | (value > hi)) & (lo < hi))]:
                facts = {"lo": f"{lo[row]:g}", "hi": f"{hi[row]:g}"}
                yield Broken(int(row), field, "out-of-range", facts, f"{value[row]:g}")

    return rule


def parts(whole: str, *fields: str) -> Rule:
    """Counts of parts add up to no more than the whole."""

    def rule(columns: Mapping[str, pd.Series]) -> Iterator[Broken]:
        found = [columns[field] for field in fields if field in columns]
        if found and whole in columns:
            total = pd.concat(found, axis="columns").sum(axis="columns")
            for row in total.index[_true(total > columns[whole])]:
                facts = {"relation": "smaller than the sum of", "other": "”, “".join(fields)}
                yield Broken(int(row), whole, "order-reversed", facts)

    return rule


def _ordered(field: str, other: str, relation: str, reversed_: Callable[[pd.Series, pd.Series], pd.Series]) -> Rule:
    def rule(columns: Mapping[str, pd.Series]) -> Iterator[Broken]:
        if {field, other} <= set(columns):
            broken = _true(reversed_(columns[field], columns[other]))
            for row in broken.index[broken]:
                yield Broken(int(row), field, "order-reversed", {"relation": relation, "other": other})

    return rule


def _true(mask: pd.Series) -> pd.Series:
    """A comparison's mask where what is not known is not true."""
    return mask.fillna(False).astype(bool)
