"""Full-text search over crises, events, gaps and lessons: one function over SQLite's FTS5 and PostgreSQL's tsvector.

A crisis that the viewer may not see, and what belongs to it, is not found and not counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from data.access import Viewer, visible_crises
from data.queries.frames import UTC_TIME, frame
from data.sought import Word, place, words
from data.tables import Crisis, Event, Gap, Imported, Lesson

#: Records that are listed at most; the best ones.
LIMIT = 200


@dataclass(frozen=True, slots=True)
class _Kind:
    """One searched table, in the order of the index: what a record is called by, and its texts by name."""

    table: type[Imported]
    title: tuple[str, ...]
    texts: dict[str, str]


_KINDS: dict[str, _Kind] = {
    "crisis": _Kind(
        Crisis,
        ("title",),
        {"title": "title", "summary": "summary", "category": "category", "platform": "platform", "code": "code"},
    ),
    "event": _Kind(
        Event,
        ("milestone",),
        {
            "description": "description", "milestone": "milestone", "function": "function", "platform": "platform",
            "audience": "audience", "detected_by": "detected by",
        },
    ),
    "gap": _Kind(
        Gap,
        ("code", "title"),
        {
            "title": "title", "root_cause": "root cause", "corrective_action": "corrective action",
            "evidence": "evidence", "step": "step", "section": "section",
            "responsible_function": "responsible function", "code": "code",
        },
    ),
    "lesson": _Kind(
        Lesson,
        ("code", "title"),
        {
            "title": "title", "observation": "observation", "recommendation": "recommendation",
            "conclusion": "conclusion", "discussion": "discussion", "evidence": "evidence",
            "counter_evidence": "counter-evidence", "tags": "tags", "code": "code",
        },
    ),
}  # fmt: skip
#: The kinds of record that are searched.
KINDS = tuple(_KINDS)
#: A record's number in the index is its id times this, plus the place of its kind (migration 0006).
_STRIDE = 4

_OF_CRISIS = {"crisis": "text", "crisis_title": "text", "category": "text", "platform": "text", "severity": "float64"}
_HEAD = {"rank": "float64", "total": "int64", "id": "int64", "at": UTC_TIME} | _OF_CRISIS
_COLUMNS = {"kind": "text", "title": "text", "found_in": "text", "excerpt": "text", "at": UTC_TIME} | _OF_CRISIS


@dataclass(frozen=True, slots=True)
class Only:
    """What to keep; an empty filter keeps all. All but `kinds` ask the crisis that a record belongs to."""

    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The best records, at most `LIMIT` of `total`; `words` are those that were looked for."""

    records: pd.DataFrame
    total: int
    words: tuple[str, ...]


def search(session: Session, viewer: Viewer, query: str, only: Only | None = None) -> Found:
    """The records that hold every word of a query, the best first.

    Parameters
    ----------
    query : str
        Anything: what is no letter or digit only parts words. A word of three letters or more finds what begins with
        it. Without a word, every record of the kinds asked for is found, crises if none is, the latest first.

    Returns
    -------
    Found
        `records`: kind, title, found_in (the name of the text), excerpt (found words in «»), at (an event's moment),
        crisis (code or None), crisis_title, category, platform and severity of the crisis.
    """
    kept, sought = only or Only(), words(query)
    kinds = [kind for kind in KINDS if kind in (kept.kinds or (KINDS if sought else ("crisis",)))]
    parts = [_records(session, viewer, kind, sought, kept) for kind in kinds]
    total = sum(int(part["total"].iloc[0]) for part in parts if len(part))
    filled = [part for part in parts if len(part)] or parts[:1]
    best = pd.concat(filled, ignore_index=True).sort_values("rank", kind="stable").head(LIMIT).reset_index(drop=True)
    told = [_told(kind, texts, sought) for kind, texts in zip(best["kind"], best["texts"], strict=True)]
    words_of = pd.DataFrame(told, columns=["title", "found_in", "excerpt"], dtype=object)
    return Found(pd.concat([best, words_of], axis=1)[list(_COLUMNS)], total, tuple(word.text for word in sought))


