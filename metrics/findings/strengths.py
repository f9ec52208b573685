"""What became of strengths, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from metrics.findings.gaps import against
from metrics.strengths import Followed, Kept
from metrics.words import opened, part_of, plural


def standing(states: Iterable[Kept], followed: int) -> str:
    """How many strengths the crises since kept and lost; `followed` of them name a metric and a target."""
    listed = list(states)
    if not listed:
        return "No strength is recorded yet."
    lost, held = listed.count(Kept.LOST), listed.count(Kept.KEPT)
    tested = lost + held
    if not tested:
        recorded = f"{plural(len(listed), 'strength')} {'is' if len(listed) == 1 else 'are'} recorded"
        if not followed:
            none = "it names no metric and target" if len(listed) == 1 else "none names a metric and a target"
            return f"{recorded}; {none} by which a crisis could check it."
        return f"{recorded}; no crisis has put one to the test since."
    if not lost:
        which = (
            "The one strength that a later crisis put to the test was"
            if tested == 1
            else f"{opened(part_of(tested, tested))} strengths that a later crisis put to the test were"
        )
        return f"{which} kept."
    if tested == 1:
        return "The one strength that a later crisis put to the test was lost."
    return f"{opened(part_of(lost, tested))} strengths that a later crisis put to the test {'was' if lost == 1 else 'were'} lost."


def strength(code: str, found: Followed, target: float) -> str:
    """What became of one strength, with the value that decides it."""
    last = found.judged.last
    if last is None:
        return f"{code} is not exercised: {found.reason}."
    value, aim = against(last.value, target)
    where = f"{value} in {last.called}"
    if found.state is Kept.KEPT:
        return f"{code} was kept: {where}, within the target of {aim}."
    return f"{code} was lost: {where}, against {aim}."
