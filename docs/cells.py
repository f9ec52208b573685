"""What the cells of a column hold, in words, told from the reader that its format names."""

from __future__ import annotations

import inspect
from typing import Any

from importers.formats import answers, meta, readers, survey_summary, trustpilot
from importers.formats.base import Reader

_LARGEST = 2**31 - 1
_WORDS: dict[Any, str] = {
    readers.text: "text",
    readers.moment: "a time, or a day alone",
    readers.day: "a day",
    readers.coming_day: "a day, which may lie ahead",
    readers.number: "a number",
    readers.yes_no: "yes or no",
    readers.several: "texts, separated by semicolons",
    readers.zone: "a time zone, such as Europe/Lisbon",
    readers.language: "a language, such as en, en-US or English",
    readers.platform: "a platform, such as X or LinkedIn",
    readers.sentiment_label: "positive, neutral or negative, in several languages",
    meta.whole_life: "“Lifetime”; with a day here, a row counts one day alone and is rejected",
    survey_summary.share: "a share, such as 72 %, 72 or 0.72",
    trustpilot.utc_moment: "a time in UTC",
    answers.answers: "a number on the scale, a label such as “Agree”, or free text",
}


def says(read: Reader) -> str:
    """What a reader reads, in words.

    Raises
    ------
    LookupError
        For a reader that has no words here yet.
    """
    if read in _WORDS:
        return _WORDS[read]
    maker = getattr(read, "__qualname__", "").partition(".")[0]
    given = inspect.getclosurevars(read).nonlocals
    if maker == "moment_among":
        return _WORDS[readers.moment]
    if maker == "limited":
        return "text"
    if maker == "between":
        return _bounds(given["lowest"], given["highest"], whole=given["whole"])
    if maker == "word":
        return f"one of {', '.join(dict.fromkeys(given['known']))}"
    if maker == "several_words":
        return f"one or more of {', '.join(given['known'])}"
    raise LookupError(f"docs.cells has no words for the reader {maker or read}")


def _bounds(lowest: float, highest: float, *, whole: bool) -> str:
    kind = "a whole number" if whole else "a number"
    if highest >= _LARGEST:
        return f"{kind}, {lowest:,} or more"
    return f"{kind} from {lowest:,} to {highest:,}".replace("-", "−")
