"""Tables as workbooks: what reads like a formula stays text."""

from __future__ import annotations

from io import BytesIO

import pandas as pd
from openpyxl import load_workbook

from reports.documents.workbook import of_table


def test_a_table_is_written_cell_by_cell_and_holds_no_formula() -> None:
    frame = pd.DataFrame({"file": ["a.csv", "=1+1"], "row": [4, None]}, dtype=object)
    sheet = load_workbook(BytesIO(of_table(frame, "rows")))["rows"]
    assert [[cell.value for cell in line] for line in sheet.iter_rows()] == [
        ["File", "Row"],
        ["a.csv", 4],
        ["=1+1", None],
    ]
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].quotePrefix
