"""Labels that survey tools put on the points of a scale, and which point each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from importers.values.column import tidy

_NEUTRAL = ("neutral", "undecided", "neither", "unsure")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def _points(*labels: str | tuple[str, ...]) -> dict[str, int]:
    """From the lowest to the highest; several labels may stand for one point."""
    return {
        label: point for point, said in enumerate(labels, 1) for label in ((said,) if isinstance(said, str) else said)
    }


#: Scales of named points, the usual ones first: the labels of one question are all of one of them.
SCALES: tuple[dict[str, int], ...] = (
    _points(
        ("strongly disagree", "totally disagree", "completely disagree"), "disagree",
        ("neither agree nor disagree", *_NEUTRAL), "agree", ("strongly agree", "totally agree", "completely agree"),
    ),
    _points(
        "strongly disagree", ("somewhat disagree", "slightly disagree", "tend to disagree"),
        ("neither agree nor disagree", *_NEUTRAL), ("somewhat agree", "slightly agree", "tend to agree"), "strongly agree",
    ),
    _points(
        "strongly disagree", "disagree", ("somewhat disagree", "slightly disagree", "tend to disagree"),
        ("neither agree nor disagree", *_NEUTRAL), ("somewhat agree", "slightly agree", "tend to agree"), "agree",
        "strongly agree",
    ),
    _points(
        "very dissatisfied", ("dissatisfied", "somewhat dissatisfied", "unsatisfied"),
        ("neither satisfied nor dissatisfied", *_NEUTRAL), ("satisfied", "somewhat satisfied"), "very satisfied",
    ),
    _points(
        "extremely dissatisfied", ("somewhat dissatisfied", "dissatisfied"),
        ("neither satisfied nor dissatisfied", *_NEUTRAL), ("somewhat satisfied", "satisfied"), "extremely satisfied",
    ),
    _points("never", ("rarely", "seldom"), "sometimes", ("often", "usually", "frequently"), "always"),
    _points("poor", "fair", "good", "very good", "excellent"),
    _points(
        ("very poor", "terrible", "very bad"), ("poor", "bad"), ("fair", "average", "okay", "ok", "acceptable", *_NEUTRAL),
        "good", ("very good", "excellent"),
    ),
    _points(
        "very unlikely", ("unlikely", "somewhat unlikely"), ("neither likely nor unlikely", *_NEUTRAL),
        ("likely", "somewhat likely"), "very likely",
    ),
    _points(
        "extremely unlikely", ("somewhat unlikely", "unlikely"), ("neither likely nor unlikely", *_NEUTRAL),
        ("somewhat likely", "likely"), "extremely likely",
    ),
)  # fmt: skip
_DEGREES = {
    "not at all": 1, "not so": 2, "not very": 2, "slightly": 2, "somewhat": 3, "moderately": 3, "very": 4,
    "extremely": 5,
}  # fmt: skip
_DEGREE = re.compile(rf"({'|'.join(_DEGREES)}) (\D+)")
_NUMBER_FIRST = re.compile(r"(-?\d+)\s*[-:=.()]\s*\D.*")
_NUMBER_LAST = re.compile(r"\D*[^\W\d_][\s.]*[-:=(]\s*(\d+)\)?")
#: Said where a question does not apply: no answer, and nothing to correct.
_NO_ANSWER = frozenset(
    {
        "don't know", "do not know", "not applicable", "prefer not to say", "prefer not to answer", "no answer",
        "no opinion", "weiß nicht", "keine angabe",
    }
)  # fmt: skip


def said(answer: str) -> str:
    """An answer as it is compared: one line, no case, plain quotation marks and dashes."""
    return tidy(answer).translate(_PLAIN).casefold()


def is_no_answer(answer: str) -> bool:
    return said(answer) in _NO_ANSWER


def numbered(answer: str) -> int | None:
    """The number that stands before or after a label: 5 for "5 - Strongly agree" and for "Strongly agree (5)"."""
    plain = said(answer)
    found = _NUMBER_FIRST.fullmatch(plain) or _NUMBER_LAST.fullmatch(plain)
    return int(found[1]) if found else None


def scale_of(answers: Iterable[str]) -> Mapping[str, int]:
    """The scale on which the labels of one question lie, as `said` gives them → point; empty if they lie on none.

    Of several scales the one with most of the labels counts, and of equal ones the first.
    """
    labels = set(answers)
    best = max(SCALES, key=lambda scale: len(labels & scale.keys()))
    degrees = _degrees(labels)
    return degrees if len(degrees) > len(labels & best.keys()) else best


def _degrees(labels: set[str]) -> dict[str, int]:
    """Degrees of one quality: "not at all useful" … "extremely useful"."""
    found = {label: match for label in labels if (match := _DEGREE.fullmatch(label))}
    qualities = {match[2] for match in found.values()}
    return {label: _DEGREES[match[1]] for label, match in found.items()} if len(qualities) == 1 else {}
