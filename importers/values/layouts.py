"""The ways a date is written in text, one value at a time; which of day and month comes first is the caller's to say."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from typing import Literal, NamedTuple

Order = Literal["dmy", "mdy", "ymd"]


class Written(NamedTuple):
    """Text split into its date, time and offset; `numbers` when the date is three bare numbers."""

    day: date | None
    numbers: tuple[str, str, str] | None
    clock: time | None
    offset: timedelta | None


MONTH_NAMES = (
    "january januar janvier enero gennaio janeiro januari",
    "february februar fevrier febrero febbraio fevereiro februari",
    "march marz maerz mars marzo marco maart mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
)
#: Every beginning of three letters or more → month; none is shared by two months but French "jui".
MONTHS = {
    name[:n]: month
    for month, names in enumerate(MONTH_NAMES, 1)
    for name in names.split()
    for n in range(3, len(name) + 1)
    if name[:n] != "jui"
}
#: Hours from UTC; names that several countries use for different clocks (CST, IST, BST…) are left out.
ZONE_HOURS = {"z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "pst": -8, "pdt": -7, "cet": 1, "cest": 2}

_OFFSET = r"(?:(?:utc|gmt)\s?)?[+-]\d{1,2}(?::?\d{2})?|z|utc|gmt|est|edt|pst|pdt|cet|cest"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s?(?P<half>[ap]\.?m\.?)?(?:\suhr)?"
)
_LATER = rf"(?:(?:\s?,\s?|\s?t\s?|\s?at\s|\s){_CLOCK}(?:\s?(?P<offset>{_OFFSET}))?(?:\s?\([^)]*\))?)?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s)?"
_MONTH = r"(?P<month>[^\W\d_]{3,})\.?"
_LAYOUTS = [
    re.compile(_WEEKDAY + pattern + _LATER, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<m>\d{2})(?P<day>\d{2})",
        r"(?P<day>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})",
        r"(?P<n1>\d{1,2})(?P<mark>[-/])(?P<n2>\d{1,2})(?P=mark)(?P<n3>\d{4}|\d{2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[-/\s]?(?:de\s)?{_MONTH}[-/,\s]*(?:de\s)?(?P<year>\d{{4}}|\d{{2}})",
        rf"{_MONTH}[-/\s]?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|[-/\s])(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[-/\s]{_MONTH}[-/\s](?P<day>\d{{1,2}})",
    )
]
# Java and the older X put the year last: Sat Jan 01 00:00:00 UTC 2020.
_LAYOUTS.append(
    re.compile(
        rf"{_WEEKDAY}{_MONTH}\s(?P<day>\d{{1,2}})\s{_CLOCK}(?:\s(?P<offset>{_OFFSET}))?\s(?P<year>\d{{4}})",
        re.IGNORECASE,
    )
)
#: What Excel and databases show for an empty date.
EMPTY_DATE = re.compile(
    r"(?:(?:1/0|0/1|0/0)/(?:19)?00|00?[./-]0?1[./-]1900|1900-01-00|0000-00-00)(?: 0?0:00(?::00)?| 12:00(?::00)? AM)?",
    re.IGNORECASE,
)
_LONGEST = 80


def split(text: str) -> Written | None:
    """Date, time and offset in tidied text, or None if it is no date in any known layout."""
    if len(text) > _LONGEST:
        return None
    for layout in _LAYOUTS:
        if match := layout.fullmatch(text):
            found = match.groupdict()
            try:
                clock, offset = _clock(found), offset_of(found["offset"])
                if "n1" in found:
                    return Written(None, (found["n1"], found["n2"], found["n3"]), clock, offset)
                month = int(found["m"]) if "m" in found else MONTHS[_plain(found["month"])]
                return Written(date(_year(found["year"]), month, int(found["day"])), None, clock, offset)
            except (KeyError, ValueError, OverflowError):
                continue
    return None


def orders(numbers: tuple[str, str, str]) -> set[Order]:
    """Of day-first and month-first, those in which three bare numbers are a date; equal day and month fit both."""
    return {order for order in ("dmy", "mdy") if arrange(numbers, order)}


def arrange(numbers: tuple[str, str, str], order: Order) -> date | None:
    """Date that three numbers make in that order, if any."""
    first, second, third = numbers
    year, month, day = {
        "dmy": (third, second, first),
        "mdy": (third, first, second),
        "ymd": (first, second, third),
    }[order]
    try:
        return date(_year(year), int(month), int(day))
    except ValueError:
        return None


def _year(digits: str) -> int:
    """Two digits up to 68 are of this century, as in POSIX."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= 68 else 1900)


def _clock(found: dict[str, str | None]) -> time | None:
    if found["hour"] is None:
        return None
    half, hour = (found["half"] or "").lower(), int(found["hour"])
    if found["minute"] is None and not half:
        raise ValueError("a bare number is no time")
    if half:
        if hour == 12:
            hour = 0
        if half[0] == "p" and hour < 12:
            hour += 12
    microsecond = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0), microsecond)


def offset_of(text: str | None) -> timedelta | None:
    if text is None:
        return None
    signed = re.search(r"([+-])(\d{1,2}?):?(\d{2})?$", text)
    if signed is None:
        return timedelta(hours=ZONE_HOURS[text.lower()])
    offset = timedelta(hours=int(signed[2]), minutes=int(signed[3] or 0))
    if offset > timedelta(hours=14) or int(signed[3] or 0) > 59:
        raise ValueError("no clock is that far from UTC")
    return offset if signed[1] == "+" else -offset


def _plain(word: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
