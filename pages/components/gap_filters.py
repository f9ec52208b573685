"""Filters of the register; each choice stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from data.enums import GapStatus
from pages.components import gap_words
from pages.components.filters import filters_place

_DEADLINES = ("Overdue", "Past what its severity allows", "Came back")
_KEYS = ("status", "gap_severity", "section", "responsible_function", "found_in", "effect", "deadline")
_EFFECTS = {shape.split(" ", 1)[1].capitalize(): effect for effect, shape in gap_words.EFFECTS.items()}


def filtered(gaps: pd.DataFrame) -> pd.DataFrame:
    """Two rows of filters, and the gaps that they keep."""
    kept = pd.Series(data=True, index=gaps.index)
    statuses = {gap_words.status(one): one.value for one in GapStatus}
    place = filters_place(_KEYS)
    with place, st.container(horizontal=True):
        kept &= _one_of(
            "Status", list(statuses), "status", lambda chosen: gaps["status"].isin([statuses[c] for c in chosen])
        )
        kept &= _one_of(
            "Severity (4 is worst)", ["4", "3", "2", "1"], "gap_severity",
            lambda chosen: gaps["severity"].isin([float(c) for c in chosen]),
        )  # fmt: skip
        kept &= _one_of("Section", _known(gaps["section"]), "section", gaps["section"].isin)
        functions = gaps["responsible_function"]
        kept &= _one_of("Function", _known(functions), "responsible_function", functions.isin)
    with place, st.container(horizontal=True):
        kept &= _one_of("Found in", _known(gaps["crisis"]), "found_in", gaps["crisis"].isin)
        kept &= _one_of(
            "Effectiveness", list(_EFFECTS), "effect",
            lambda chosen: gaps["effectiveness"].isin([_EFFECTS[c] for c in chosen]),
        )  # fmt: skip
        kept &= _one_of("Only what is", list(_DEADLINES), "deadline", lambda chosen: _late(gaps, chosen))
    return gaps[kept]


def _one_of(label: str, options: list[str], key: str, keep: Callable[[Sequence[str]], pd.Series]) -> pd.Series | bool:
    chosen = st.multiselect(
        label, options, key=key, bind="query-params", placeholder="All", disabled=not options, width=228
    )
    return keep(chosen) if chosen else True


def _known(column: pd.Series) -> list[str]:
    return sorted(column.dropna().unique(), key=str.casefold)


def _late(gaps: pd.DataFrame, chosen: Sequence[str]) -> pd.Series:
    """Gaps with any of the chosen troubles."""
    kinds = {
        _DEADLINES[0]: gaps["is_overdue"],
        _DEADLINES[1]: gaps["sla_left_days"] < 0,
        _DEADLINES[2]: gaps["came_back_in"].map(len) > 0,
    }
    return pd.concat([kinds[one] for one in chosen], axis="columns").any(axis="columns")
