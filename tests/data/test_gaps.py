"""The register by hand: entered, edited with history, moved along its paths alone, and never over another's change."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from data.access import Viewer
from data.commands import gaps, hand
from data.commands.entries import HandRefused
from data.commands.hand import Stale
from data.engine import reading, writing
from data.enums import GapStatus, Role
from data.queries import learning, register
from data.statuses import GAP_PATHS
from data.tables import Gap
from tests.data import world

pytestmark = pytest.mark.usefixtures("database")
ANALYST = Viewer("ana", Role.ANALYST)
LEAD = Viewer("lea", Role.LEADERSHIP)
ADMIN = Viewer("adi", Role.ADMIN)
SOME = {"title": "Slow statement", "section": "Respond", "severity": 3, "opened_on": date(2026, 3, 10)}


def enter(viewer: Viewer = ANALYST, code: str = "", **values: Any) -> str:
    with writing() as session:
        return gaps.enter_gap(session, viewer, SOME | values, code=code)


def edit(code: str, viewer: Viewer = ANALYST, *, seen: Any = None, reason: str = "", **changes: Any) -> None:
    with writing() as session:
        gaps.edit_gap(session, viewer, code, changes, seen=seen, reason=reason)


def move(code: str, *statuses: GapStatus | str, **more: Any) -> None:
    for status in statuses:
        with writing() as session:
            gaps.move_gap(session, ANALYST, code, GapStatus(status), **more)


def look(code: str, viewer: Viewer = ANALYST) -> Any:
    with reading() as session:
        return register.gap(session, viewer, code)


def history(code: str, viewer: Viewer = ADMIN) -> list[tuple[Any, ...]]:
    with reading() as session:
        found = register.gap_history(session, viewer, code)
    return [tuple(row) for row in found[["actor", "field", "before", "after", "reason"]].to_numpy()]


def refused(words: str, deed: Any, *args: Any, **named: Any) -> None:
    before = world.dump()
    with pytest.raises(HandRefused, match=words):
        deed(*args, **named)
    assert world.dump() == before


def implemented() -> str:
    code = enter()
    move(code, "planned", "in_progress")
    move(code, "implemented", completed_on=date(2026, 4, 1))
    return code


def test_a_gap_is_entered_with_the_next_number_and_is_in_the_register() -> None:
    world.imported(Gap, world.gap("g-41"))
    assert enter() == "G-42"
    assert enter(code=" Own  code ") == "Own code"
    with reading() as session:
        found = learning.gaps(session, ANALYST).set_index("code")
    assert found.loc["G-42", "title"] == "Slow statement"
    assert found.loc["G-42", "status"] == "open"
    assert history("G-42") == [("ana", None, None, None, None)]


def test_a_gap_without_a_day_is_opened_today() -> None:
    code = enter(opened_on=None)
    assert look(code).seen.values["opened_on"] is not None


def test_what_is_missing_or_wrong_is_said() -> None:
    refused("Title is missing", enter, title=" ")
    refused("Section is missing", enter, section="")
    refused("Severity is a whole number from 1 to 4", enter, severity=5)
    refused("Status is one of open, planned", enter, status="closed")
    refused("Target is a number", enter, target="soon")
    refused("Target cannot be read", enter, target=float("inf"))
    refused("“colour” is not a field", enter, colour="red")
    refused("There is no crisis “nowhere”", enter, crisis="nowhere")
    refused("at most 80 characters", enter, code="x" * 81)
    enter(code="G-01")
    refused("The code “g-01” is taken", enter, code="g-01")


def test_days_that_contradict_each_other_are_refused_with_words() -> None:
    refused(
        "The due date lies before the start: 2026-04-01 is before 2026-04-02",
        enter, start_on=date(2026, 4, 2), due_on=date(2026, 4, 1),
    )  # fmt: skip
    refused(
        "It would be closed before it was opened: 2026-03-09 is before 2026-03-10",
        enter, status="implemented", completed_on=date(2026, 3, 9),
    )  # fmt: skip
    refused("Completed lies after tomorrow", enter, status="implemented", completed_on=date(2190, 1, 1))
    refused("Opened lies before 1990", enter, opened_on=date(1989, 1, 1))
    refused("Implemented needs the day", enter, status="implemented")
    refused("A gap that is open has not been completed", enter, completed_on=date(2026, 4, 1))


def test_what_a_file_told_is_not_held_against_who_changes_something_else() -> None:
    late = {"opened_on": date(2026, 1, 1), "start_on": date(2026, 5, 1), "due_on": date(2026, 4, 1)}
    world.imported(Gap, world.gap("g-1", **late))
    edit("G-1", contact="press@example.com")
    refused("The due date lies before the start", edit, "G-1", due_on=date(2026, 4, 2))


@pytest.mark.parametrize("now", GapStatus)
def test_a_status_moves_only_along_the_declared_paths(now: GapStatus) -> None:
    day = {"opened_on": date(2026, 1, 1), "completed_on": date(2026, 2, 1), "evidence": "The drill"}
    for then in GapStatus:
        world.wipe()
        world.imported(Gap, world.gap("g-1", status=now, **day))
        if then is now:
            refused("Nothing was changed", move, "g-1", then)
        elif then in GAP_PATHS[now]:
            move("g-1", then, reason="As decided")
            assert look("g-1").seen.values["status"] is then
        else:
            refused(f"can't become {then.replace('_', ' ')}", move, "g-1", then, reason="As decided")


def test_the_paths_are_those_of_the_contract() -> None:
    s = GapStatus
    allowed = {(now, then) for now, some in GAP_PATHS.items() for then in some}
    line = [s.OPEN, s.PLANNED, s.IN_PROGRESS, s.IMPLEMENTED, s.VALIDATED]
    assert allowed == {
        *pairwise(line),
        *((one, s.ACCEPTED) for one in line),
        (s.IMPLEMENTED, s.OPEN),
        (s.VALIDATED, s.OPEN),
    }


def test_validated_needs_evidence_and_keeps_it() -> None:
    code = implemented()
    refused("Validated needs evidence", move, code, "validated")
    move(code, "validated", evidence="The drill of May: 40 minutes")
    refused("Validated needs evidence", edit, code, evidence="")


def test_opening_again_needs_a_reason_and_keeps_the_day_of_the_fix() -> None:
    code = implemented()
    refused("Say why it is opened again", move, code, "open")
    refused("Say why the risk is accepted", move, code, "accepted")
    move(code, "open", reason="Late again in May")
    values = look(code).seen.values
    assert (values["status"], values["completed_on"]) == (GapStatus.OPEN, date(2026, 4, 1))
    assert history(code)[0] == ("ana", "status", "implemented", "open", "Late again in May")


def test_the_days_of_all_fixes_are_known_and_a_corrected_day_is_no_fix() -> None:
    code = implemented()
    edit(code, completed_on=date(2026, 4, 2), reason="Typed wrongly")
    move(code, "open", reason="Late again in May")
    move(code, "planned", "in_progress")
    move(code, "implemented", completed_on=date(2026, 6, 1))
    enter(code="never")
    with reading() as session:
        assert register.fixes(session, ANALYST) == {code: (date(2026, 4, 2), date(2026, 6, 1))}


def test_the_second_of_two_is_told_and_shown_what_stands_now() -> None:
    code = enter()
    seen = look(code).seen
    edit(code, LEAD, seen=seen, due_on=date(2026, 5, 1))
    before = world.dump()
    with pytest.raises(Stale, match="lea changed it since you opened it") as told:
        edit(code, seen=seen, due_on=date(2026, 6, 1))
    assert told.value.present.values["due_on"] == date(2026, 5, 1)
    assert world.dump() == before
    with pytest.raises(Stale):  # even where the move itself would be allowed
        move(code, "planned", seen=seen)


def test_who_keeps_the_register() -> None:
    for role in Role:
        may = role in {Role.ANALYST, Role.LEADERSHIP, Role.ADMIN}
        if may:
            enter(Viewer("x", role), code=role.value)
        else:
            refused("Your role can't enter gaps", enter, Viewer("x", role))
            refused("Your role can't edit gaps", edit, "G-01", Viewer("x", role), title="Other")


def test_a_gap_of_a_restricted_crisis_does_not_exist_for_others() -> None:
    with writing() as session:
        hand.enter_crisis(session, ADMIN, "secret", {"title": "Secret"})
        hand.restrict(session, ADMIN, "secret", [Role.LEGAL])
    code = enter(ADMIN, crisis="secret")
    assert look(code, ADMIN).crisis == "secret"
    assert look(code, ANALYST) is None
    assert history(code, ANALYST) == []
    refused("There is no gap", edit, code, ANALYST, title="Other")
    refused("There is no crisis “secret”", enter, crisis="secret")


def test_a_crisis_is_told_by_its_code_in_the_history() -> None:
    with writing() as session:
        hand.enter_crisis(session, ADMIN, "thread", {"title": "Thread"})
    code = enter()
    edit(code, crisis="thread")
    assert history(code)[0][1:4] == ("crisis", None, "thread")
    assert look(code).crisis == "thread"


def test_an_import_leaves_what_was_entered_by_hand() -> None:
    world.imported(Gap, world.gap("g-1", contact="old@example.com"), file="first.csv")
    edit("g-1", contact="new@example.com")
    number, stored = world.imported(Gap, world.gap("g-1", contact="file@example.com"), file="second.csv")
    assert look("g-1").seen.values["contact"] == "new@example.com"
    assert [one.field for one in stored.held] == ["contact"]
    world.undo(number)
    assert look("g-1").seen.values["contact"] == "new@example.com"
