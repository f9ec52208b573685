"""The numbers of several crises beside each other, a column a crisis."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from metrics.names import shortened
from metrics.targets import Verdict, verdict
from pages.components.text import plain
from reports.sections.base import Measure, Section
from reports.sections.wording import value, with_unit

#: Characters of a title above a column.
_HEAD = 32
_STANDING = {Verdict.NOT_MET: " · late", Verdict.UNCLEAR: " · late?"}


def compare_table(section: Section) -> None:
    """Each number as a row; what is past its target says that it is late, or may be where it is known to the day."""
    titles = dict(zip(section.frames["crises"]["code"], section.frames["crises"]["title"], strict=True))
    rows: dict[str, dict[str, Measure]] = {}
    for measure in section.measures:
        source = f" ({measure.group['source']})" if "source" in measure.group else ""
        rows.setdefault(f"{measure.label}{source}", {})[measure.group["crisis"]] = measure
    heads = _distinct(titles)
    lines = [
        {"Number": name, "Target": _target(list(cells.values()))} | {heads[c]: _cell(cells.get(c)) for c in titles}
        for name, cells in rows.items()
    ]
    _table(pd.DataFrame(lines), "The numbers of these crises beside each other")


def _table(frame: pd.DataFrame, alt: str) -> None:
    """A table whose headings and cells are broken into lines; those of a dataframe's headings are cut."""
    st.table(frame.map(plain).rename(columns=plain), hide_index=True, border="horizontal", alt=alt)


def _cell(measure: Measure | None) -> str:
    if measure is None:
        return "not measured"
    told = value(measure.estimate, measure.id)
    return told + _STANDING.get(verdict(measure.estimate, measure.target), "")


def _target(cells: list[Measure]) -> str:
    """The target; where the plans in force had different ones, the least and the most."""
    known = sorted({m.target for m in cells if m.target is not None})
    told = [with_unit(aim, cells[0].estimate.unit, cells[0].id) for aim in known]
    return "none" if not told else told[0] if len(told) == 1 else f"{told[0]} to {told[-1]}"


def _distinct(titles: dict[str, str]) -> dict[str, str]:
    """Titles as headings; where one is not a crisis's own, with its code."""
    titles = {code: shortened(title, _HEAD) for code, title in titles.items()}
    taken = ["Number", "Target", *titles.values()]
    return {code: title if taken.count(title) == 1 else f"{title} ({code})" for code, title in titles.items()}


def gaps_table(gaps: pd.DataFrame) -> None:
    """Gaps that had been fixed and showed again in one of the crises."""
    heads = {
        "code": "Gap", "title": "What", "section": "Section of the plan", "found_in": "Found in",
        "came_back_in": "Came back in",
    }  # fmt: skip
    shown = gaps[list(heads)].rename(columns=heads).fillna("not recorded")
    _table(shown, "Gaps that came back")
