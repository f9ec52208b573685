"""Deciding what is shown of a wave whenever answers come in or are taken back, and keeping it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.commands import rows
from data.queries.surveys.shown import decided, undecided
from data.tables import Answer, Question, Response, SurveyFigure, SurveySummary, Wave

TABLE: sa.Table = SurveyFigure.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation


def decide(session: Session, batch_id: int) -> None:
    """Decide on every wave of which a batch that is stored now says anything.

    What was there of a wave before, and nobody had decided on, is decided on first: it was shown.
    """
    new = set(undecided(session))
    for wave_id in sorted(touched(session, batch_id)):
        former = [batch for batch in _batches(session, wave_id) if batch < batch_id] if wave_id in new else []
        for batch in (*former[-1:], batch_id):
            _keep(session, wave_id, batch)


def withdraw(session: Session, batch_id: int) -> dict[int, list[int]]:
    """Forget what was decided on waves with and after a batch that is about to be taken back.

    Returns the batches that are to be decided on `again`, by wave.
    """
    f = SurveyFigure
    waves = touched(session, batch_id) | set(session.exec(select(f.wave_id).where(f.batch == batch_id)))
    late = (col(f.wave_id).in_(waves), col(f.batch) >= batch_id)
    kept = session.execute(select(f.wave_id, f.batch).where(*late).distinct().order_by(col(f.batch))).all()
    session.execute(sa.delete(TABLE).where(*late))
    return {wave: [batch for of, batch in kept if of == wave and batch > batch_id] for wave in waves}


def again(session: Session, waves: dict[int, list[int]]) -> None:
    """Decide once more on waves, as they were with each of these batches, as far as they are still there."""
    left = {int(number) for (number,) in session.execute(select(Wave.id).where(col(Wave.id).in_(waves)))}
    for wave_id in sorted(left):
        for batch in waves[wave_id]:
            _keep(session, wave_id, batch)


def settle(session: Session) -> int:
    """Decide on the waves that came in before decisions were kept, and return how many those were."""
    waves = undecided(session)
    for wave_id in waves:
        batches = _batches(session, wave_id)
        _keep(session, wave_id, batches[-1] if batches else 0)
    return len(waves)


def touched(session: Session, batch_id: int) -> set[int]:
    """The waves of which a batch says anything: answers, sums, groups of people, or the scale of a question."""
    of = col(Response.id) == col(Answer.response_id)
    answered = select(Response.wave_id).join(Answer, of)
    learned = select(Question.id).where(Question.batch_id == batch_id)
    found: Iterable[Any] = (
        select(Response.wave_id).where(Response.batch_id == batch_id),
        answered.where(Answer.batch_id == batch_id),
        answered.where(col(Answer.question_id).in_(learned)),
        select(SurveySummary.wave_id).where(SurveySummary.batch_id == batch_id),
        select(SurveySummary.wave_id).where(col(SurveySummary.question_id).in_(learned)),
        select(Wave.id).where(Wave.batch_id == batch_id),
    )
    return {int(number) for statement in found for (number,) in session.execute(statement.distinct())}


def _batches(session: Session, wave_id: int) -> list[int]:
    """The batches that brought answers or sums of a wave, in order."""
    single = select(Answer.batch_id).join(Response, col(Response.id) == col(Answer.response_id))
    summed = select(SurveySummary.batch_id).where(SurveySummary.wave_id == wave_id)
    both: Any = sa.union(single.where(Response.wave_id == wave_id), summed)
    return sorted(int(number or 0) for (number,) in session.execute(both))


def _keep(session: Session, wave_id: int, batch: int) -> None:
    session.flush()
    found = [figure | {"wave_id": wave_id, "batch": batch} for figure in decided(session, wave_id, batch)]
    if found:
        rows.insert(session, TABLE, found)
