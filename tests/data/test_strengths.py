"""Saying by what a strength is followed: with history, by whoever keeps the register, and never over another's change."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import Viewer
from data.commands import hand
from data.commands.entries import HandRefused
from data.commands.hand import Stale
from data.commands.records import Record
from data.commands.strengths import follow_strength
from data.engine import reading, writing
from data.enums import Role
from data.queries import strengths
from data.tables import Lesson
from tests.data import world

pytestmark = pytest.mark.usefixtures("database")
ANALYST, HR = Viewer("ana", Role.ANALYST), Viewer("hal", Role.HR)


def lesson(code: str, **values: Any) -> None:
    said = {"code": code, "title": "Title", "observation": "Seen", "kind": "strength", **values}
    world.imported(Lesson, Record(code.casefold(), 2, said), file=f"{code}.csv")


def follow(code: str, viewer: Viewer = ANALYST, seen: Any = None, **changes: Any) -> None:
    with writing() as session:
        follow_strength(session, viewer, code, changes, seen=seen)


def listed(viewer: Viewer = ANALYST) -> list[tuple[Any, ...]]:
    with reading() as session:
        found = strengths.strengths(session, viewer)
    return [tuple(row) for row in found[["code", "owner", "check_metric", "check_target"]].to_numpy()]


def test_a_strength_gets_an_owner_a_metric_and_a_target_and_keeps_the_history() -> None:
    lesson("L-1")
    lesson("L-2", kind="improvement")
    lesson("L-3", status="rejected")
    follow("l-1", owner="PR", check_metric="time_to_detect", check_target=1)
    assert listed() == [("L-1", "PR", "time_to_detect", 1.0)]
    told = world.rows("edit", "record", "key", "field", "actor", "after")
    assert told == [
        ("lesson", "l-1", "check_metric", "ana", "time_to_detect"),
        ("lesson", "l-1", "check_target", "ana", 1.0),
        ("lesson", "l-1", "owner", "ana", "PR"),
    ]


def test_what_cannot_be_is_refused() -> None:
    lesson("L-1")
    lesson("L-2", kind="improvement")
    for words, code, viewer, changes in (
        ("There is no strength “L-2”", "L-2", ANALYST, {"owner": "PR"}),
        ("Your role can't say how strengths are followed", "L-1", HR, {"owner": "PR"}),
        ("Target is a number", "L-1", ANALYST, {"check_target": "soon"}),
        ("Target cannot be read", "L-1", ANALYST, {"check_target": float("nan")}),
        ("Nothing was changed", "L-1", ANALYST, {"owner": ""}),
    ):
        with pytest.raises(HandRefused, match=words):
            follow(code, viewer, **changes)


def test_the_second_of_two_is_told() -> None:
    lesson("L-1")
    with reading() as session:
        entry = strengths.strength(session, ANALYST, "L-1")
    assert entry is not None
    follow("L-1", owner="PR")
    with pytest.raises(Stale, match="ana changed it"):
        follow("L-1", seen=entry.seen, owner="HR")


def test_a_strength_of_a_restricted_crisis_is_not_there_for_others() -> None:
    admin = Viewer("adi", Role.ADMIN)
    with writing() as session:
        number = hand.enter_crisis(session, admin, "secret", {"title": "Secret"})
        hand.restrict(session, admin, "secret", [Role.LEGAL])
    lesson("L-1", crisis_id=number)
    assert listed() == []
    with pytest.raises(HandRefused, match="There is no strength"):
        follow("L-1", owner="PR")


def test_an_import_leaves_how_a_strength_is_followed() -> None:
    lesson("L-1")
    follow("L-1", owner="PR", check_target=2)
    lesson("L-1", title="Other title")
    assert listed() == [("L-1", "PR", None, 2.0)]
