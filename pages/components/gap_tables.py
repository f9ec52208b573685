"""The register as a table, as a board by status, and as an improvement plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.enums import GapStatus
from metrics.words import plural
from pages.components import gap_words as words
from pages.components.text import plain

_TWO_LINES, _FOUR_LINES = 48, 92
#: Cards of one status on the board.
_A_COLUMN = 6


def register_table(gaps: pd.DataFrame) -> None:
    """One gap a row; a click opens it."""
    rows = [
        {
            "Gap": g["code"], "What": g["title"], "Section": g["section"], "Status": words.status(g["status"]),
            "Severity": "not set" if pd.isna(g["severity"]) else f"{g['severity']:.0f}",
            "Function": words.said(g["responsible_function"]), "Due": words.due(g), "Age": words.age(g),
            "Time its severity allows": words.sla(g), "Effectiveness": words.EFFECTS[g["effectiveness"]],
            "Came back in": ", ".join(g["came_back_in"]) or "no later crisis",
        }
        for g in gaps.to_dict("records")
    ]  # fmt: skip
    widths = {
        "Gap": 62, "What": 210, "Section": 92, "Status": 92, "Severity": 62, "Function": 84, "Due": 128, "Age": 68,
        "Time its severity allows": 150, "Effectiveness": 118, "Came back in": 132,
    }  # fmt: skip
    picked = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        row_height=_TWO_LINES,
        key="register_table",
        on_select="rerun",
        selection_mode="single-row",
        alt="The register of gaps; a click on a row opens the gap",
        column_config={name: st.column_config.TextColumn(width=width) for name, width in widths.items()},
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
            "Start": words.day(g["start_on"]), "Completion": _completion(g), "Status": words.status(g["status"]),
            "Effectiveness": words.EFFECTS[g["effectiveness"]],
        }
        for g in gaps.sort_values(["section", "severity", "code"], ascending=[True, False, True]).to_dict("records")
    ]  # fmt: skip
    widths = {
        "Capability": 92, "Issue": 150, "Corrective action": 180, "Element": 88, "Responsible": 84, "Contact": 110,
        "Start": 80, "Completion": 92, "Status": 88, "Effectiveness": 110,
    }  # fmt: skip
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        row_height=_FOUR_LINES,
        alt="The improvement plan",
        column_config={name: st.column_config.TextColumn(width=width) for name, width in widths.items()},
    )
    st.caption(
        f"{plural(len(gaps), 'gap')} by capability, which here is the section of the plan. Columns as in the improvement "
        "plan of HSEEP (FEMA, 2020); what became of a fix is added."
    )


def _completion(gap: Mapping[Any, Any]) -> str:
    if gap["status"] in ("implemented", "validated") and not pd.isna(gap["completed_on"]):
        return words.day(gap["completed_on"])
    return "none planned" if pd.isna(gap["due_on"]) else f"due {words.day(gap['due_on'])}"
