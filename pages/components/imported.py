"""After an import: what came in and where to look next; and our own templates."""

from __future__ import annotations

from functools import partial
from io import BytesIO

import streamlit as st

from data.enums import Stream
from importers import rejects, templates
from importers.result import FileStatus, SheetResult
from metrics.words import plural
from pages.components import uploads
from pages.components.import_table import table
from pages.components.menu import link

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def imported() -> None:
    """The outcome of the last import of this session, with the rejected rows to take along."""
    results: list[SheetResult] = st.session_state.get(uploads.IMPORTED, [])
    if not results:
        return
    new, updated = sum(r.new for r in results), sum(r.updated for r in results)
    failed = [r for r in results if r.status is FileStatus.REFUSED]
    told = f"{plural(new, 'row')} new, {updated:,} updated, {sum(r.rejected for r in results):,} rejected."
    if failed:
        st.error(
            f"{plural(len(failed), 'file')} could not be imported; nothing of it was written.", title="Not all imported"
        )
    else:
        st.success(told, title="Imported", icon=":material/check:")
    st.dataframe(table(results), hide_index=True, alt="What was imported")
    with st.container(horizontal=True, vertical_alignment="center"):
        link("crisis_review", label="Open the crisis review", icon=":material/fact_check:")
        link("history", label="See it in History", icon=":material/history:")
        if any(r.rejected for r in results):
            st.download_button(
                "Download the rejected rows", lambda: rejects.workbook(results), "rejected rows.xlsx", on_click="ignore"
            )


def templates_menu() -> None:
    """An empty workbook of each kind."""
    box = st.expander("Templates: an empty workbook of each kind", icon=":material/description:")
    with box, st.container(horizontal=True):
        for stream in Stream:
            st.download_button(
                stream.value.capitalize(), partial(_workbook, stream), f"{stream}.xlsx", _SPREADSHEET,
                icon=":material/download:", key=f"template_{stream}", on_click="ignore",
            )  # fmt: skip


def _workbook(stream: Stream) -> bytes:
    buffer = BytesIO()
    templates.template(stream).save(buffer)
    return buffer.getvalue()
