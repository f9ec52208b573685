"""Reading survey answers: each question's answers as a whole, on the scale that they are on."""

from __future__ import annotations

import re

import pandas as pd

from data.enums import QuestionKind
from importers.context import Context
from importers.issues import Issue, Severity
from importers.values import Parsed, Place, numbers, text

#: Labels of agreement, satisfaction and frequency → their place on a scale of 5.
LABELS = {
    "strongly disagree": 1, "disagree": 2, "neither agree nor disagree": 3, "neutral": 3, "agree": 4,
    "strongly agree": 5, "very dissatisfied": 1, "dissatisfied": 2, "neither satisfied nor dissatisfied": 3,
    "satisfied": 4, "very satisfied": 5, "never": 1, "rarely": 2, "sometimes": 3, "often": 4, "always": 5,
}  # fmt: skip
_NUMBERED_LABEL = re.compile(r"^(-?\d+)\s*[-–—:.)]\s*\D")
_RECOMMEND = re.compile(r"\brecommend\b|\bempfehlen\b", re.IGNORECASE)
#: Said where a question does not apply: no answer, and nothing to correct.
_NO_ANSWER = frozenset(
    {
        "don't know",
        "don’t know",
        "not applicable",
        "prefer not to say",
        "prefer not to answer",
        "weiß nicht",
        "keine angabe",
    }
)
_MOSTLY = 0.6  # share of answers on a scale from which a question is one


def answers(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """Read answers question by question.

    Returns
    -------
    Parsed
        A frame: value (on the scale; NaN), words (free text; None), kind, scale_min, scale_max. A number outside the
        scale, or words among the answers of a scale, are issues of their rows without the value.
    """
    parts = [
        _question(str(question), group, place, raw) for question, group in series.groupby(raw["question"], sort=False)
    ]
    columns = ["value", "words", "kind", "scale_min", "scale_max"]
    read = pd.concat([part for part, _ in parts]) if parts else pd.DataFrame(columns=columns)
    return Parsed(read.reindex(series.index)[columns], [found for _, issues in parts for found in issues])


def _question(question: str, cells: pd.Series, place: Place, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Issue]]:
    said = text(cells).values
    values = said.map(_on_scale)
    given = int(values.notna().sum())
    about = Place(place.sheet, question, place.private)
    place = place if place.column else about
    read = numbers(values, where=place)
    if given == 0 or read.values.notna().sum() < _MOSTLY * given:
        words = pd.DataFrame(
            {"value": float("nan"), "words": said, "kind": QuestionKind.COMMENT.value}, index=cells.index
        )
        return words.assign(scale_min=None, scale_max=None), []
    issues = list(read.issues)
    lowest, highest = _declared(raw.loc[cells.index], place)
    if lowest is None or highest is None:
        lowest, highest = _assumed(question, read.values)
        issues.append(about.about_column("scale-assumed", Severity.INFO, lo=f"{lowest:g}", hi=f"{highest:g}"))
    outside = (read.values < lowest) | (read.values > highest)
    issues += [
        place.issue("out-of-range", row, said[row], lo=f"{lowest:g}", hi=f"{highest:g}") for row in cells.index[outside]
    ]
    enps = (lowest, highest) == (0, 10) and _RECOMMEND.search(question)
    kind = QuestionKind.ENPS if enps else QuestionKind.SCALE
    scale = {"kind": kind.value, "scale_min": lowest, "scale_max": highest}
    return pd.DataFrame({"value": read.values.mask(outside), "words": None, **scale}, index=cells.index), issues


def _on_scale(answer: str | None) -> object:
    """An answer such as "4", "Agree" or "5 - Strongly agree" as a number; anything else as it is."""
    if answer is None or answer.casefold() in _NO_ANSWER:
        return None
    numbered = _NUMBERED_LABEL.match(answer)
    return int(numbered[1]) if numbered else LABELS.get(answer.casefold(), answer)


def _declared(rows: pd.DataFrame, place: Place) -> tuple[float | None, float | None]:
    """The scale that the file names for a question, from its first row that does."""
    bounds: list[float | None] = []
    for name in ("scale_min", "scale_max"):
        known = numbers(rows[name], where=place).values.dropna() if name in rows else pd.Series(dtype=float)
        bounds.append(float(known.iloc[0]) if len(known) else None)
    lowest, highest = bounds
    is_scale = lowest is not None and highest is not None and lowest < highest
    return (lowest, highest) if is_scale else (None, None)


def _assumed(question: str, values: pd.Series) -> tuple[float, float]:
    """The usual scale that holds all answers: 1–5, 1–7, or 0–10; a recommendation is asked on 0–10."""
    if _RECOMMEND.search(question) or values.min() < 1 or values.max() > 7:
        return 0.0, 10.0
    return (1.0, 7.0) if values.max() > 5 else (1.0, 5.0)
