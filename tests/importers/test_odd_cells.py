"""Errors and formulas without a value in workbooks of other programs and of old ones: said, never silently blank."""

from __future__ import annotations

import struct

import pytest

from importers import xls_cells
from importers.read import read
from importers.sheet import NO_VALUE
from tests.importers.files import fates, imported, on_sqlite
from tests.importers.test_read_workbooks import ods, ods_cell, record, xls

POSTS = ["posted_at", "platform", "post_id", "likes", "text"]


def ods_formula(attributes: str, text: str | None = None) -> str:
    content = "" if text is None else f"<text:p>{text}</text:p>"
    return f'<table:table-cell table:formula="of:=B2" {attributes}>{content}</table:table-cell>'


@pytest.mark.parametrize(
    ("cell", "shown", "left"),
    [
        ('<table:table-cell table:formula="of:=1+1"/>', NO_VALUE, None),
        (ods_formula('office:value-type="string" office:string-value="" calcext:value-type="error"', "#REF!"), "#REF!", None),
        (ods_formula('office:value-type="float" office:value="0"', "#DIV/0!"), "#DIV/0!", None),
        (ods_formula('calcext:value-type="error"', "Err:502"), "Err:502", None),
        (ods_formula('office:value-type="float" office:value="0"', "#N/A"), None, None),
        (ods_formula('office:value-type="float" office:value="2"', "2"), None, 2.0),
        (ods_formula('office:value-type="string" office:string-value=""', ""), None, ""),
        (ods_cell("#REF!"), None, "#REF!"),
    ],
)  # fmt: skip
def test_such_cells_of_an_open_document_are_known(cell: str, shown: str | None, left: object) -> None:
    """Where they are after cells and rows that say how often they stand there, and cells that others cover."""
    above = f'<table:table-row-group><table:table-row table:number-rows-repeated="3">{ods_cell("a")}</table:table-row>'
    before = f'{ods_cell("a")}<table:covered-table-cell table:number-columns-repeated="2"/>'
    row = f"</table:table-row-group><table:table-row>{before}{cell}{ods_cell('z')}</table:table-row>"
    other = f'<table:table table:name="first"><table:table-row>{ods_cell("a")}</table:table-row></table:table>'
    content = ods(f'{other}<table:table table:name="Q &amp; A" table:print="false">{above}{row}</table:table>')
    first, sheet = read("x.ods", content, limit_mb=1)
    assert (first.odd, sheet.name) == ({}, "Q & A")
    assert dict(sheet.odd) == ({(4, 3): shown} if shown else {})
    assert sheet.rows[3][3:] == [left, "z"]


def test_a_note_on_a_cell_is_not_what_it_shows() -> None:
    note = "<office:annotation><text:p>#REF!</text:p></office:annotation>"
    cell = (
        f'<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2">{note}<text:p>2</text:p>'
    )
    table = f'<table:table table:name="S"><table:table-row>{cell}</table:table-cell></table:table-row></table:table>'
    (sheet,) = read("x.ods", ods(table), limit_mb=1)
    assert (sheet.rows, sheet.odd) == ([[2.0]], {})


def test_an_odd_cell_that_is_repeated_a_million_times_is_read_all_the_same() -> None:
    cell = '<table:table-cell table:formula="of:=1+1" table:number-columns-repeated="1000"/>'
    table = f'<table:table table:name="S"><table:table-row table:number-rows-repeated="10000">{cell}</table:table-row>'
    last = f"<table:table-row>{ods_cell('z')}</table:table-row></table:table>"
    (sheet,) = read("x.ods", ods(table + last), limit_mb=1)
    assert (len(sheet.rows), sheet.odd) == (10_001, {})


def xls_formula(row: int, column: int, result: bytes) -> bytes:
    return record(
        0x0006, struct.pack("<HHH", row, column, 0) + result + bytes(6) + struct.pack("<H", 3) + b"\x1e\x01\x00"
    )


def xls_error(row: int, column: int, value: int, kind: int = 1) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, value, kind))


def test_errors_in_an_old_workbook_are_known() -> None:
    assert read("x.xls", xls(), limit_mb=1)[0].odd == {}
    chart = record(0x0809, bytes(16)) + xls_error(4, 3, 0x24) + record(0x000A)
    content = xls(
        chart, xls_error(4, 1, 0x17), xls_error(4, 2, 1, kind=0), xls_formula(4, 3, b"\x02\x00\x07\0\0\0\xff\xff"),
        xls_error(5, 1, 0x2A), xls_formula(5, 2, b"\x03\0\0\0\0\0\xff\xff"), xls_formula(5, 3, struct.pack("<d", 7.5)),
    )  # fmt: skip
    (sheet,) = read("x.xls", content, limit_mb=1)
    assert dict(sheet.odd) == {(5, 1): "#REF!", (5, 3): "#DIV/0!"}
    assert sheet.rows[4:] == [["", None, True, None], ["", None, "", 7.5]]


@pytest.mark.parametrize("at", [30, 48, 68, 76, 512, 2700, 4000])
def test_an_old_workbook_whose_tables_lie_has_no_errors_to_tell(at: int) -> None:
    """Sectors that follow themselves, or that are not there."""
    content = xls(xls_error(4, 1, 0x17))
    for lie in (b"\x00\x00\x00\x00", b"\x01\x00\x00\x00", b"\xf0\xff\xff\x7f"):
        xls_cells.errors(content[:at] + lie + content[at + 4 :])
    xls_cells.errors(content[:at])


@on_sqlite
def test_an_error_in_a_workbook_of_another_program_rejects_its_row(database: str) -> None:
    head = "".join(ods_cell(name) for name in POSTS)
    cells = ods_cell("2026-05-01 10:00") + ods_cell("X") + ods_cell("7")
    bad = cells + ods_formula('office:value-type="float" office:value="0"', "#DIV/0!") + ods_cell("words")
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in (head, bad))
    result = imported(ods(f'<table:table table:name="S">{rows}</table:table>'))
    assert fates(result) == (0, 0, 0, 1, 0)
    assert [(one.code, one.row, one.column) for one in result.issues if one.row] == [("excel-error", 2, "likes")]
