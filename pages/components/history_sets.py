"""Every import, the files of one upload together, and the files of one set."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from data.access import Viewer
from metrics.words import date, opened, plural, spelled
from pages.components.import_table import named
from pages.components.tables import row_height
from pages.components.text import plain
from pages.components.undoing import confirm_set

_TEN_ROWS = 388  # pixels
#: Pixels across of the names of all files of a set, and of one.
_FILES, _FILE = 245, 205
#: Column of counts → its heading and width in pixels.
COUNTS = {
    "rows": ("Rows", 62), "new": ("New", 62), "updated": ("Updated", 67), "duplicate": ("Already here", 92),
    "rejected": ("Rejected", 69), "skipped": ("Skipped", 69),
}  # fmt: skip
_LOOK: dict[str, Any] = {
    name: st.column_config.NumberColumn(label, format="localized", width=width)
    for name, (label, width) in COUNTS.items()
}


def in_sets(sheets: pd.DataFrame) -> pd.DataFrame:
    """One row a set, newest first: set (its id, or the number of a file that has none), file, files, … , status.

    `status` is applied, undone or partly undone.
    """
    own = sheets["set_id"].fillna(sheets["batch"].astype(str))
    files = sheets.assign(set=own).drop_duplicates("batch")
    by = files.groupby("set", sort=False)
    told = pd.DataFrame(
        {
            "imported_at": by["imported_at"].max(),
            "imported_by": by["imported_by"].first(),
            "file": by["file"].last(),
            "files": by.size(),
            "batch": by["batch"].max(),
            "status": by["status"].agg(lambda found: found.iloc[0] if len(set(found)) == 1 else "partly undone"),
        }
    )
    counts = sheets.assign(set=own).groupby("set", sort=False)[list(COUNTS)].sum()
    return told.join(counts).reset_index()


def sets_table(sheets: pd.DataFrame) -> None:
    """Every set in one row; a click opens it."""
    sets = in_sets(sheets)
    others = sets["files"] - 1
    more = [
        f"{file} and {plural(n, 'more', 'more')}" if n else file for file, n in zip(sets["file"], others, strict=True)
    ]
    shown = sets.assign(file=more)[["imported_at", "file", "imported_by", "status", *COUNTS]]
    picked = st.dataframe(
        shown.drop(columns="skipped"),
        hide_index=True,
        height=_TEN_ROWS if len(shown) > 10 else "auto",
        row_height=row_height(shown["file"], _FILES),
        on_select="rerun",
        selection_mode="single-row",
        key="history_sets",
        alt="Every import with its counts",
        column_config={
            "imported_at": st.column_config.DatetimeColumn("When (UTC)", format="D MMM YYYY, HH:mm", width=140),
            "file": st.column_config.TextColumn("Files", width=_FILES),
            "imported_by": st.column_config.TextColumn("By", width=80),
            "status": st.column_config.TextColumn("State", width=92),
            **_LOOK,
        },
    )
    if picked.selection.rows:
        chosen = sets.iloc[picked.selection.rows[0]]
        alone = chosen["files"] == 1
        _open({"batch": str(chosen["batch"])} if alone else {"set": str(chosen["set"])})


def one_set(set_id: str, sheets: pd.DataFrame, viewer: Viewer) -> None:
    """The files of a set, what became of their rows, and taking all of them back; a click opens a file."""
    mine = sheets[sheets["set_id"] == set_id].sort_values("batch", kind="stable")
    files = mine.drop_duplicates("batch")
    back()
    st.subheader(counted(mine), anchor=False)
    st.caption(plain(when(files.iloc[0])))
    shown = mine.assign(format=[named(format_) for format_ in mine["format"]], file=_with_sheet(mine))
    picked = st.dataframe(
        shown[["batch", "file", "format", "status", *COUNTS]].drop(columns="skipped"),
        hide_index=True,
        row_height=row_height(shown["file"], _FILE),
        on_select="rerun",
        selection_mode="single-row",
        key=f"history_set_{set_id}",
        alt="The files of this set with their counts",
        column_config={
            "batch": st.column_config.NumberColumn("Import", width=58, format="%d"),
            "file": st.column_config.TextColumn("File", width=_FILE),
            "format": st.column_config.TextColumn("Recognised as", width=253),
            "status": st.column_config.TextColumn("State", width=70),
            **_LOOK,
        },
    )
    if picked.selection.rows:
        _open({"batch": str(mine["batch"].iloc[picked.selection.rows[0]])})
    st.caption("Choose a file to see its rows, its issues and how it was read.")
    undo_set(set_id, sheets, viewer)


def undo_set(set_id: str, sheets: pd.DataFrame, viewer: Viewer) -> None:
    """The button that takes a whole set back, while something of it is applied."""
    mine = sheets[(sheets["set_id"] == set_id) & (sheets["status"] == "applied")]
    files = mine["batch"].nunique()
    if files and st.button(f"Undo the set ({plural(files, 'file')})", icon=":material/undo:", key="undo_set"):
        confirm_set(set_id, files, viewer)


def back(set_id: str | None = None, files: int = 1) -> None:
    """The way up: to all imports, and to the set if there is one."""
    with st.container(horizontal=True):
        st.button(
            "All imports", icon=":material/arrow_back:", type="tertiary", on_click=_go, args=({},), key="all_imports"
        )
        if set_id is not None and files > 1:
            st.button(
                f"Set of {plural(files, 'file')}", icon=":material/arrow_back:", type="tertiary", on_click=_go,
                args=({"set": set_id},), key="its_set",
            )  # fmt: skip


def counted(sheets: pd.DataFrame) -> str:
    """``Eight files, 11,872 rows: 10,940 new, 214 updated, 709 already here, 9 rejected.``."""
    files = sheets["batch"].nunique()
    words = {name: label.lower() for name, (label, _) in COUNTS.items() if name != "rows"}
    totals = {told: int(sheets[name].sum()) for name, told in words.items()}
    parts = [f"{count:,} {told}" for told, count in totals.items() if count or told != "skipped"]
    noun = "file" if files == 1 else "files"
    return f"{opened(spelled(files))} {noun}, {plural(int(sheets['rows'].sum()), 'row')}: {', '.join(parts)}."


def when(row: pd.Series) -> str:
    """When a file came and by whom, and when it was taken back."""
    at, gone = row["imported_at"], row["undone_at"]
    undone = "" if pd.isna(gone) else f" Undone on {date(gone)} at {gone:%H:%M} UTC."
    return f"Imported on {date(at)} at {at:%H:%M} UTC by {row['imported_by']}.{undone}"


def _with_sheet(sheets: pd.DataFrame) -> list[str]:
    return [f"{file} · {sheet}" if sheet else file for file, sheet in zip(sheets["file"], sheets["sheet"], strict=True)]


def _open(where: dict[str, str]) -> None:
    _go(where)
    st.rerun()


def _go(where: dict[str, str]) -> None:
    st.query_params.from_dict(where)
