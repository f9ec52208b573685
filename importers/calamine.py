"""The cells of a workbook, through calamine; old Excel files (.xls) in a process of their own.

A damaged .xls can make calamine ask for more memory than there is, which ends the process: a child's, not the app's.
This file is also the child's program, so it imports nothing of the house.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]  # a module elsewhere

#: Cells in the rectangle from A1 to the last filled cell; 500,000 rows of 40 columns. All sheets together.
LARGEST_EXTENT = 20_000_000
MOST_SHEETS = 500
_PASSWORD_STATUS, _TOO_LARGE_STATUS = 3, 4
_CHILD_SECONDS = 120
#: Sixteen million cells, the most an .xls sheet can have, need half of it.
_CHILD_MEMORY = 4 << 30

Sheets = list[tuple[str, list[list[Any]]]]


class TooLarge(Exception):
    """More sheets or cells than can be held."""


def sheets(content: bytes) -> Sheets:
    """Names and rows of all worksheets, hidden ones too.

    Rows start with the first of the sheet, empty or not, so that list index + 1 is what the spreadsheet program shows.

    Raises
    ------
    CalamineError
        PasswordError for a locked workbook, others for a damaged one.
    TooLarge
        As soon as the sheets hold more than `LARGEST_EXTENT` cells: several may show the same part of the file.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            names = [m.name for m in workbook.sheets_metadata if m.typ is SheetTypeEnum.WorkSheet]
            return _rows(workbook, names)
    except (CalamineError, TooLarge):
        raise
    except BaseException as error:  # a panic in calamine arrives as pyo3's PanicException, which is no Exception
        if type(error).__name__ == "PanicException" or isinstance(error, Exception):
            raise CalamineError(str(error)) from error
        raise


def _rows(workbook: CalamineWorkbook, names: list[str]) -> Sheets:
    if len(names) > MOST_SHEETS:
        raise TooLarge
    found: Sheets = []
    left = LARGEST_EXTENT
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        left -= sheet.total_height * sheet.total_width
        if left < 0:
            raise TooLarge
        found.append((name, list(sheet.to_python(skip_empty_area=False))))
    return found


def sheets_apart(content: bytes) -> Sheets:
    """`sheets`, read by a child process; whatever ends the child is a CalamineError here."""
    command = [sys.executable, "-P", str(Path(__file__).resolve())]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=_CHILD_SECONDS, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired as error:
        raise CalamineError("reading took too long") from error
    if child.returncode == _PASSWORD_STATUS:
        raise PasswordError("locked")
    if child.returncode == _TOO_LARGE_STATUS:
        raise TooLarge
    if child.returncode:
        raise CalamineError("damaged")
    found: Sheets = pickle.loads(child.stdout)  # noqa: S301 - written by our own child
    return found


def _child() -> int:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (_CHILD_MEMORY, _CHILD_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = sheets(sys.stdin.buffer.read())
    except PasswordError:
        return _PASSWORD_STATUS
    except TooLarge:
        return _TOO_LARGE_STATUS
    except CalamineError:
        return 1
    pickle.dump(found, sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    sys.exit(_child())
