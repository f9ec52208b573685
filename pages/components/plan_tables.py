"""The plan to read: its versions, the steps of one, what is wrong with it, and who changed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.commands.plan_entry import STEP_LABELS
from metrics.words import duration, plural
from pages.components.by_hand_saving import word
from pages.components.loaders import plan as loader
from pages.components.tables import height_of_rows
from pages.components.text import plain

_DATES = {"effective_from": "Takes effect", "review_due": "Review due"}
#: Pixels of the columns of the steps: all of them stand beside each other at 1440.
_STEPS = {
    "Section": 88, "Step": 145, "Role": 125, "Contact": 120, "Done with": 89, "Clock from": 89, "Within": 68,
    "Audience": 84, "Required": 76, "After": 96,
}  # fmt: skip
#: Problems that are shown at once; more of them open on demand.
_AT_ONCE = 4


def versions_table(versions: pd.DataFrame) -> None:
    """Every version with its days, the latest first."""
    shown = pd.DataFrame(
        {
            "Version": versions["version"],
            "Standing": ["In force" if force else "" for force in versions["in_force"]],
            "From": [_day(day, "always") for day in versions["effective_from"]],
            "Until": [_day(day, "further notice") for day in versions["until"]],
            "Review due": [_day(day, "not set") for day in versions["review_due"]],
            "Steps": versions["steps"],
            "Crises judged": versions["crises"],
            "Signed": versions["signed"],
        }
    )
    shown["Standing"] = shown["Standing"].where(shown["Standing"] != "", "Not in force")
    st.dataframe(shown, hide_index=True, alt="The versions of the plan, the latest first")


def _day(day: Any, otherwise: str) -> str:
    return otherwise if pd.isna(day) else f"{day:%-d %b %Y}"


def holes(problems: Sequence[str]) -> None:
    """What the version lacks or contradicts."""
    if not problems:
        st.success("Every step has a start, an end and a role with a contact.", icon=":material/check:")
        return
    told = "\n".join(f"- {plain(sentence)}" for sentence in problems[:_AT_ONCE])
    st.warning(f"**{plural(len(problems), 'hole')} in this version**\n\n{told}", icon=":material/rule:")
    if problems[_AT_ONCE:]:
        with st.expander(f"{len(problems) - _AT_ONCE} more"):
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in problems[_AT_ONCE:]))


def steps_table(steps: pd.DataFrame) -> None:
    """The steps of a version, to read."""
    if steps.empty:
        st.caption("This version has no step yet.")
        return
    shown = pd.DataFrame({label: [_cell(name, value) for value in steps[name]] for name, label in STEP_LABELS.items()})
    shown = shown.rename(columns={STEP_LABELS["target_minutes"]: "Within", STEP_LABELS["clock_starts"]: "Clock from"})
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        row_height=height_of_rows(shown, _STEPS),
        alt="The steps of this version in their order",
        column_config={name: st.column_config.TextColumn(width=across) for name, across in _STEPS.items()},
    )


def _cell(name: str, value: Any) -> str:
    if name == "required":
        return "Required" if value else "Optional"
    if value is None or value != value:
        return "No time set" if name == "target_minutes" else "–"
    if name == "target_minutes":
        return duration(float(value) / 60)
    return str(value).replace("_", " ") if name in ("fulfilled_by", "clock_starts") else str(value)


def changes(name: str, zone: str, version: int) -> None:
    """A popover with every change by hand, if there is one."""
    found = loader.history(name, version)
    if found.empty:
        return
    label = f"By hand: {plural(len(found), 'change')}"
    opened = st.popover(label, icon=":material/history_edu:", on_change="rerun", key="plan_history", type="tertiary")
    if opened.open:
        with opened:
            table = pd.DataFrame([_change(row, zone) for row in found.to_dict("records")])
            st.dataframe(
                table, hide_index=True, width=690, alt="Every change of this version by hand, the latest first"
            )


def _change(row: Mapping[Any, Any], zone: str) -> dict[str, str]:
    field = row["field"]
    label = {**STEP_LABELS, **_DATES}.get(field, field)
    taken_out = row["record"] == "plan" and field is None and row["before"] is not None
    return {
        "On": f"{row['at'].tz_convert(zone):%-d %b %Y, %H:%M}",
        "By": row["actor"],
        "What": row["step"] or ("Step" if taken_out else "Version"),
        "Change": "taken out" if taken_out else f"{label} {row['action']}" if field else row["action"],
        "From": word(row["before"], zone, is_set=field is not None),
        "To": word(row["after"], zone, is_set=field is not None),
        "Why": row["reason"] or "",
    }
