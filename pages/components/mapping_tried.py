"""The first rows of an unknown file as a mapping reads them, while it is being made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from data.masking import IDENTITIES, Masker
from data.settings import Settings
from importers.context import Context
from importers.mapping.model import Mapping
from importers.mapping.preview import Reading, parsed
from pages.components.mapping_draft import Draft
from pages.components.text import plain
from pages.components.uploads import Waiting

_SHOWN = 8


def tried(draft: Draft, mapping: Mapping, file: Waiting, settings: Settings, masker: Masker) -> bool:
    """The first rows as the mapping reads them; whether it can be used."""
    context = Context(
        replace(file.options, mapping=None), settings["company.name"], settings["company.timezone"],
        datetime.now(UTC).date(), settings["anonymity.k"], settings["surveys.paired"],
    )  # fmt: skip
    found = parsed(draft.sheet, replace(mapping, name=mapping.name or "draft"), context, _SHOWN)
    st.markdown("**The first rows as they will be read**")
    stopping = [issue for issue in found.issues if issue.row is None and issue.severity == "error"]
    for issue in stopping:
        st.warning(plain(masker.text(issue.message.partition(" Say which:")[0])), icon=":material/help:")
    if found.rows:
        heads = {n: f"{n.replace('_', ' ').capitalize()} ← {masker.text(head)}" for n, head in found.headings.items()}
        lines = [
            {"Row": row} | {heads[n]: masked(n, [_cell(cell)], masker)[0] for n, cell in cells.items()}
            for row, cells in found.rows
        ]
        st.dataframe(pd.DataFrame(lines), hide_index=True, alt="The first rows as the mapping reads them")
    rows = len({issue.row for issue in found.issues if issue.row is not None and issue.severity == "error"})
    if rows:
        st.caption(f"{rows:,} of the first rows can't be read yet; they would be rejected with the reason.")
    return not stopping


def _cell(cell: Reading) -> str:
    if cell.state == "empty":
        return "–"
    if cell.state == "issue":
        return "can't be read" if cell.raw is None else f"can't be read: {cell.raw}"
    if cell.value is None:
        return "read"
    return f"{cell.value:%Y-%m-%d %H:%M} UTC" if isinstance(cell.value, datetime) else str(cell.value)


def masked(name: str, words: list[str], masker: Masker) -> list[str]:
    """Words of a field as they may be shown; what identifies a record stays as it is, here as where it is stored."""
    return words if name in IDENTITIES else masker.texts(words)
