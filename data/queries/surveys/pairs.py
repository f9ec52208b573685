"""The same people in two waves: how many changed their mind, where respondents are recognised across waves."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.enums import QuestionKind
from data.queries.frames import frame
from data.queries.surveys.shown import EVERY, current, earlier
from data.settings import load
from data.tables import Answer, Question, Response, Wave
from metrics.anonymity import coded_side, withhold

HIDDEN = "too few people answered in both waves, or joined or left between them, to show who changed their mind"

_RAW = {
    "question": "text",
    **dict.fromkeys(["n", "gained", "lost", "both", "n_now", "x_now", "n_before", "x_before"], "int64"),
}


def paired_counts(session: Session, now: int, before: int) -> pd.DataFrame:
    """Of those who answered a question in both waves, how many became favourable and how many no longer were.

    Only of a wave and the one just before it with the same audience: with counts between other waves as well, those
    of single people who missed one could be worked out.

    Returns
    -------
    DataFrame
        question, n, gained, lost (NaN where withheld), withheld (None, or the reason). No row unless the setting
        ``surveys.paired`` is on and the waves follow each other.
    """
    k = _neighbours(session, now, before)
    counts = None if k is None else frame(session, _statement(now, before), _RAW)
    figures = {wave: _first_figures(session, wave) for wave in (now, before)}
    rows = (
        []
        if counts is None or k is None
        else [
            _published(row, k, as_shown=_as_shown(row, figures[now], figures[before]))
            for row in counts.to_dict("records")
        ]
    )
    types = {"question": "object", "n": "float64", "gained": "float64", "lost": "float64", "withheld": "object"}
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in types.items()})


def _neighbours(session: Session, now: int, before: int) -> int | None:
    """The larger k of two waves that follow each other; None where they don't, or nobody is recognised."""
    if not load(session)["surveys.paired"]:
        return None
    ordered = select(Wave.id, Wave.audience, Wave.k).order_by(col(Wave.closed_on).nulls_first(), col(Wave.id))
    known = [tuple(row) for row in session.execute(ordered)]
    audience = next((audience for number, audience, _ in known if number == now), None)
    line = [(number, k) for number, of, k in known if of == audience]
    for (older, first), (newer, second) in itertools.pairwise(line):
        if (older, newer) == (before, now):
            return int(max(first, second))
    return None


def _statement(now: int, before: int) -> Any:
    """Each question with its pairs, and with all who answered it in each wave."""
    then, there = aliased(Answer), aliased(Response)
    least = col(Question.favourable_from)
    new, old = col(Answer.value) >= least, col(then.value) >= least

    def count(condition: Any) -> Any:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    return (
        select(
            Question.text, sa.func.count(), count(sa.and_(new, ~old)), count(sa.and_(~new, old)), count(sa.and_(new, old)),
            *_of_wave(now), *_of_wave(before),
        )
        .select_from(Response)
        .join(there, sa.and_(col(there.respondent) == col(Response.respondent), col(there.wave_id) == before))
        .join(Answer, col(Answer.response_id) == col(Response.id))
        .join(then, sa.and_(col(then.response_id) == col(there.id), col(then.question_id) == col(Answer.question_id)))
        .join(Question, col(Question.id) == col(Answer.question_id))
        .where(
            col(Response.wave_id) == now, col(Question.kind) == QuestionKind.SCALE, least.is_not(None),
            col(Answer.value).is_not(None), col(then.value).is_not(None),
        )
        .group_by(col(Question.id))
        .order_by(col(Question.text))
    )  # fmt: skip


def _of_wave(wave: int) -> list[Any]:
    """How many answered the question in a wave, and how many of them favourably."""
    answer, response = aliased(Answer), aliased(Response)
    counts = (
        sa.func.count(col(answer.value)),
        sa.func.coalesce(sa.func.sum(sa.case((col(answer.value) >= col(Question.favourable_from), 1), else_=0)), 0),
    )
    return [
        select(counted)
        .select_from(answer)
        .join(response, col(response.id) == col(answer.response_id))
        .where(col(response.wave_id) == wave, col(answer.question_id) == col(Question.id))
        .correlate(Question)
        .scalar_subquery()
        for counted in counts
    ]


def _first_figures(session: Session, wave: int) -> dict[str, tuple[float, float]]:
    """Answers and favourable ones, by question, of which one snapshot of a wave alone was ever shown."""
    shown = current(session, waves=[wave])
    once = {number for number, batches in earlier(session, wave).items() if len(batches) == 1}
    texts = dict(session.execute(select(Question.id, Question.text)).all())
    fresh = shown["batch"] == EVERY
    kept = shown[fresh | shown["question_id"].isin(once)]
    return {texts[row["question_id"]]: (row["n"], row["favourable"]) for row in kept.to_dict("records")}


def _as_shown(row: dict[Any, Any], now: dict[str, tuple[float, float]], before: dict[str, tuple[float, float]]) -> bool:
    """Whether both waves are as they are shown: with answers that wait, or came later, pairs would tell of these."""
    for figures, end in ((now, "now"), (before, "before")):
        n, favourable = figures.get(row["question"], (float("nan"), float("nan")))
        if n != row[f"n_{end}"] or not (pd.isna(favourable) or favourable == row[f"x_{end}"]):
            return False
    return True


def _published(row: dict[Any, Any], k: int, *, as_shown: bool) -> dict[str, Any]:
    nan = float("nan")
    if not as_shown or not _safe(row, k):
        return {"question": row["question"], "n": nan, "gained": nan, "lost": nan, "withheld": HIDDEN}
    shown = {name: float(row[name]) for name in ("n", "gained", "lost")}
    return {"question": row["question"], **shown, "withheld": None}


def _safe(row: dict[Any, Any], k: int) -> bool:
    """Whether neither those who stayed nor those who joined or left are given away.

    Beside what is shown of both waves the pairs tell by subtraction how many more of those who joined are favourable
    than of those who left.
    """
    n, gained, lost, both = (int(row[name]) for name in ("n", "gained", "lost", "both"))
    joined, left = int(row["n_now"]) - n, int(row["n_before"]) - n
    if withhold(n, k) or any(coded_side(cell, n) for cell in (gained, lost, both, n - gained - lost - both)):
        return False
    if joined == left == 0:
        return True
    if withhold(joined, k) or withhold(left, k):
        return False
    difference = int(row["x_now"]) - int(row["x_before"]) - (gained - lost)
    return coded_side(difference + left, joined + left) is None
