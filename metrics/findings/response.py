"""How fast a crisis was answered, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from metrics.estimate import Estimate, Status
from metrics.findings.clauses import against_past, against_target, bounded, cannot_tell, shown, span
from metrics.targets import Verdict, is_missed, verdict
from metrics.words import duration, durations, listed, minutes, opened


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of one interval: subject, verb, from where it is counted, and what is said when it did not happen."""

    subject: str
    done: str
    since: str
    nothing: str


SPOKEN: Mapping[str, Spoken] = {
    "time_to_detect": Spoken("the time to detection", "the post was detected", "it went up", "detection"),
    "time_to_acknowledge": Spoken("the time to acknowledge", "it was acknowledged", "detection", "acknowledgement"),
    "time_to_assess": Spoken("the time to assess", "the damage was assessed", "detection", "assessment"),
    "time_to_assemble": Spoken("the time to assemble", "the response team came together", "detection", "response team"),
    "time_to_decision": Spoken("the time to decide", "the first decision came", "detection", "decision"),
    "time_to_first_statement": Spoken("the time to the first public statement", "the first public statement came", "detection", "public statement"),
    "exposure_to_first_statement": Spoken("the exposure before the first statement", "the first public statement came", "the post", "public statement"),
    "time_to_first_internal_message": Spoken("the time to the first internal message", "employees first heard from the company", "detection", "message to employees"),
    "time_to_employee_contact": Spoken("the time to contact the employee", "the employee concerned was contacted", "detection", "contact with the employee concerned"),
    "time_to_contain": Spoken("the time to contain", "the crisis was contained", "detection", "containment"),
    "time_to_resolve": Spoken("the time to resolve", "the crisis was resolved", "detection", "resolution"),
    "time_to_review": Spoken("the time to review", "the review was held", "resolution", "review"),
}  # fmt: skip

DETECTORS: Mapping[str, str] = {
    "own_monitoring": "own monitoring",
    "employee": "an employee",
    "customer": "a customer",
    "press": "the press",
    "public": "the public",
    "other": "someone else",
}
#: An evening, a night or a weekend can explain times of so many hours (house).
_NIGHT, _WEEK = 4, 168
_FROM: Mapping[str, str] = {
    "team_assembled": "from assembling",
    "decision": "from decision",
    "drafted": "from draft",
    "approved": "from approval",
}


def timing(
    metric_id: str,
    estimate: Estimate,
    target: float | None = None,
    *,
    target_of: str | None = None,
    past: Sequence[Estimate] = (),
    business: Estimate | None = None,
) -> str:
    """One interval against its target and earlier crises.

    Parameters
    ----------
    metric_id : str
        A key of `SPOKEN`.
    target : float, optional
        In the estimate's unit.
    target_of : str, optional
        What sets the target, such as ``plan v3``.
    past : sequence of Estimate
        The same metric of earlier crises; those that can't be compared are left out of the count.
    business : Estimate, optional
        The same in business hours; said where a night or a weekend explains the time.
    """
    words, worked = SPOKEN[metric_id], _worked(estimate, business)
    judged = against_target(estimate, target, target_of)
    if is_missed(estimate):
        return f"The crisis was resolved without a recorded {words.nothing}{judged}."
    if estimate.status is Status.LOWER_BOUND:
        least = "at least " if bounded(estimate) else ""
        told = f"No {words.nothing} yet, {least}{shown(estimate, target)} after {_noun(words)}{worked}"
        return f"{told}{judged}{against_past(estimate, past)}."
    if estimate.status is not Status.OK:
        return cannot_tell(opened(words.subject), estimate)
    return f"{opened(words.done)} {_after(estimate, words, target)}{worked}{judged}{against_past(estimate, past)}."


def headline(
    statement: Estimate,
    target: float | None = None,
    *,
    target_of: str | None = None,
    past: Sequence[Estimate] = (),
    business: Estimate | None = None,
) -> str:
    """The sentence of the section: the first public statement against its target and earlier crises."""
    return timing("time_to_first_statement", statement, target, target_of=target_of, past=past, business=business)


def outcomes(answered: Mapping[str, tuple[Estimate, float | None]]) -> list[str]:
    """What else went wrong, by interval and target: targets of steps that never came or are overdue, and times that
    contradict each other.
    """
    known = {key: pair for key, pair in answered.items() if key in SPOKEN}
    never = [SPOKEN[key].nothing for key, (e, target) in known.items() if is_missed(e) and target is not None]
    overdue = [
        SPOKEN[key].nothing
        for key, (e, target) in known.items()
        if e.status is Status.LOWER_BOUND and verdict(e, target) is Verdict.NOT_MET
    ]
    wrong = [e.reason or "" for e, _ in known.values() if e.status is Status.INVALID_ORDER]
    told = []
    if never:
        told.append(f"Never recorded, though {_are('a target is', 'targets are', never)} set: {listed(never)}.")
    if overdue:
        told.append(f"Outstanding past {_are('its target', 'their targets', overdue)}: {listed(overdue)}.")
    if wrong:
        told.append(f"Times contradict each other: {'; '.join(dict.fromkeys(wrong))}.")
    return told


