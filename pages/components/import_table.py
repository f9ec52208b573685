"""The state of the Import page in a sentence, and the table of its files."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from importers.formats import FORMATS
from importers.issues import Severity
from importers.result import FileStatus, SheetResult
from metrics.words import opened, plural, spelled
from pages.components.uploads import MISSING, Waiting

_TITLES = {layout.name: layout.title for layout in FORMATS}
_STATES = {
    FileStatus.PREVIEWED: "ready",
    FileStatus.REFUSED: "can't be read",
    FileStatus.UNCHANGED: "already imported",
    FileStatus.APPLIED: "imported",
}
#: Count → its heading and width in pixels.
_COUNTS = {
    "rows": ("Rows", 58), "new": ("New", 58), "updated": ("Updated", 66), "duplicate": ("Already here", 92),
    "rejected": ("Rejected", 68),
}  # fmt: skip


def headline(files: Sequence[Waiting], *, applied: bool) -> str:
    """The state of the page in one sentence."""
    if not files:
        return "Import"
    ready = sum(file.is_ready for file in files)
    asked = sum(file.is_question for file in files)
    stuck = sum(file.is_refused and not file.left_out for file in files) - asked
    told = [f"{plural(ready, 'file')} ready"]
    told += [plural(asked, "question")] if asked else []
    told += [f"{plural(stuck, 'file')} to correct"] if stuck else []
    return f"{'Nothing more' if applied else 'Nothing'} is saved yet: {', '.join(told)}"


def summary(files: Sequence[Sequence[SheetResult]]) -> str:
    """What became of the rows: ``Eight files, 11,872 rows: 10,940 new, 214 updated, 709 already here, 9 rejected.``."""
    results = [result for file in files for result in file]
    words = {
        "new": "new",
        "updated": "updated",
        "duplicate": "already here",
        "rejected": "rejected",
        "skipped": "skipped",
    }
    counts = {told: sum(getattr(r, name) for r in results) for name, told in words.items()}
    parts = [f"{count:,} {told}" for told, count in counts.items() if count or told != "skipped"]
    rows = plural(sum(r.rows for r in results), "row")
    return f"{opened(spelled(len(files)))} {'file' if len(files) == 1 else 'files'}, {rows}: {', '.join(parts)}."


def recognised(result: SheetResult) -> str:
    """The format of a sheet as a heading says it."""
    return named(result.format) if result.format else "not recognised"


def named(format_: str) -> str:
    """A format by its id, as a heading says it; one that a mapping made by the mapping's name."""
    _, is_mapped, name = format_.partition("mapping:")
    return f"Mapping “{name}”" if is_mapped else titled(_TITLES.get(format_, format_))


def titled(title: str) -> str:
    """A format's title as a heading says it."""
    return opened(re.sub("^(an?|the) ", "", title))


def placed(result: SheetResult) -> str:
    """Which table of a file it is: its sheet, and where it begins if there are several formats in the sheet."""
    return ", ".join(part for part in (result.sheet, result.table and f"row {result.table}") if part)


def files_table(files: Sequence[Waiting]) -> Waiting:
    """One row a sheet; returns the file whose row is selected: at first the one that needs attention most."""
    pairs = [(file, result) for file in files for result in file.results]
    key = f"files_{len(pairs)}"
    first = st.session_state.setdefault(f"{key}_first", _most_urgent([file for file, _ in pairs]))
    picked = st.dataframe(
        pd.DataFrame([_row(file, result) for file, result in pairs]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [first]}},
        key=key,
        alt="Uploaded files and what importing them would do",
        column_config=COLUMNS,
    )
    rows = picked.selection.rows
    return pairs[rows[0] if rows else _most_urgent([file for file, _ in pairs])][0]


def _most_urgent(files: Sequence[Waiting]) -> int:
    """The place of a file that asks or can't be read, else of one with rejected rows, else of one of which something was
    assumed, else the first.
    """

    def urgency(place: int) -> tuple[bool, bool, bool]:
        file = files[place]
        return file.is_refused and not file.left_out, any(r.rejected for r in file.results), file.is_assumed

    return max(range(len(files)), key=lambda place: (*urgency(place), -place))


#: Heading and width of each column; together as wide as the page.
COLUMNS = {
    "File": st.column_config.TextColumn(width=200),
    "Recognised as": st.column_config.TextColumn(width=283),
    **{label: st.column_config.TextColumn(width=width, alignment="right") for label, width in _COUNTS.values()},
    "State": st.column_config.TextColumn(width=122),
}


def _row(file: Waiting, result: SheetResult) -> dict[str, str]:
    shown = line(result) | {"State": _state(file, result)}
    return shown | {"Recognised as": f"{opened(file.looks_like)} (check)"} if file.looks_like else shown


def line(result: SheetResult) -> dict[str, str]:
    """A result as the page lists it; what was refused has no counts yet."""
    sure = "" if result.format is None else " (check)" if _is_assumed(result) else " (sure)"
    is_refused = result.status is FileStatus.REFUSED
    return {
        "File": " · ".join(part for part in (result.file, placed(result)) if part),
        "Recognised as": recognised(result) + sure,
        **{label: "not yet" if is_refused else f"{getattr(result, name):,}" for name, (label, _) in _COUNTS.items()},
        "State": _STATES[result.status],
    }


def _state(file: Waiting, result: SheetResult) -> str:
    if file.left_out:
        return "left out"
    if file.is_question:
        return "question"
    brings_nothing = result.status is FileStatus.PREVIEWED and not result.new + result.updated
    return "nothing new" if brings_nothing else _STATES[result.status]


def _is_assumed(result: SheetResult) -> bool:
    """Whether something about a whole column or sheet was assumed."""
    about = [i for i in result.issues if i.row is None and i.code != MISSING]
    return any(i.severity is Severity.WARNING or i.code.endswith("-assumed") for i in about)


def skipped(file: Waiting) -> str:
    """How many rows were left out on purpose, in words; empty for none."""
    count = sum(r.skipped for r in file.results)
    return f"{plural(count, 'row')} skipped" if count else ""
