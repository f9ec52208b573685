"""The rows of a batch as they are stored now. Of a survey nothing is shown."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.access import Viewer, visible_crises
from data.enums import Effect
from data.queries.frames import frame
from data.tables import (
    Crisis,
    CultureActivity,
    DailyTotal,
    Event,
    Gap,
    Lesson,
    PlanStep,
    Post,
    ReputationScore,
    Sighting,
)

#: Rows that a page lists at most.
LIMIT = 5_000
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00:00")
_TYPES = {"sheet": "text", "row": "int64", "effect": "text", "record": "text", "content": "text"}
#: What is shown of a record, in words: table → the columns that say which one it is.
_SAYS: dict[Any, tuple[str, ...]] = {
    Crisis: ("code", "title"),
    Event: ("occurred_at", "milestone", "function", "audience", "description"),
    Post: ("platform", "posted_at", "posted_on", "text"),
    DailyTotal: ("day", "platform", "posts"),
    ReputationScore: ("scored_on", "source", "company", "score"),
    PlanStep: ("section", "step", "role"),
    Gap: ("code", "title"),
    Lesson: ("code", "title"),
    CultureActivity: ("held_on", "kind", "department"),
}


def of_batch(session: Session, viewer: Viewer, batch_id: int, only: Collection[int] = ()) -> pd.DataFrame:
    """Which row of which sheet did what to which record, in the order of the sheet; at most `LIMIT` rows.

    Parameters
    ----------
    only : collection of int, optional
        Spreadsheet rows to keep, at most a few hundred; none: all.

    Returns
    -------
    DataFrame
        sheet, row, effect, record (the table's name), content (the record as it stands now, in words).
    """
    found = [
        frame(session, statement, dict(list(_TYPES.items())[:4]) | _plain(columns))
        for table, columns in _SAYS.items()
        for statement in _rows(table, columns, batch_id, viewer, only)
    ]
    told = pd.concat([_told(part) for part in found], ignore_index=True)
    return told.sort_values(["sheet", "row"], kind="stable", na_position="first").head(LIMIT).reset_index(drop=True)


def _rows(table: Any, columns: tuple[str, ...], batch_id: int, viewer: Viewer, only: Collection[int]) -> list[Any]:
    """Two statements: the rows of records that other rows speak of too, and those of records that say so themselves."""
    s, name = Sighting, str(table.__tablename__)
    content = [getattr(table, column) for column in columns]
    told = sa.exists().where(col(s.record) == name, col(s.key) == table.key)
    shared = (
        select(s.sheet, s.row, s.effect, s.record, *content)
        .join(table, sa.and_(col(s.record) == name, col(s.key) == table.key))
        .where(col(s.batch_id) == batch_id)
        .order_by(col(s.id))
    )
    new = sa.literal(Effect.NEW.value), sa.literal(name)
    sole = select(table.sheet, table.row, *new, *content).where(table.batch_id == batch_id, ~told).order_by(table.row)
    chosen = [(shared, col(s.row)), (sole, table.row)]
    return [
        _seen_by(viewer, table, statement.where(row.in_(sorted(only))) if only else statement).limit(LIMIT)
        for statement, row in chosen
    ]


def _seen_by(viewer: Viewer, table: Any, statement: Any) -> Any:
    """The rows that do not speak of a crisis which the viewer may not see."""
    if table is Crisis:
        return statement.where(visible_crises(viewer))
    if "crisis_id" in table.__table__.c:
        joined = statement.outerjoin(Crisis, col(Crisis.id) == table.crisis_id)
        return joined.where(sa.or_(table.crisis_id.is_(None), visible_crises(viewer)))
    return statement


def _word(value: object) -> str:
    """A moment as a person writes it, and a word of a vocabulary without its underscores."""
    text = str(value)
    if _MOMENT.fullmatch(text):
        return f"{text.removesuffix('+00:00').removesuffix(':00')} UTC"
    return text if " " in text else text.replace("_", " ")


def _plain(columns: tuple[str, ...]) -> dict[str, str]:
    return dict.fromkeys(columns, "text")


def _told(part: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in part if name not in _TYPES]
    content = [
        " · ".join(_word(value) for value in values if value not in (None, ""))
        for values in part[names].itertuples(index=False, name=None)
    ]
    return part[list(_TYPES)[:4]].assign(content=pd.Series(content, index=part.index, dtype=object))
