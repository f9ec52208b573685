"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from data.engine import reading, writing
from data.tables import (
    Answer,
    Base,
    Batch,
    BatchSheet,
    ContextMarker,
    Crisis,
    CrisisRole,
    CultureActivity,
    DailyTotal,
    DataState,
    Event,
    Gap,
    Imported,
    Lesson,
    Plan,
    PlanStep,
    Post,
    ProposalDecision,
    ProtectedTerm,
    Question,
    ReputationScore,
    Response,
    Review,
    Setting,
    Sighting,
    Wave,
)
from tests.data.world import NOON, rows

DAY = date(2026, 3, 2)
#: One acceptable row of each table whose promises are tested here; parents come first.
GOOD: dict[type[Base], dict[str, Any]] = {
    Batch: {"id": 100, "file": "a", "sha256": "0", "fingerprint": "f", "size": 1, "imported_at": NOON, "imported_by": "x"},
    BatchSheet: {
        "batch_id": 100, "kind": "gaps", "format": "f", "rows": 3, "new": 1, "updated": 1, "duplicate": 1, "rejected": 0,
        "skipped": 0, "sheet": "s",
    },
    Sighting: {"batch_id": 100, "row": 2, "record": "gap", "key": "k", "effect": "new"},
    Crisis: {"id": 100, "key": "c", "code": "c", "title": "t", "severity": 4},
    CrisisRole: {"crisis_id": 100, "role": "legal"},
    ProtectedTerm: {"crisis_id": 100, "term": "t"},
    Event: {"key": "e", "crisis_id": 100, "occurred_at": NOON, "milestone": "posted"},
    Post: {"key": "p", "platform": "X", "posted_at": NOON, "quarter": NOON, "sentiment": -1.0, "polarity": -1, "likes": 0},
    DailyTotal: {"key": "d", "day": DAY, "platform": "X", "posts": 0, "negative": 0, "reach": 0},
    Plan: {"id": 100, "key": "v1", "version": "v1"},
    PlanStep: {"key": "s", "plan_id": 100, "position": 1, "section": "s", "step": "s", "role": "PR", "target_minutes": 0},
    Gap: {"id": 100, "key": "g", "code": "g", "title": "t", "section": "s", "severity": 1},
    Lesson: {"key": "l", "code": "l", "title": "t", "observation": "o", "gap_id": 100},
    Review: {"crisis_id": 100},
    ProposalDecision: {
        "crisis_id": 100, "cause": "c", "title": "t", "outcome": "attached", "gap_id": 100, "decided_at": NOON,
        "decided_by": "x",
    },
    CultureActivity: {"key": "a", "held_on": DAY, "kind": "training", "assigned": 0, "completed": 0, "employees": 0},
    Wave: {"id": 100, "key": "w", "name": "w", "salt": "s", "k": 3, "opened_on": DAY, "closed_on": DAY, "invited": 0},
    Question: {"id": 100, "key": "q", "text": "q", "kind": "scale", "scale_min": 1, "scale_max": 5},
    Response: {"id": 100, "key": "r", "wave_id": 100, "respondent": "r"},
    Answer: {"key": "a", "response_id": 100, "question_id": 100, "value": 4},
    ReputationScore: {"key": "s", "scored_on": DAY, "source": "s", "score": 50, "scale_min": 0, "scale_max": 100},
    ContextMarker: {"happened_on": DAY, "title": "t"},
    Setting: {"key": "a", "value": 1},
}  # fmt: skip
#: What is wrong beside a good row of the table.
WRONG: list[tuple[type[Base], dict[str, Any]]] = [
    *[(Crisis, {"severity": n}) for n in (0, 5)],
    *[(Gap, {"severity": n}) for n in (0, 5)],
    *[(Post, {"sentiment": n}) for n in (-1.01, 1.01)],
    *[(Post, {"polarity": n}) for n in (-2, 2)],
    (Post, {"posted_on": DAY}),
    (Post, {"posted_at": None}),
    *[(Post, {name: -1}) for name in ("impressions", "reach", "likes", "comments", "shares")],
    *[(DailyTotal, {name: -1}) for name in ("posts", "positive", "neutral", "negative", "impressions", "reach")],
    *[(DailyTotal, {name: -1}) for name in ("likes", "comments", "shares")],
    *[(CultureActivity, {name: -1}) for name in ("assigned", "completed", "employees")],
    (PlanStep, {"target_minutes": -0.5}),
    (Wave, {"k": 2}),
    (Wave, {"invited": -1}),
    (Wave, {"closed_on": DAY - timedelta(days=1)}),
    (Question, {"scale_max": 1}),
    (ReputationScore, {"scale_max": 0}),
    (BatchSheet, {"new": 2, "sheet": "other"}),
    (BatchSheet, {"rows": 4, "sheet": "other"}),
]
#: Columns that name a row of another table.
LINKS = [
    (table, column.name)
    for table in GOOD
    for column in Base.metadata.tables[str(table.__tablename__)].c
    if column.foreign_keys
]
#: Two rows that are the same thing.
TWICE: list[tuple[type[Base], dict[str, Any]]] = [
    *[(table, {}) for table in GOOD if issubclass(table, Imported)],
    (CrisisRole, {}),
    (ProposalDecision, {}),
    (ProtectedTerm, {}),
    (ContextMarker, {}),
    (Setting, {}),
    (BatchSheet, {}),
    (Batch, {"id": 2}),
    (Plan, {"key": "other"}),
    (PlanStep, {"key": "other"}),
    (Response, {"key": "other"}),
    (Answer, {"key": "other"}),
    (ReputationScore, {"key": "other"}),
    (Wave, {"key": "other"}),
]


