"""One import in History: its counts, its rows, its issues, how it was read, and taking it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.enums import Stream
from data.queries.provenance import listed
from data.queries.records import LIMIT
from importers import rejects
from importers.issues import Issue, Severity
from importers.result import FileStatus, Rejected, SheetResult
from metrics.words import plural
from pages.components import loaders
from pages.components.choose import one_of, say_unknown
from pages.components.history_sets import back, counted, undo_set, when
from pages.components.import_file import size
from pages.components.import_table import named
from pages.components.issues_table import issues_table
from pages.components.text import plain
from pages.components.undoing import confirm_file

_VIEWS = ("Rows", "Issues", "Rejected", "File")


def batch_details(batch: int, sheets: pd.DataFrame, viewer: Viewer, version: int) -> None:
    """One file of one import; of a survey no row and no value is shown."""
    mine = sheets[sheets["batch"] == batch]
    first = mine.iloc[0]
    set_id = first["set_id"]
    files = 1 if set_id is None else sheets.loc[sheets["set_id"] == set_id, "batch"].nunique()
    back(set_id, files)
    st.subheader(plain(f"Import {batch}: {first['file']}"), anchor=False)
    st.markdown(plain(counted(mine)))
    kinds = " and ".join(dict.fromkeys(named(name) for name in mine["format"]))
    st.caption(plain(f"{when(first)} {kinds}, {size(int(first['size']))}."))
    shown: dict[str, Callable[..., None]] = {"Rows": _rows, "Issues": _issues, "Rejected": _rejected, "File": _file}
    view = one_of("What to see of it", _VIEWS, "view")
    shown[view](batch, mine, viewer, version)
    if first["status"] == "applied":
        with st.container(horizontal=True):
            if st.button("Undo this import", icon=":material/undo:", key="undo"):
                confirm_file(batch, str(first["file"]), viewer)
            if files > 1:
                undo_set(set_id, sheets, viewer)


def _is_survey(mine: pd.DataFrame) -> bool:
    return bool((mine["kind"] == Stream.SURVEY).any())


def _rows(batch: int, mine: pd.DataFrame, viewer: Viewer, version: int) -> None:
    """All rows of an import as they are stored now, or those behind the number from which a link led here."""
    if _is_survey(mine):
        st.info("Answers are never shown one by one, so “where from?” stops at the file.", icon=":material/shield:")
        return
    asked, sheet = st.query_params.get("rows", ""), st.query_params.get("sheet")
    only = tuple(listed(asked))
    if asked and not only:
        say_unknown("row", [asked])
    rows = loaders.rows(batch, only, viewer.role, version)
    if only:
        rows = rows[rows["sheet"] == sheet] if sheet else rows
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(f"Only the rows behind the number you came from: {asked}."), width="content")
            st.button("Show all rows", type="tertiary", on_click=_show_all, key="all_rows")
    elif len(rows) == LIMIT:
        st.caption(f"The first {LIMIT:,} rows.")
    if rows.empty:
        st.caption("Nothing that this import brought is stored any more, or none of it is for you to see.")
        return
    rows = rows.assign(record=rows["record"].str.replace("_", " "))
    named_sheets = rows if rows["sheet"].notna().any() else rows.drop(columns="sheet")
    st.dataframe(
        named_sheets, hide_index=True, height=388 if len(rows) > 10 else "auto",
        alt="The rows of this file and what is stored of them",
        column_config={
            "sheet": st.column_config.TextColumn("Sheet", width=90),
            "row": st.column_config.NumberColumn("Row", format="%d", width=55),
            "effect": st.column_config.TextColumn("Effect", width=80),
            "record": st.column_config.TextColumn("Stored as", width=110),
            "content": st.column_config.TextColumn("As stored now", width="large"),
        },
    )  # fmt: skip


def _show_all() -> None:
    for name in ("rows", "sheet"):
        st.query_params.pop(name, None)


def _issues(batch: int, _mine: pd.DataFrame, viewer: Viewer, version: int) -> None:
    """What was said about the file when it came, word for word."""
    issues = loaders.issues(batch, viewer.role, version)
    if issues.empty:
        st.caption("Nothing was wrong with this file.")
        return
    issues_table(issues[["severity", "sheet", "row", "column", "message"]], "What was wrong with this file")


def _rejected(batch: int, mine: pd.DataFrame, viewer: Viewer, version: int) -> None:
    """The rejected rows to take along once more: as they stood, each with what to correct."""
    count = int(mine["rejected"].sum())
    if not count:
        st.caption("No row was rejected.")
        return
    st.markdown("Correct them in the workbook and upload it again: what is here already is not taken twice.")
    st.download_button(
        f"Download {plural(count, 'rejected row')}", lambda: _workbook(batch, viewer, version), "rejected rows.xlsx",
        icon=":material/download:", on_click="ignore", key="batch_rejects",
    )  # fmt: skip
    issues = loaders.issues(batch, viewer.role, version)
    rows = issues[(issues["severity"] == "error") & issues["row"].notna()]
    issues_table(rows[["sheet", "row", "column", "message"]], "Rows that were rejected, and why")


def _workbook(batch: int, viewer: Viewer, version: int) -> bytes:
    """The rejected rows of every sheet with what was said of them at import; of a survey their numbers."""
    headers, kept = loaders.rejected(batch, viewer.role, version)
    found = loaders.issues(batch, viewer.role, version)
    errors = found[(found["severity"] == Severity.ERROR) & found["row"].notna()]
    told = [
        Issue(i["code"], Severity.ERROR, i["message"], i["sheet"], int(i["row"]), i["column"])
        for i in errors.to_dict("records")
    ]
    stood = {(i["sheet"], i["row"]): i["cells"] for i in kept.to_dict("records")}
    begins = found[found["code"] == "table-read"].to_dict("records")
    rows: dict[tuple[str | None, str | None], dict[int, list[Any]]] = {}
    for issue in told:
        rows.setdefault((issue.sheet, _table(issue, begins)), {})[issue.row or 0] = stood.get(
            (issue.sheet, issue.row), []
        )
    back = [Rejected(sheet, headers.get((sheet, format_), []), of) for (sheet, format_), of in rows.items()]
    return rejects.workbook([SheetResult("", FileStatus.APPLIED, issues=told, rejects=back)])


def _table(issue: Issue, begins: Sequence[Mapping[Hashable, Any]]) -> str | None:
    """The format of the table in which a row stands, nothing for a survey's; None in a sheet of one."""
    above = [one for one in begins if one["sheet"] == issue.sheet and one["row"] <= (issue.row or 0)]
    return max(above, key=lambda one: one["row"])["value"] or "" if above else None


def _file(_batch: int, mine: pd.DataFrame, _viewer: Viewer, _version: int) -> None:
    """What the file was and how it was asked to be read."""
    first = mine.iloc[0]
    facts: dict[str, str] = {
        "File": plain(str(first["file"])),
        "Size": f"{first['size']:,} bytes",
        "SHA-256": f"`{first['sha256']}`",
        "Recognised as": plain(" and ".join(dict.fromkeys(named(name) for name in mine["format"]))),
        "Asked for": plain(_asked(first["options"])) or "nothing: everything was recognised",
        "Mapping": plain(str((first["mapping"] or {}).get("name", ""))) or "none was needed",
    }
    st.table(facts, border="horizontal", alt="What the file was and how it was read")
    if first["mapping"]:
        st.download_button(
            "Download the mapping", json.dumps(first["mapping"], ensure_ascii=False, indent=2) + "\n", "mapping.json",
            "application/json", icon=":material/download:", on_click="ignore", key="batch_mapping",
        )  # fmt: skip


def _asked(options: dict[str, Any] | None) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in (options or {}).items())
