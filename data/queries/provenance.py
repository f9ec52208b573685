"""Where from? The file, sheet and rows behind a number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from data.enums import BatchStatus, PostKind, Stream
from data.tables import (
    Answer,
    Batch,
    BatchSheet,
    DailyTotal,
    Event,
    Gap,
    Imported,
    Lesson,
    Post,
    ReputationScore,
    Response,
    SurveySummary,
    Wave,
)

#: Batch, file, sheet and row of one record; no batch and no row for what was entered by hand.
Place = tuple[int | None, str, str | None, int | None]
BY_HAND = "entered by hand"

_EXACT = 5_000  # rows of one file that are listed one by one; beyond, their span and number are said


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Rows of one sheet of one file. `batch` is None for what was entered by hand; `rows` is None where they are not
    shown, as for surveys.
    """

    batch: int | None
    file: str
    sheet: str | None
    rows: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """The rows behind a number; `rows` is their count, None where it is not shown."""

    rows: int | None = 0
    files: tuple[SourceFile, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"rows": self.rows, "files": [asdict(file) for file in self.files]}


def of_events(session: Session, event_ids: Iterable[int]) -> Sources:
    """The rows from which these events came."""
    return _sources(session, Event, col(Event.id).in_(_numbers(event_ids)))


def of_records(session: Session, table: type[Imported], ids: Iterable[int]) -> Sources:
    """The rows from which these records of a table came."""
    return _sources(session, table, _identity(table).in_(_numbers(ids)))


def places(session: Session, table: type[Imported], ids: Iterable[int] | None = None) -> dict[int, Place]:
    """Where records of a table stand (default: all of it), in one query: for many numbers at once."""
    statement = select(_identity(table), table.batch_id, Batch.file, table.sheet, table.row)
    if ids is not None:
        statement = statement.where(_identity(table).in_(_numbers(ids)))
    found = session.execute(statement.outerjoin(Batch, col(Batch.id) == col(table.batch_id)))
    return {record: (batch, file or BY_HAND, sheet, row) for record, batch, file, sheet, row in found}


def _identity(table: type[Imported]) -> Any:
    return col(table.__table__.c.id)  # type: ignore[attr-defined]  # SQLModel adds it at class creation


def at_places(places: Iterable[Place]) -> Sources:
    """The rows at these places."""
    files: dict[tuple[int | None, str, str | None], list[int | None]] = {}
    for batch, file, sheet, row in places:
        files.setdefault((batch, file, sheet), []).append(row)
    ordered = sorted(files.items(), key=lambda item: (item[0][0] is None, item[0][0], item[0][2] or ""))
    listed = tuple(SourceFile(batch, file, sheet, ranges(rows) or None) for (batch, file, sheet), rows in ordered)
    counts = [len(rows) if batch is None else len(set(rows)) for (batch, _, _), rows in files.items()]
    return Sources(sum(counts), listed)


def of_scores(session: Session, score_ids: Iterable[int]) -> Sources:
    """The rows from which these reputation scores came."""
    return _sources(session, ReputationScore, col(ReputationScore.id).in_(_numbers(score_ids)))


def of_engagement(
    session: Session,
    start: datetime,
    end: datetime,
    first: date,
    last: date,
    topics: list[str] | None = None,
    *,
    batches: Collection[int] | None = None,
    kind: str | None = None,
) -> Sources:
    """The posts from `start` up to `end`, and the date-only posts and daily totals of the days `first` to `last`.

    With `batches`, only what these brought; with `kind`, only mentions or only owned posts.
    """
    moments = sa.and_(col(Post.quarter) >= start, col(Post.quarter) < end)
    days = sa.and_(col(Post.posted_on) >= first, col(Post.posted_on) <= last)
    totals = sa.and_(col(DailyTotal.day) >= first, col(DailyTotal.day) <= last)

    def counted(table: type[Post] | type[DailyTotal], when: Any) -> Any:
        asked = [when]
        asked += [col(table.topic).in_(topics)] if topics else []
        asked += [col(table.kind) == PostKind(kind)] if kind is not None else []
        asked += [col(table.batch_id).in_(batches)] if batches is not None else []
        return sa.and_(*asked)

    # Each on its own, so that the first are read from their index alone: it holds what is asked of millions of posts.
    posts = [counted(Post, when) for when in (moments, days)]
    return combined([_sources(session, Post, *posts), _sources(session, DailyTotal, counted(DailyTotal, totals))])


def brought(session: Session, table: type[Imported], batches: Collection[int]) -> dict[int, Place]:
    """Id → place of every record of a table whose present values came with these batches."""
    statement = select(_identity(table), table.batch_id, Batch.file, table.sheet, table.row)
    found = session.execute(
        statement.join(Batch, col(Batch.id) == col(table.batch_id)).where(col(table.batch_id).in_(batches))
    )
    return {record: (batch, file, sheet, row) for record, batch, file, sheet, row in found}


