"""Reading reputation scores."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlmodel import Session, col, select

from data.queries.frames import DAY, frame
from data.tables import ReputationScore

_SCORES = {
    "date": DAY,
    "source": "text",
    "company": "text",
    "score": "float64",
    "scale_min": "float64",
    "scale_max": "float64",
    "score_id": "int64",
}


def scores(session: Session, until: date, ours: str | None) -> pd.DataFrame:
    """All scores up to a day, ours and the comparison companies', in order of source and date.

    Returns
    -------
    DataFrame
        date, source, company (`ours`, or "Us", for our own), ours (bool), score, scale_min, scale_max, score_id.
    """
    r = ReputationScore
    columns = (r.scored_on, r.source, r.company, r.score, r.scale_min, r.scale_max, r.id)
    statement = select(*columns).where(col(r.scored_on) <= until).order_by(r.source, col(r.scored_on), r.company)
    found = frame(session, statement, _SCORES)
    found["ours"] = found["company"].eq("")
    found["company"] = found["company"].where(~found["ours"], ours or "Us")
    return found


def sources(session: Session) -> list[str]:
    """The names of the sources that scored our own company, in order."""
    return sorted(session.exec(select(ReputationScore.source).where(ReputationScore.company == "").distinct()))
