"""One cut at a time: each question of each wave by department, location or tenure, with the groups that may be shown."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlmodel import Session, select

from data.access import Viewer, sees_groups
from data.enums import QuestionKind
from data.queries.frames import frame
from data.queries.surveys.asked import Cut
from data.queries.surveys.shown import current
from data.tables import Question

HIDDEN = "too few answers, or hidden so that others can't be worked out"

_OF_WAVE = ["wave_id", "wave", "audience", "opened_on", "closed_on", "k", "question", "kind", "scale_min", "scale_max"]


def group_results(session: Session, viewer: Viewer, company: pd.DataFrame, cut: Cut) -> pd.DataFrame:
    """Favourable answers of each group of one cut, of the questions whose share `company_results` shows exactly.

    Parameters
    ----------
    company : DataFrame
        What `company_results` gave, of some waves or all.

    All cuts of a question were decided together, so that they may stand beside each other.

    Returns
    -------
    DataFrame
        wave_id, wave, audience, opened_on, closed_on, k, question, kind, scale_min, scale_max, group, n, favourable
        (count; NaN where coded or withheld), coded (None, "low" or "high"), withheld (None, or the reason; then n is
        NaN too), invited (NaN: nobody says how many of a group were), unusable (None). No row for a viewer who may not
        see groups. In order of wave, question and group.
    """
    wanted = company[company["favourable"].notna() & (company["kind"] == QuestionKind.SCALE.value)]
    wanted = wanted if sees_groups(viewer) else wanted.iloc[:0]
    shown = current(session, cut, wanted["wave_id"].unique()).merge(_texts(session), on="question_id")
    rows = wanted[_OF_WAVE].merge(
        shown[["wave_id", "question", "unit", "standing", "n", "favourable"]], on=["wave_id", "question"]
    )
    standing = rows["standing"]
    rows = rows.assign(
        group=rows["unit"],
        coded=_words([side if side in ("low", "high") else None for side in standing]),
        withheld=_words([HIDDEN if hidden else None for hidden in standing == "hidden"]),
        invited=float("nan"),
        unusable=_words([None] * len(rows)),
    )
    return rows[[*_OF_WAVE, "group", "n", "favourable", "coded", "withheld", "invited", "unusable"]]


def _words(values: list[str | None]) -> pd.Series[Any]:
    return pd.Series(values, dtype=object)


def _texts(session: Session) -> pd.DataFrame:
    return frame(session, select(Question.id, Question.text), {"question_id": "int64", "question": "text"})
