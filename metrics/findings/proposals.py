"""Proposed gaps in sentences: what each is called, and what shows it."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.findings.plan import state
from metrics.proposals import Kind, Proposal, Sign
from metrics.steps import Course, Step
from metrics.words import duration, listed, opened, plural, spelled


def title(proposal: Proposal, course: Course) -> str:
    """What a proposed gap is called."""
    sign, names = proposal.lead, list(proposal.lead.names)
    others = len(proposal.steps) - 1
    with_it = f", and {spelled(others, 'step')} with it" if others > 0 else ""
    named = f"“{sign.step.step}”" if sign.step else ""
    return {
        Kind.MISSED: f"{named} was {'not done' if course.line.over else 'not done yet'}{with_it}",
        Kind.LATE: f"{named} came late{with_it}",
        Kind.OUT_OF_ORDER: f"{named} was done too early{with_it}",
        Kind.SILENCE: "Too long without a word to the public",
        Kind.INTERNAL: "Employees heard after the public",
        Kind.PLATFORMS: f"No statement on {listed(names)}",
        Kind.PARTIES: f"{opened(listed(names))} {_were(names)} not asked",
        Kind.THEMES: f"What {listed(names[:1])} say since",
    }[sign.kind]


def evidence(sign: Sign, course: Course) -> str:
    """One sign as a sentence."""
    if sign.step is not None:
        return _of_step(sign.step, course)
    match sign.kind:
        case Kind.SILENCE:
            least = "at least " if sign.estimate and sign.estimate.reason else ""
            return f"The longest silence was {least}{_hours(sign)}; {duration(sign.target or 0.0)} was the target."
        case Kind.INTERNAL:
            return f"Employees heard {_hours(sign)} after the public."
        case Kind.PLATFORMS:
            basis = sign.estimate.basis if sign.estimate else None
            return f"{opened(basis or '')}; none on {listed(list(sign.names))}."
        case Kind.PARTIES:
            return f"The plan names {listed(list(sign.names))}; nothing was heard from {_them(sign.names)} since."
    words = listed([f"“{word}”" for word in sign.names[1:]])
    return f"Since the crisis {sign.names[0]} say {words} more often than before."


def brief(sign: Sign, course: Course) -> str:
    """One sign as short as it can be told; the times of a step stand beside the plan."""
    if sign.step is None:
        return evidence(sign, course)
    return f"“{sign.step.step}”: {state(sign.step, course)}."


def headline(count: int, attached: int) -> str:
    """How many proposals wait for a decision."""
    if not count:
        return "No proposal waits for a decision."
    repeats = f"; {spelled(attached)} {'repeats' if attached == 1 else 'repeat'} a known gap" if attached else ""
    return f"{opened(spelled(count, 'proposed gap'))} {'waits' if count == 1 else 'wait'} for a decision{repeats}."


def waiting(titles: Sequence[str]) -> str | None:
    """The proposals that would be left open by a signature; of many the first three."""
    if not titles:
        return None
    rest = len(titles) - 3
    some = "; ".join(titles[:3]) + (f"; and {rest} more" if rest > 0 else "")
    return f"{plural(len(titles), 'proposal')} {'is' if len(titles) == 1 else 'are'} not decided: {some}."


def _of_step(step: Step, course: Course) -> str:
    said = state(step, course)
    zone = course.line.clock.timezone
    parts = [f"due {step.due.said(zone)}" if step.due else "", f"done {step.done.said(zone)}" if step.done else ""]
    times = listed([part for part in parts if part])
    why = f"; {step.reason}" if step.reason else ""
    return f"“{step.step}”: {said}{f' ({times}, {zone})' if times else ''}{why}."


def _hours(sign: Sign) -> str:
    return duration(abs(sign.estimate.number or 0.0) if sign.estimate else 0.0)


def _were(names: Sequence[str]) -> str:
    return "was" if len(names) == 1 and not names[0].endswith("s") else "were"


def _them(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 and not names[0].endswith("s") else "them"
