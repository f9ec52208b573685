"""What is wrong with a file, row by row, in whole sentences: a table whose cells wrap."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components.text import plain

_AT_MOST = 50


def issues_table(issues: pd.DataFrame, alt: str) -> None:
    """A line for each of the first issues: severity, sheet, row, column, message, as far as they are there."""
    shown = issues.head(_AT_MOST)
    lines = [
        {str(name).capitalize(): _word(name, value) for name, value in line.items()}
        for line in shown.to_dict("records")
    ]
    table = pd.DataFrame(lines)
    empty = [name for name in table if set(table[name]) == {"–"}]
    st.table(
        table.drop(columns=empty).rename(columns={"Message": "What to do"}),
        border="horizontal",
        hide_index=True,
        alt=alt,
    )
    if len(issues) > _AT_MOST:
        st.caption(f"The first {_AT_MOST} of {len(issues):,}.")


def _word(name: object, value: object) -> str:
    if value is None or value != value:
        return "–"
    return f"{float(str(value)):.0f}" if name == "row" else plain(str(value))
