"""The one door to survey answers: what leaves here is already safe to show.

Company level only. A question with fewer answers than the wave's k is withheld whole; counts so near to none or all
that they would tell what single people answered leave as a band (`metrics.anonymity`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.enums import QuestionKind
from data.queries.frames import DAY, frame
from data.tables import Answer, Question, Response, Wave
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
    "favourable_from": "float64",
    "n": "float64",
    "total": "float64",
    "squares": "float64",
    "favourable": "float64",
    "promoters": "float64",
    "detractors": "float64",
}
_PUBLISHED = [
    "wave_id", "wave", "audience", "opened_on", "closed_on", "invited", "k", "question", "kind", "scale_min",
    "scale_max", "n", "favourable", "coded", "mean", "sd", "promoters", "detractors", "withheld",
]  # fmt: skip


def company_results(session: Session, until: date) -> pd.DataFrame:
    """Each question of each wave that opened by a day, for the whole company or audience.

    Returns
    -------
    DataFrame
        wave_id, wave, audience, opened_on, closed_on, invited (NaN: not known), k, question, kind ("scale" or
        "enps"), scale_min, scale_max, n, favourable (count; NaN, as mean and sd: it is not known which answers
        are), coded (None, "low" or "high": then favourable, mean and sd are NaN), mean, sd (to 0.01), promoters,
        detractors (NaN unless kind is "enps" and both and those between are far enough from none and all), withheld
        (None, or the reason; then every figure is NaN). Oldest wave first.
    """
    raw = frame(session, _statement(until), _RAW)
    rows = [_published({str(name): value for name, value in row.items()}) for row in raw.to_dict("records")]
    types = {name: _RAW.get(name, "float64") for name in _PUBLISHED} | {"coded": "text", "withheld": "text"}
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=object if kind == "text" else kind)
            for name, kind in types.items()
        }
    )


def _statement(until: date) -> Any:
    value = col(Answer.value)

    def count(condition: Any) -> Any:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    w, q = Wave, Question
    columns: list[Any] = [
        w.id, w.name, w.audience, w.opened_on, w.closed_on, w.invited, w.k,
        q.text, q.kind, q.scale_min, q.scale_max, q.favourable_from,
        sa.func.count(value), sa.func.sum(value), sa.func.sum(value * value),
        count(value >= col(q.favourable_from)), count(value >= 9), count(value <= 6),
    ]  # fmt: skip
    return (
        select(*columns)
        .join(Response, col(Response.wave_id) == col(w.id))
        .join(Answer, col(Answer.response_id) == col(Response.id))
        .join(q, col(q.id) == col(Answer.question_id))
        .where(value.is_not(None), col(q.kind) != QuestionKind.COMMENT)
        .where(sa.or_(col(w.opened_on) <= until, col(w.opened_on).is_(None)))
        .group_by(col(w.id), col(q.id))
        .order_by(col(w.closed_on).nulls_first(), col(w.id), q.text)
    )


def _published(row: dict[str, Any]) -> dict[str, Any]:
    """One row with every figure that may not leave replaced by nothing."""
    n = int(row["n"])
    public = {name: row[name] for name in _PUBLISHED if name in _RAW}
    hidden = {name: float("nan") for name in ("n", "favourable", "mean", "sd", "promoters", "detractors")}
    reason = withhold(n, int(row["k"]))
    if reason:
        return public | hidden | {"coded": None, "withheld": reason}
    if row["favourable_from"] != row["favourable_from"]:  # nobody can tell whether all answered alike: no mean either
        return public | hidden | {"n": row["n"], "coded": None, "withheld": None}
    coded = coded_side(int(row["favourable"]), n)
    shown: dict[str, Any] = {"n": row["n"], "coded": coded, "withheld": None}
    if coded is None:
        mean = row["total"] / n
        spread = max(row["squares"] - n * mean * mean, 0.0) / (n - 1)
        shown |= {"favourable": row["favourable"], "mean": round(mean, 2), "sd": round(spread**0.5, 2)}
    parts = [int(row["promoters"]), int(row["detractors"])]
    sides = [coded_side(count, n) for count in (*parts, n - sum(parts))]
    if row["kind"] == QuestionKind.ENPS:
        shown["favourable"] = float("nan")  # beside promoters and detractors it would tell who answered 7 or 8
        if sides == [None, None, None]:
            shown |= {"promoters": row["promoters"], "detractors": row["detractors"]}
    return public | hidden | shown


def waves(session: Session) -> pd.DataFrame:
    """Every wave, oldest first: wave_id, wave, audience, opened_on, closed_on."""
    types = {"wave_id": "int64", "wave": "text", "audience": "text", "opened_on": DAY, "closed_on": DAY}
    statement = select(Wave.id, Wave.name, Wave.audience, Wave.opened_on, Wave.closed_on)
    return frame(session, statement.order_by(col(Wave.closed_on).nulls_first(), col(Wave.id)), types)
