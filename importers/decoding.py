"""Which encoding delimited text is in: told by its bytes, at once or as they pass by."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from charset_normalizer import from_bytes

from importers.issues import Refused, issue

SAMPLE_BYTES = 65_536
_BLOCK = 1 << 20
_UTF8_MARK, _UTF16_MARKS = codecs.BOM_UTF8, (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Scripts that charset-normalizer tells apart well.
_OTHER_SCRIPTS = ("cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256")
#: It does not tell these apart on short text: they are compared by `_ODDITY`, the first of equals is taken.
_LATIN = ("cp1252", "cp1250", "mac_roman")
_CONTROL = bytes(set(range(32)) - set(b"\x00\t\n\v\f\r\x1a\x1b"))
# A symbol, or a capital, in the middle of a word of small letters betrays the wrong Latin code page.
_ODDITY = re.compile(
    r"[^\W\d_][^\w\s!-~‘’“”‚„–—…´·«»®™©°€£]+[^\W\d_]|[a-zß-öø-ÿ][À-ÖØ-ÞŠŽŸŒ]|[\x80-\x9f�]|[†‡ˆ˜¸¨˙˚˛ˇ◊∂∆∏∑√∞≈≠≤≥⁄ﬁﬂ]"
)

#: Opens the bytes anew, from the beginning.
Opens = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become text. With `foreign`, the lines that are no UTF-8 are in that code page, the others in `codec`."""

    codec: str
    is_wide: bool = False
    foreign: str | None = None


def decode(name: str, content: bytes) -> str:
    """Text without byte-order mark and NULs.

    Raises
    ------
    Refused
        `file-unreadable` when the bytes are no text.
    """
    content = content.removeprefix(_UTF8_MARK)
    if wide := _wide(name, content[:SAMPLE_BYTES]):
        return content.decode(wide, errors="replace").replace("\x00", "")
    content = content.replace(b"\x00", b"")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        lines = content.splitlines(keepends=True)
        told = _by_line(iter(lines))
        if told.foreign is None:
            return content.decode(told.codec, errors="replace")
        return "".join(_decoded(line, told.foreign) for line in lines)


def encoding(name: str, opens: Opens) -> Encoding:
    """The encoding that `decode` would take, without holding the bytes.

    Raises
    ------
    Refused
        `file-unreadable` when the bytes are no text.
    """
    with opens() as stream:
        if wide := _wide(name, stream.read(len(_UTF8_MARK) + SAMPLE_BYTES).removeprefix(_UTF8_MARK)[:SAMPLE_BYTES]):
            return Encoding(wide, is_wide=True)
    told = Encoding("utf-8")
    with _stripped(opens, told) as stream:
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            with _stripped(opens, told) as again:
                return _by_line(_byte_lines(again))
    return told


def lines(opens: Opens, told: Encoding) -> Iterator[str]:
    """The text line by line, each with its own end; without byte-order mark and NULs."""
    with _stripped(opens, told) as stream:
        if told.foreign is not None:
            for line in _byte_lines(stream):
                yield _decoded(line, told.foreign)
            return
        with io.TextIOWrapper(stream, encoding=told.codec, errors="replace", newline="") as text:
            if told.is_wide:
                yield from (line.replace("\x00", "") for line in text)
            else:
                yield from text


class _Stripped(io.RawIOBase):
    """Bytes without a mark of UTF-8 at their beginning and, unless they are UTF-16, without NULs."""

    def __init__(self, source: BinaryIO, *, nulls: bool) -> None:
        self._source, self._nulls = source, nulls
        self._held = source.read(len(_UTF8_MARK)).removeprefix(_UTF8_MARK)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer
        while piece := self._held or self._source.read(len(buffer)):
            self._held = b""
            kept = piece if self._nulls else piece.replace(b"\x00", b"")
            if kept:
                buffer[: len(kept)] = kept
                return len(kept)
        return 0

    def close(self) -> None:
        self._source.close()
        super().close()


def _stripped(opens: Opens, told: Encoding) -> io.BufferedReader:
    return io.BufferedReader(_Stripped(opens(), nulls=told.is_wide), buffer_size=_BLOCK)


def _byte_lines(stream: io.BufferedReader) -> Iterator[bytes]:
    for line in stream:
        yield from line.splitlines(keepends=True)


def _wide(name: str, start: bytes) -> str | None:
    """UTF-16 by its mark, or because NULs stand in every other byte; what is no text at all is refused."""
    if start.startswith(_UTF16_MARKS):
        return "utf-16"
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) >= 0.1 * len(start) and min(even, odd) <= 0.1 * max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    if len(start.translate(None, _CONTROL)) < 0.98 * len(start) or start.count(0) > 0.25 * len(start):
        raise Refused(issue("file-unreadable", what=f"{name} is no text"))
    return None


def _by_line(found: Iterator[bytes]) -> Encoding:
    """The encoding of what is not UTF-8 throughout; where only some lines are not, only those are read otherwise."""
    beyond_ascii = foreign = 0
    sample = b""
    for line in found:
        if not line.isascii():
            beyond_ascii += 1
            if not _is_utf8(line):
                foreign += 1
                sample += line if len(sample) < SAMPLE_BYTES else b""
    codec = _foreign_codec(sample[:SAMPLE_BYTES])
    if codec not in _LATIN and 2 * foreign > beyond_ascii:
        return Encoding(codec)
    return Encoding("utf-8", foreign=codec)


def _decoded(line: bytes, foreign: str) -> str:
    return line.decode("utf-8" if _is_utf8(line) else foreign, errors="replace")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _foreign_codec(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=[*_OTHER_SCRIPTS, *_LATIN]).best()
    if best is not None and best.encoding in _OTHER_SCRIPTS:
        return best.encoding
    return min(_LATIN, key=lambda codec: len(_ODDITY.findall(sample.decode(codec, errors="replace"))))