def statement(table: type[Base], changes: dict[str, Any], *, identity: bool = False) -> Any:
    values = GOOD[table] | changes
    if not identity and "id" not in changes:
        values.pop("id", None)
    return sa.insert(table).values(values)


@pytest.fixture
def filled(database: str) -> str:
    with writing() as session:
        for table in GOOD:
            session.execute(statement(table, {}, identity=True))
    return database


def let_through(
    session: Session, wrong: list[tuple[type[Base], dict[str, Any]]], fresh: Callable[[Any], Any]
) -> list[Any]:
    """Those that the database took, though it should not have."""
    taken = []
    for number, (table, changes) in enumerate(wrong):
        try:
            with session.begin_nested():
                session.execute(statement(table, fresh((table, number)) | changes))
            taken.append((table.__tablename__, changes))
        except (sa.exc.IntegrityError, sa.exc.DataError):
            continue
    return taken


def another(place: tuple[type[Base], int]) -> dict[str, Any]:
    """Values that make a row another one than the good one, and so acceptable."""
    table, number = place
    unique = {
        "key": f"k{number}", "fingerprint": f"f{number}", "version": f"v{number}", "step": f"s{number}", "term": f"t{number}",
        "respondent": f"r{number}", "title": f"t{number}", "sheet": f"s{number}", "source": f"s{number}", "name": f"n{number}",
        "day": DAY + timedelta(days=number + 1),
    }  # fmt: skip
    return {name: value for name, value in unique.items() if name in GOOD[table]}


def test_wrong_values_are_refused(filled: str) -> None:
    with writing() as session:
        assert let_through(session, WRONG, another) == []


def test_the_same_rows_without_the_fault_are_taken(filled: str) -> None:
    """So that it is the fault that is refused above, and not something else about the row."""
    right = [(table, {}) for table in {table for table, _ in WRONG}]
    with writing() as session:
        assert len(let_through(session, right, another)) == len(right)


def test_a_range_without_its_ends_is_taken(filled: str) -> None:
    open_ended: list[tuple[type[Base], dict[str, Any]]] = [
        (Question, {"scale_max": None}),
        (ReputationScore, {"scale_min": None}),
        (Wave, {"closed_on": None, "invited": None}),
        (Crisis, {"severity": None}),
        (
            Post,
            {"posted_at": None, "quarter": None, "posted_on": DAY, "sentiment": None, "polarity": None, "likes": None},
        ),
    ]
    with writing() as session:
        assert len(let_through(session, open_ended, another)) == len(open_ended)


