"""Reads give the same columns and types whatever they find, and nothing that the viewer may not see."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlmodel import Session

from data.access import LOCAL, Viewer
from data.commands.company import mark_as_sample
from data.commands.records import Record, ids
from data.commands.settings import change
from data.engine import reading, writing
from data.enums import Role
from data.queries import batches, crises, learning, plans, records, reputation, state
from data.queries.frames import day_start
from data.tables import (
    BatchIssue,
    BatchSheet,
    Crisis,
    Decision,
    Event,
    Gap,
    Lesson,
    Plan,
    PlanStep,
    Post,
    ReputationScore,
    Review,
)
from tests.data.world import NEWEST, NOON, crisis, event, gap, imported, minutes, open_batch, post, undo

DAY = date(2026, 3, 2)
TEXT, UTC_TIME, DATE = "object", "datetime64[us, UTC]", "datetime64[us]"
LEGAL, HR = Viewer("test", Role.LEGAL), Viewer("test", Role.HR)


def fill() -> None:
    """Two crises, of which one is for Legal alone, and something of everything for each."""
    imported(
        Crisis, crisis("a", severity=2, topics=["t"], started_at=NOON), crisis("b", row=3, restricted_to=["legal"])
    )
    with reading() as session:
        numbers = ids(session, Crisis, ["a", "b"])
    a, b = numbers["a"], numbers["b"]
    imported(
        Event,
        event("e2", a, NOON + minutes(5), function="PR", description="Second"),
        event("e1", a, NOON, row=3, milestone="posted"),
        event("e3", b, NOON + minutes(1), row=4),
    )
    imported(Gap, gap("G1", crisis_id=a, severity=3, due_on=DAY, target=1), gap("G2", crisis_id=b), gap("G3", row=4))
    lesson = {"title": "t", "observation": "o"}
    imported(
        Lesson, Record("L1", 2, {"code": "L1", "crisis_id": b, **lesson}), Record("L2", 3, {"code": "L2", **lesson})
    )
    imported(Plan, Record("v1", 2, {"version": "v1", "review_due": DAY}))
    step = {"plan_id": 1, "section": "s", "role": "PR", "required": True}
    imported(
        PlanStep,
        Record("s2", 3, step | {"step": "two", "position": 2, "after_step": "one"}),
        Record("s1", 2, step | {"step": "one", "position": 1, "target_minutes": 30, "fulfilled_by": "statement"}),
    )
    score = {"source": "Glassdoor", "scored_on": DAY, "score": 3.5, "scale_min": 1, "scale_max": 5}
    imported(
        ReputationScore, Record("r1", 2, score), Record("r2", 3, score | {"company": "Rival", "scale_min": None}),
        Record("r3", 4, score | {"scored_on": date(2026, 3, 9)}),
    )  # fmt: skip
    with writing() as session:
        number = open_batch(session, "gaps.xlsx")
        counts = {"rows": 3, "new": 1, "updated": 0, "duplicate": 0, "rejected": 1, "skipped": 1}
        session.add(BatchSheet(batch_id=number, sheet="s", kind="gaps", format="f", **counts))
        session.add(BatchIssue(batch_id=number, code="c", severity="error", message="m", row=None))
        session.add(BatchIssue(batch_id=number, code="d", severity="warning", message="n", row=4))
        review = Review(crisis_id=a)
        session.add(review)
        session.flush()
        session.add(Decision(review_id=review.id, text="Do it", due_on=DAY))


READS: dict[str, tuple[Callable[[Session], pd.DataFrame], dict[str, str]]] = {
    "crises": (
        lambda s: crises.crises(s, LOCAL),
        {
            "crisis_id": "int64", "code": TEXT, "title": TEXT, "category": TEXT, "severity": "float64", "platform": TEXT,
            "started_at": UTC_TIME, "started_on": DATE, "timezone": TEXT, "status": TEXT, "summary": TEXT, "topics": TEXT,
            "policy_section": TEXT,
        },
    ),
    "events": (
        lambda s: crises.events(s, LOCAL),
        {
            "crisis_id": "int64", "event_id": "int64", "milestone": TEXT, "earliest": UTC_TIME, "latest": UTC_TIME,
            "date_only": "bool", "function": TEXT, "audience": TEXT, "platform": TEXT, "detected_by": TEXT,
            "description": TEXT,
        },
    ),
    "gaps": (
        lambda s: learning.gaps(s, LOCAL),
        {
            "gap_id": "int64", "code": TEXT, "title": TEXT, "section": TEXT, "step": TEXT, "origin": TEXT,
            "element": TEXT,
            "severity": "float64", "root_cause": TEXT, "corrective_action": TEXT,
            "responsible_function": TEXT, "contact": TEXT, "opened_on": DATE, "start_on": DATE, "due_on": DATE, "completed_on": DATE,
            "status": TEXT, "metric": TEXT, "target": "float64", "evidence": TEXT, "crisis": TEXT,
        },
    ),
    "lessons": (
        lambda s: learning.lessons(s, LOCAL),
        {"lesson_id": "int64", "observed_on": DATE, "learned_on": DATE} | dict.fromkeys(
            ["code", "title", "observation", "recommendation", "kind", "status", "confidence", "crisis"], TEXT
        ),
    ),
    "decisions": (
        lambda s: learning.decisions(s, 1), {"text": TEXT, "function": TEXT, "due_on": DATE, "cost": TEXT},
    ),
    "plans": (
        plans.plans, {"plan_id": "int64", "version": TEXT, "effective_from": DATE, "review_due": DATE},
    ),
    "steps": (
        lambda s: plans.steps(s, 1),
        {
            "plan_id": "int64", "step_id": "int64", "position": "int64", "section": TEXT, "step": TEXT, "role": TEXT, "contact": TEXT,
            "fulfilled_by": TEXT, "clock_starts": TEXT, "target_minutes": "float64", "audience": TEXT, "required": "bool",
            "after_step": TEXT,
        },
    ),
    "scores": (
        lambda s: reputation.scores(s, date(2030, 1, 1), None),
        {
            "date": DATE, "source": TEXT, "company": TEXT, "score": "float64", "scale_min": "float64",
            "scale_max": "float64", "score_id": "int64", "ours": "bool",
        },
    ),
    "sheets": (
        lambda s: batches.sheets(s, LOCAL),
        {
            "batch": "int64", "file": TEXT, "sheet": TEXT, "kind": TEXT, "format": TEXT, "status": TEXT,
            "imported_at": UTC_TIME, "imported_by": TEXT,
            **dict.fromkeys(["rows", "new", "updated", "duplicate", "rejected", "skipped"], "int64"),
            "set_id": TEXT, "sha256": TEXT, "size": "int64", "options": "object", "mapping": "object",
            "undone_at": UTC_TIME,
        },
    ),
    "issues": (
        lambda s: batches.issues(s, LOCAL, 8),
        {
            "code": TEXT, "severity": TEXT, "sheet": TEXT, "row": "float64", "column": TEXT, "value": TEXT, "message": TEXT,
        },
    ),
    "batch rows": (
        lambda s: records.of_batch(s, LOCAL, 2),
        {"sheet": TEXT, "row": "int64", "effect": TEXT, "record": TEXT, "content": TEXT},
    ),
}  # fmt: skip


def read(name: str) -> pd.DataFrame:
    with reading() as session:
        return READS[name][0](session)


def types(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in frame.dtypes.items()}


def test_columns_and_types_do_not_depend_on_what_is_found(database: str) -> None:
    wanted = {name: kinds for name, (_, kinds) in READS.items()}
    assert {name: types(read(name)) for name in READS} == wanted
    assert [name for name in READS if len(read(name))] == []
    fill()
    assert [name for name in READS if not len(read(name))] == []
    assert {name: types(read(name)) for name in READS} == wanted


def test_missing_text_is_none_and_missing_numbers_nan(database: str) -> None:
    fill()
    found = read("gaps")
    assert found["contact"].tolist() == [None, None, None]
    assert found["severity"].isna().tolist() == [False, True, True]
    assert found["crisis"].tolist() == ["a", "b", None]
    assert read("crises")["topics"].tolist() == [["t"], []]
    assert read("steps")["fulfilled_by"].tolist() == ["statement", None]


def test_reads_come_in_order(database: str) -> None:
    fill()
    assert read("crises")["code"].tolist() == ["a", "b"]
    assert read("events")["milestone"].tolist() == ["posted", "statement", "statement"]
    assert read("steps")["step"].tolist() == ["one", "two"]
    assert read("scores")[["date", "company"]].astype(str).agg(" ".join, axis=1).tolist() == [
        "2026-03-02 Us", "2026-03-02 Rival", "2026-03-09 Us",
    ]  # fmt: skip
    assert read("issues")["code"].tolist() == ["d", "c"] or read("issues")["code"].tolist() == ["c", "d"]


# --- crises and who may see them -----------------------------------------------------------------------------------


def seen_by(viewer: Viewer) -> dict[str, list[Any]]:
    with reading() as session:
        return {
            "crises": crises.crises(session, viewer)["code"].tolist(),
            "events": crises.events(session, viewer)["description"].tolist(),
            "gaps": learning.gaps(session, viewer)["code"].tolist(),
            "lessons": learning.lessons(session, viewer)["code"].tolist(),
            "rows": [
                content for number in (1, 2, 3, 4) for content in records.of_batch(session, viewer, number)["content"]
            ],
        }


def test_a_restricted_crisis_does_not_exist_for_others(database: str) -> None:
    fill()
    everything = seen_by(LOCAL)
    assert everything["crises"] == ["a", "b"]
    assert len(everything["events"]) == 3
    assert len(everything["rows"]) == 2 + 3 + 3 + 2
    assert seen_by(LEGAL) == everything
    found = seen_by(HR)
    assert (found["crises"], found["events"]) == (["a"], [None, "Second"])
    assert (found["gaps"], found["lessons"]) == (["G1", "G3"], ["L2"])
    assert len(found["rows"]) == 1 + 2 + 2 + 1
    nobody = seen_by(Viewer("test", Role.AUDITOR))
    assert (nobody["crises"], nobody["events"], nobody["gaps"], nobody["lessons"]) == ([], [], [], [])


def test_a_restriction_may_name_several_roles(database: str) -> None:
    imported(Crisis, crisis("a", restricted_to=["legal", "hr"]))
    with reading() as session:
        seeing = [role for role in Role if len(crises.crises(session, Viewer("test", role)))]
    assert seeing == [Role.LEGAL, Role.HR, Role.ADMIN]


def test_events_of_chosen_crises(database: str) -> None:
    fill()
    with reading() as session:
        numbers = ids(session, Crisis, ["a", "b"])
        assert len(crises.events(session, LOCAL, [numbers["a"]])) == 2
        assert len(crises.events(session, HR, [numbers["b"]])) == 0
        assert len(crises.events(session, LOCAL, [])) == 0


def test_a_crisis_without_a_zone_has_the_company_s(database: str) -> None:
    imported(Crisis, crisis("a"), crisis("b", timezone="Asia/Tokyo"))
    assert read("crises")["timezone"].tolist() == ["UTC", "Asia/Tokyo"]
    with writing() as session:
        change(session, LOCAL, "company.timezone", "Europe/Lisbon")
    assert read("crises")["timezone"].tolist() == ["Europe/Lisbon", "Asia/Tokyo"]


def bounds(zone: str, day: date) -> tuple[datetime, datetime]:
    number, _ = imported(Crisis, crisis("a", timezone=zone))
    of_event, _ = imported(Event, event("e", int(read("crises")["crisis_id"][0]), NOON, occurred_on=day))
    found = read("events").iloc[0]
    undo(of_event)
    undo(number)
    assert found["date_only"]
    return found["earliest"].to_pydatetime(), found["latest"].to_pydatetime()


def test_a_day_is_bounded_by_its_local_midnights(database: str) -> None:
    assert bounds("Asia/Kathmandu", DAY) == (
        datetime(2026, 3, 1, 18, 15, tzinfo=UTC),
        datetime(2026, 3, 2, 18, 15, tzinfo=UTC),
    )
    start, end = bounds("Europe/Lisbon", date(2026, 3, 29))
    assert (start, end - start) == (datetime(2026, 3, 29, tzinfo=UTC), timedelta(hours=23))
    start, end = bounds("America/Santiago", date(2026, 9, 6))  # its midnight does not exist
    assert (start, end - start) == (datetime(2026, 9, 6, 4, tzinfo=UTC), timedelta(hours=23))
    start, end = bounds("America/Havana", date(2026, 11, 1))  # its midnight comes twice
    assert (start, end - start) == (datetime(2026, 11, 1, 4, tzinfo=UTC), timedelta(hours=25))


def test_an_exact_moment_has_equal_bounds(database: str) -> None:
    fill()
    found = read("events")
    assert (found["earliest"] == found["latest"]).all()
    assert found["earliest"][0] == pd.Timestamp(NOON)
    assert not found["date_only"].any()


@pytest.mark.parametrize(
    "zone", ["UTC", "Asia/Kathmandu", "America/Santiago", "Africa/Cairo", "Asia/Beirut", "Pacific/Apia"]
)
def test_each_local_day_ends_where_the_next_begins(zone: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(366)]
    starts = [day_start(day, zone) for day in days]
    lengths = {later - earlier for earlier, later in itertools.pairwise(starts)}
    assert lengths <= {timedelta(hours=n) for n in (23, 24, 25)}
    assert all(start.tzinfo is UTC for start in starts)


# --- plans, scores, batches ----------------------------------------------------------------------------------------


def test_undated_plans_come_first(database: str) -> None:
    dated = {"v3": date(2026, 3, 1), "v2": date(2026, 2, 1), "v1": None}
    imported(Plan, *[Record(v, 2, {"version": v, "effective_from": on}) for v, on in dated.items()])
    assert read("plans")["version"].tolist() == ["v1", "v2", "v3"]


def test_scores_up_to_a_day_with_our_name(database: str) -> None:
    fill()
    with reading() as session:
        found = reputation.scores(session, DAY, "Larkfield")
    assert found["company"].tolist() == ["Larkfield", "Rival"]
    assert found["ours"].tolist() == [True, False]
    assert found["scale_min"].isna().tolist() == [False, True]


def test_the_newest_batch_comes_first(database: str) -> None:
    counts = {"rows": 1, "new": 1, "updated": 0, "duplicate": 0, "rejected": 0, "skipped": 0}
    with writing() as session:
        for name in ("a.csv", "b.xlsx"):
            number = open_batch(session, name)
            for sheet in ("one", "two"):
                session.add(BatchSheet(batch_id=number, sheet=sheet, kind="gaps", format="f", **counts))
                session.flush()
    found = read("sheets")
    assert list(zip(found["file"], found["sheet"], strict=True)) == [
        ("b.xlsx", "one"), ("b.xlsx", "two"), ("a.csv", "one"), ("a.csv", "two"),
    ]  # fmt: skip
    assert found["status"].tolist() == ["applied"] * 4


def test_the_rows_of_a_batch_are_told_as_they_stand_now(database: str) -> None:
    number, _ = imported(Post, post("p", text="Hello", row=3), post("q", DAY, row=2, text=None), sheet="posts")
    to_the_second = datetime(2026, 3, 2, 8, 33, 44, tzinfo=UTC)
    second, _ = imported(Post, post("r", to_the_second, row=2, text="Hi"), sheet="posts")
    with reading() as session:
        found = records.of_batch(session, LOCAL, number)
    assert found["row"].tolist() == [2, 3]
    assert found["content"].tolist() == ["X · 2026-03-02", "X · 2026-03-02 12:00 UTC · Hello"]
    with reading() as session:
        assert records.of_batch(session, LOCAL, second)["content"].tolist() == ["X · 2026-03-02 08:33:44 UTC · Hi"]


# --- the whole -----------------------------------------------------------------------------------------------------


def test_info_counts_what_is_there(database: str) -> None:
    empty = dict.fromkeys(
        ["crisis", "event", "post", "daily_total", "answer", "reputation_score", "gap", "lesson", "batch"], 0
    )
    with reading() as session:
        assert state.info(session) == {"schema_version": NEWEST, "data_version": 0, "counts": empty}
    fill()
    number, _ = imported(Post, post("p"))
    undo(number)
    with reading() as session:
        found = state.info(session)
    counts = {"crisis": 2, "event": 3, "gap": 3, "lesson": 2, "reputation_score": 3, "batch": 8}
    assert found == {"schema_version": NEWEST, "data_version": 10, "counts": empty | counts}


def test_a_database_is_empty_until_something_was_imported(database: str) -> None:
    with reading() as session:
        assert state.is_empty(session)
    with writing() as session:
        change(session, LOCAL, "baseline.days", "21")
    with reading() as session:
        assert state.is_empty(session)
    imported(Plan, Record("v1", 2, {"version": "v1"}))
    with reading() as session:
        assert not state.is_empty(session)


def test_the_moment_to_look_from(database: str) -> None:
    before = datetime.now(UTC)
    with reading() as session:
        assert before <= state.as_of(session) <= datetime.now(UTC)
        assert not state.is_sample(session)
    with writing() as session:
        change(session, LOCAL, "sample.as_of", "2026-11-20T18:00+01:00")
        mark_as_sample(session)
    with reading() as session:
        found = state.as_of(session)
        assert (found, found.tzinfo) == (datetime(2026, 11, 20, 17, tzinfo=UTC), UTC)
        assert state.is_sample(session)
