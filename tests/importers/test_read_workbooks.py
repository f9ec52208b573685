"""Workbooks: row numbers as the program shows them, and one clear sentence for each file that is none."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.issues import Refused
from importers.read import read
from tests.soak import TIMES

ODF = "urn:oasis:names:tc:opendocument:xmlns"


def saved(workbook: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def small_xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.append(["a", "b"])
    workbook.active.append([1, "x"])
    return saved(workbook)


def archive(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return buffer.getvalue()


def ods(tables: str) -> bytes:
    spaces = " ".join(f'xmlns:{prefix}="{ODF}:{prefix}:1.0"' for prefix in ("office", "table", "text"))
    manifest = (
        f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": f'<?xml version="1.0"?><office:document-content {spaces}>{body}</office:document-content>',
        }
    )


def ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def compound_file(streams: dict[str, bytes]) -> bytes:
    """A compound file (the container of .xls and of locked workbooks) with these streams, each padded past the
    4,096 bytes under which the format would keep it elsewhere.
    """
    end, free, fat_sector = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat, sectors, entries = [fat_sector, end], [], []
    for name, content in streams.items():
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        first, count = len(fat), len(padded) // 512
        fat += [*range(first + 1, first + count), end]
        sectors.append(padded)
        entries.append((name, 2, first, len(padded)))
    directory = b""
    for i, (name, kind, first, size) in enumerate([("Root Entry", 5, end, 0), *entries]):
        right = i + 1 if 0 < i < len(entries) else free
        encoded = (name + "\0").encode("utf-16-le")
        child = 1 if i == 0 else free
        directory += encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, free, right, child)
        directory += bytes(36) + struct.pack("<IQ", first, size)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return header + table + directory.ljust(512, b"\0") + b"".join(sectors)


def record(code: int, body: bytes = b"") -> bytes:
    """One record of an .xls workbook."""
    return struct.pack("<HH", code, len(body)) + body


def xls(*further: bytes, lock: int | None = None) -> bytes:
    """A workbook of Excel 97: "head" in B3 and 2.5 in B4, and `further` records of cells; with `lock`, the
    record that announces a password of that kind.
    """

    def opening(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    password = record(0x002F, struct.pack("<H", lock) + bytes(4)) if lock is not None else b""
    start = len(opening(5) + password + record(0x0085, bytes(8) + b"Log") + record(0x000A))
    book = opening(5) + password + record(0x0085, struct.pack("<IBBBB", start, 0, 0, 3, 0) + b"Log") + record(0x000A)
    label = record(0x0204, struct.pack("<HHHHB", 2, 1, 0, 4, 0) + b"head")
    number = record(0x0203, struct.pack("<HHHd", 3, 1, 0, 2.5))
    sheet = opening(0x10) + record(0x0200, struct.pack("<IIHHH", 2, 4, 1, 2, 0)) + label + number
    sheet += b"".join(further) + record(0x000A)
    return compound_file({"Workbook": book + sheet})


def refusal(content: bytes, name: str = "file.xlsx", limit_mb: int = 50) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read(name, content, limit_mb=limit_mb)
    (only,) = caught.value.issues
    return only.code, only.message


def test_list_index_is_the_row_the_program_shows_whatever_is_blank_or_merged() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["C4"], sheet["D4"], sheet["C7"] = "head", "when", 12
    sheet["D7"], sheet["D8"] = datetime.fromisoformat("2026-01-02"), datetime.fromisoformat("2026-01-02T03:04:05")
    sheet["C10"] = "merged"
    sheet.merge_cells("C10:D12")
    sheet["C14"] = "last"
    (found,) = read("log.xlsx", saved(workbook), limit_mb=50)
    assert found.rows[3] == ["", "", "head", "when"]
    assert found.rows[4] == found.rows[0] == [""] * 4
    assert found.rows[6] == ["", "", 12, date(2026, 1, 2)]
    assert found.rows[7][3] == datetime.fromisoformat("2026-01-02T03:04:05")
    assert found.rows[9] == ["", "", "merged", ""]
    assert found.rows[13][2] == "last"
    assert len(found.rows) == 14


def test_hidden_sheets_are_read_and_blank_ones_dropped() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "empty"
    for name, state in (("hidden", "hidden"), ("deeper", "veryHidden"), ("seen", "visible")):
        sheet = workbook.create_sheet(name)
        sheet["A1"] = name
        sheet.sheet_state = state
    workbook.create_sheet("spaces")["B2"] = "  "
    workbook.create_chartsheet("chart")
    assert [sheet.name for sheet in read("x", saved(workbook), limit_mb=50)] == ["hidden", "deeper", "seen"]


def test_open_document_rows_are_numbered_through_repeated_blank_ones() -> None:
    blank = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
    filled = f'<table:table-row><table:table-cell table:number-columns-repeated="2"/>{ods_cell("a")}</table:table-row>'
    table = f'<table:table table:name="S">{blank.format(3)}{filled}{blank.format(2)}{filled}{blank.format(9999)}'
    (sheet,) = read("x.ods", ods(table + "</table:table>"), limit_mb=50)
    assert [i + 1 for i, row in enumerate(sheet.rows) if "a" in row] == [4, 7]
    assert sheet.rows[3] == ["", "", "a"]


def test_old_excel_is_read_and_its_rows_numbered() -> None:
    (sheet,) = read("anything.csv", xls(), limit_mb=50)
    assert sheet.name == "Log"
    assert sheet.rows[2] == ["", "head"]
    assert sheet.rows[3] == ["", 2.5]


def test_content_decides_not_the_name() -> None:
    assert read("picture.png", small_xlsx(), limit_mb=50)[0].rows == [["a", "b"], [1, "x"]]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50), "PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(50), "JPEG picture"),
        (b"GIF89a" + bytes(50), "GIF picture"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(50), "WebP picture"),
        (b"\0\0\0\x18ftypmp42" + bytes(50), "video"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\x1f\x8b\x08\0" + bytes(range(256)), "compressed"),
        (bytes(range(256)) * 4, "no text"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "no text"),
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "XML"),
        (b'[\n {"id": 1, "text": "x"}]', "JSON"),
        (b'{"id": 1}', "JSON"),
    ],
)
@pytest.mark.parametrize("name", ["renamed.xlsx", "renamed.csv"])
def test_other_files_under_a_spreadsheets_name_are_refused_by_what_they_are(
    content: bytes, what: str, name: str
) -> None:
    code, message = refusal(content, name)
    assert code == "file-unreadable"
    assert what in message
    assert name in message


@pytest.mark.parametrize("content", [b"", b" \r\n\r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0", b",,,\r\n,,,\r\n"])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    assert refusal(content)[0] == "file-empty"


def test_a_workbook_of_blank_sheets_is_called_empty() -> None:
    assert refusal(saved(openpyxl.Workbook()))[0] == "file-empty"


def test_a_file_larger_than_the_limit_is_refused_with_the_limit() -> None:
    code, message = refusal(b"a,b\n" * 300_000, limit_mb=1)
    assert code == "file-too-large"
    assert "1 MB" in message
    assert read("x.csv", b"a,b\n" * (1024 * 256), limit_mb=1)


def test_a_locked_workbook_is_told_from_a_broken_one() -> None:
    locked = compound_file({"EncryptionInfo": b"\x04\0\x04\0" + bytes(60), "EncryptedPackage": bytes(range(256)) * 20})
    assert refusal(locked)[0] == "file-encrypted"
    assert refusal(xls(lock=0), "old.xls")[0] == "file-encrypted"
    assert refusal(xls(lock=1), "old.xls")[0] == "file-encrypted"


def test_a_locked_archive_is_told_from_a_broken_one() -> None:
    content = bytearray(small_xlsx())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    assert refusal(bytes(content))[0] == "file-encrypted"


def test_other_office_documents_are_named() -> None:
    assert "no workbook" in refusal(compound_file({"WordDocument": b"text"}))[1]
    types = {"[Content_Types].xml": "<Types/>"}
    assert "Word document" in refusal(archive(types | {"word/document.xml": "<x/>"}))[1]
    assert "PowerPoint" in refusal(archive(types | {"ppt/presentation.xml": "<x/>"}))[1]
    assert ".xlsb" in refusal(archive(types | {"xl/workbook.bin": "x"}))[1]
    assert "archive without a workbook" in refusal(archive({"log.csv": "a,b"}))[1]


def test_a_truncated_workbook_is_refused_at_every_length() -> None:
    content = small_xlsx()
    for length in range(4, len(content), 97):
        assert refusal(content[:length])[0] == "file-unreadable"
    for length in range(8, 1600, 97):
        assert refusal(xls()[:length])[0] == "file-unreadable"


def test_a_broken_old_workbook_does_not_end_the_process() -> None:
    extent, reversed_extent = struct.pack("<IIHHH", 2, 4, 1, 2, 0), struct.pack("<IIHHH", 170, 4, 1, 2, 0)
    content = xls().replace(extent, reversed_extent)
    assert content != xls()
    assert "damaged" in refusal(content)[1]


def test_a_workbook_without_sheets_is_refused() -> None:
    members = {}
    with zipfile.ZipFile(io.BytesIO(small_xlsx())) as packed:
        for name in packed.namelist():
            members[name] = packed.read(name).decode()
    text = members["xl/workbook.xml"]
    members["xl/workbook.xml"] = text[: text.index("<sheets>")] + "<sheets/>" + text[text.index("</sheets>") + 9 :]
    code, message = refusal(archive(members))
    assert code == "file-unreadable"
    assert "no sheet" in message


def test_an_archive_that_unpacks_to_too_much_is_refused_unopened() -> None:
    content = archive({"xl/workbook.xml": "<x/>", "xl/sharedStrings.xml": "0" * 1000})
    declared = struct.pack("<I", 1000)
    assert content.count(declared) == 2
    code, message = refusal(content.replace(declared, struct.pack("<I", 900 << 20)))
    assert code == "file-unreadable"
    assert "500 MB" in message


def test_one_stray_cell_in_the_last_corner_does_not_end_the_process() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"], workbook.active["XFD1048576"] = 1, 2
    assert "a cell far from the others" in refusal(saved(workbook))[1]
    row = f"<table:table-row>{ods_cell('a')}</table:table-row>"
    gap = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    wide = '<table:table-row><table:table-cell table:number-columns-repeated="16000"/>' + ods_cell("z")
    table = f'<table:table table:name="S">{row}{gap}{wide}</table:table-row></table:table>'
    assert "a cell far from the others" in refusal(ods(table))[1]


def test_a_formatted_but_empty_far_cell_and_a_long_narrow_sheet_are_fine() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "head"
    workbook.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    assert read("x", saved(workbook), limit_mb=50)[0].rows == [["head"]]
    workbook.active["B120000"] = "far"
    assert len(read("x", saved(workbook), limit_mb=50)[0].rows) == 120_000


@settings(max_examples=60 * TIMES, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), noise=st.binary(min_size=1, max_size=40), old=st.booleans())
def test_damage_anywhere_is_refused_or_read_never_an_error(at: float, noise: bytes, old: bool) -> None:
    content = bytearray(xls() if old else small_xlsx())
    start = 8 + int(at * (len(content) - 8 - len(noise)))
    content[start : start + len(noise)] = noise
    try:
        assert read("x", bytes(content), limit_mb=50)
    except Refused as refused:
        assert len(refused.issues) == 1  # noqa: PT017 - either outcome is right
