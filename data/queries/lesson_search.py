"""Lessons by their words: those that hold what is looked for, and those that say something like what is being written."""

from __future__ import annotations

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from data.access import Viewer, visible_register
from data.keys import folded
from data.queries.frames import DAY, frame
from data.queries.search import hits, is_of
from data.sought import Word, held, telling, words
from data.tables import Crisis, Lesson

#: Lessons that are looked at for likeness; the best ones by rank.
_LOOKED_AT = 40
#: Telling words that two texts share at most before they count as alike.
_ENOUGH = 4
_LIKE = {"code": "text", "title": "text", "status": "text", "observed_on": DAY, "crisis": "text"}
_TEXTS = ("observation", "discussion", "conclusion", "recommendation")


def found(session: Session, viewer: Viewer, query: str) -> list[str] | None:
    """The codes of the lessons that hold every word of a query, the best first; None where it holds no word."""
    sought = words(query)
    if not sought:
        return None
    return list(session.execute(_ranked(session, viewer, sought, Lesson.code, any_of=False)).scalars())


def like(session: Session, viewer: Viewer, text: str, *, besides: str = "", at_most: int = 3) -> pd.DataFrame:
    """Lessons that say something like a text that is being written, the most alike first.

    Parameters
    ----------
    besides : str, optional
        The code of the lesson that is being written itself.

    Returns
    -------
    DataFrame
        code, title, status, observed_on, crisis (code or None). A lesson is like a text if it holds a third of its telling
        words, or `_ENOUGH` of them.
    """
    sought = telling(text)
    if not sought:
        return frame(session, sa.select(*map(sa.literal, _LIKE)).where(sa.false()), _LIKE)
    statement = _ranked(session, viewer, sought, *_columns(), any_of=True).limit(_LOOKED_AT)
    some = frame(session, statement.where(col(Lesson.key) != folded(besides)), _LIKE | dict.fromkeys(_TEXTS, "text"))
    shared = [held(row, sought) for row in some[["title", *_TEXTS]].itertuples(index=False, name=None)]
    least = min(-(-len(sought) // 3), _ENOUGH)
    some = some.assign(shared=pd.Series(shared, index=some.index, dtype="int64"))
    best = some[some["shared"] >= least].sort_values("shared", ascending=False, kind="stable")
    return best.head(at_most)[list(_LIKE)].reset_index(drop=True)


def _columns() -> list[Any]:
    own = [getattr(Lesson, name) for name in ("code", "title", "status", "observed_on")]
    return [*own, Crisis.code, *(getattr(Lesson, name) for name in _TEXTS)]


def _ranked(session: Session, viewer: Viewer, sought: list[Word], *columns: Any, any_of: bool) -> Any:
    """The lessons that the viewer may see with all or any of the words, the best first."""
    index = hits(session, sought, any_of=any_of).subquery()
    statement = sa.select(*columns).select_from(index).join(Lesson, is_of(Lesson, index))
    statement = statement.outerjoin(Crisis, col(Crisis.id) == col(Lesson.crisis_id))
    seen = visible_register(viewer, col(Lesson.crisis_id).is_(None))
    return statement.where(seen).order_by(index.c.rank, col(Lesson.code))