def test_what_is_there_already_is_refused(filled: str) -> None:
    with writing() as session:
        assert let_through(session, TWICE, lambda place: {}) == []


def test_an_undone_batch_makes_room_for_the_same_file(filled: str) -> None:
    with writing() as session:
        session.execute(sa.update(Batch).values(status="undone"))
        assert len(let_through(session, [(Batch, {"id": 2})], lambda place: {})) == 1


def test_a_link_to_nothing_is_refused(filled: str) -> None:
    assert len(LINKS) > 25
    with writing() as session:
        assert let_through(session, [(table, {name: 999}) for table, name in LINKS], another) == []


def test_what_others_rest_on_is_kept(filled: str) -> None:
    """Only what belongs to a row alone goes with it."""
    goes_with = {("batch_sheet", "batch"), ("batch_issue", "batch"), ("sighting", "batch"), ("crisis_role", "crisis")}
    goes_with |= {("decision", "review"), ("rejected_row", "batch")}
    cascades = {
        (table.name, key.column.table.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.ondelete
    }
    assert cascades == goes_with
    with writing() as session:
        for table in (Crisis, Plan, Gap, Wave, Question, Response):
            with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
                session.execute(sa.delete(table))


def enum_columns() -> list[tuple[str, sa.Column[Any]]]:
    return [
        (table.name, column)
        for table in Base.metadata.tables.values()
        for column in table.c
        if isinstance(column.type, sa.Enum)
    ]


def test_words_outside_the_vocabulary_are_refused(filled: str) -> None:
    """By the database, not by SQLAlchemy: the statement is sent as text."""
    filled_tables = {str(table.__tablename__) for table in GOOD}
    taken, asked = [], 0
    with writing() as session:
        for name, column in enum_columns():
            if name not in filled_tables:
                continue
            asked += 1
            for word in ("nonsense", str(column.type.enums[0]).upper(), ""):
                try:
                    with session.begin_nested():
                        session.execute(sa.text(f'UPDATE {name} SET "{column.name}" = :word'), {"word": word})
                    taken.append((name, column.name, word))
                except sa.exc.IntegrityError:
                    continue
            for word in column.type.enums:
                with session.begin_nested():
                    session.execute(sa.text(f'UPDATE {name} SET "{column.name}" = :word'), {"word": word})
    assert taken == []
    assert asked >= 20


def test_every_enum_column_is_checked() -> None:
    """Also those of the tables that the roll-ups fill."""
    for table, column in enum_columns():
        checks = [c for c in Base.metadata.tables[table].constraints if isinstance(c, sa.CheckConstraint)]
        assert any(column.name in str(check.sqltext) for check in checks), (table, column.name)


def test_there_is_one_data_state(database: str) -> None:
    with pytest.raises(sa.exc.IntegrityError), writing() as session:
        session.add(DataState(id=2))


def test_naive_moments_are_refused(database: str) -> None:
    with pytest.raises(sa.exc.StatementError, match="timezone"), writing() as session:
        session.add(Crisis(key="c", code="c", title="c", started_at=datetime(2026, 3, 2, 12)))
    assert rows(Crisis) == []


def test_every_moment_column_is_of_the_type_that_refuses() -> None:
    naive = [
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.c
        if isinstance(column.type, sa.DateTime)
    ]
    aware = [c for t in Base.metadata.tables.values() for c in t.c if type(c.type).__name__ == "UTCDateTime"]
    assert naive == []
    assert len(aware) >= 9


@pytest.mark.parametrize("hours", [-9.5, 0, 5.75, 14])
def test_moments_come_back_in_utc(database: str, hours: float) -> None:
    given = datetime(2026, 3, 2, 23, 30, 1, 250, tzinfo=timezone(timedelta(hours=hours)))
    with writing() as session:
        session.add(Crisis(key="c", code="c", title="c", started_at=given))
    with reading() as session:
        found = session.execute(sa.select(Crisis.started_at)).scalar_one()
        by_moment = session.execute(sa.select(Crisis.code).where(Crisis.started_at <= given)).scalar_one()
    assert (found, found.tzinfo, by_moment) == (given, UTC, "c")
