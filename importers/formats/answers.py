"""Reading survey answers: each question's answers as a whole, on the scale that they are on."""

from __future__ import annotations

import re

import pandas as pd

from data.enums import QuestionKind
from importers.context import Context
from importers.formats import labels
from importers.issues import Issue, Severity
from importers.values import Parsed, Place, numbers, text

_RECOMMEND = re.compile(r"\brecommend\b|\bempfehlen\b", re.IGNORECASE)
_NO_SCALE = "its numbers are on no usual scale; the survey template can say which, in scale_min and scale_max"
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
    values = _on_scale(said)
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
        if not _is_usual(read.values):
            return _left_out(about, cells)
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


def _on_scale(answers: pd.Series) -> pd.Series:
    """Answers such as "4", "Agree" or "5 - Strongly agree" as numbers; anything else as it is."""
    given = {answer for answer in answers.dropna().unique() if not labels.is_no_answer(answer)}
    scale = labels.scale_of(labels.said(answer) for answer in given)
    found: dict[str, object] = {}
    for answer in given:
        number = labels.numbered(answer)
        found[answer] = scale.get(labels.said(answer), answer) if number is None else number
    return pd.Series([found.get(answer) for answer in answers], index=answers.index, dtype=object)


def _declared(rows: pd.DataFrame, place: Place) -> tuple[float | None, float | None]:
    """The scale that the file names for a question, from its first row whose numbers are one."""
    if not {"scale_min", "scale_max"} <= set(rows):
        return None, None
    lowest, highest = (numbers(rows[name], where=place).values for name in ("scale_min", "scale_max"))
    scales = (lowest < highest).to_numpy().nonzero()[0]
    return (float(lowest.iloc[scales[0]]), float(highest.iloc[scales[0]])) if len(scales) else (None, None)


def _is_usual(values: pd.Series) -> bool:
    """Whether most answers fit a usual scale; ages, years and percentages do not."""
    return int(values.between(0, 10).sum()) >= _MOSTLY * int(values.notna().sum())


def _left_out(about: Place, cells: pd.Series) -> tuple[pd.DataFrame, list[Issue]]:
    """A question whose numbers mean nothing without a scale: nobody's answer is stored."""
    nothing = {"value": float("nan"), "words": None, "kind": QuestionKind.SCALE.value}
    frame = pd.DataFrame(nothing, index=cells.index).assign(scale_min=None, scale_max=None)
    return frame, [about.about_column("column-dropped", Severity.WARNING, why=_NO_SCALE)]


def _assumed(question: str, values: pd.Series) -> tuple[float, float]:
    """The usual scale that holds all answers: 1–5, 1–7, or 0–10; a recommendation is asked on 0–10."""
    if _RECOMMEND.search(question) or values.min() < 1 or values.max() > 7:
        return 0.0, 10.0
    return (1.0, 7.0) if values.max() > 5 else (1.0, 5.0)
