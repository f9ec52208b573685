"""One cut at a time: each question of each wave by department, location or tenure, with the groups that may be shown."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import Any, Literal

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer, sees_groups
from data.enums import QuestionKind
from data.keys import folded
from data.queries.frames import frame
from data.tables import Answer, Question, Response, Wave
from metrics.anonymity import coded_side, standings

Cut = Literal["department", "location", "tenure"]

#: Those who named no group; they count as one, so that all groups together are everybody.
NOT_GIVEN = "not given"
HIDDEN = "too few answers, or hidden so that others can't be worked out"

_RAW = {"wave_id": "int64", "question": "text", "group": "text", "n": "int64", "favourable": "int64"}
_OF_WAVE = ["wave_id", "wave", "audience", "opened_on", "closed_on", "k", "question", "kind", "scale_min", "scale_max"]


def group_results(session: Session, viewer: Viewer, company: pd.DataFrame, cut: Cut) -> pd.DataFrame:
    """Favourable answers of each group of one cut, of the questions whose share `company_results` shows exactly.

    Parameters
    ----------
    company : DataFrame
        What `company_results` gave, of some waves or all.

    Two cuts beside each other would tell more than each alone: show one.

    Returns
    -------
    DataFrame
        wave_id, wave, audience, opened_on, closed_on, k, question, kind, scale_min, scale_max, group, n, favourable
        (count; NaN where coded or withheld), coded (None, "low" or "high"), withheld (None, or the reason; then n is
        NaN too), invited (NaN: nobody says how many of a group were), unusable (None). No row for a viewer who may not
        see groups. In order of wave, question and group.
    """
    shown = company[company["favourable"].notna() & (company["kind"] == QuestionKind.SCALE.value)]
    shown = shown if sees_groups(viewer) else shown.iloc[:0]
    counts = _counts(session, cut, shown["wave_id"].unique())
    known = dict(iter(counts.groupby(["wave_id", "question"])))
    rows = [
        {name: whole[name] for name in _OF_WAVE} | row
        for whole in shown.to_dict("records")
        for row in _published(whole, known.get((whole["wave_id"], whole["question"])))
    ]
    types = {str(name): company[name].dtype for name in _OF_WAVE} | {"group": "object", "n": "float64"}
    types |= {
        "favourable": "float64",
        "coded": "object",
        "withheld": "object",
        "invited": "float64",
        "unusable": "object",
    }
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in types.items()})


def _counts(session: Session, cut: Cut, only: Collection[int]) -> pd.DataFrame:
    value, group = col(Answer.value), col(getattr(Response, cut))
    liked = sa.func.sum(sa.case((value >= col(Question.favourable_from), 1), else_=0))
    statement = (
        select(Wave.id, Question.text, group, sa.func.count(value), liked)
        .join(Response, col(Response.wave_id) == col(Wave.id))
        .join(Answer, col(Answer.response_id) == col(Response.id))
        .join(Question, col(Question.id) == col(Answer.question_id))
        .where(col(Response.wave_id).in_([int(number) for number in only]))
        .where(value.is_not(None), col(Question.favourable_from).is_not(None))
        .group_by(col(Wave.id), col(Question.id), group)
    )
    return frame(session, statement, _RAW)


def _published(whole: dict[Hashable, Any], counted: pd.DataFrame | None) -> list[dict[str, Any]]:
    """The groups of one question of one wave; none where they don't add up to what is shown of everybody."""
    if counted is None:
        return []
    groups = _named(counted)
    if len(groups) < 2:
        return []  # nobody named a group, or all are of one: that is the company
    total = sum(x for x, _ in groups.values()), sum(n for _, n in groups.values())
    if total != (whole["favourable"], whole["n"]):
        return []
    nan = float("nan")
    found = []
    for name, standing in sorted(standings(groups, int(whole["k"])).items()):
        favourable, n = groups[name]
        hidden, exact = standing == "hidden", standing == "exact"
        found.append(
            {
                "group": name,
                "n": nan if hidden else float(n),
                "favourable": float(favourable) if exact else nan,
                "coded": None if hidden else coded_side(favourable, n),
                "withheld": HIDDEN if hidden else None,
                "invited": nan,
                "unusable": None,
            }
        )
    return found


def _named(counted: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Counts by group; one that is written in two ways is one, under the first of them."""
    names: dict[str, str] = {}
    groups: dict[str, tuple[int, int]] = {}
    rows = counted.sort_values("group", na_position="last", kind="stable")
    for name, n, favourable in zip(rows["group"], rows["n"], rows["favourable"], strict=True):
        shown = name if name and name.strip() else NOT_GIVEN
        shown = names.setdefault(folded(shown), shown)
        x, m = groups.get(shown, (0, 0))
        groups[shown] = (x + int(favourable), m + int(n))
    return groups
