"""Numbers as sentences show them.

Rounding must not contradict: what is not zero is not shown as 0, a share that is not all is not shown as 100 %, and
two durations that count as different are shown with different digits (`durations`).
"""

from __future__ import annotations

import math
from datetime import datetime

from metrics.intervals import ALPHA

_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def minutes(hours: float) -> int:
    """Hours in whole minutes, halves up: the finest digit that is ever shown, and the one that verdicts are made on."""
    return math.floor(abs(hours) * 60 + 0.5) * (-1 if hours < 0 else 1)


def duration(hours: float, *, full: bool = False) -> str:
    """A duration in hours, without its sign: ``40 min``, ``9 h 12 min``, ``3 days 4 h``.

    From one day on minutes are left out, unless `full`.
    """
    total = abs(minutes(hours))
    if total == 0:
        return "0 min" if hours == 0 else "under 1 min"
    if total >= 24 * 60 and not full:
        total = math.floor(total / 60 + 0.5) * 60
    days, rest = divmod(total, 24 * 60)
    whole, left = divmod(rest, 60)
    parts = (plural(days, "day") if days else "", f"{whole} h" if whole else "", f"{left} min" if left else "")
    return " ".join(part for part in parts if part)


def working(hours: float) -> str:
    """A duration in business hours, without its sign: no days, which would be taken for whole ones: ``37 h``."""
    return f"{number(abs(hours), 0)} h" if abs(minutes(hours)) >= 24 * 60 else duration(hours)


def durations(*hours: float) -> list[str]:
    """Several durations beside each other: with minutes where without them two different ones would look alike."""
    short = [duration(h) for h in hours]
    clash = len(set(short)) < len({minutes(h) for h in hours})
    return [duration(h, full=True) for h in hours] if clash else short


def days(count: float) -> str:
    """A number of days: ``1 day``, ``2.5 days``."""
    shown = number(count)
    return f"{shown} day" if shown in ("1", "−1") else f"{shown} days"


def number(value: float, decimals: int = 1) -> str:
    """A number with at most `decimals` digits behind the point, thousands separated; what is not 0 never shows as 0."""
    if not math.isfinite(value):
        raise ValueError("only finite numbers can be shown")
    rounded = round(value, decimals)
    if rounded == 0 and value != 0:
        digits = -math.floor(math.log10(abs(value)))
        shown = f"{abs(value):.{digits}f}"
    else:
        shown = f"{abs(rounded):,.{decimals}f}"
        shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return f"−{shown}" if value < 0 else shown


def signed(value: float, decimals: int = 1) -> str:
    """A number with its sign: ``+4``, ``−0.5``, ``0``."""
    return f"+{number(value, decimals)}" if value > 0 else number(value, decimals)


def points(share: float) -> str:
    """A difference of shares without its sign: ``12 points``, ``1 point``; below one point with the digits it takes."""
    return point_count(share * 100, _decimals(share))


def point_count(value: float, decimals: int = 1) -> str:
    """A number of points without its sign: ``12.5 points``, ``1 point``."""
    shown = number(abs(value), decimals)
    return f"{shown} {'point' if shown == '1' else 'points'}"


def signed_points(share: float) -> str:
    """A difference of shares in points, with its sign: ``−12``, ``+0.4``, ``0``."""
    return signed(share * 100, _decimals(share))


def points_range(lo: float, hi: float) -> str:
    """An interval of differences in points: ``−19 to −5``."""
    return f"{signed_points(lo)} to {signed_points(hi)}"


def percent(share: float) -> str:
    """A share as ``58 %``; 0 % and 100 % are shown only for none and all."""
    value = share * 100
    if share in (0, 1):
        return f"{value:.0f} %"
    for decimals in range(7):
        text = f"{value:.{decimals}f}"
        if float(text) not in (0, 100):
            return f"{text} %"
    return "under 0.1 %" if share < 0.5 else "over 99.9 %"


def chance(p: float) -> str:
    """A p value in words: ``p = 0.14``, ``p < 0.001``; with the digits it takes not to look like `ALPHA` when it isn't."""
    if p < 0.001:
        return "p < 0.001"
    for decimals in range(2 if p >= 0.1 else 3, 9):
        shown = f"{p:.{decimals}f}"
        if float(shown) != ALPHA or p == ALPHA:
            break
    return f"p = {shown}"


def times(ratio: float) -> str:
    """A ratio as ``3.1 times``; from ten on without decimals."""
    return f"{number(ratio, 1 if ratio < 9.95 else 0)} times"


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """``1 row``, ``2 rows``, ``11,872 rows``; `nouns` where the plural is irregular."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def spelled(count: int, noun: str = "", nouns: str | None = None) -> str:
    """Small counts as words, as sentences want them: ``four``, ``four crises``; from ten on as digits."""
    word = _SPELLED[count] if 0 <= count < len(_SPELLED) else f"{count:,}"
    return f"{word} {noun if count == 1 else nouns or noun + 's'}" if noun else word


def part_of(count: int, n: int) -> str:
    """How many of several: ``both``, ``all four``, ``neither of the two``, ``none of the four``, ``one of four``."""
    if count == n:
        return "both" if n == 2 else f"all {spelled(n)}"
    return f"{spelled(count)} of {spelled(n)}" if count else f"{'neither' if n == 2 else 'none'} of the {spelled(n)}"


def date(day: datetime | str) -> str:
    """A date as ``3 March 2026``; takes ISO text too."""
    when = datetime.fromisoformat(day) if isinstance(day, str) else day
    return f"{when.day} {when:%B %Y}"


def listed(words: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def opened(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


def _decimals(share: float) -> int:
    return 0 if abs(share) * 100 >= 0.95 else 1
