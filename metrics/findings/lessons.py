"""How far the lessons have come, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.estimate import Estimate, Status
from metrics.findings.clauses import interval_of_days
from metrics.words import days, listed, opened, spelled

#: Status → what one lesson in it does and what several do, the furthest first.
_STATUSES: Mapping[str, tuple[str, str]] = {
    "learned": ("is learned", "are learned"),
    "implemented": ("awaits validation", "await validation"),
    "approved": ("is approved", "are approved"),
    "identified": ("is identified", "are identified"),
    "observation": ("is only observed", "are only observed"),
    "rejected": ("is rejected", "are rejected"),
}


def standing(counts: Mapping[str, int], *, of: str) -> str:
    """How many lessons stand where.

    Parameters
    ----------
    counts : mapping of str to int
        Status → number of lessons.
    of : str
        What lessons are counted: ``from this crisis`` or ``in all``.
    """
    n = sum(counts.values())
    if not n:
        return f"No lesson {of} is recorded."
    found = [(counts[status], words) for status, words in _STATUSES.items() if counts.get(status)]
    if n == 1:
        return f"The one lesson {of} {found[0][1][0]}."
    parts = [f"{spelled(k)} {one if k == 1 else several}" for k, (one, several) in found]
    return f"{opened(spelled(n))} lessons {of}: {listed(parts)}."


def lead_time(found: Estimate) -> str:
    """How long lessons take, or why nobody can say."""
    if found.status is Status.NOT_REACHED:
        return f"How long half of the lessons take can't be told yet: {found.reason}."
    if found.number is None:
        return f"Time to learn a lesson, not measured: {found.reason}."
    return f"Half of the lessons were learned within {days(found.number)} of being observed{interval_of_days(found)}."
