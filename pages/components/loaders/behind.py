"""The rows behind a number as a file: read when somebody asks for it, and kept nowhere."""

from __future__ import annotations

from data.access import Viewer
from data.engine import reading
from data.queries.behind import rows_behind
from data.queries.provenance import Sources
from reports.documents.workbook import of_table


def workbook(sources: Sources, viewer: Viewer) -> bytes:
    """A workbook of the rows."""
    with reading() as session:
        return of_table(rows_behind(session, viewer, sources), "rows")
