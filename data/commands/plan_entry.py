"""What a person may enter of a version of the plan and of its steps, checked before it is stored."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from data.commands.entries import EARLIEST, HandRefused, Line, MaybeLine, blank_is_none, checked
from data.enums import Audience, Milestone
from data.keys import folded

Values = dict[str, Any]
_MaybeDay = Annotated[dt.date | None, BeforeValidator(blank_is_none)]
_MaybeMilestone = Annotated[Milestone | None, BeforeValidator(blank_is_none)]
#: Steps that one version can have.
MOST_STEPS = 200
#: Ten years in minutes: a longer time is a slip.
_LONGEST = 5_256_000.0


class PlanEntry(BaseModel):
    """From when a version counts, and when it is to be looked at again."""

    model_config = ConfigDict(extra="forbid")

    effective_from: _MaybeDay = None
    review_due: _MaybeDay = None


class StepEntry(BaseModel):
    """One step: who does what, which milestone fulfils it, when its clock starts and how long it may take."""

    model_config = ConfigDict(extra="forbid")

    section: Line
    step: Line
    role: Line
    contact: MaybeLine = None
    fulfilled_by: _MaybeMilestone = None
    clock_starts: _MaybeMilestone = None
    target_minutes: Annotated[
        Annotated[float, Field(ge=0, le=_LONGEST, allow_inf_nan=False)] | None, BeforeValidator(blank_is_none)
    ] = None
    audience: Annotated[Audience | None, BeforeValidator(blank_is_none)] = None
    required: bool = True
    after_step: MaybeLine = None


#: The fields of a step in the order in which they are shown, and what a person calls them.
STEP_LABELS = {
    "section": "Section", "step": "Step", "role": "Role", "contact": "Contact", "fulfilled_by": "Done with",
    "clock_starts": "Clock starts with", "target_minutes": "Minutes", "audience": "Audience", "required": "Required",
    "after_step": "After",
}  # fmt: skip
_WRONG = {
    "target_minutes": "are a number from 0 on", "fulfilled_by": "is one of " + ", ".join(Milestone),
    "clock_starts": "is one of " + ", ".join(Milestone), "audience": "is one of " + ", ".join(Audience),
}  # fmt: skip


def dates(values: Mapping[str, Any]) -> Values:
    """The dates of a version as they are stored.

    Raises
    ------
    HandRefused
        If one cannot be read or lies before 1990, or the review is due before the version counts.
    """
    found = checked(PlanEntry, values)
    for day in found.values():
        if day is not None and day < EARLIEST:
            raise HandRefused(f"{day.isoformat()} lies before 1990.")
    first, due = found["effective_from"], found["review_due"]
    if first is not None and due is not None and due < first:
        raise HandRefused(f"The review would be due on {due}, before the version counts on {first}.")
    return found


def steps(listed: Iterable[Mapping[str, Any]]) -> list[Values]:
    """The steps of a version as they are stored, in their order.

    Raises
    ------
    HandRefused
        If one cannot be stored, there are more than `MOST_STEPS`, or two have the same name.
    """
    found: list[Values] = []
    for number, values in enumerate(listed, start=1):
        try:
            found.append(checked(StepEntry, _finite(values), _WRONG, STEP_LABELS))
        except HandRefused as wrong:
            raise HandRefused(f"Step {number}: {wrong}") from None
    if len(found) > MOST_STEPS:
        raise HandRefused(f"A version has at most {MOST_STEPS} steps.")
    names = [folded(values["step"]) for values in found]
    twice = next((values["step"] for place, values in enumerate(found) if names[place] in names[:place]), None)
    if twice is not None:
        raise HandRefused(f"Two steps are called “{twice}”; events could not tell them apart.")
    return found


def _finite(values: Mapping[str, Any]) -> Values:
    """What is not a number counts as left blank."""
    return {n: None if isinstance(v, float) and math.isnan(v) else v for n, v in values.items()}
