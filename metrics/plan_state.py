"""The state of the plan: each of its sections in each crisis, in one word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from metrics.names import plain
from metrics.steps import APPLIED, State, Step


class Held(StrEnum):
    """How a section of the plan held in one crisis, the worst first."""

    MISSED = "missed"
    LATE = "late"
    OUT_OF_ORDER = "out_of_order"
    UNCLEAR = "unclear"
    HELD = "held"
    NOT_EXERCISED = "not_exercised"


#: States in which a section did not hold.
FAILED = (Held.MISSED, Held.LATE, Held.OUT_OF_ORDER)
_STATES = {
    State.MISSED: Held.MISSED, State.LATE: Held.LATE, State.OUT_OF_ORDER: Held.OUT_OF_ORDER,
    State.UNCLEAR: Held.UNCLEAR, State.ON_TIME: Held.HELD,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section in one crisis: its word, and how many of its steps that were put to the test came on time."""

    section: str
    state: Held
    on_time: int
    tested: int
    failed: tuple[str, ...]


def section_states(steps: Iterable[Step]) -> list[SectionState]:
    """The state of each section is that of its worst step that was put to the test; in the order of the plan.

    Two spellings of a section are one, named as it first was. A section of which no step was tested was not exercised.
    """
    names: dict[str, str] = {}
    by_section: dict[str, list[Step]] = {}
    for step in steps:
        by_section.setdefault(names.setdefault(plain(step.section), step.section), []).append(step)
    return [_state(name, mine) for name, mine in by_section.items()]


def _state(name: str, steps: list[Step]) -> SectionState:
    tested = [step for step in steps if step.state in APPLIED]
    words = [_STATES[step.state] for step in tested]
    worst = min(words, key=list(Held).index, default=Held.NOT_EXERCISED)
    failed = tuple(step.step for step, word in zip(tested, words, strict=True) if word in FAILED)
    return SectionState(name, worst, words.count(Held.HELD), len(tested), failed)
