"""Company level: each question of each wave, from single answers where there are any, else from what a tool had added up."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.enums import QuestionKind
from data.queries.frames import DAY, frame
from data.tables import Answer, Question, Response, SurveySummary, Wave
from metrics.anonymity import coded_side, withhold

_RAW = {
    "wave_id": "int64",
    "wave": "text",
    "audience": "text",
    "opened_on": DAY,
    "closed_on": DAY,
    "invited": "float64",
    "k": "int64",
    "question": "text",
    "kind": "text",
    "scale_min": "float64",
    "scale_max": "float64",
    "n": "float64",
    "favourable": "float64",
    "mean": "float64",
    "squares": "float64",
    "promoters": "float64",
    "detractors": "float64",
    "lowest": "float64",
    "highest": "float64",
}
_PUBLISHED = [
    "wave_id", "wave", "audience", "opened_on", "closed_on", "invited", "k", "question", "kind", "scale_min",
    "scale_max", "n", "favourable", "coded", "mean", "sd", "promoters", "detractors", "withheld",
    "unusable",
]  # fmt: skip

_WORDS = ("coded", "withheld", "unusable")
_FIGURES = ("n", "favourable", "mean", "sd", "promoters", "detractors")
_WAVE_AND_QUESTION: tuple[Any, ...] = (
    Wave.id, Wave.name, Wave.audience, Wave.opened_on, Wave.closed_on, Wave.invited, Wave.k,
    Question.text, Question.kind, Question.scale_min, Question.scale_max,
)  # fmt: skip


def company_results(session: Session, until: date) -> pd.DataFrame:
    """Each question of each wave that opened by a day, for the whole company or audience.

    Returns
    -------
    DataFrame
        wave_id, wave, audience, opened_on, closed_on, invited (NaN: not known), k, question, kind ("scale" or
        "enps"), scale_min, scale_max, n, favourable (count; NaN, as mean and sd: it is not known which answers
        are), coded (None, "low" or "high": then favourable, mean and sd are NaN), mean, sd (to 0.01; NaN where a
        summary does not give them), promoters, detractors (NaN unless kind is "enps" and both and those between are
        far enough from none and all), withheld (None, or the reason; then every figure is NaN), unusable (None, or why
        the answers are no numbers; then every figure but n is NaN). Oldest wave first.
    """
    asked = _asked_by(until)
    statements = (_of_answers(asked), _of_summaries(asked))
    raw = pd.concat([frame(session, statement, _RAW) for statement in statements], ignore_index=True)
    raw = raw.sort_values(["closed_on", "wave_id", "question"], na_position="first", kind="stable")
    rows = [_published({str(name): value for name, value in row.items()}) for row in raw.to_dict("records")]
    types = {name: _RAW.get(name, "float64") for name in _PUBLISHED} | dict.fromkeys(_WORDS, "text")
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=object if kind == "text" else kind)
            for name, kind in types.items()
        }
    )


def _of_answers(asked: list[Any]) -> Any:
    """Single answers, added up."""
    value = col(Answer.value)

    def count(condition: Any) -> Any:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    favourable = sa.case((col(Question.favourable_from).is_not(None), count(value >= col(Question.favourable_from))))
    mean = sa.func.sum(value) / sa.func.count(value)
    counts = [sa.func.count(value), favourable, mean, sa.func.sum(value * value), count(value >= 9), count(value <= 6)]
    counts += [sa.func.min(value), sa.func.max(value)]
    return (
        select(*_WAVE_AND_QUESTION, *counts)
        .join(Response, col(Response.wave_id) == col(Wave.id))
        .join(Answer, col(Answer.response_id) == col(Response.id))
        .join(Question, col(Question.id) == col(Answer.question_id))
        .where(value.is_not(None), *asked)
        .group_by(col(Wave.id), col(Question.id))
    )


def _of_summaries(asked: list[Any]) -> Any:
    """What was added up already for everybody, of questions without single answers; who promotes is not told by it."""
    s, nothing = SurveySummary, sa.null()
    single = (
        select(Answer.id)
        .join(Response, col(Response.id) == col(Answer.response_id))
        .where(Response.wave_id == s.wave_id, Answer.question_id == s.question_id, col(Answer.value).is_not(None))
    )
    counts: list[Any] = [s.n, col(s.favourable) * col(s.n), s.mean, nothing, nothing, nothing, s.mean, s.mean]
    return (
        select(*_WAVE_AND_QUESTION, *counts)
        .join(s, col(s.wave_id) == col(Wave.id))
        .join(Question, col(Question.id) == col(s.question_id))
        .where(s.unit == "", s.cut == "", ~single.exists(), *asked)
    )


def _asked_by(until: date) -> list[Any]:
    opened = sa.or_(col(Wave.opened_on) <= until, col(Wave.opened_on).is_(None))
    return [col(Question.kind) != QuestionKind.COMMENT, opened]


def _published(row: dict[str, Any]) -> dict[str, Any]:
    """One row with every figure that may not leave replaced by nothing."""
    n = int(row["n"])
    public = {name: row[name] for name in _PUBLISHED if name in _RAW and name not in _FIGURES}
    hidden = dict.fromkeys(_FIGURES, float("nan"))
    nothing = dict.fromkeys(_WORDS)
    reason = withhold(n, int(row["k"]))
    if reason:
        return public | hidden | nothing | {"withheld": reason}
    outside = _outside(row)
    if outside or isnan(row["favourable"]):  # nobody can tell whether all answered alike: no mean either
        return public | hidden | nothing | {"n": row["n"], "unusable": outside}
    favourable = round(row["favourable"])
    coded = coded_side(favourable, n)
    shown: dict[str, Any] = nothing | {"n": row["n"], "coded": coded}
    if coded is None:
        shown |= {"favourable": float(favourable)} | _mean_and_spread(row, n)
    if row["kind"] == QuestionKind.ENPS:
        shown["favourable"] = float("nan")  # beside promoters and detractors it would tell who answered 7 or 8
        shown |= _promoters_and_detractors(row, n)
    return public | hidden | shown


def _outside(row: dict[str, Any]) -> str | None:
    """That answers don't fit the scale on which the question is known: it was corrected since, or is another's."""
    lo, hi = row["scale_min"], row["scale_max"]
    if row["lowest"] < lo or row["highest"] > hi:
        return f"answers lie outside the scale of {lo:g} to {hi:g}"
    return None


def _mean_and_spread(row: dict[str, Any], n: int) -> dict[str, float]:
    """Mean and standard deviation as far as they are known; a mean on no known scale says nothing."""
    mean = row["mean"]
    if isnan(mean) or isnan(row["scale_min"]) or isnan(row["scale_max"]):
        return {}
    if isnan(row["squares"]):
        return {"mean": round(mean, 2)}
    spread = max(row["squares"] - n * mean * mean, 0.0) / (n - 1)
    return {"mean": round(mean, 2), "sd": round(spread**0.5, 2)}


def _promoters_and_detractors(row: dict[str, Any], n: int) -> dict[str, float]:
    """Both, where they are known and neither they nor those between are near none or all; else neither."""
    if isnan(row["promoters"]):
        return {}
    parts = [int(row["promoters"]), int(row["detractors"])]
    if any(coded_side(count, n) for count in (*parts, n - sum(parts))):
        return {}
    return {"promoters": row["promoters"], "detractors": row["detractors"]}


def waves(session: Session) -> pd.DataFrame:
    """Every wave, oldest first: wave_id, wave, audience, opened_on, closed_on."""
    types = {"wave_id": "int64", "wave": "text", "audience": "text", "opened_on": DAY, "closed_on": DAY}
    statement = select(Wave.id, Wave.name, Wave.audience, Wave.opened_on, Wave.closed_on)
    return frame(session, statement.order_by(col(Wave.closed_on).nulls_first(), col(Wave.id)), types)


def answered(session: Session) -> frozenset[int]:
    """The waves of which there is any answer, a comment or a sum, however few: that somebody was heard is no secret."""
    single = select(Wave.id).where(
        select(Response.id)
        .join(Answer, col(Answer.response_id) == col(Response.id))
        .where(Response.wave_id == Wave.id)
        .exists()
    )
    summed = select(SurveySummary.wave_id).where(SurveySummary.n > 0)
    return frozenset(int(number) for (number,) in session.execute(sa.union(single, summed)))
