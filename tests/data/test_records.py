"""One upsert for every table: new, updated or duplicate, never blanking what a row leaves blank."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from data.commands.records import Origin, Record, ids, store
from data.commands.scores import Scored, store_scores
from data.engine import reading, writing
from data.enums import Effect, Role
from data.tables import Crisis, CrisisRole, Gap, Post, Sighting
from tests.data.world import NOON, crisis, gap, imported, minutes, one, open_batch, post, rows

NEW, UPDATED, DUPLICATE = Effect.NEW, Effect.UPDATED, Effect.DUPLICATE


def test_new_then_duplicate_then_updated(database: str) -> None:
    first, stored = imported(Gap, gap("G1", severity=2), gap("G2", row=3))
    assert stored.effects == [NEW, NEW]
    second, stored = imported(
        Gap, gap("G1", row=7, severity=2), gap("G3", row=8), gap("G2", row=9, severity=4), sheet="s"
    )
    assert stored.effects == [DUPLICATE, NEW, UPDATED]
    assert rows(Gap, "code", "severity", "batch_id", "sheet", "row") == [
        ("G1", 2, first, None, 2),
        ("G2", 4, second, "s", 9),
        ("G3", None, second, "s", 8),
    ]


def test_effects_come_in_the_order_of_the_rows_also_across_chunks(database: str) -> None:
    imported(Gap, *[gap(f"G{n:04}", row=n) for n in range(0, 1300, 2)])
    _, stored = imported(Gap, *[gap(f"G{n:04}", row=n) for n in range(1300)])
    assert stored.effects == [DUPLICATE if n % 2 == 0 else NEW for n in range(1300)]
    assert len(rows(Gap)) == 1300


def test_a_blank_never_overwrites(database: str) -> None:
    imported(Gap, gap("G1", severity=3, metric="time_to_detect", due_on=date(2026, 5, 1)))
    _, stored = imported(Gap, gap("G1", severity=None, metric=None, root_cause="haste"))
    assert stored.effects == [UPDATED]
    assert rows(Gap, "severity", "metric", "due_on", "root_cause") == [(3, "time_to_detect", date(2026, 5, 1), "haste")]
    _, stored = imported(Gap, gap("G1", severity=None, root_cause=None))
    assert stored.effects == [DUPLICATE]


def test_a_row_may_carry_few_columns(database: str) -> None:
    imported(Gap, gap("G1", severity=3))
    _, stored = imported(Gap, Record("G1", 5, {"severity": 4}))
    assert stored.effects == [UPDATED]
    assert rows(Gap, "title", "severity") == [("Title", 4)]


def test_rows_of_different_shape_meet_in_one_file(database: str) -> None:
    imported(Gap, gap("G1", severity=1), gap("G2", row=3, evidence="e"), gap("G3", row=4))
    assert rows(Gap, "code", "severity", "evidence", "status") == [
        ("G1", 1, None, "open"), ("G2", None, "e", "open"), ("G3", None, None, "open"),
    ]  # fmt: skip


def test_defaults_are_only_for_new_records(database: str) -> None:
    imported(Crisis, Record("a", 2, {"severity": 2}, {"code": "A", "title": "A"}))
    imported(Crisis, Record("a", 2, {"title": "The thread"}, {"code": "a", "title": "a"}))
    _, stored = imported(Crisis, Record("a", 2, {}, {"code": "a", "title": "a"}))
    assert stored.effects == [DUPLICATE]
    assert rows(Crisis, "code", "title", "severity") == [("A", "The thread", 2)]


def test_one_key_twice_in_a_file(database: str) -> None:
    number, stored = imported(Gap, gap("G1", severity=1), gap("G1", row=3, severity=1), gap("G1", row=4, severity=2))
    assert stored.effects == [NEW, DUPLICATE, UPDATED]
    assert rows(Gap, "severity", "row") == [(2, 4)]
    before, after = stored.changes["G1"]
    assert (before, after["severity"], after["batch_id"]) == (None, 2, number)


def test_one_key_twice_in_a_file_far_apart(database: str) -> None:
    records = [
        gap("G0000", severity=1),
        *[gap(f"G{n:04}", row=n) for n in range(1, 600)],
        gap("G0000", row=600, severity=4),
    ]
    _, stored = imported(Gap, *records)
    assert stored.effects == [NEW] * 600 + [UPDATED]
    assert one(Gap, "G0000")["severity"] == 4
    assert stored.changes["G0000"][0] is None
    _, stored = imported(Gap, gap("G0000", severity=4))
    assert stored.effects == [DUPLICATE]


def test_what_changed_is_told_with_before_and_after(database: str) -> None:
    imported(Gap, gap("G1", severity=1), gap("G2", row=3))
    _, stored = imported(Gap, gap("G1", severity=2), gap("G2", row=3), gap("G3", row=4))
    assert set(stored.changes) == {"G1", "G3"}
    before, after = stored.changes["G1"]
    assert (before["severity"], after["severity"]) == (1, 2)
    assert stored.changes["G3"][0] is None


def test_equal_values_of_other_types_are_duplicates(database: str) -> None:
    zone = datetime.fromisoformat("2026-03-02T17:45+05:45")
    imported(Crisis, crisis("A", started_at=NOON, topics=["a", "b"], status="resolved"))
    _, stored = imported(Crisis, crisis("A", started_at=zone, topics=["a", "b"], status="resolved"))
    assert stored.effects == [DUPLICATE]
    imported(Post, post("p", sentiment=1, likes=3))
    _, stored = imported(Post, post("p", sentiment=1.0, likes=3.0))
    assert stored.effects == [DUPLICATE]


def test_ids_of_those_that_exist(database: str) -> None:
    imported(Gap, *[gap(f"G{n:04}") for n in range(700)])
    with reading() as session:
        found = ids(session, Gap, [f"G{n:04}" for n in range(-5, 700)] + ["G0001"])
    assert len(found) == len(set(found.values())) == 700
    assert found == {key: number for number, key in rows(Gap, "id", "key")}


def test_what_breaks_a_promise_is_raised(database: str) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        imported(Gap, gap("G1", severity=9))
    assert (rows(Gap), rows(Sighting)) == ([], [])


# --- sightings -----------------------------------------------------------------------------------------------------


def sightings(key: str) -> list[tuple[Any, ...]]:
    columns = ("id", "batch_id", "sheet", "row", "effect", "carried", "defaults")
    with reading() as session:
        chosen = [getattr(Sighting, name) for name in columns]
        found = session.execute(sa.select(*chosen).where(Sighting.key == key).order_by(Sighting.id))
        return [tuple(row)[1:] for row in found]


def test_a_record_of_one_row_says_so_itself(database: str) -> None:
    number, _ = imported(Gap, gap("G1", row=5, severity=1), sheet="gaps")
    assert sightings("G1") == []
    assert rows(Gap, "batch_id", "sheet", "row") == [(number, "gaps", 5)]


def test_a_second_sighting_makes_the_first_say_what_it_held(database: str) -> None:
    first, _ = imported(Crisis, crisis("A", severity=1, started_at=NOON))
    second, _ = imported(Crisis, crisis("A", row=9, severity=2))
    held = {
        "code": "A", "title": "A", "severity": 1, "started_at": "2026-03-02T12:00:00+00:00", "status": "open", "topics": [],
        "legal_hold": False, "countersign": False,
    }  # fmt: skip
    assert sightings("a") == [
        (first, None, 2, NEW, held, None),
        (second, None, 9, UPDATED, {"severity": 2}, {"code": "A", "title": "A"}),
    ]


def test_a_third_sighting_leaves_the_first_alone(database: str) -> None:
    imported(Gap, gap("G1", severity=1))
    imported(Gap, gap("G1", severity=2))
    before = sightings("G1")
    imported(Gap, gap("G1", severity=3))
    assert sightings("G1")[:2] == before
    assert [said[4]["severity"] for said in sightings("G1")] == [1, 2, 3]


def test_a_duplicate_row_still_says_what_it_carried(database: str) -> None:
    imported(Gap, gap("G1", severity=1))
    imported(Gap, gap("G1", severity=1))
    assert [(said[3], said[4]["severity"]) for said in sightings("G1")] == [(NEW, 1), (DUPLICATE, 1)]


def test_two_rows_of_one_file_each_say_what_they_carried(database: str) -> None:
    imported(Gap, gap("G1", severity=1), gap("G1", row=3, severity=2))
    assert [(said[3], said[4]["severity"]) for said in sightings("G1")] == [(NEW, 1), (UPDATED, 2)]


def test_what_was_entered_by_hand_gets_a_sighting_of_no_file(database: str) -> None:
    with writing() as session:
        session.add(Gap(key="G1", code="G1", title="By hand", section="s", severity=3))
    imported(Gap, gap("G1", severity=3, title="By hand", section="s"))
    imported(Gap, gap("G1", severity=4))
    batches = [said[0] for said in sightings("G1")]
    assert batches[0] is None
    assert None not in batches[1:]
    assert sightings("G1")[0][4] == {
        "code": "G1", "title": "By hand", "section": "s", "severity": 3, "status": "open",
    }  # fmt: skip


def test_sightings_of_other_tables_are_not_mixed_up(database: str) -> None:
    imported(Crisis, crisis("G1"))
    imported(Gap, gap("g1"))
    imported(Gap, gap("g1", row=3))
    assert [(said[3], said[4]["code"]) for said in sightings("g1")] == [(NEW, "g1"), (DUPLICATE, "g1")]
    with reading() as session:
        assert set(session.execute(sa.select(Sighting.record)).scalars()) == {"gap"}


# --- values that go together ---------------------------------------------------------------------------------------

DAY = date(2026, 3, 2)


@pytest.mark.parametrize("order", [0, 1])
def test_a_moment_wins_over_the_day_whichever_came_first(database: str, order: int) -> None:
    records = [post("p", DAY), post("p", NOON)]
    imported(Post, records[order])
    _, stored = imported(Post, records[1 - order])
    assert stored.effects == [[UPDATED, DUPLICATE][order]]
    assert rows(Post, "posted_at", "posted_on", "quarter") == [(NOON, None, NOON)]


def test_the_start_of_a_crisis_is_replaced_as_a_whole(database: str) -> None:
    imported(Crisis, crisis("A", started_at=NOON, started_on=DAY))
    imported(Crisis, crisis("A", severity=2))
    assert rows(Crisis, "started_at", "started_on") == [(NOON, DAY)]
    imported(Crisis, crisis("A", started_at=NOON + minutes(5)))
    assert rows(Crisis, "started_at", "started_on") == [(NOON + minutes(5), None)]


def score(key: str, sentiment: float | None, polarity: int | None, language: str = "en") -> None:
    with writing() as session:
        store_scores(session, [Scored(key, language, sentiment, polarity)])


SCORED = ("text", "language", "sentiment", "polarity", "scored_by")


def test_a_label_drives_out_the_score_of_the_lexicon(database: str) -> None:
    imported(Post, post("p", text="They apologised"))
    score("p", -0.5, -1)
    imported(Post, post("p", polarity=1, scored_by="export_label"))
    assert rows(Post, *SCORED) == [("They apologised", "en", None, 1, "export_label")]


def test_a_new_text_waits_for_the_lexicon_again(database: str) -> None:
    imported(Post, post("p", text="Good"))
    score("p", 0.4, 1)
    imported(Post, post("p", text="Good", likes=4))
    assert rows(Post, *SCORED) == [("Good", "en", 0.4, 1, "lexicon")]
    imported(Post, post("p", text="Bad"))
    assert rows(Post, *SCORED) == [("Bad", "en", None, None, None)]


def test_the_lexicon_never_overwrites_an_export(database: str) -> None:
    imported(Post, post("p", text="Good", sentiment=-0.3, polarity=-1, scored_by="export_score"))
    score("p", 0.4, 1)
    assert rows(Post, "sentiment", "polarity", "scored_by") == [(-0.3, -1, "export_score")]


def test_no_scores_are_no_statement(database: str) -> None:
    with writing() as session:
        store_scores(session, [])


def test_the_roles_of_a_crisis_follow_its_sheet(database: str) -> None:
    imported(Crisis, crisis("A", restricted_to=["legal", "hr", "legal"]), crisis("B", row=3))
    assert rows(CrisisRole, "role") == [(Role.HR,), (Role.LEGAL,)]
    imported(Crisis, crisis("A", severity=2))
    assert rows(CrisisRole, "role") == [(Role.HR,), (Role.LEGAL,)]
    imported(Crisis, crisis("A", restricted_to=["leadership"]))
    assert rows(CrisisRole, "role") == [(Role.LEADERSHIP,)]


def test_an_origin_without_a_sheet_is_kept(database: str) -> None:
    with writing() as session:
        number = open_batch(session)
        store(session, Gap, [gap("G1")], Origin(number, None))
    assert rows(Gap, "batch_id", "sheet", "row") == [(number, None, 2)]
    assert NOON.tzinfo is UTC