def detection(estimate: Estimate, detected_by: str | None = None, target: float | None = None) -> str:
    """Who noticed the post, and how long after it went up."""
    if estimate.status is not Status.OK:
        return timing("time_to_detect", estimate, target)
    who = DETECTORS.get(detected_by or "")
    if estimate.basis == "proactive":
        return f"{opened(who or 'the company')} noticed it before it was posted."
    words = SPOKEN["time_to_detect"]
    told = f"{opened(who)} noticed the post" if who else opened(words.done)
    return f"{told} {_after(estimate, words, target)}{against_target(estimate, target)}."


def where_it_went(path: pd.DataFrame) -> str | None:
    """The segments of `statement_path` in one sentence; None where the path can't be drawn."""
    rows = path.to_dict("records")
    if not rows or rows[0]["status"] == Status.INVALID_ORDER:
        return None
    if len(rows) == 1:
        return "No step between detection and the first public statement is recorded."
    steps = [f"{_length(row)} {row['label']}" for row in rows[:-1]]
    last, since = rows[-1], _FROM[str(rows[-2]["segment"])]
    if last["status"] == Status.OK:
        return f"Where it went: {', '.join([*steps, f'{_length(last)} {since} to publication'])}."
    if last["status"] == Status.LOWER_BOUND:
        return f"Where it went: {', '.join([*steps, f'and {_length(last)} {since} without publication so far'])}."
    return f"Where it went: {listed(steps)}; then nothing was published."


def silence(estimate: Estimate, target: float | None = None, *, target_of: str | None = None) -> str:
    """The longest time without a public word."""
    judged = against_target(estimate, target, target_of)
    if estimate.status is Status.LOWER_BOUND:
        least = "at least " if bounded(estimate) else ""
        return f"The longest silence is still running: nothing said in public for {least}{shown(estimate, target)}{judged}."
    if estimate.status is not Status.OK or estimate.number is None:
        return cannot_tell("The longest silence", estimate)
    if bounded(estimate):
        return f"The longest silence lasted {_range(estimate)}, known only to the day{judged}."
    return f"The longest silence lasted {shown(estimate, target)}{judged}."


def internal(margin: Estimate) -> str:
    """Whether employees heard before the public."""
    if is_missed(margin):
        return "Employees were told; no public statement is recorded."
    if margin.status is Status.LOWER_BOUND and margin.number is not None:
        least = "at least " if bounded(margin) else ""
        return f"Employees were told {least}{duration(margin.number)} ago; there is no public statement yet."
    if margin.status is not Status.OK or margin.number is None:
        return cannot_tell("Whether employees heard before the public", margin)
    if margin.lo is not None and margin.hi is not None:
        lo, hi = (_side(bound) for bound in (margin.lo, margin.hi))
        return f"Employees heard between {lo} and {hi} the public, known only to the day."
    if minutes(margin.number) == 0:
        return "Employees heard at the same time as the public."
    return f"Employees heard {_side(margin.number)} the public."


def _side(hours: float) -> str:
    return f"{duration(hours)} {'before' if hours >= 0 else 'after'}"


def _are(one: str, many: str, of: Sequence[str]) -> str:
    return one if len(of) == 1 else many


def _worked(estimate: Estimate, business: Estimate | None) -> str:
    """How much of a time was working time, where hardly any of it was: a clause, mostly empty."""
    whole, part = estimate.number, None if business is None else business.number
    if whole is None or part is None or bounded(estimate) or not _NIGHT <= whole <= _WEEK or part > whole / 6:
        return ""
    return f", {duration(part) if minutes(part) else 'none'} of it in business hours"


def _after(estimate: Estimate, words: Spoken, target: float | None) -> str:
    if bounded(estimate):
        return f"{_range(estimate)} after {words.since}, known only to the day"
    return f"{shown(estimate, target)} after {words.since}"


def _range(estimate: Estimate) -> str:
    lo, hi = estimate.lo or 0.0, estimate.hi or 0.0
    if lo == 0:
        return f"up to {span(estimate, hi)}"
    if estimate.unit == "hours":
        low, high = durations(lo, hi)
        return f"between {low} and {high}"
    return f"between {span(estimate, lo)} and {span(estimate, hi)}"


def _length(row: Mapping[Any, Any]) -> str:
    """A segment's hours, or its bounds."""
    return duration(row["hours"]) if pd.isna(row["lo"]) else f"{duration(row['lo'])} to {duration(row['hi'])}"


def _noun(words: Spoken) -> str:
    """What time is counted from, where the sentence has no “it” to refer to."""
    return "the post" if words.since == "it went up" else words.since
