"""What did not hold in a crisis, bundled by cause: each bundle is one proposed gap.

One slow statement shows in many places: its approval came late, then it, then the silence was too long. A late step is
counted with the step that it must follow directly where that one was late too; a step done too early with the one that
it overtook, where that one did not hold; a silence and a late internal message with the failed step that explains them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from metrics.estimate import Estimate
from metrics.names import plain
from metrics.steps import Course, State, Step
from metrics.targets import Verdict, verdict
from metrics.timeline import PUBLIC

#: Where that many times the target is exceeded, it weighs as much as a step that was missed (house).
_FAR = 2.0
#: Ratio of an excess over nothing.
_WITHOUT_MEASURE = 99.0
_FAILED = (State.MISSED, State.LATE, State.OUT_OF_ORDER)


class Kind(StrEnum):
    """What shows that something did not hold."""

    MISSED = "missed"
    LATE = "late"
    OUT_OF_ORDER = "out_of_order"
    SILENCE = "silence"
    INTERNAL = "internal"
    PLATFORMS = "platforms"
    PARTIES = "parties"
    THEMES = "themes"


#: What a gap without a failed step is measured by.
METRIC = {
    Kind.SILENCE: "longest_silence", Kind.INTERNAL: "internal_first_margin",
    Kind.PLATFORMS: "statement_platform_coverage", Kind.PARTIES: "parties_heard",
}  # fmt: skip
_OF_STEPS = {State.MISSED: Kind.MISSED, State.LATE: Kind.LATE, State.OUT_OF_ORDER: Kind.OUT_OF_ORDER}


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that shows it.

    Attributes
    ----------
    cause : str
        What it is counted with; signs of one cause are one proposal.
    severity : int
        1 to 4, as of gaps (house): 3 where a step was missed, employees heard last, or a target was exceeded more than
        `_FAR` times; 1 where a step is optional, and for themes; else 2.
    excess : float
        How many times the target was exceeded; 0 where there is no such number.
    step : Step or None
        The step that did not hold.
    estimate : Estimate or None
        What exceeded `target`.
    names : tuple of str
        Platforms left out, parties not heard, or words that people said; of themes the audience comes first.
    """

    kind: Kind
    cause: str
    severity: int
    excess: float = 0.0
    step: Step | None = None
    estimate: Estimate | None = None
    target: float | None = None
    names: tuple[str, ...] = ()
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed gap: its signs, the cause itself first."""

    cause: str
    signs: tuple[Sign, ...]

    @property
    def severity(self) -> int:
        """That of its gravest sign."""
        return max(sign.severity for sign in self.signs)

    @property
    def lead(self) -> Sign:
        """What the proposal is named after."""
        return self.signs[0]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(sign.step for sign in self.signs if sign.step is not None)

    @property
    def events(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(event for sign in self.signs for event in sign.events))


def proposals(signs: Iterable[Sign]) -> list[Proposal]:
    """One proposal a cause, the weightiest first: by severity, then by how many signs it has, then by the excess."""
    by_cause: dict[str, list[Sign]] = {}
    for sign in signs:
        by_cause.setdefault(sign.cause, []).append(sign)
    found = [Proposal(cause, tuple(sorted(some, key=_leading))) for cause, some in by_cause.items()]
    return sorted(found, key=lambda p: (-p.severity, -len(p.signs), -max(s.excess for s in p.signs), p.cause))


def _leading(sign: Sign) -> tuple[bool, int, int]:
    """The cause itself first, then the steps in the plan's order, then the rest."""
    own = sign.step is not None and sign.cause == cause_of(sign.step)
    return not own, list(Kind).index(sign.kind) if sign.step is None else -1, sign.step.step_id if sign.step else 0


def cause_of(step: Step) -> str:
    """The cause that a step is where nothing before it explains its failure."""
    return f"step:{plain(step.step)}"


class Steps:
    """The failed steps of one crisis, and which of them explains another.

    Parameters
    ----------
    course : Course
        The plan against what happened.
    steps : DataFrame
        Of the same version: step_id, step, fulfilled_by, audience, target_minutes, after_step.
    """

    def __init__(self, course: Course, steps: pd.DataFrame) -> None:
        rows = steps.to_dict("records") if len(steps) else []
        self._rows: dict[int, dict[Any, Any]] = {int(row["step_id"]): dict(row) for row in rows}
        names = {plain(row["step"]): number for number, row in self._rows.items()}
        self._after = {number: names.get(plain(row["after_step"])) for number, row in self._rows.items()}
        self._failed = {step.step_id: step for step in course.steps if step.state in _FAILED}
        self._overtook = {second: first for first, second in sorted(course.order.inverted)}

    def signs(self) -> list[Sign]:
        """One sign a failed step, in the plan's order."""
        return [self._sign(step) for step in self._failed.values()]

    def explaining(self, milestones: Iterable[str], audiences: Iterable[str], events: Iterable[int] = ()) -> str | None:
        """The cause of a failed step that one of the events fulfilled, or that none fulfilled although it is of these
        milestones and audiences (or names none); None where there is no such step.
        """
        ids = set(events)
        for number, step in self._failed.items():
            row = self._rows[number]
            mine = row["fulfilled_by"] in set(milestones) and plain(row["audience"]) in {*audiences, ""}
            if mine and (step.done is None or ids & set(step.done.events)):
                return self._cause(step)
        return None

    def _sign(self, step: Step) -> Sign:
        excess = self._excess(step)
        grave = step.state is State.MISSED or excess > _FAR
        severity = 1 if not step.required else 3 if grave else 2
        return Sign(_OF_STEPS[step.state], self._cause(step), severity, excess, step, events=step.events)

    def _excess(self, step: Step) -> float:
        if step.state is not State.LATE or step.lateness is None:
            return 0.0
        target = float(self._rows[step.step_id]["target_minutes"])
        return min(step.lateness[0] / target, _WITHOUT_MEASURE) if target > 0 else _WITHOUT_MEASURE

    def _cause(self, step: Step) -> str:
        """The first of the chain of failed steps that leads to this one."""
        seen = {step.step_id}
        while (earlier := self._before(step)) is not None and earlier.step_id not in seen:
            seen.add(earlier.step_id)
            step = earlier
        return cause_of(step if earlier is None else min((self._failed[n] for n in seen), key=lambda s: s.step_id))

    def _before(self, step: Step) -> Step | None:
        """The failed step that explains this one directly."""
        if step.state is State.OUT_OF_ORDER:
            return self._failed.get(self._overtook.get(step.step_id, -1))
        before = self._failed.get(self._after.get(step.step_id) or -1)
        both_late = step.state is State.LATE and before is not None and before.state is State.LATE
        return before if both_late else None


