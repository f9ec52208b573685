"""Every metric in a list that can be searched, and the chosen one in full; the choice stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from metrics.catalogue import ALL, GROUPS
from metrics.definition import Metric
from metrics.standings import BETTER, STANDINGS
from pages.components.choose import say_unknown
from pages.components.text import plain

#: Pixels: as much of the list as fits beside the definition on a screen of 900.
_LIST = 560
_ROWS = 15


def searched(query: str) -> list[Metric]:
    """The metrics that hold every word of the query, in the order of the catalogue."""
    wanted = query.casefold().split()
    return [metric for metric in ALL.values() if all(word in _text(metric) for word in wanted)]


def _text(metric: Metric) -> str:
    said = (metric.id, metric.label, metric.definition, metric.formula, metric.edge_cases, metric.source, metric.unit)
    return " ".join((*said, *(title for title, group in GROUPS.items() if metric in group))).casefold()


def chosen(listed: Sequence[Metric], query: str) -> Metric:
    """The list, one row a metric, and the metric of the row that is chosen: at first the one that the address names."""
    named = st.query_params.get("metric")
    if named is not None and named not in ALL:
        say_unknown("metric", [named])
    groups = {metric.id: title for title, group in GROUPS.items() for metric in group}
    table = pd.DataFrame([(m.label, groups[m.id]) for m in listed], columns=["Metric", "Group"])
    first: Any = {"selection": {"rows": [next((n for n, m in enumerate(listed) if m.id == named), 0)], "columns": []}}
    picked = st.dataframe(
        table,
        hide_index=True,
        height=_LIST if len(table) > _ROWS else "auto",
        key=f"methods_{query}",  # another list is another table, or its selection would stand on the wrong row
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default=first,
        alt="Every metric and the group it belongs to",
        column_config={
            "Metric": st.column_config.TextColumn(width=250),
            "Group": st.column_config.TextColumn(width=125),
        },
    )
    rows = [row for row in picked.selection.rows if row < len(listed)]
    found = listed[rows[0] if rows else 0]
    if named != found.id and (named is not None or rows != [0]):
        st.query_params["metric"] = found.id
    return found


def in_full(metric: Metric) -> None:
    """Everything that the code declares about one metric."""
    st.subheader(metric.label, anchor=False)
    st.markdown(plain(metric.definition))
    st.markdown(f"**Unit** {plain(metric.unit)} · **Better** {BETTER[metric.better]}")
    facts = {
        "How it is computed": metric.formula,
        "Where there is no value": metric.edge_cases,
        "Source": "house: a choice of this project, made where no publication settles it"
        if metric.source == "house"
        else metric.source,
    }
    for name, fact in facts.items():
        if fact:
            st.markdown(f"**{name}**  \n{plain(fact)}")
    st.markdown(f"In exports, and for a target set by a command, it is called `{metric.id}`.")


def standings() -> None:
    """The words that stand where a number would."""
    st.subheader("What stands where a number would", anchor=False)
    rows = [(shown, means, status.value) for status, (shown, means) in STANDINGS.items()]
    st.table(pd.DataFrame(rows, columns=["Shown as", "Means", "In exports"]), hide_index=True, border="horizontal")
