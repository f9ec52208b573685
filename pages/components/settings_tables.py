"""The two tables of Settings: a target for each metric, and the terms by which a post without a topic is of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from metrics.catalogue import ALL
from metrics.estimate import Better
from metrics.standings import BETTER
from pages.components.settings_fields import Fields
from pages.components.text import plain

_TARGETS, _TOPICS = "targets.", "topics."
_TARGETS_HEIGHT = 320  # pixels


def targets(fields: Fields) -> None:
    """A row for each metric that can meet a target; a number sets it, an empty cell takes it away."""
    st.subheader("Targets", anchor=False)
    st.caption(
        "In the unit of the metric; a share is 0 to 1, so 80 % is 0.8. A target of the crisis plan in force comes first: these "
        "fill what the plan leaves open."
    )
    table = targets_table(fields.shown)
    edited = st.data_editor(
        table.drop(columns="key"),
        hide_index=True,
        height=_TARGETS_HEIGHT,
        disabled=["Metric", "Unit", "Better"],
        key=fields.key("targets"),
        placeholder="no target",
        alt="Every metric that can have a target, with its unit",
        column_config={
            "Metric": st.column_config.TextColumn(width=380),
            "Unit": st.column_config.TextColumn(width=130),
            "Better": st.column_config.TextColumn(width=90),
            "Target": st.column_config.NumberColumn(width=120, help="Empty: no target"),
        },
    )
    for name, value in zip(table["key"], edited["Target"], strict=True):
        fields.texts[name] = "" if pd.isna(value) else f"{value:.15f}".rstrip("0").rstrip(".")
    _refused(fields, dict(zip(table["key"], table["Metric"], strict=True)))


def targets_table(shown: Mapping[str, Any]) -> pd.DataFrame:
    """key, Metric, Unit, Better, Target (NaN without one); what has a target but is no metric comes last."""
    metrics = [m for m in ALL.values() if m.better is not Better.NONE and m.unit != "date"]
    rows = [(f"{_TARGETS}{m.id}", m.label, m.unit, BETTER[m.better]) for m in metrics]
    known = {row[0] for row in rows}
    others = sorted(name for name in shown if name.startswith(_TARGETS) and name not in known)
    rows += [(name, name.removeprefix(_TARGETS), "not known", "not known") for name in others]
    table = pd.DataFrame(rows, columns=["key", "Metric", "Unit", "Better"])
    return table.assign(Target=table["key"].map(dict(shown)).astype("float64"))


def topics(fields: Fields) -> None:
    """A row for each topic; rows can be added and taken away."""
    st.subheader("Topics", anchor=False)
    st.caption(
        "A post whose export names no topic is of the first one, by name, whose terms it holds. Terms are separated by commas; "
        "“several words” go in quotes, and a term with a minus excludes. Rules work on what is imported from now on."
    )
    present = {name.removeprefix(_TOPICS): text for name, text in fields.shown.items() if name.startswith(_TOPICS)}
    listed: list[tuple[Any, Any]] = [*present.items()] or [(None, None)]  # an empty table shows nobody where to write
    edited = st.data_editor(
        pd.DataFrame(listed, columns=["Topic", "Terms"], dtype=object),
        hide_index=True,
        num_rows="dynamic",
        placeholder="",
        key=fields.key("topics"),
        alt="Topics and the terms by which a post is of one",
        column_config={
            "Topic": st.column_config.TextColumn(width=200, max_chars=100, required=True),
            "Terms": st.column_config.TextColumn(width=600, required=True),
        },
    )
    named = [(_word(topic), _word(terms)) for topic, terms in edited[["Topic", "Terms"]].to_numpy()]
    names = [topic for topic, _ in named if topic]
    fields.conflicts.update({f"{_TOPICS}{n}": "is named in two rows; keep one" for n in names if names.count(n) > 1})
    fields.texts.update({f"{_TOPICS}{topic}": "" for topic in present})
    fields.texts.update({f"{_TOPICS}{topic}": terms for topic, terms in named if topic})
    _refused(fields, {f"{_TOPICS}{topic}": topic for topic in [*present, *(topic for topic, _ in named)]})


def _word(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _refused(fields: Fields, labels: Mapping[str, str]) -> None:
    """Under a table, which of its rows could not be taken, and why."""
    for name, label in labels.items():
        if name in fields.wrong:
            st.error(plain(f"{label}: {fields.wrong[name]}."), icon=":material/error:")
