"""How the answers to the questions of one wave go together; never the answers."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.queries.frames import frame
from data.queries.surveys.shown import current
from data.tables import Answer, Question, Response
from metrics.anonymity import CORRELATED_FROM, withhold

_RAW = {"response_id": "int64", "question_id": "int64", "question": "text", "value": "float64", "batch": "int64"}


def correlations(session: Session, company: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Correlations between the questions of one wave whose figures are shown exactly, to 0.01.

    Parameters
    ----------
    company : DataFrame
        What `company_results` gave, of one wave.

    Returns
    -------
    DataFrame, int
        Questions by questions, among those who answered all of them, and how many those are; an empty frame and 0
        where they are fewer than `metrics.anonymity.CORRELATED_FROM`, or than the wave's k.
    """
    shown = company[company[["favourable", "promoters"]].notna().any(axis=1) & (company["n"] >= CORRELATED_FROM)]
    questions = sorted(shown["question"])
    if len(questions) < 2:
        return pd.DataFrame(), 0
    wave_id = int(shown["wave_id"].iloc[0])
    answers = _of_figures(session, wave_id, questions)
    if answers is None:
        return pd.DataFrame(), 0
    whole = answers.pivot_table(index="response_id", columns="question", values="value", aggfunc="first").dropna()
    n, k = len(whole), int(shown["k"].iloc[0])
    if n < CORRELATED_FROM or withhold(n, k) or len(whole.columns) < len(questions):
        return pd.DataFrame(), 0
    return whole[questions].corr().round(2), n


def _of_figures(session: Session, wave_id: int, questions: list[str]) -> pd.DataFrame | None:
    """The single answers that the figures shown are made of; None where some were changed or taken back since."""
    statement = (
        select(
            Answer.response_id, Answer.question_id, Question.text, Answer.value, sa.func.coalesce(Answer.batch_id, 0)
        )
        .join(Response, col(Response.id) == col(Answer.response_id))
        .join(Question, col(Question.id) == col(Answer.question_id))
        .where(col(Response.wave_id) == wave_id, col(Question.text).in_(questions), col(Answer.value).is_not(None))
        .order_by(col(Answer.response_id))
    )
    stands = current(session, waves=[wave_id])[["question_id", "batch", "n"]]
    answers = frame(session, statement, _RAW).merge(stands, on="question_id", suffixes=("", "_shown"))
    answers = answers[answers["batch"] <= answers["batch_shown"]]
    found = answers.groupby("question").agg(found=("value", "size"), shown=("n", "first"))
    return answers if (found["found"] == found["shown"]).all() else None
