"""Versions of the plan by hand: begun by copying, edited as a whole, deleted; with history, never over another's change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.access import EDITORS, Viewer
from data.commands import aliases, audit, hand, plan_entry, rows, sightings
from data.commands.entries import HandRefused
from data.enums import EditAction
from data.keys import folded, of_step
from data.queries import hand as last
from data.queries import plans
from data.queries.plans import Version
from data.tables import Base, Plan, PlanStep

Values = dict[str, Any]
_PLANS, _STEPS = Base.metadata.tables["plan"], Base.metadata.tables["plan_step"]
_NAME = 80


class PlanChanged(HandRefused):
    """Somebody changed the version since it was looked at; `present` is what it says now."""

    def __init__(self, present: Version, by: str | None) -> None:
        who = f"{by} changed plan {present.name}" if by else f"Plan {present.name} was changed"
        super().__init__(f"{who} since you opened it. Nothing of yours was saved.")
        self.present, self.by = present, by


def enter_version(session: Session, viewer: Viewer, name: str, values: Mapping[str, Any], copy_of: str = "") -> None:
    """Begin a version, with the steps of another one where `copy_of` names it; `values` are fields of `PlanEntry`.

    Raises
    ------
    HandRefused
        If the viewer's role edits no plans, the name is missing or taken, there is nothing to copy, or a date cannot be.
    """
    hand.allow(viewer, EDITORS, "edit the plan")
    name = " ".join(name.replace("\x00", " ").split())
    if not name or len(name) > _NAME:
        raise HandRefused(f"A version needs a name of at most {_NAME} characters, such as v3.")
    if rows.existing(session, _PLANS, [folded(name)]):
        raise HandRefused(f"There is a version “{name}” already.")
    copied = found(session, copy_of).steps if copy_of else ()
    plan = Plan(key=folded(name), version=name, **plan_entry.dates(values))
    session.add(plan)
    session.flush()
    hand.log(session, viewer, EditAction.ENTERED, "plan", plan.key, {}, f"Copy of {copy_of}" if copy_of else "")
    for position, step in enumerate(copied, start=1):
        _add(session, plan.key, int(plan.id or 0), position, step.values)
    audit.record(session, viewer, "plan version entered by hand", f"plan {name}")


def edit_version(
    session: Session,
    viewer: Viewer,
    name: str,
    values: Mapping[str, Any],
    steps: Sequence[tuple[int | None, Mapping[str, Any]]],
    *,
    seen: Version | None = None,
    reason: str = "",
) -> None:
    """Make a version what a person says of it as a whole.

    Parameters
    ----------
    values : mapping
        Fields of `PlanEntry`.
    steps : sequence of (int or None, mapping)
        In their order: the number of each step (None: a new one) and its fields, those of `StepEntry`. Steps that are not
        among them go.
    seen : Version, optional
        What the person saw before; without it the version is written whatever it says now.

    Raises
    ------
    PlanChanged
        If somebody changed the version since.
    HandRefused
        If the viewer's role edits no plans, there is no such version, a value cannot be stored, or nothing would change.
    """
    hand.allow(viewer, EDITORS, "edit the plan")
    present = found(session, name)
    if seen is not None and seen != present:
        raise PlanChanged(present, _last(session, present))
    dates = plan_entry.dates(values)
    after = [hand.masked(session, _STEPS, one) for one in plan_entry.steps(told for _, told in steps)]
    numbers = [number for number, _ in steps]
    if _rename(present, numbers, after):
        raise HandRefused("A step can't take the name that another one has until then: save one of them first.")
    made = _dates(session, viewer, present, dates, reason)
    made += _take_out(session, viewer, present, numbers, reason)
    for position, (number, step) in enumerate(zip(numbers, after, strict=True), start=1):
        made += _step(session, viewer, present, position, number, step, reason)
    if not made:
        raise HandRefused("Nothing was changed.")
    audit.record(session, viewer, "plan version edited by hand", f"plan {present.name}: {made} changes")


def delete_version(session: Session, viewer: Viewer, name: str, signed: int) -> None:
    """Delete a version with its steps; `signed` is how many signed reviews were judged by it.

    Raises
    ------
    HandRefused
        If the viewer's role edits no plans, there is no such version, or a signed review uses it.
    """
    hand.allow(viewer, EDITORS, "edit the plan")
    present = found(session, name)
    if signed:
        many = "A signed review was" if signed == 1 else f"{signed} signed reviews were"
        raise HandRefused(f"{many} judged by plan {present.name}: it stays.")
    _forget(session, _STEPS, [step.key for step in present.steps])
    _forget(session, _PLANS, [present.key])
    audit.record(session, viewer, "plan version deleted by hand", f"plan {present.name}")


def found(session: Session, name: str) -> Version:
    """The version of this name; raises `HandRefused` where there is none."""
    version = plans.version(session, name)
    if version is None:
        raise HandRefused(f"There is no version “{name}” of the plan.")
    return version


def _last(session: Session, present: Version) -> str | None:
    """Who changed any of it by hand last."""
    told = [last.last_edit(session, "plan", present.key)]
    told += [last.last_edit(session, "plan_step", step.key) for step in present.steps]
    known = [one for one in told if one is not None]
    return max(known, key=lambda one: one[1])[0] if known else None


def _rename(present: Version, numbers: Sequence[int | None], after: Sequence[Values]) -> bool:
    """Whether a step takes the name that another one of those that stay has now."""
    now = {folded(step.values["step"]): step.id for step in present.steps if step.id in set(numbers)}
    pairs = zip(numbers, after, strict=True)
    return any(now.get(folded(step["step"]), number) != number for number, step in pairs)


def _dates(session: Session, viewer: Viewer, present: Version, dates: Values, reason: str) -> int:
    changed = {name: day for name, day in dates.items() if present.dates[name] != day}
    if changed:
        told: dict[str | None, tuple[Any, Any]] = {name: (present.dates[name], day) for name, day in changed.items()}
        hand.log(session, viewer, EditAction.CORRECTED, "plan", present.key, told, reason)
        hand.overlay(session, _PLANS, present.key, changed)
    return len(changed)


def _take_out(session: Session, viewer: Viewer, present: Version, kept: Iterable[int | None], reason: str) -> int:
    """Delete the steps that are not among those kept; the history of the version names them."""
    gone = [step for step in present.steps if step.id not in set(kept)]
    for step in gone:
        told: dict[str | None, tuple[Any, Any]] = {None: (step.values["step"], None)}
        hand.log(session, viewer, EditAction.CORRECTED, "plan", present.key, told, reason)
    _forget(session, _STEPS, [step.key for step in gone])
    return len(gone)


def _step(
    session: Session, viewer: Viewer, present: Version, position: int, number: int | None, after: Values, reason: str
) -> int:
    known = next((step for step in present.steps if step.id == number), None)
    if known is None:
        key = _add(session, present.key, present.id, position, after)
        hand.log(session, viewer, EditAction.ENTERED, "plan_step", key, {}, reason)
        return 1
    before = known.values | {"position": known.position}
    changed = {name: value for name, value in (after | {"position": position}).items() if before[name] != value}
    told: dict[str | None, tuple[Any, Any]] = {
        name: (before[name], value) for name, value in changed.items() if name != "position"
    }
    if told:
        hand.log(session, viewer, EditAction.CORRECTED, "plan_step", known.key, told, reason)
    if changed:
        hand.overlay(session, _STEPS, known.key, changed)
    if "step" in changed:
        _meet(session, of_step(present.key, after["step"]), known.key)
    return len(changed)


def _meet(session: Session, name: str, key: str) -> None:
    """Let rows of files that call the step by its new name meet it, as those by the former one do."""
    if not rows.existing(session, _STEPS, [name]) and not aliases.resolved(session, "plan_step", [name]):
        aliases.add(session, "plan_step", name, key)


def _add(session: Session, plan_key: str, plan_id: int, position: int, values: Values) -> str:
    """Store a step; one that was renamed since may have the key of its former name, so a taken one gets a number."""
    key, number = of_step(plan_key, values["step"]), 1
    while rows.existing(session, _STEPS, [key]):
        number += 1
        key = of_step(plan_key, f"{values['step']}\x1f{number}")
    session.add(PlanStep(key=key, plan_id=plan_id, position=position, **values))
    session.flush()
    return key


def _forget(session: Session, table: sa.Table, keys: Sequence[str]) -> None:
    """Delete records with what rows said of them, so that an undo does not look for them."""
    for chunk in rows.chunks(keys):
        mine = sightings.TABLE.c
        session.execute(sa.delete(sightings.TABLE).where(mine.record == table.name, mine.key.in_(chunk)))
        session.execute(sa.delete(table).where(table.c.key.in_(chunk)))
