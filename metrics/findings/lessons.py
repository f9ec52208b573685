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


def next_step(status: str, takers: Mapping[str, list[str]]) -> str:
    """Where a lesson stands, and who takes it further.

    Parameters
    ----------
    takers : mapping of str to list of str
        Status that comes next → the roles that move it there, in words.
    """
    stands = {"observation": "Observed", "learned": "Learned: it held"}.get(status, status.capitalize())
    forward = next((to for to in takers if to != "rejected"), None)
    if forward is None:
        return f"{stands}."
    return f"{stands}. Next: {_NEXT[forward]}, by {' or '.join(takers[forward])}."


_NEXT = {
    "identified": "to be identified as a lesson", "approved": "to be approved", "implemented": "to be put into practice",
    "learned": "to be validated as learned",
}  # fmt: skip


def digest(shown: int, waiting: int, lacking: int, kept_back: int) -> str:
    """What employees may read, and what it lacks; `kept_back` are of restricted or privileged crises."""
    told = f"{opened(spelled(shown))} {'lesson is' if shown == 1 else 'lessons are'} in the digest for employees"
    rest = [
        f"{spelled(count)} {what}"
        for count, what in (
            (waiting, "waits for a review" if waiting == 1 else "wait for a review"),
            (lacking, "has no summary yet" if lacking == 1 else "have no summary yet"),
            (kept_back, f"{'stays' if kept_back == 1 else 'stay'} out, being of a restricted or privileged crisis"),
        )
        if count
    ]
    return f"{told}; {listed(rest)}." if rest else f"{told}."


def written_down(day: str | None, title: str, status: str) -> str:
    """``We wrote this down in March 2025: “…”, implemented since.``; `day` is a month in words."""
    when = f"in {day}" if day else "before"
    return f"We wrote this down {when}: “{title}”, {_SINCE[status]}."


_SINCE = {
    "observation": "still an observation", "identified": "identified, not approved yet",
    "approved": "approved, not put into practice yet", "implemented": "put into practice, not validated yet",
    "learned": "learned since", "rejected": "rejected",
}  # fmt: skip
