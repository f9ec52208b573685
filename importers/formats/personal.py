"""Columns that tell who somebody is: left out before anything is stored, and said to be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from importers.issues import Issue, Severity, issue
from importers.sheet import Sheet
from importers.table import heading, is_blank

IDENTIFIES = "it can identify a person"
_MOSTLY = 0.5  # share of a column's cells from which it holds what they are
_ASKING = re.compile(
    r"^(?:please )?(?:enter |give |state |provide |what is |what's |what are )?(?:us )?(?:your |my |respondent |recipient |contact )?"
)
_WHO = {
    heading(name)
    for name in (
        "Name", "Names", "First name", "Last name", "Full name", "First and last name", "Given name", "Family name",
        "Surname", "Username", "User name", "Email", "E-mail", "Mail", "Email address", "E-mail address",
        "IP Address", "IPAddress", "Phone", "Phone number", "Telephone", "Telephone number", "Mobile", "Mobile number",
        "Address", "Address 2", "Street", "City", "City/Town", "State", "State/Province", "ZIP", "ZIP code",
        "ZIP/Postal Code", "Postal code", "Postcode", "Latitude", "Longitude", "LocationLatitude", "LocationLongitude",
        "Location latitude", "Location longitude", "Manager", "Manager name", "Date of birth", "Birthday",
        "RecipientFirstName", "RecipientLastName", "RecipientEmail", "ExternalReference", "External data reference",
        "Custom data",
    )
}  # fmt: skip
_NUMBERED = re.compile(
    r"(?:employee|staff|personnel|personal|badge|payroll|manager|user|consumer user|participant)[ -]?(?:ids?|no\.?|number|code|reference)"
)
#: Cells that are an e-mail address, an IP address, a telephone number or somebody's code.
_TELLING_CELL = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]+|(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}|(?:\+|00?)\d[\d ()/-]{7,}"
    r"|[a-z]{1,4}[-_]?\d{3,}",
    re.IGNORECASE,
)


def tells_who(title: str, cells: pd.Series) -> bool:
    """Whether a column tells who somebody is, by its heading or by what most of its cells look like."""
    asked = _ASKING.sub(
        "", heading(title).replace("employeenumber", "employee number").replace("employeeid", "employee id")
    )
    asked = re.sub(r"\s*\(.*\)|[?:*.]+$|\s\d+$", "", asked).strip()
    if asked in _WHO or _NUMBERED.fullmatch(asked):
        return True
    filled = [str(cell).strip() for cell in cells if not is_blank([cell])]
    return bool(filled) and sum(1 for cell in filled if _TELLING_CELL.fullmatch(cell)) >= _MOSTLY * len(filled)


def left_out(sheet: Sheet, titles: Sequence[str], cells: pd.DataFrame, why: Mapping[int, str]) -> list[Issue]:
    """An issue for each of the columns, by position, that are filled in and not kept."""
    return [
        issue("column-dropped", severity=Severity.INFO, sheet=sheet.name, column=titles[position], why=why[position])
        for position in sorted(why)
        if titles[position].strip() and not all(is_blank([cell]) for cell in cells[position])
    ]
