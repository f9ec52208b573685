"""Files that somebody asks for: read at that moment, and kept nowhere."""

from __future__ import annotations

from data.access import Viewer
from data.engine import reading
from data.queries.behind import rows_behind
from data.queries.provenance import Sources
from importers import gap_export
from reports.documents.workbook import of_table


def rows(sources: Sources, viewer: Viewer) -> bytes:
    """A workbook of the rows behind a number."""
    with reading() as session:
        return of_table(rows_behind(session, viewer, sources), "rows")


def register(viewer: Viewer, kind: str) -> bytes:
    """The register of gaps as `gap_export.content` writes it."""
    with reading() as session:
        return gap_export.content(session, viewer, kind)
