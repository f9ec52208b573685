"""The rows behind a number, each with what is stored of it; of a survey only the file is named."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session

from data.access import Viewer
from data.queries import batches, records
from data.queries.provenance import SourceFile, Sources, listed

COLUMNS = ("file", "sheet", "row", "record", "content")
#: Rows that one statement asks for.
_AT_ONCE = 300


def rows_behind(session: Session, viewer: Viewer, sources: Sources) -> pd.DataFrame:
    """What to hand out as the rows behind a number.

    Returns
    -------
    DataFrame
        file, sheet, row (a number; where they are too many to be listed, their span; "not shown" for surveys), record
        (the table's name) and content (as it is stored now, in words). The last two are None of what was entered by
        hand, of surveys, and of an import that the viewer has nothing to do with in History.
    """
    mine = set(batches.sheets(session, viewer)["batch"])
    parts = [_of_file(session, viewer, file, may_read=file.batch in mine) for file in sources.files]
    found = [row for part in parts for row in part]
    return pd.DataFrame(found, columns=list(COLUMNS), dtype=object)


def _of_file(session: Session, viewer: Viewer, file: SourceFile, *, may_read: bool) -> list[tuple[object, ...]]:
    if file.batch is None:
        return [(file.file, None, None, None, None)]
    numbers = listed(file.rows) if file.rows else []
    if not numbers:
        return [(file.file, file.sheet, file.rows or "not shown", None, None)]
    told: dict[int, list[tuple[str, str]]] = {}
    if may_read:
        for start in range(0, len(numbers), _AT_ONCE):
            some = records.of_batch(session, viewer, file.batch, numbers[start : start + _AT_ONCE])
            some = some[some["sheet"].eq(file.sheet) if file.sheet is not None else some["sheet"].isna()]
            for row, record, content in some[["row", "record", "content"]].itertuples(index=False, name=None):
                told.setdefault(int(row), []).append((record, content))
    return [(file.file, file.sheet, row, *about) for row in numbers for about in told.get(row, [(None, None)])]
