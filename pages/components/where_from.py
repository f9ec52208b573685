"""“Where from?” and “How measured”: what stands behind the numbers of a section, opened on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from data.queries.provenance import SourceFile, Sources, listed
from metrics.catalogue import ALL
from metrics.words import plural
from pages.components import guard
from pages.components.loaders import files
from pages.components.menu import link
from pages.components.text import plain
from reports.sections.base import Measure, Section
from reports.sections.wording import interval, value

_ROWS_IN_A_LINK = 100


def footer(section: Section) -> None:
    """The row of popovers below a figure; none is computed before it is opened."""
    with st.container(horizontal=True, vertical_alignment="center"):
        where_from(section.sources, key=f"{section.name}_sources")
        if section.measures:
            _popover("How measured", ":material/functions:", f"{section.name}_methods", _methods, section)
            _popover("All numbers", ":material/table_rows:", f"{section.name}_numbers", _numbers, section)


def where_from(sources: Sources, key: str, *, short: bool = False) -> None:
    """A popover that lists file, sheet and rows, each file with a link to its import; `short`, without their number and
    without an icon, stands beside other buttons.
    """
    named = len({file.file for file in sources.files if file.batch is not None})
    by_hand = "entered by hand" if any(file.batch is None for file in sources.files) else ""
    files = " and ".join(part for part in (plural(named, "file") if named else "", by_hand) if part)
    rows = "" if sources.rows is None else plural(sources.rows, "row") + ", "
    if not sources.files:
        st.caption("Where from? No row stands behind this yet.")
        link("import", label="Import spreadsheets", icon=":material/upload_file:")
        return
    if short:
        _popover("Where from?", None, key, _files, sources, key)
        return
    _popover(f"Where from? {rows}{files}", ":material/manage_search:", key, _files, sources, key)


def _popover(label: str, icon: str | None, key: str, fill: Callable[..., None], *args: Any) -> None:
    opened = st.popover(label, icon=icon, on_change="rerun", key=key)
    if opened.open:
        with opened:
            fill(*args)


def _files(sources: Sources, key: str) -> None:
    shown = [
        (f.file, "", "") if f.batch is None else (f.file, f.sheet or "only sheet", f.rows or "not shown")
        for f in sources.files
    ]
    frame = pd.DataFrame(shown, columns=["File", "Sheet", "Rows"])
    st.dataframe(frame, hide_index=True, width=560, alt="Files, sheets and rows behind these numbers")
    viewer = guard.viewer()
    with st.container(horizontal=True, vertical_alignment="center"):
        for source in sources.files:
            if source.batch is not None:
                _open_import(source)
        st.download_button(
            "Download the rows", lambda: files.rows(sources, viewer), "rows.xlsx",
            icon=":material/download:", type="tertiary", on_click="ignore", key=f"{key}_download",
        )  # fmt: skip


def _open_import(source: SourceFile) -> None:
    """A link to the import in History, at these rows unless they are too many for an address."""
    at = {"batch": str(source.batch)}
    if source.rows and len(listed(source.rows)) <= _ROWS_IN_A_LINK:
        at |= {"rows": source.rows} | ({"sheet": source.sheet} if source.sheet else {})
    label = f"Open import {source.batch}" + (f", sheet {plain(source.sheet)}" if source.sheet else "")
    link("history", label=label, icon=":material/history:", help=plain(source.file), query_params=at)


def _methods(section: Section) -> None:
    for metric in dict.fromkeys(measure.id for measure in section.measures):
        about = ALL[metric]
        source = "" if about.source == "house" else f" Source: {about.source}."
        st.markdown(f"**{about.label}**")
        st.caption(f"{about.definition}{source}")
        link("methods", label="In full", icon=":material/functions:", query_params={"metric": metric})


def _numbers(section: Section) -> None:
    frame = pd.DataFrame([_row(measure) for measure in section.measures])
    empty = [name for name in frame if frame[name].isna().all()]
    st.dataframe(frame.drop(columns=empty), hide_index=True, width=880, alt="Every number of this section")


def _row(measure: Measure) -> dict[str, str | int | None]:
    e = measure.estimate
    return {
        "Number": measure.label,
        "Of": ", ".join(measure.group.values()) or None,
        "Value": value(e, measure.id),
        "95 % interval or bounds": interval(e, measure.id),
        "n": e.n or None,
        "Why": e.reason,
        "Compared with": e.basis,
        "From": _from(measure.sources),
    }


def _from(sources: Sources) -> str | None:
    """The rows behind one number, or how many files they lie in."""
    if len(sources.files) != 1:
        return plural(len(sources.files), "file") if sources.files else None
    (file,) = sources.files
    place = file.file if file.sheet is None else f"{file.file}, {file.sheet}"
    return f"{place}: {file.rows}" if file.rows else place