def _records(session: Session, viewer: Viewer, kind: str, sought: list[Word], only: Only) -> pd.DataFrame:
    """The best records of one kind, with all their texts by column."""
    about = _KINDS[kind]
    columns = [getattr(about.table, name) for name in about.texts]
    statement = _statement(session, viewer, kind, sought, only).add_columns(*columns)
    found = frame(session, statement, _HEAD | dict.fromkeys((f"text_{name}" for name in about.texts), "object"))
    texts = found[[f"text_{name}" for name in about.texts]].itertuples(index=False, name=None)
    by_name = [dict(zip(about.texts, map(_plain, row), strict=True)) for row in texts]
    kinds = pd.Series([kind] * len(found), dtype=object)
    return found[list(_HEAD)].assign(kind=kinds, texts=pd.Series(by_name, dtype=object))


def _statement(session: Session, viewer: Viewer, kind: str, sought: list[Word], only: Only) -> Any:
    table: Any = _KINDS[kind].table
    at = table.occurred_at if table is Event else sa.null()
    of_crisis = (Crisis.code, Crisis.title, Crisis.category, Crisis.platform, Crisis.severity)
    every = sa.func.count().over()
    if sought:
        found = hits(session, sought).subquery()
        rank = found.c.rank
        statement = sa.select(rank, every, table.id, at, *of_crisis).select_from(found)
        statement = statement.join(table, is_of(table, found)).order_by(rank, table.id)
    else:
        statement = sa.select(sa.literal(0.0), every, table.id, at, *of_crisis).select_from(table)
        latest: Any = table.occurred_at if table is Event else table.code
        statement = statement.order_by(latest.desc(), table.id)
    if table is Crisis:
        statement = statement.where(visible_crises(viewer))
    else:
        statement = statement.outerjoin(Crisis, col(Crisis.id) == table.crisis_id)
        statement = statement.where(sa.or_(table.crisis_id.is_(None), visible_crises(viewer)))
    return statement.where(*_kept(only)).limit(LIMIT)


def _kept(only: Only) -> list[Any]:
    chosen = ((Crisis.category, only.categories), (Crisis.platform, only.platforms), (Crisis.severity, only.severities))
    return [col(column).in_(values) for column, values in chosen if values]


def is_of(table: Any, found: Any) -> Any:
    """A condition that joins the numbers of `hits` with the searched table that they stand for."""
    place = next(place for place, about in enumerate(_KINDS.values()) if about.table is table)
    return sa.and_(found.c.number % _STRIDE == place, table.id == found.c.number // _STRIDE)


def hits(session: Session, sought: Sequence[Word], *, any_of: bool = False) -> Any:
    """Number and rank (lower is better) of every indexed record with all of the words, or with any of them."""
    index = sa.table("search_index")
    if session.get_bind().dialect.name == "sqlite":
        match = (" OR " if any_of else " AND ").join(f'"{word.text}"{"*" if word.begins else ""}' for word in sought)
        rank: Any = sa.literal_column("bm25(search_index, 4.0, 1.0)").label("rank")
        statement = sa.select(sa.literal_column("rowid").label("number"), rank).select_from(index)
        return statement.where(sa.text("search_index MATCH :match").bindparams(match=match))
    query = (" | " if any_of else " & ").join(f"'{word.text}'{':*' if word.begins else ''}" for word in sought)
    asked = sa.func.to_tsquery(sa.literal_column("'simple'"), query)
    ranked = (-sa.func.ts_rank(sa.literal_column("words"), asked)).label("rank")
    statement = sa.select(sa.literal_column("number").label("number"), ranked).select_from(index)
    return statement.where(sa.literal_column("words").op("@@")(asked))


def _told(kind: str, texts: dict[str, str | None], sought: Sequence[Word]) -> tuple[str, str, str]:
    """The record's title, the name of the text in which the words stand, and the piece of it."""
    about = _KINDS[kind]
    title = " · ".join(dict.fromkeys(texts[name] or "" for name in about.title))
    where = place(((label, texts[name]) for name, label in about.texts.items()), sought)
    return title, where.name, where.excerpt


def _plain(value: Any) -> str | None:
    """A stored value in words: a list by its members, a word of a vocabulary without its underscores."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return value.replace("_", " ") if isinstance(value, StrEnum) else value
