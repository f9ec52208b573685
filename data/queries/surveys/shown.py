"""What is shown of surveys as it was decided when they came in; a wave that nobody has decided on is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.enums import Standing
from data.queries.frames import frame
from data.queries.surveys.asked import NUMBERS, Figure, scale_told
from data.queries.surveys.figures import figures
from data.queries.surveys.reading import asked, questions
from data.tables import Response, SurveyFigure, SurveySummary, Wave

_NUMBERS = dict.fromkeys(NUMBERS, "float64")
_FIGURES = {
    "wave_id": "int64", "batch": "int64", "question_id": "int64", "cut": "text", "unit": "text",
    "standing": "text", **_NUMBERS, "unusable": "text", "scale": "text",
}  # fmt: skip


#: The batch of figures that hold all answers there are.
EVERY = 2**62


def current(session: Session, cut: str = "", waves: Iterable[int] | None = None) -> pd.DataFrame:
    """The figures that stand: of everybody, or of the groups of one cut.

    Returns
    -------
    DataFrame
        wave_id, batch (the last one that is in the figures; `EVERY`: whatever there is), question_id, unit, standing
        (exact, low, high or hidden), n, favourable, mean, sd, promoters, detractors, unusable.
    """
    stored = _stored(session, waves)
    company = stored[(stored["cut"] == "") & (stored["standing"] != "waiting")]
    latest = company.sort_values("batch", kind="stable").groupby(["wave_id", "question_id"]).tail(1)
    found = stored.merge(latest[["wave_id", "batch", "question_id"]], on=["wave_id", "batch", "question_id"])
    both = _with(found, _undecided(session, waves))
    return both[both["cut"] == cut].reset_index(drop=True)


def waiting(session: Session) -> frozenset[int]:
    """The waves of which answers have come that may not be shown yet: too few, or such that others could be worked out."""
    stored = _stored(session, None)
    company = stored[stored["cut"] == ""].sort_values("batch", kind="stable")
    last = company.groupby(["wave_id", "question_id"]).tail(1)
    return frozenset(int(number) for number in last.loc[last["standing"] == Standing.WAITING, "wave_id"])


def earlier(session: Session, wave_id: int) -> dict[int, dict[int, list[Figure]]]:
    """What was shown of each question of a wave: question → batch → its figures, everybody first."""
    stored = _stored(session, [wave_id]).sort_values(["cut", "unit"], kind="stable")
    found: dict[int, dict[int, list[Figure]]] = {}
    for row in stored.to_dict("records"):
        if row["standing"] != "waiting":
            read = {str(name): _plain(value) for name, value in row.items()}
            found.setdefault(int(row["question_id"]), {}).setdefault(int(row["batch"]), []).append(read)
    return found


def decided(session: Session, wave_id: int, batch: int | None = None) -> Iterator[Figure]:
    """Decide on every question of a wave, beside what was shown before; `batch`: as it was when that had come in."""
    before = earlier(session, wave_id)
    for question in asked(session, wave_id):
        then = question if batch is None else question.until(batch)
        if then.summary is not None or len(then.answers):
            yield from figures(then, before.get(then.question_id, {}))


def _stored(session: Session, waves: Iterable[int] | None) -> pd.DataFrame:
    """What was kept; where a question's scale is another now, worked out anew of the same answers."""
    f = SurveyFigure
    columns: list[Any] = [getattr(f, name) for name in _FIGURES]
    statement = select(*columns).order_by(col(f.id))
    if waves is not None:
        statement = statement.where(col(f.wave_id).in_([int(number) for number in waves]))
    kept = frame(session, statement, _FIGURES)
    now = {number: scale_told(scale, least) for number, (_, scale, least) in questions(session).items()}
    stale = kept["scale"] != kept["question_id"].map(now)
    if not stale.any():
        return kept
    old = kept[stale & (kept["cut"] == "") & (kept["standing"] != Standing.WAITING)]
    return _with(kept[~stale], _anew(session, old))


def _anew(session: Session, old: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for wave_id, rows in old.groupby("wave_id"):
        known = {question.question_id: question for question in asked(session, int(str(wave_id)))}
        for question_id, batch in zip(rows["question_id"], rows["batch"], strict=True):
            if question_id in known:
                found = figures(known[question_id].until(batch), {})
                yield from ({"wave_id": wave_id, "batch": batch} | figure for figure in found)


def _with(kept: pd.DataFrame, more: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Further figures under those in a frame."""
    fresh = pd.DataFrame(list(more), columns=list(_FIGURES), dtype=object)
    known = fresh.astype({name: kind for name, kind in _FIGURES.items() if kind != "text"})
    return known if kept.empty else kept if known.empty else pd.concat([kept, known], ignore_index=True)


def _undecided(session: Session, waves: Iterable[int] | None) -> Iterator[dict[str, Any]]:
    """The figures of waves that came in before decisions were kept."""
    wanted = None if waves is None else {int(number) for number in waves}
    for wave_id in undecided(session):
        if wanted is None or wave_id in wanted:
            yield from ({"wave_id": wave_id, "batch": EVERY} | figure for figure in decided(session, wave_id))


def undecided(session: Session) -> list[int]:
    """The waves with answers on which no decision is kept."""
    w = Wave
    kept, single, summed = (
        select(table.id).where(table.wave_id == w.id).exists() for table in (SurveyFigure, Response, SurveySummary)
    )
    statement = select(w.id).where(~kept, sa.or_(single, summed)).order_by(col(w.id))
    return [int(number) for (number,) in session.execute(statement)]


def _plain(value: Any) -> Any:
    return None if value is None or value != value else value
