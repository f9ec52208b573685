"""The register as a table, as a board by status, and as an improvement plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.enums import GapStatus
from metrics.words import plural
from pages.components import gap_words as words
from pages.components.tables import height, height_of_rows
from pages.components.text import plain

#: Pixels of the columns: all of them stand beside each other at 1440.
_REGISTER = {
    "Gap": 54, "What": 206, "Section": 98, "Status": 110, "Severity": 67, "Function": 93, "Effectiveness": 110,
    "Age": 122, "Came back": 86,
}  # fmt: skip
_PLAN = {
    "Capability": 88, "Issue": 140, "Corrective action": 156, "Element": 98, "Responsible": 97, "Contact": 127,
    "Start": 76, "Completion": 90, "Status": 108,
}  # fmt: skip
_HELP = {"Came back": "In how many of the later crises that could show it"}
#: Cards of one status on the board.
_A_COLUMN = 6


def register_table(gaps: pd.DataFrame) -> None:
    """One gap a row; a click opens it."""
    rows = [
        {
            "Gap": g["code"], "What": g["title"], "Section": g["section"], "Status": words.standing(g),
            "Severity": "not set" if pd.isna(g["severity"]) else f"{g['severity']:.0f}",
            "Function": words.said(g["responsible_function"]), "Effectiveness": words.EFFECTS[g["effectiveness"]],
            "Age": words.age_and_sla(g), "Came back": words.returns(g),
        }
        for g in gaps.to_dict("records")
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    row = height_of_rows(table, _REGISTER)
    picked = st.dataframe(
        table,
        hide_index=True,
        height=height(table, row),
        row_height=row,
        key="register_table",
        on_select="rerun",
        selection_mode="single-row",
        alt="The register of gaps; a click on a row opens the gap",
        column_config=_columns(_REGISTER),
    )
    if picked.selection.rows and picked.selection.rows[0] < len(gaps):
        show_gap(str(gaps["code"].iloc[picked.selection.rows[0]]))
        st.rerun()


def show_gap(code: str) -> None:
    """Let the address name a gap, which opens it; the row that was clicked is clicked no more."""
    st.query_params["gap"] = code
    st.session_state.pop("register_table", None)


def board(gaps: pd.DataFrame) -> None:
    """A column a status, the most urgent first."""
    columns = st.columns(len(GapStatus), gap="small")
    for column, status in zip(columns, GapStatus, strict=True):
        mine = gaps[gaps["status"] == status.value].sort_values(["due_in_days", "severity"], ascending=[True, False])
        with column:
            st.markdown(f"**{words.status(status)}** · {len(mine)}")
            for gap in mine.head(_A_COLUMN).to_dict("records"):
                _card(gap)
            if len(mine) > _A_COLUMN:
                st.caption(f"and {len(mine) - _A_COLUMN} more in the register")


def _card(gap: Mapping[Any, Any]) -> None:
    code = str(gap["code"])
    with st.container(border=True, gap="xxsmall"):
        st.button(
            plain(code), key=f"card_{code}", type="tertiary", on_click=show_gap, args=(code,), help="Open this gap"
        )
        st.markdown(plain(gap["title"]))
        severity = "no severity" if pd.isna(gap["severity"]) else f"severity {gap['severity']:.0f}"
        st.caption(plain(f"{severity} · {words.said(gap['responsible_function'])} · {words.due(gap)}"))
        if gap["effectiveness"] in ("ineffective", "regressed"):
            st.badge(words.EFFECTS[gap["effectiveness"]], color=words.BADGES[gap["effectiveness"]])


def improvement_plan(gaps: pd.DataFrame) -> None:
    """The columns of FEMA's improvement plan: what is to be improved, by whom and until when, capability by capability."""
    rows = [
        {
            "Capability": g["section"], "Issue": f"{g['code']}: {g['title']}",
            "Corrective action": words.said(g["corrective_action"]), "Element": words.status(words.said(g["element"])),
            "Responsible": words.said(g["responsible_function"]), "Contact": words.said(g["contact"]),
            "Start": words.day(g["start_on"]), "Completion": _completion(g),
            "Status": f"{words.status(g['status'])}, {words.EFFECTS[g['effectiveness']]}",
        }
        for g in gaps.sort_values(["section", "severity", "code"], ascending=[True, False, True]).to_dict("records")
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    row = height_of_rows(table, _PLAN)
    st.dataframe(
        table,
        hide_index=True,
        height=height(table, row),
        row_height=row,
        alt="The improvement plan",
        column_config=_columns(_PLAN),
    )
    st.caption(
        f"{plural(len(gaps), 'gap')} by capability, which here is the section of the plan. Columns as in the improvement "
        "plan of HSEEP (FEMA, 2020); what became of a fix is added."
    )


def _columns(widths: Mapping[str, int]) -> dict[str, Any]:
    return {name: st.column_config.TextColumn(width=width, help=_HELP.get(name)) for name, width in widths.items()}


def _completion(gap: Mapping[Any, Any]) -> str:
    if gap["status"] in ("implemented", "validated") and not pd.isna(gap["completed_on"]):
        return words.day(gap["completed_on"])
    return "none planned" if pd.isna(gap["due_on"]) else f"due {words.day(gap['due_on'])}"
