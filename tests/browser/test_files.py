"""Files that are no spreadsheet: one clear sentence each."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import workbooks
from tests.browser.running import serving
from tests.browser.screen import settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a database that it makes itself; nothing here writes to it."""
    folder = tmp_path_factory.mktemp("empty")
    with serving(f"sqlite:///{folder / 'aftermath.db'}", folder / "server.log") as address:
        yield address


def picture() -> bytes:
    """A PNG of one grey pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    pixel = zlib.compress(b"\0\x80")
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def locked() -> bytes:
    """What Excel writes for a workbook with a password: a compound file that holds the package, encrypted."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    package = bytes(range(256)) * 16  # eight sectors
    fat = [fat_sector, end, *range(3, 10), end]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        said = (name + "\0").encode("utf-16-le")
        links = struct.pack("<HBBIII", len(said), kind, 1, free, free, child)
        return said.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)

    listed = entry("Root Entry", 5, 1, end, 0) + entry("EncryptedPackage", 2, free, 2, len(package))
    listed = listed.ljust(512, b"\0")
    return head + struct.pack("<128I", *fat, *[free] * (128 - len(fat))) + listed + package


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("chart.xlsx", picture(), "This is not a spreadsheet that can be read"),
        ("empty.xlsx", b"", "The file is empty."),
        ("salaries.xlsx", locked(), "The workbook is protected with a password."),
    ],
    ids=["a picture", "nothing", "a password"],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(
    name: str, content: bytes, said: str, empty_server: str, page: Page
) -> None:
    from playwright.sync_api import expect

    page.goto(f"{empty_server}/import")
    settled(page)
    page.locator("input[type=file]").set_input_files(workbooks.upload(name, content))
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text(said)
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is saved yet: 0 files ready, 1 file to correct")
    expect(page.get_by_role("button", name="Apply 0 files")).to_be_disabled()
    assert "Traceback" not in page.locator("body").inner_text()