def silence(estimate: Estimate, target: float | None, events: tuple[int, ...], steps: Steps) -> Sign | None:
    """A silence over its target; counted with the failed step whose message ended it, or never did."""
    if verdict(estimate, target) is not Verdict.NOT_MET or target is None:
        return None
    times = (estimate.number or 0.0) / target - 1 if target > 0 else _WITHOUT_MEASURE
    cause = steps.explaining(("statement", "update"), PUBLIC, events) or "silence"
    severity = 3 if times > _FAR else 2
    return Sign(Kind.SILENCE, cause, severity, times, None, estimate, target, events=events)


def internal(margin: Estimate, events: tuple[int, ...], steps: Steps) -> Sign | None:
    """Employees who heard after the public; counted with the failed step that was to tell them."""
    if verdict(margin, 0.0) is not Verdict.NOT_MET:
        return None
    cause = steps.explaining(("internal_message", "statement", "update"), ("employees",), events) or "internal"
    return Sign(Kind.INTERNAL, cause, 3, 0.0, None, margin, 0.0, events=events)


def platforms(coverage: Estimate, left_out: Iterable[str], events: tuple[int, ...]) -> Sign | None:
    """Platforms with mentions on which no statement appeared, although there were statements."""
    names = tuple(sorted(left_out))
    if not names or coverage.number is None:
        return None
    return Sign(Kind.PLATFORMS, "platforms", 2, 0.0, None, coverage, None, names, events)


def parties(missing: Iterable[str]) -> Sign | None:
    """Audiences that the plan names and nobody heard."""
    names = tuple(sorted(missing))
    return Sign(Kind.PARTIES, "parties", 2, names=names) if names else None


def themes(audience: str, words: Iterable[str]) -> Sign | None:
    """What an audience says more than before the crisis."""
    names = tuple(words)
    return Sign(Kind.THEMES, f"themes:{plain(audience)}", 1, names=(audience, *names)) if names else None


@dataclass(frozen=True, slots=True)
class Known:
    """Gaps of the register that a proposal is about: one of this crisis already, and one that it repeats."""

    own: str | None = None
    repeats: str | None = None


def known(
    proposal: Proposal,
    metric: str | None,
    gaps: pd.DataFrame,
    crisis: str,
    earlier: Collection[str],
    day0: pd.Timestamp | None,
    decided: Mapping[str, str],
) -> Known:
    """Which gaps say the same as a proposal.

    A gap does that came of the same cause; or that conformance found in one of its steps, or that is in one of them and
    measured alike; or, where no step failed, that is measured alike. Of several the one of the same cause counts, then
    one measured alike, then the latest.

    Parameters
    ----------
    metric : str or None
        What the proposal would be measured by.
    gaps : DataFrame
        As `metrics.gaps.register` returns them.
    crisis, earlier : str, collection of str
        Code of the crisis of the proposal, and those of the crises before it. A gap of no crisis is repeated where it was
        opened before `day0`.
    decided : mapping
        Code of each gap that a proposal made, or was attached to → its cause.
    """
    steps = {plain(step.step) for step in proposal.steps}
    own: list[tuple[bool, bool, int, str]] = []
    repeated: list[tuple[bool, bool, int, str]] = []
    for place, gap in enumerate(gaps.sort_values(["opened_on", "code"], na_position="first").to_dict("records")):
        code = str(gap["code"])
        made = decided.get(code) == proposal.cause
        alike = metric is not None and gap["metric"] == metric
        if not (made or (_of_step(gap, alike) and plain(gap["step"]) in steps) or (alike and not steps)):
            continue
        if gap["crisis"] == crisis:
            own.append((made, alike, place, code))
        elif gap["crisis"] in earlier or (not plain(gap["crisis"]) and day0 is not None and gap["opened_on"] < day0):
            repeated.append((made, alike, place, code))
    return Known(max(own)[3] if own else None, max(repeated)[3] if repeated else None)


def _of_step(gap: Mapping[Any, Any], alike: bool) -> bool:
    """Whether a gap is about a step as such, not about something else that belongs there."""
    found_by_conformance = gap["origin"] in (None, "conformance")
    return alike or (found_by_conformance and gap["metric"] not in METRIC.values())