def coded(session: Session, table: type[Gap] | type[Lesson], codes: Iterable[str]) -> list[int]:
    """The ids of the records with these codes."""
    found = session.exec(select(table.id).where(col(table.code).in_(sorted(codes))))
    return [number for number in found if number is not None]


def of_surveys(session: Session, batches: Collection[int]) -> Sources:
    """Those files of these batches that brought answers, summaries or facts of waves. No row of a survey is named."""
    files: dict[SourceFile, None] = {}
    for table in (Answer, SurveySummary, Wave):
        statement = select(table.batch_id, Batch.file, table.sheet).distinct()
        statement = statement.join(Batch, col(Batch.id) == col(table.batch_id)).where(col(table.batch_id).in_(batches))
        files |= {SourceFile(batch, file, sheet, None): None for batch, file, sheet in session.execute(statement)}
    return Sources(None, tuple(files))


def of_stream(session: Session, stream: Stream) -> Sources:
    """The files of one stream that are applied; which of their rows is not said."""
    named = select(Batch.id, Batch.file, BatchSheet.sheet).join(BatchSheet, col(BatchSheet.batch_id) == col(Batch.id))
    applied = named.where(BatchSheet.kind == stream, Batch.status == BatchStatus.APPLIED).distinct()
    found = session.execute(applied.order_by(col(Batch.id), col(BatchSheet.sheet))).all()
    files = tuple(SourceFile(batch, file, sheet, None) for batch, file, sheet in found)
    return Sources(None if files else 0, files)


def of_waves(session: Session, wave_ids: Iterable[int]) -> Sources:
    """The files of these waves. It stops there: no sheet row of a survey is named."""
    wanted = _numbers(wave_ids)
    parts = [
        select(Batch.id, Batch.file, table.sheet)
        .join(table, col(table.batch_id) == col(Batch.id))
        .where(col(table.wave_id).in_(wanted))
        for table in (Response, SurveySummary)
    ]
    found = session.execute(sa.union(*parts)).all()
    listed = sorted(found, key=lambda place: (place[0], place[2] or ""))
    return Sources(None, tuple(SourceFile(batch, file, sheet, None) for batch, file, sheet in listed))


def combined(parts: Iterable[Sources]) -> Sources:
    """Several sources as one, files in order; with one whose rows are not shown, their number is not either."""
    listed = list(parts)
    counts = [part.rows for part in listed]
    total = None if None in counts else sum(count or 0 for count in counts)
    return Sources(total, tuple(dict.fromkeys(file for part in listed for file in part.files)))


def _numbers(ids: Iterable[int]) -> list[int]:
    """Ids as a statement takes them: numpy's whole numbers are none to a database."""
    return sorted({int(identity) for identity in ids})


def _sources(session: Session, table: type[Imported], *conditions: Any) -> Sources:
    """The rows of the records that meet one of some conditions, of which no record meets two."""
    parts = [select(table.batch_id, table.sheet, table.row).where(condition) for condition in conditions]
    behind = (sa.union_all(*parts) if len(parts) > 1 else parts[0]).subquery().c
    place = (behind.batch_id, behind.sheet)
    statement = (
        select(*place, Batch.file, _rows(table, behind), sa.func.min(behind.row), sa.func.max(behind.row))
        .outerjoin(Batch, col(Batch.id) == behind.batch_id)
        .group_by(*place, Batch.file)
        .order_by(place[0].nulls_last(), place[1].nulls_first())
    )
    files: list[SourceFile] = []
    total = 0
    for batch, sheet, file, count, lowest, highest in session.execute(statement):
        total += count
        if batch is None:
            files.append(SourceFile(None, BY_HAND, None, None))
        elif count > _EXACT:
            files.append(SourceFile(batch, file, sheet, f"{lowest}–{highest} ({count:,} of them)"))
        else:
            rows = select(behind.row).where(behind.batch_id == batch, behind.sheet.is_not_distinct_from(sheet))
            files.append(SourceFile(batch, file, sheet, ranges(session.exec(rows).all())))
    return Sources(total, tuple(files))


def _rows(table: type[Imported], behind: Any) -> Any:
    """How many spreadsheet rows stand behind the records of a group; each entry by hand counts for one."""
    if table is Post:  # each is a row of its own, and of millions only counting is quick
        return sa.func.count()
    by_hand = sa.func.sum(sa.case((behind.batch_id.is_(None), 1), else_=0))
    return sa.func.count(sa.distinct(behind.row)) + by_hand


def listed(ranged: str) -> list[int]:
    """The row numbers that `ranges` wrote; empty for any other text."""
    found: list[int] = []
    for part in ranged.split(", "):
        first, _, last = part.partition("–")
        if not (first.isdecimal() and (last.isdecimal() or not last)):
            return []
        found += range(int(first), int(last or first) + 1)
    return found


def ranges(rows: Iterable[int | None]) -> str:
    """Row numbers as a person writes them: "4, 9–12"."""
    spans: list[tuple[int, int]] = []
    for row in sorted({row for row in rows if row is not None}):
        if spans and spans[-1][1] == row - 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
