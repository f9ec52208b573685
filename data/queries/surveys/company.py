"""Company level: each question of each wave, as it was decided to be shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.queries.frames import DAY, frame
from data.queries.surveys.asked import NUMBERS
from data.queries.surveys.shown import current
from data.tables import Answer, Question, Response, SurveySummary, Wave

_WAVE = {
    "wave_id": "int64", "wave": "text", "audience": "text", "opened_on": DAY, "closed_on": DAY, "invited": "float64", "k": "int64",
}  # fmt: skip
_QUESTION = {
    "question_id": "int64",
    "question": "text",
    "kind": "text",
    "scale_min": "float64",
    "scale_max": "float64",
}
_WORDS = ("coded", "withheld", "unusable")
_PUBLISHED = [
    *_WAVE, *(name for name in _QUESTION if name != "question_id"), "n", "favourable", "coded", "mean", "sd", "promoters",
    "detractors", "withheld", "unusable",
]  # fmt: skip


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
    held = _waves(session, until)
    shown = current(session, waves=held["wave_id"])
    rows = shown.merge(held, on="wave_id").merge(_questions(session), on="question_id")
    rows = rows.sort_values(["closed_on", "wave_id", "question"], na_position="first", kind="stable")
    rows["coded"] = [side if side in ("low", "high") else None for side in rows["standing"]]
    few = rows["standing"] == "hidden"
    rows["withheld"] = [f"fewer than {k} answers" if low else None for k, low in zip(rows["k"], few, strict=True)]
    words = {name: rows[name].astype(object).where(rows[name].notna(), None) for name in _WORDS}
    return rows.assign(**words)[_PUBLISHED].reset_index(drop=True).astype(dict.fromkeys(NUMBERS, "float64"))


def _waves(session: Session, until: date) -> pd.DataFrame:
    w = Wave
    columns: tuple[Any, ...] = (w.id, w.name, w.audience, w.opened_on, w.closed_on, w.invited, w.k)
    opened = sa.or_(col(w.opened_on) <= until, col(w.opened_on).is_(None))
    return frame(session, select(*columns).where(opened), _WAVE)


def _questions(session: Session) -> pd.DataFrame:
    q = Question
    return frame(session, select(q.id, q.text, q.kind, q.scale_min, q.scale_max), _QUESTION)


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
