"""A .zip of files is taken apart; what would fill the machine's memory is refused before it is expanded."""

from __future__ import annotations

import bz2
import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from importers.__main__ import main
from importers.archives import unpacked
from importers.issues import Refused
from importers.read import read
from tests.importers.files import count, on_sqlite, stored, workbook
from tests.importers.test_read_workbooks import compound_file, ods, ods_cell, small_xlsx

ROOT = Path(__file__).resolve().parents[2]
EVENTS = "crisis,occurred_at,milestone\n{},2026-05-01,posted\n"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipped(files: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_part(part: str, content: bytes | str) -> bytes:
    """The small workbook with one part more, or another one in its place."""
    with zipfile.ZipFile(io.BytesIO(small_xlsx())) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | {part: content})


def sheet_xml(rows: str) -> str:
    return f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>'


def with_rows(rows: str) -> bytes:
    return with_part("xl/worksheets/sheet1.xml", sheet_xml(rows))


def read_all(content: bytes, limit_mb: int) -> None:
    for name, member in unpacked("a.zip", content, limit_mb=limit_mb):
        read(name, member, limit_mb=limit_mb)


def refusal(content: bytes, limit_mb: int = 50) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read_all(content, limit_mb)
    (only,) = caught.value.issues
    return only.code, only.message


def test_the_files_come_in_order_and_what_systems_add_is_left_out() -> None:
    content = zipped(
        {"folder/": "", "folder/b.csv": "b", "a.csv": "a", "__MACOSX/folder/._b.csv": "x", "folder/.DS_Store": "x",
         "._a.csv": "x", "Thumbs.db": "x", "Größe\u202e\n.csv": "c"}
    )  # fmt: skip
    assert unpacked("a.zip", content, limit_mb=1) == [
        ("a.zip › folder/b.csv", b"b"), ("a.zip › a.csv", b"a"), ("a.zip › Größe��.csv", b"c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [b"a,b\n1,2\n", small_xlsx(), ods(""), compound_file({"Workbook": b"x"}), b"", b"PK\x03\x04 is damaged"[:4]],
)
def test_what_is_no_archive_of_files_comes_back_as_itself(content: bytes) -> None:
    try:
        assert unpacked("x", content, limit_mb=1) == [("x", content)]
    except Refused as refused:
        assert content == b"PK\x03\x04"
        assert "x is damaged" in refused.issues[0].message  # noqa: PT017 - only the damaged one is refused


def test_an_archive_in_an_archive_is_a_file_that_is_refused() -> None:
    content = zipped({"a.csv": "a,b\n", "b.zip": zipped({"c.csv": "a,b\n"})})
    assert [name for name, _ in unpacked("a.zip", content, limit_mb=1)] == ["a.zip › a.csv", "a.zip › b.zip"]
    code, message = refusal(content)
    assert code == "file-unreadable"
    assert "a.zip › b.zip is an archive in an archive; unpack it first" in message


def test_a_locked_archive_is_refused_with_what_to_do() -> None:
    content = bytearray(zipped({"a.csv": "a,b\n"}))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)) == (
        "archive-encrypted", "The archive is protected with a password. Unpack it and upload its files.",
    )  # fmt: skip


def test_an_archive_without_files_is_empty() -> None:
    assert refusal(zipped({"folder/": "", "__MACOSX/x": "x"}))[0] == "file-empty"
    assert refusal(zipped({}))[0] == "file-empty"


def test_too_many_files_too_large_a_file_and_too_large_an_archive_are_refused() -> None:
    assert "201 files" in refusal(zipped({f"{i}.csv": "a" for i in range(201)}))[1]
    assert refusal(zipped({"a.csv": "a,b\n" * 300_000}), limit_mb=1)[0] == "file-too-large"
    assert refusal(zipped({"a.csv": bytes(2 << 20)}, zipfile.ZIP_STORED), limit_mb=1)[0] == "file-too-large"
    assert "unpacks to 40 MB" in refusal(zipped({"a.csv": bytes(40 << 20)}))[1]


