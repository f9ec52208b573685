"""The tables of the page Culture: one activity by department and quarter, and what the crises show."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components.empty import nothing_yet
from pages.components.figure import on_phone
from pages.components.menu import file_of
from pages.components.tables import row_height
from pages.components.text import plain
from reports.sections.base import Section

#: Pixels of a row of one line, and of a crisis's title; on a phone what stands beside it is to be seen too.
_ROW, _TITLE, _TITLE_ON_PHONE = 48, 332, 190


def activity_table(found: Section, name: str) -> None:
    """One activity: a row a department, a column a quarter."""
    table = found.frames[name]
    if table.empty:
        st.caption(f"{name}: not recorded.")
        return
    wide = {column: st.column_config.TextColumn(width=110) for column in table.columns[1:]}
    st.dataframe(
        table, hide_index=True, alt=f"{name} by department and quarter",
        column_config={"Department": st.column_config.TextColumn(width=150, pinned=True), **wide},
    )  # fmt: skip


def crises_beside(found: Section) -> None:
    """Every crisis with its category of misconduct and the policy section; a click opens its review."""
    crises = found.frames["crises"]
    if crises.empty:
        nothing_yet("There is no crisis yet to put beside it.")
        return
    st.markdown(plain(found.facts["misconduct"]))
    across = _TITLE_ON_PHONE if on_phone() else _TITLE
    picked = st.dataframe(
        pd.DataFrame([_row(row) for row in crises.to_dict("records")]), hide_index=True,
        row_height=row_height(crises["title"], across) or _ROW,
        key="culture_crises", on_select="rerun", selection_mode="single-row",
        alt="Every crisis with its category of misconduct and the policy section",
        column_config={
            "Crisis": st.column_config.TextColumn(width=across), "Began": st.column_config.TextColumn(width=110),
            "Category": st.column_config.TextColumn(width=190), "Policy section": st.column_config.TextColumn(width=190),
        },
    )  # fmt: skip
    if picked.selection.rows:
        code = crises["code"].iloc[picked.selection.rows[0]]
        st.switch_page(file_of("crisis_review"), query_params={"crisis": code})
    st.caption(
        "Beside each other, not because of each other: so few crises can't tell what a training or a workshop changed."
    )


def _row(row: dict) -> dict[str, str]:
    began = row["began"]
    return {
        "Crisis": row["title"],
        "Began": "not recorded" if pd.isna(began) else f"{began.day} {began:%b %Y}",
        "Category": row["category"] or "not recorded",
        "Policy section": row["policy_section"] or "not recorded",
        "Severity": "not set" if pd.isna(row["severity"]) else f"{row['severity']:.0f}",
    }
