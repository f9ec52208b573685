"""What employees answered, in sentences; what is hidden is said to be hidden."""

from __future__ import annotations

from metrics.estimate import Estimate, Status
from metrics.findings.clauses import cannot_tell, with_chance
from metrics.words import number, percent, points, signed

BEFORE = "the wave before the crisis"


def favourable(share: Estimate, change: Estimate | None = None, *, since: str = BEFORE) -> str:
    """Favourable share of one question, and its change against an earlier wave with the interval of the change."""
    if share.status is Status.CODED:
        at_end = f"At most {percent(share.hi or 0.0)}" if share.lo == 0 else f"At least {percent(share.lo or 0.0)}"
        return f"{at_end} favourable (of {share.n:,}); so near to none or all, only the band is shown."
    if share.status is not Status.OK or share.number is None:
        return cannot_tell("The favourable share", share)
    counted = f"({round(share.number * share.n):,} of {share.n:,})"
    return f"{percent(share.number)} favourable {counted}{_moved(change, since)}."


def morale(index: Estimate, change: Estimate | None = None, *, since: str = BEFORE) -> str:
    """The morale index and its change."""
    if index.status is not Status.OK or index.number is None:
        return cannot_tell("Morale", index)
    return f"Morale: {percent(index.number)} favourable on average{_moved(change, since)}."


def enps(score: Estimate) -> str:
    """The employee net promoter score with its interval."""
    if score.status is not Status.OK or score.number is None:
        return cannot_tell("The employee net promoter score", score)
    interval = "" if score.lo is None or score.hi is None else f" ({signed(score.lo, 0)} to {signed(score.hi, 0)})"
    return f"The employee net promoter score is {signed(score.number, 0)}{interval}."


def response_rate(rate: Estimate) -> str:
    """How many of those invited answered."""
    if rate.status is not Status.OK or rate.number is None:
        return cannot_tell("The response rate", rate)
    invited = round(rate.n / rate.number) if rate.number else 0
    return f"{number(rate.n)} of {number(invited)} invited answered ({percent(rate.number)})."


def _moved(change: Estimate | None, since: str) -> str:
    if change is None:
        return ""
    if change.status is not Status.OK or change.number is None:
        return "; " + cannot_tell(f"the change since {since}", change).removesuffix(".")
    if change.number == 0:
        return f", the same as in {since}{with_chance(change)}"
    return f", {points(change.number)} {'below' if change.number < 0 else 'above'} {since}{with_chance(change)}"