def test_a_size_that_is_a_lie_is_found_out_while_unpacking() -> None:
    content = zipped({"a.csv": "a,b\n" * 5_000})
    size = struct.pack("<I", 20_000)
    assert content.count(size) == 2
    assert refusal(content.replace(size, struct.pack("<I", 20)))[1].count("damaged") == 1


def test_ways_of_packing_that_grow_without_bound_in_one_step_are_refused() -> None:
    assert len(bz2.compress(bytes(40 << 20))) < 100
    assert "unusual way" in refusal(zipped({"a.csv": bytes(40 << 10)}, zipfile.ZIP_BZIP2))[1]
    assert "unusual way" in refusal(zipped({"a.csv": bytes(40 << 10)}, zipfile.ZIP_LZMA))[1]


def test_damage_in_a_member_refuses_the_archive() -> None:
    content = bytearray(zipped({"a.csv": "a,b\n1,2\n"}, zipfile.ZIP_STORED))
    content[content.find(b"1,2")] = ord("9")
    assert "a.zip is damaged" in refusal(bytes(content))[1]


@on_sqlite
def test_each_member_is_a_file_and_a_batch_of_its_own(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "May.zip"
    book = workbook({"events": [["crisis", "occurred_at", "milestone"], ["C2", "2026-05-01", "posted"]]})
    path.write_bytes(zipped({"one.csv": EVENTS.format("C1"), "deep/two.xlsx": book, "notes.txt": "Dear all,\n"}))
    assert main([str(path)]) == 1  # the notes are no known format
    assert stored("batch", "file") == [("May.zip › one.csv",), ("May.zip › deep/two.xlsx",)]
    assert count("event") == 2
    assert "May.zip › notes.txt: refused" in capsys.readouterr().err
    assert main([str(path), "--json"]) == 1
    assert count("event") == 2


@on_sqlite
def test_a_refused_archive_is_one_refused_file(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "May.zip"
    path.write_bytes(zipped({}))
    assert main([str(path)]) == 1
    assert "May.zip: refused" in capsys.readouterr().err


#: Files of a few kilobytes to a megabyte that ask for gigabytes.
BOMBS: dict[str, bytes] = {
    "a row that is far down, whose cells name no column": with_rows(
        f'<row r="1">{"<c><v>1</v></c>" * 16_000}</row><row r="1048576"><c><v>1</v></c></row>'
    ),
    "cells after a far row that name nothing": with_rows(
        f'<row r="1048575"><c r="A1048575"><v>1</v></c></row><row>{"<c><v>1</v></c>" * 16_000}</row>'
    ),
    "a far cell in small letters": with_rows('<row r="1"><c r="xfd1048576"><v>1</v></c></row>'),
    "a far cell with many zeros": with_rows('<row r="1"><c r="XFD0000001048576"><v>1</v></c></row>'),
    "a far cell with spaces": with_rows("<row r='1'><c r = 'XFD1048576'><v>1</v></c></row>"),
    "a far cell behind an attribute": with_rows('<row r="1"><c s="0" r="XFD1048576"><v>1</v></c></row>'),
    "a far cell with a prefix": with_rows(
        f'<y:row xmlns:y="{SPREADSHEET}" r="1"><y:c r="XFD1048576"><y:v>1</y:v></y:c></y:row>'
    ),
    "a far cell with a bracket in an attribute": with_rows(
        '<row r="1"><c r="XFD1048576" a="></c>"><v>1</v></c></row>'
    ),
    "a far cell after a long attribute": with_rows(
        f'<row r="1"><c r="XFD1048576" a="{"x" * 300_000}"><v>1</v></c></row>'
    ),
    "columns after the last": with_rows('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'),
    "a long text in a million cells": zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}"><sheets/></workbook>',
            "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}"><si><t>{"x" * 32_000}</t></si></sst>',
            "xl/worksheets/sheet1.xml": sheet_xml(
                "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 60_000))
            ),
        }
    ),
    "a text of many megabytes": with_part("xl/sharedStrings.xml", f"<sst><si><t>{'x' * (18 << 20)}</t></si></sst>"),
    "spaces of an open document": ods(
        f'<table:table table:name="S"><table:table-row>{ods_cell("<text:s text:c=&#34;4000000000&#34;/>").replace("&#34;", chr(34))}'
        "</table:table-row></table:table>"
    ),
    "cells repeated with spaces and zeros": ods(
        '<table:table table:name="S"><table:table-row table:number-rows-repeated = "1000000">'
        f'<table:table-cell table:number-columns-repeated="00000016000"/>{ods_cell("z")}</table:table-row></table:table>'
    ),
    "a long text repeated": ods(
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000">'
        f"{ods_cell('x' * 30_000)}</table:table-row></table:table>"
    ),
    "a value without its kind": ods(
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000" office:string-value="x"/></table:table-row></table:table>'
    ),
    "zeros": zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": bytes(100 << 20)}),
    "a row of commas": b"," * (20 << 20) + b"x",
}  # fmt: skip


