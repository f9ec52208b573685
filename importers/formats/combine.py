"""Columns of a typed row that become one: what a tool spreads over several, and a row of ours says once."""

from __future__ import annotations

import pandas as pd


def first_given(rows: pd.DataFrame, *fields: str) -> pd.Series:
    """Of each row, the first of these fields that holds something; None without any."""
    chosen = pd.Series(None, index=rows.index, dtype=object)
    for field in fields:
        if field in rows:
            chosen = chosen.where(chosen.notna(), rows[field].astype(object))
    return chosen.where(chosen.notna(), None)


def largest(rows: pd.DataFrame, *fields: str) -> pd.Series:
    """Of each row, the largest of these counts: tools write 0 for what a platform does not have. Int64, NA if none."""
    given = [rows[field] for field in fields if field in rows]
    if not given:
        return pd.Series(pd.NA, index=rows.index, dtype="Int64")
    return pd.concat(given, axis="columns").max(axis="columns").astype("Int64")


def without(rows: pd.DataFrame, *fields: str) -> pd.DataFrame:
    """The rows without fields that no record has."""
    return rows.drop(columns=[field for field in fields if field in rows])
