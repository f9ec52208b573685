"""Versions of the plan by hand: copied, edited as a whole with history, never over another's change, kept once signed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.access import LOCAL, Viewer
from data.commands import batches, plans, protected
from data.commands.entries import HandRefused
from data.commands.plans import PlanChanged
from data.engine import reading, writing
from data.enums import Role
from data.queries import plans as queries
from data.queries.plans import Version
from data.tables import Crisis, PlanStep
from importers.context import Options
from importers.pipeline import Upload, apply
from tests.data import world
from tests.small import table

pytestmark = pytest.mark.usefixtures("database")
ANA = Viewer("ana", Role.ANALYST)
BEN = Viewer("ben", Role.ANALYST)
LEAD = Viewer("lea", Role.LEADERSHIP)
DATES = {"effective_from": date(2026, 1, 1), "review_due": date(2026, 12, 1)}
STEP = {"section": "Respond", "step": "Decide", "role": "Lead", "fulfilled_by": "decision", "clock_starts": "detected", "target_minutes": 60.0}  # fmt: skip
ROWS = [
    {"plan_version": "v1", "section": "Respond", "step": name, "role": "PR", "contact": "pr@example.org", "fulfilled_by": done,
     "clock_starts": "detected", "target_minutes": 60, "effective_from": "2026-01-01", "review_due": "2026-12-01"}
    for name, done in (("Assess", "assessed"), ("Speak", "statement"))
]  # fmt: skip


def bring(rows: list[dict[str, Any]] = ROWS, name: str = "plan.csv") -> Any:
    return apply(Upload(name, table(rows)), Options(), LOCAL)[0]


def look(name: str = "v1") -> Version:
    with reading() as session:
        found = queries.version(session, name)
    assert found is not None
    return found


def listed(version: Version) -> list[tuple[int | None, dict[str, Any]]]:
    return [(step.id, dict(step.values)) for step in version.steps]


def edit(
    steps: Any = None,
    viewer: Viewer = ANA,
    *,
    name: str = "v1",
    seen: Version | None = None,
    reason: str = "",
    **dates: Any,
) -> None:
    with writing() as session:
        told = listed(look(name)) if steps is None else steps
        plans.edit_version(session, viewer, name, DATES | dates, told, seen=seen, reason=reason)


def history(name: str = "v1") -> list[tuple[Any, ...]]:
    with reading() as session:
        found = queries.history(session, name)
    return [tuple(row) for row in found[["actor", "step", "field", "before", "after", "reason"]].to_numpy()]


def names(name: str = "v1") -> list[str]:
    return [step.values["step"] for step in look(name).steps]


def refused(words: str, deed: Any, *args: Any, **named: Any) -> None:
    before = world.dump()
    with pytest.raises(HandRefused, match=words):
        deed(*args, **named)
    assert world.dump() == before


def test_a_version_begins_as_a_copy_and_goes_its_own_way() -> None:
    bring()
    with writing() as session:
        plans.enter_version(session, ANA, " v2 ", {"effective_from": date(2026, 6, 1)}, copy_of="v1")
    assert names("v2") == ["Assess", "Speak"]
    assert look("v2").dates == {"effective_from": date(2026, 6, 1), "review_due": None}
    steps = listed(look("v2"))
    steps[0][1]["target_minutes"] = 30
    with writing() as session:
        plans.edit_version(session, ANA, "v2", look("v2").dates, steps)
    assert [look(name).steps[0].values["target_minutes"] for name in ("v1", "v2")] == [60, 30]
    assert history("v2")[-1] == ("ana", None, None, None, None, "Copy of v1")


def test_an_edit_as_a_whole_with_its_history() -> None:
    bring()
    first, second = listed(look())
    new = (None, STEP | {"after_step": "Assess"})
    edit([(second[0], second[1] | {"role": "Press"}), new], reason="Roles changed", review_due=date(2027, 1, 1))
    assert names() == ["Speak", "Decide"]
    assert [step.position for step in look().steps] == [1, 2]
    assert look().dates["review_due"] == date(2027, 1, 1)
    assert sorted(history(), key=str) == sorted(
        [
            ("ana", None, "review_due", "2026-12-01", "2027-01-01", "Roles changed"),
            ("ana", None, None, "Assess", None, "Roles changed"),
            ("ana", "Speak", "role", "PR", "Press", "Roles changed"),
            ("ana", "Decide", None, None, None, "Roles changed"),
        ],
        key=str,
    )
    assert first[1]["step"] == "Assess"


def test_steps_change_places_without_anything_else() -> None:
    bring()
    edit(listed(look())[::-1])
    assert names() == ["Speak", "Assess"]


def test_the_second_of_two_people_is_told_and_shown_both() -> None:
    bring()
    seen = look()
    edit(review_due=date(2027, 1, 1), viewer=BEN)
    steps = listed(seen)
    steps[0][1]["role"] = "Legal"
    with pytest.raises(PlanChanged, match="ben changed plan v1 since you opened it") as caught, writing() as session:
        plans.edit_version(session, ANA, "v1", seen.dates, steps, seen=seen)
    assert caught.value.present.dates["review_due"] == date(2027, 1, 1)
    assert look().steps[0].values["role"] == "PR"
    edit(steps, seen=look(), review_due=date(2027, 1, 1))
    assert look().steps[0].values["role"] == "Legal"


def test_an_import_meanwhile_counts_as_a_change_too() -> None:
    bring()
    seen = look()
    bring([ROWS[0] | {"role": "Legal"}, ROWS[1]], "again.csv")
    with pytest.raises(PlanChanged, match="Plan v1 was changed since"), writing() as session:
        plans.edit_version(session, ANA, "v1", DATES | {"review_due": None}, listed(seen), seen=seen)


def test_a_later_file_does_not_overwrite_what_a_person_said() -> None:
    bring()
    steps = listed(look())
    steps[0][1]["target_minutes"] = 15
    edit(steps, review_due=date(2027, 1, 1))
    result = bring([row | {"target_minutes": 90, "review_due": "2026-11-01"} for row in ROWS], "again.csv")
    assert [step.values["target_minutes"] for step in look().steps] == [15, 90]
    assert look().dates["review_due"] == date(2027, 1, 1)
    assert "edited-by-hand" in {one.code for one in result.issues} or result.issues


def test_a_renamed_step_is_met_by_both_names() -> None:
    bring()
    steps = listed(look())
    steps[1][1]["step"] = "Speak up"
    edit(steps)
    bring([ROWS[0], ROWS[1] | {"role": "Legal"}], "old.csv")
    bring([ROWS[0], ROWS[1] | {"step": "Speak up", "role": "Press"}], "new.csv")
    assert names() == ["Assess", "Speak up"]
    assert look().steps[1].values["role"] == "Press"


def test_names_that_cross_are_refused_and_one_that_became_free_can_be_taken() -> None:
    bring()
    first, second = listed(look())
    crossed = [(first[0], first[1] | {"step": "Speak"}), (second[0], second[1] | {"step": "Assess"})]
    refused("save one of them first", edit, crossed)
    edit([(second[0], second[1] | {"step": "Assess"})])
    assert names() == ["Assess"]
    edit([*listed(look()), (None, STEP | {"step": "Speak"})])
    assert names() == ["Assess", "Speak"]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"section": " "}, "Step 3: Section is missing"),
        ({"step": "speak"}, "Two steps are called “speak”"),
        ({"target_minutes": -1}, "Step 3: Minutes are a number from 0 on"),
        ({"fulfilled_by": "shouted"}, "Step 3: Done with is one of posted"),
        ({"colour": "red"}, "is not a field"),
    ],
)
def test_what_cannot_be_a_step(step: dict[str, Any], words: str) -> None:
    bring()
    refused(words, edit, [*listed(look()), (None, STEP | step)])


def test_what_cannot_be_a_version() -> None:
    bring()

    def enter(name: str, viewer: Viewer = ANA, copy_of: str = "", **dates: Any) -> None:
        with writing() as session:
            plans.enter_version(session, viewer, name, dates, copy_of)

    refused("needs a name", enter, "  ")
    refused("a version “V1” already", enter, "V1")
    refused("no version “v7”", enter, "v2", copy_of="v7")
    refused("before the version counts", enter, "v2", effective_from=date(2026, 2, 1), review_due=date(2026, 1, 1))
    refused("lies before 1990", enter, "v2", effective_from=date(1066, 2, 1))
    refused("Your role can't edit the plan", enter, "v2", viewer=LEAD)
    refused("Nothing was changed", edit)
    refused("at most 200 steps", edit, [(None, STEP | {"step": f"S{n}"}) for n in range(201)])


def test_a_plan_that_a_signed_review_uses_stays_and_another_goes_with_its_steps() -> None:
    number = bring().batch

    def delete(signed: int) -> None:
        with writing() as session:
            plans.delete_version(session, ANA, "v1", signed)

    refused("A signed review was judged by plan v1: it stays", delete, 1)
    refused("2 signed reviews were judged", delete, 2)
    edit(listed(look())[:1])
    delete(0)
    assert world.rows(PlanStep) == []
    with writing() as session:
        batches.undo(session, LOCAL, number)
    assert world.rows("plan") == []


def test_an_undo_leaves_alone_what_a_person_edited() -> None:
    number = bring().batch
    edit([(None, STEP)])  # every step of the file was taken out
    with writing() as session, pytest.raises(batches.UndoRefused, match="rest on records that only it brought"):
        batches.undo(session, LOCAL, number)


def test_protected_terms_are_masked_in_what_is_typed_and_in_the_history() -> None:
    bring()
    world.imported(Crisis, world.crisis("one"))
    edit([*listed(look()), (None, STEP | {"step": "Call Dana Voss"})])
    edit(listed(look())[:2])
    with writing() as session:
        protected.add(session, Viewer("x", Role.LEGAL), "one", ["Dana Voss"])
    edit([*listed(look()), (None, STEP | {"contact": "Dana Voss"})])
    for name in ("plan_step", "edit", "sighting"):
        assert [row for row in world.rows(name) if "Dana" in str(row)] == []
