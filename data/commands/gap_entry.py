"""What a person may enter of a gap, checked before it is stored, with words for what is wrong."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from data.commands.entries import EARLIEST, LABELS, HandRefused, Line, MaybeLine, MaybeText, blank_is_none, checked
from data.enums import Element, GapStatus, Origin
from data.statuses import FIXED, GAP_PATHS, may_follow

Values = dict[str, Any]
_MaybeDay = Annotated[dt.date | None, BeforeValidator(blank_is_none)]


class GapEntry(BaseModel):
    """Something in the plan or its execution that did not hold; `crisis` is the code of the one that showed it."""

    model_config = ConfigDict(extra="forbid")

    title: Line
    section: Line
    crisis: MaybeLine = None
    step: MaybeLine = None
    origin: Annotated[Origin | None, BeforeValidator(blank_is_none)] = None
    element: Annotated[Element | None, BeforeValidator(blank_is_none)] = None
    severity: Annotated[Annotated[int, Field(ge=1, le=4)] | None, BeforeValidator(blank_is_none)] = None
    root_cause: MaybeText = None
    corrective_action: MaybeText = None
    responsible_function: MaybeLine = None
    contact: MaybeLine = None
    opened_on: _MaybeDay = None
    start_on: _MaybeDay = None
    due_on: _MaybeDay = None
    completed_on: _MaybeDay = None
    status: GapStatus = GapStatus.OPEN
    metric: MaybeLine = None
    target: Annotated[float | None, BeforeValidator(blank_is_none)] = None
    evidence: MaybeText = None


_WRONG = {
    "origin": "is one of " + ", ".join(Origin), "element": "is one of " + ", ".join(Element),
    "status": "is one of " + ", ".join(GapStatus), "target": "is a number",
}  # fmt: skip
#: Days that must not lie before another: the later one, the earlier one, and what is said of a reversed pair.
_ORDERED = (
    ("due_on", "start_on", "The due date lies before the start"),
    ("completed_on", "opened_on", "It would be closed before it was opened"),
    ("due_on", "opened_on", "The due date lies before the day it was opened"),
)
#: Statuses that only a reason leads to, where a gap had another one before.
_WITH_REASON = {
    GapStatus.ACCEPTED: "Say why the risk is accepted.",
    GapStatus.OPEN: "Say why it is opened again.",
}


def gap(values: Mapping[str, Any]) -> Values:
    """The values of a gap as they are stored, but for its crisis, which stands there by its code.

    Raises
    ------
    HandRefused
        If something is missing or cannot be.
    """
    return checked(GapEntry, values, _WRONG)


def refuse_contradictions(before: Values | None, after: Values, *, reason: str, today: dt.date) -> None:
    """Raise `HandRefused` where a new gap, or what is changed of one, contradicts itself.

    What a file told before is not held against a person who changes something else.
    """
    changed = {name for name, value in after.items() if before is None or before[name] != value}
    _refuse_days(after, changed, today)
    if after["target"] is not None and not math.isfinite(after["target"]):
        raise HandRefused("Target cannot be read.")
    if "status" in changed or "completed_on" in changed:
        _refuse_completion(after, changed)
    if changed & {"status", "evidence"} and after["status"] is GapStatus.VALIDATED and after["evidence"] is None:
        raise HandRefused("Validated needs evidence: say what shows that the fix holds.")
    if before is not None and "status" in changed:
        _refuse_move(GapStatus(before["status"]), after["status"], reason)


def _refuse_days(after: Values, changed: set[str], today: dt.date) -> None:
    for later, earlier, said in _ORDERED:
        if changed & {later, earlier} and after[later] and after[earlier] and after[later] < after[earlier]:
            raise HandRefused(f"{said}: {after[later]} is before {after[earlier]}.")
    for name in changed & {"opened_on", "start_on", "due_on", "completed_on"}:
        if after[name] is not None and after[name] < EARLIEST:
            raise HandRefused(f"{LABELS[name]} lies before 1990.")
    for name in changed & {"opened_on", "completed_on"}:
        if after[name] is not None and after[name] > today + dt.timedelta(days=1):
            raise HandRefused(f"{LABELS[name]} lies after tomorrow.")


def _refuse_completion(after: Values, changed: set[str]) -> None:
    """The day of completion belongs to the statuses that say the fix is in place, or that none will come."""
    if after["status"] in FIXED and after["completed_on"] is None:
        raise HandRefused(f"{_word(after['status'])} needs the day on which the fix was in place.")
    if "completed_on" in changed and after["completed_on"] and after["status"] not in (*FIXED, GapStatus.ACCEPTED):
        raise HandRefused(f"A gap that is {_word(after['status']).lower()} has not been completed.")


def _refuse_move(now: GapStatus, then: GapStatus, reason: str) -> None:
    if not may_follow(now, then):
        onward = " or ".join(_word(one).lower() for one in GAP_PATHS[now])
        way = f"from there it goes to {onward}" if onward else "it stays so"
        raise HandRefused(f"A gap that is {_word(now).lower()} can't become {_word(then).lower()}: {way}.")
    if then in _WITH_REASON and not reason.strip():
        raise HandRefused(_WITH_REASON[then])


def _word(status: GapStatus) -> str:
    return status.replace("_", " ").capitalize()
