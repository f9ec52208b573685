"""The numbers of several crises beside each other, a column a crisis."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from metrics.targets import Verdict, verdict
from reports.sections.base import Measure, Section
from reports.sections.wording import value, with_unit

_STANDING = {Verdict.NOT_MET: "past target", Verdict.UNCLEAR: "target unclear"}


def compare_table(section: Section) -> None:
    """Each number as a row; what is past its target says so."""
    titles = dict(zip(section.frames["crises"]["code"], section.frames["crises"]["title"], strict=True))
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for measure in section.measures:
        name = ", ".join([measure.label, *([measure.group["source"]] if "source" in measure.group else [])])
        rows.setdefault((measure.id, name), {})[measure.group["crisis"]] = _cell(measure)
    heads = _distinct(titles)
    frame = pd.DataFrame(
        [
            {"Number": name} | {heads[c]: cells.get(c, "not measured") for c in titles}
            for (_, name), cells in rows.items()
        ]
    )
    config = {"Number": st.column_config.TextColumn(width=240, pinned=True)}
    st.dataframe(
        frame,
        hide_index=True,
        height="content",
        alt="The numbers of these crises beside each other",
        column_config=config,
    )


def _cell(measure: Measure) -> str:
    told = value(measure.estimate, measure.id)
    standing = _STANDING.get(verdict(measure.estimate, measure.target))
    if standing is None or measure.target is None:
        return told
    return f"{told} ({standing}, {with_unit(measure.target, measure.estimate.unit, measure.id)})"


def _distinct(titles: dict[str, str]) -> dict[str, str]:
    """Titles as headings; where two crises have the same one, with their codes."""
    return {c: t if list(titles.values()).count(t) == 1 and t != "Number" else f"{t} ({c})" for c, t in titles.items()}
