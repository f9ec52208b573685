"""The answers of one wave, added up by group: raw numbers, which go into the decision and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.enums import QuestionKind
from data.keys import folded
from data.queries.frames import frame
from data.queries.surveys.asked import CUTS, Asked
from data.tables import Answer, Question, Response, SurveySummary, Wave

#: Those who named no group; they count as one, so that all groups together are everybody.
NOT_GIVEN = "not given"

_QUESTION = {
    "id": "int64",
    "kind": "text",
    "scale_min": "float64",
    "scale_max": "float64",
    "favourable_from": "float64",
}
_COUNTED = {
    "question_id": "int64", "batch": "int64", "department": "text", "location": "text", "tenure": "text", "value": "float64",
    "n": "int64",
}  # fmt: skip
_SUMMED = {"question_id": "int64", "n": "int64", "favourable": "float64", "mean": "float64"}


def asked(session: Session, wave_id: int) -> Iterator[Asked]:
    """Each question of a wave that has answers with a value, or sums of them for everybody; in order of their number."""
    k = int(session.execute(select(Wave.k).where(Wave.id == wave_id)).scalar_one())
    answers, sums = _answers(session, wave_id), _sums(session, wave_id)
    counted = {int(str(number)): rows for number, rows in answers.groupby("question_id")}
    summed = {int(row["question_id"]): row for row in sums.to_dict("records")}
    for number, (kind, scale, least) in questions(session).items():
        single = counted.get(number)
        if kind != QuestionKind.COMMENT and (single is not None or number in summed):
            told = None if single is not None else _known(summed[number])
            yield Asked(number, kind, scale, least, k, answers.iloc[:0] if single is None else single, told)


def questions(session: Session) -> dict[int, tuple[str, tuple[float, float] | None, float | None]]:
    """Kind, scale and lowest favourable answer of each question, by its number, in order."""
    q = Question
    statement = select(q.id, q.kind, q.scale_min, q.scale_max, q.favourable_from).order_by(col(q.id))
    return {
        int(row["id"]): (
            row["kind"],
            None
            if pd.isna(row["scale_min"]) or pd.isna(row["scale_max"])
            else (float(row["scale_min"]), float(row["scale_max"])),
            None if pd.isna(row["favourable_from"]) else float(row["favourable_from"]),
        )
        for row in frame(session, statement, _QUESTION).to_dict("records")
    }


def _answers(session: Session, wave_id: int) -> pd.DataFrame:
    groups = [col(getattr(Response, cut)) for cut in CUTS]
    batch, value = sa.func.coalesce(Answer.batch_id, 0), col(Answer.value)
    by: list[Any] = [Answer.question_id, batch, *groups, value]
    statement = (
        select(*by, sa.func.count())
        .join(Response, col(Response.id) == col(Answer.response_id))
        .where(col(Response.wave_id) == wave_id, value.is_not(None))
        .group_by(*by)
    )
    found = frame(session, statement, _COUNTED)
    return found.assign(**{cut: _named(found[cut]) for cut in CUTS})


def _named(column: pd.Series[Any]) -> list[str]:
    """Names of groups; one that is written in two ways is one, under the first of them."""
    shown = [name if name and name.strip() else NOT_GIVEN for name in column]
    first: dict[str, str] = {}
    for name in sorted(set(shown), key=lambda name: (name == NOT_GIVEN, name)):
        first.setdefault(folded(name), name)
    return [first[folded(name)] for name in shown]


def _sums(session: Session, wave_id: int) -> pd.DataFrame:
    s = SurveySummary
    statement = select(s.question_id, s.n, col(s.favourable) * col(s.n), s.mean)
    return frame(session, statement.where(s.wave_id == wave_id, s.unit == "", s.cut == ""), _SUMMED)


def _known(row: dict[Any, Any]) -> dict[str, float | None]:
    return {name: None if pd.isna(row[name]) else float(row[name]) for name in ("n", "favourable", "mean")}
