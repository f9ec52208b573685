"""Workbooks with what must not run, what was never computed and what nobody expects: said, never silently lost."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.access import LOCAL
from importers import rejects, templates
from importers.archives import unpacked
from importers.context import Options
from importers.issues import Refused, Severity
from importers.pipeline import apply
from importers.read import read
from importers.sheet import NO_VALUE, Sheet
from tests.importers.files import comma_separated, fates, imported, on_sqlite, stored, upload, workbook
from tests.importers.test_archives import sheet_xml, with_part, with_rows, zipped
from tests.importers.test_read_workbooks import compound_file, ods, ods_cell, saved, small_xlsx, xls

_EXAMPLES = settings.default.max_examples
POSTS = ["posted_at", "platform", "post_id", "likes", "text"]


def only(content: bytes) -> Sheet:
    (sheet,) = read("x.xlsx", content, limit_mb=50)
    return sheet


def found(content: bytes) -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in only(content).issues]


def post(cells: dict[int, str]) -> bytes:
    """A workbook of one post, some of whose cells (by column) are written as given."""
    values = ["2026-05-01 10:00", "X", "7", "5", "words"]

    def cell(column: int, row: int, value: str) -> str:
        return f'<c r="{"ABCDE"[column]}{row}" t="inlineStr"><is><t>{value}</t></is></c>'

    header = "".join(cell(i, 1, name) for i, name in enumerate(POSTS))
    row = "".join(cells.get(i, cell(i, 2, value)) for i, value in enumerate(values))
    return with_rows(f'<row r="1">{header}</row><row r="2">{row}</row>')


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "macros-ignored"),
        ("xl/macrosheets/sheet1.xml", "macros-ignored"),
        ("xl/externalLinks/externalLink1.xml", "links-ignored"),
        ("xl/connections.xml", "links-ignored"),
    ],
)
def test_macros_and_links_are_ignored_and_said(part: str, code: str) -> None:
    content = with_part(part, "<x/>")
    assert found(content) == [(code, Severity.INFO)]
    assert only(content).rows == only(small_xlsx()).rows
    assert found(small_xlsx()) == []


def test_macros_of_an_open_document_and_of_old_excel_are_said_too() -> None:
    table = f'<table:table table:name="S"><table:table-row>{ods_cell("a")}</table:table-row></table:table>'
    with zipfile.ZipFile(io.BytesIO(ods(table))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert found(zipped(parts | {"Basic/script-lc.xml": "<x/>"})) == [("macros-ignored", Severity.INFO)]
    assert found(xls()) == []
    with pytest.raises(Refused):
        read("x.xls", compound_file({"Workbook": b"x", "_VBA_PROJECT": b"y"}), limit_mb=1)


@on_sqlite
def test_what_was_ignored_stands_with_the_result(database: str) -> None:
    content = workbook({"posts": [POSTS, ["2026-05-01", "X", 1, 4, "fine"]]})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    result = imported(zipped(parts | {"xl/vbaProject.bin": b"x"}))
    assert ("macros-ignored", None, None) in [(one.code, one.row, one.column) for one in result.issues]
    assert fates(result) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="D2"><f>1+1</f></c>', NO_VALUE),
        ('<c r="D2"><f>1+1</f><v/></c>', NO_VALUE),
        ('<c r="D2"><f>1+1</f><v></v></c>', NO_VALUE),
        ('<c r="D2" s="3"><f t="shared" si="0"/></c>', NO_VALUE),
        ('<c r="D2"><f>A1&amp;"&lt;"</f>\n</c>', NO_VALUE),
        ('<c r="D2"><f>1+1</f><v>2</v></c>', None),
        ('<c r="D2" t="str"><f>""</f><v></v></c>', None),
        ('<c r="D2" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="D2" s="1" t="e"><f t="shared" si="0"/><v>#NAME?</v></c>', "#NAME?"),
        ('<c r="D2" t="e"><v>#N/A</v></c>', None),
    ],
)
def test_cells_that_show_something_and_hold_nothing_are_known(cell: str, shown: str | None) -> None:
    assert only(post({3: cell})).odd == ({(2, 3): shown} if shown else {})


def test_what_openpyxl_writes_for_a_formula_is_known_on_its_own_sheet() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a"])
    other = book.create_sheet("Q & A")
    other.append(["a", "b"])
    other.append([1, "=A2*2"])
    sheets = read("x", saved(book), limit_mb=1)
    assert [(sheet.name, dict(sheet.odd)) for sheet in sheets] == [("Sheet", {}), ("Q & A", {(2, 1): NO_VALUE})]


@on_sqlite
@pytest.mark.parametrize(
    ("column", "cell", "code", "words"),
    [
        (3, '<c r="D2"><f>1+1</f></c>', "formula-without-value", "“likes” holds no value"),
        (3, '<c r="D2" t="e"><v>#REF!</v></c>', "excel-error", "“likes” shows #REF! instead"),
        (0, '<c r="A2" t="e"><v>#VALUE!</v></c>', "excel-error", "“posted_at” shows #VALUE! instead"),
        (1, '<c r="B2" t="e"><v>#NAME?</v></c>', "excel-error", "“platform” shows #NAME? instead"),
    ],
)
def test_such_a_cell_rejects_its_row_with_one_message(
    column: int, cell: str, code: str, words: str, database: str
) -> None:
    result = imported(post({column: cell}))
    assert fates(result) == (0, 0, 0, 1, 0)
    (told,) = [one for one in result.issues if one.severity is not Severity.INFO]
    assert (told.code, told.row, told.column, told.value) == (code, 2, POSTS[column], None)
    assert words in told.message


@on_sqlite
def test_text_that_excel_took_for_a_formula_is_left_blank_with_a_warning(database: str) -> None:
    for content in (
        post({4: '<c r="E2" t="e"><f>@x</f><v>#NAME?</v></c>'}),
        comma_separated([POSTS, ["2026-05-01 10:00", "X", "7", "5", "#NAME?"]]),
    ):
        result = imported(content)
        assert result.rejected == 0
        assert [(one.code, one.severity, one.row, one.column) for one in result.issues] == [
            ("excel-error", Severity.WARNING, 2, "text")
        ]
        assert stored("post", "likes", "text") == [(5, None)]


@on_sqlite
def test_an_error_in_a_column_that_nobody_reads_is_not_spoken_of(database: str) -> None:
    result = imported(comma_separated([[*POSTS, "mood"], ["2026-05-01", "X", "7", "5", "words", "#REF!"]]))
    assert (fates(result), result.issues) == ((1, 0, 0, 0, 0), [])


@on_sqlite
def test_rejects_show_the_error_as_the_person_saw_it(database: str) -> None:
    results = [imported(post({3: '<c r="D2" t="e"><v>#REF!</v></c>'}))]
    book = openpyxl.load_workbook(io.BytesIO(rejects.workbook(results)))
    cell = book.active["D2"]
    assert (cell.value, cell.data_type) == ("#REF!", "s")


@on_sqlite
def test_an_error_among_the_answers_of_a_survey_is_said_without_a_value(database: str) -> None:
    survey = [
        ["wave", "question", "answer", "scale_min", "scale_max"],
        ["w", "q", "#REF!", "1", "5"],
        ["w", "q", "3", "1", "5"],
    ]
    result = imported(comma_separated(survey))
    assert fates(result) == (1, 0, 0, 1, 0)
    assert [(one.code, one.row, one.value) for one in result.issues if one.row] == [("excel-error", 2, None)]


def test_every_workbook_we_write_holds_text_as_text() -> None:
    for stream in {layout.stream for layout in templates.FORMATS}:
        with zipfile.ZipFile(io.BytesIO(templates.content(stream))) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
        assert sheets
        assert not any(b"<f" in sheet for sheet in sheets)


def test_entities_are_not_expanded() -> None:
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    xml = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>{sheet_xml(rows)}'
    with pytest.raises(Refused) as refused:
        read("x", with_part("xl/worksheets/sheet1.xml", xml), limit_mb=1)
    assert refused.value.issues[0].code == "file-unreadable"


def test_deep_nesting_does_no_harm() -> None:
    deep = "<a>" * 200_000 + "</a>" * 200_000
    assert only(with_rows(f'{deep}<row r="1"><c r="A1"><v>1</v></c></row>')).rows == [[1]]


def test_four_hundred_columns_and_long_cells_are_read() -> None:
    row: list[object] = ["x" * 10_000] * 400
    assert only(workbook({"wide": [[f"h{i}" for i in range(400)], row]})).rows[1] == row


CSV = comma_separated([POSTS, ["2026-05-01 10:00", "X", "7", "5", 'a "quoted", text\nof lines'], ["", "", "", "", "é"]])
VALID = {
    "xlsx": small_xlsx(),
    "xlsx with formulas": post({3: '<c r="D2"><f>1+1</f></c>', 4: '<c r="E2" t="e"><v>#REF!</v></c>'}),
    "ods": ods(f'<table:table table:name="S"><table:table-row>{ods_cell("a")}</table:table-row></table:table>'),
    "zip": zipped({"a.csv": CSV, "b/c.xlsx": small_xlsx()}),
    "csv": CSV.encode(),
    "utf-16": CSV.encode("utf-16"),
    "latin": CSV.encode("cp1252"),
}


def outcome(content: bytes) -> int:
    """Sheets that were read; a refusal has one issue."""
    try:
        files = unpacked("x.zip", content, limit_mb=1)
    except Refused as refused:
        assert len(refused.issues) == 1  # noqa: PT017 - either outcome is right
        return 0
    sheets = 0
    for name, member in files:
        try:
            sheets += len(read(name, member, limit_mb=1))
        except Refused as refused:
            assert len(refused.issues) == 1  # noqa: PT017 - either outcome is right
    return sheets


def test_what_is_mutated_below_can_be_read() -> None:
    assert all(outcome(content) for content in VALID.values())


@settings(max_examples=_EXAMPLES)
@given(
    kind=st.sampled_from(sorted(VALID)),
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12), st.integers(0, 12)), max_size=6
    ),
)
@example(kind="zip", changes=[(0.5, b"", 12)])
def test_no_change_of_a_file_s_bytes_is_more_than_refused(kind: str, changes: list[tuple[float, bytes, int]]) -> None:
    content = bytearray(VALID[kind])
    for at, noise, length in changes:
        start = int(at * len(content))
        content[start : start + length] = noise
    assert outcome(bytes(content)) >= 0


#: Bits of sheets, in and out of place.
BITS = st.sampled_from(
    ['<row r="1">', "<row>", "</row>", '<c r="A1">', "<c>", '<c t="s">', '<c r="ZZ9" t="e">', "</c>", "<v>1</v>", "<v/>",
     "<f>1</f>", "<f/>", "<!-- -->", "<![CDATA[x]]>", "&lt;", "&x;", "#REF!", '<c r="A1"/>', "<is><t>x</t></is>", '"', "'",
     "<", ">", '<y:c r="B2">', "\0", "sheetData", '<row r="-1">', '<c r="A0">', '<c r="1">', '<row r="99999999999999999999">']
)  # fmt: skip


@settings(max_examples=_EXAMPLES)
@given(bits=st.lists(BITS, max_size=30))
def test_no_sheet_s_xml_is_more_than_refused(bits: list[str]) -> None:
    assert outcome(with_rows("".join(bits))) >= 0


@on_sqlite
def test_an_import_of_an_archive_that_was_not_taken_apart_is_refused(database: str) -> None:
    (result,) = apply(upload(VALID["zip"], "a.zip"), Options(), LOCAL)
    assert "archive without a workbook" in result.issues[0].message