#: Those that no program writes; of others the message says what is too large.
DAMAGED = {"a text of many megabytes"}


@pytest.fixture(scope="module")
def spent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each bomb is answered with by a process that has 1.5 GB."""
    folder = tmp_path_factory.mktemp("bombs")
    for number, content in enumerate(BOMBS.values()):
        (folder / f"{number:02}").write_bytes(content)
    program = """
import resource, sys
from pathlib import Path
from importers.issues import Refused
from importers.read import read
resource.setrlimit(resource.RLIMIT_AS, (3 << 29, 3 << 29))
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        print(len(read("bomb", path.read_bytes(), limit_mb=50)))
    except Refused as refused:
        print(refused.issues[0].code, len(refused.issues), refused)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=150,
        env={"OPENBLAS_NUM_THREADS": "1", "PATH": ""}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    return dict(zip(BOMBS, done.stdout.splitlines(), strict=True))


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on memory")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_little_memory(name: str, spent: dict[str, str]) -> None:
    assert spent[name].startswith("file-unreadable 1 This is not a spreadsheet"), spent[name]
    assert ("is damaged" in spent[name]) == (name in DAMAGED), spent[name]


def test_a_part_shown_by_many_sheets_counts_as_often() -> None:
    sheets = "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, 40))
    book = (
        f'<workbook xmlns="{SPREADSHEET}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{sheets}</sheets></workbook>"
    )
    rows = '<row r="1"><c r="Z90000"><v>1</v></c></row>'
    with zipfile.ZipFile(io.BytesIO(with_rows(rows))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    code, message = refusal(zipped(parts | {"xl/workbook.xml": book}))
    assert code == "file-unreadable"
    assert "20,000,000 cells" in message


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c><v>1</v></c><c><v>2</v></c></row>',
        '<row/><row><c><v>1</v></c><c r="B2"><v>2</v></c></row>',
        f'<y:row xmlns:y="{SPREADSHEET}" r="2"><y:c r="A2"><y:v>1</y:v></y:c><y:c s="0" r="B2"><y:v>2</y:v></y:c></y:row>',
    ],
)
def test_cells_written_in_another_way_are_read(rows: str) -> None:
    (sheet,) = read("x", with_rows(rows), limit_mb=1)
    assert sheet.rows == [["", ""], [1, 2]]


def test_a_workbook_with_much_shared_text_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(small_xlsx())) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts = "".join(f"<si><t>{letter * n}</t></si>" for letter, n in (("a", 10), ("b", 32_000)))
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>{int(i < 9)}</v></c></row>' for i in range(1, 50_000))
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sharedStrings+xml"/></Types>',
    )
    parts |= {
        "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": sheet_xml(rows),
    }
    (sheet,) = read("x", zipped(dict(parts)), limit_mb=50)
    assert [len(str(row[0])) for row in sheet.rows[6:10]] == [32_000, 32_000, 10, 10]
