"""The register of gaps and what became of its fixes, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.effectiveness import Effect, Effectiveness
from metrics.estimate import Estimate, Status
from metrics.findings.clauses import cannot_tell, interval_of_days
from metrics.targets import is_missed
from metrics.words import chance, days, durations, listed, number, opened, part_of, percent, spelled


def standing(estimates: Mapping[str, Estimate], *, of: str) -> str:
    """How many gaps are open and overdue.

    Parameters
    ----------
    of : str
        What gaps are counted: ``from this crisis`` or ``in the register``.
    """
    n = estimates["gaps_open"].n
    still, late = (int(estimates[key].number or 0) for key in ("gaps_open", "gaps_overdue"))
    if not n:
        return f"No gap {of} is recorded."
    if n == 1:
        return f"The one gap {of} is {_overdue_alone(late) if still else 'closed'}."
    if not still:
        return f"{opened(part_of(n, n))} gaps {of} are closed."
    return f"{opened(part_of(still, n))} gaps {of} {'is' if still == 1 else 'are'} open{_overdue(late, still)}."


def _overdue_alone(late: int) -> str:
    return "open and overdue" if late else "open"


def _overdue(late: int, still: int) -> str:
    if not late:
        return ""
    if late == still:
        return " and overdue" if still == 1 else f", {'both' if still == 2 else 'all'} of them overdue"
    return f", {spelled(late)} of them overdue"


def closing(age: Estimate, in_time: Estimate) -> str | None:
    """How long gaps take, and how many are closed in time; None where there is neither."""
    if age.n == in_time.n == 1 and age.number is not None and in_time.number is not None:
        took = f"The one gap that can be counted took {days(age.number)} to close"
        return f"{took}, {'within' if in_time.number else 'more than'} the time its severity allows."
    parts = [part for part in (_age(age), _in_time(in_time)) if part]
    return f"{opened('; '.join(parts))}." if parts else None


def _age(age: Estimate) -> str | None:
    if age.n == 1:
        return None if age.number is None else f"the one gap that can be counted took {days(age.number)} to close"
    if age.number is not None:
        return f"half of the gaps were implemented within {days(age.number)} of being opened{interval_of_days(age)}"
    if age.status is Status.NOT_REACHED:
        return f"how long half of the gaps take can't be told yet: {age.reason}"
    return None


def _in_time(share: Estimate) -> str | None:
    if share.number is None:
        return None
    if share.n == 1:
        return f"the one gap that can be counted was {'' if share.number else 'not '}closed in the time its severity allows"
    return f"{percent(share.number)} were closed in the time their severity allows{_range(share)}"


def _range(share: Estimate) -> str:
    if share.lo is None or share.hi is None:
        return ""
    return f" (interval {percent(share.lo)} to {percent(share.hi)})"


def recurrence(share: Estimate) -> str | None:
    """In how many later crises an implemented gap came back; None where none could."""
    if share.status is Status.NOT_APPLICABLE:
        return None
    if share.number is None:
        return cannot_tell("Whether gaps came back", share)
    back, n = round(share.number * share.n), share.n
    if n == 1:
        return f"The one later crisis that could show it {'brought a gap back' if back else 'brought no gap back'}."
    if not back:
        return f"No gap came back in the {spelled(n)} later crises that could show it."
    return f"A gap came back in {part_of(back, n)} later crises that could show it{_range(share)}."


def fix(code: str, found: Effectiveness, target: float) -> str:
    """What became of one fix, with the value that decides it."""
    if found.last is None:
        return f"The fix of {code} is not exercised: {found.reason}."
    value, aim = against(found.last.value, target)
    where = f"{value} in {found.last.called}"
    if found.effect is Effect.VERIFIED:
        return f"The fix of {code} held: {where}, within the target of {aim}{_rest(found)}."
    if found.effect is Effect.INEFFECTIVE:
        return f"The fix of {code} did not reach its target: {where}, against {aim}{_rest(found)}."
    since = f"although {found.verified_in} was within it" if found.verified_in else _worse(found)
    return f"The fix of {code} did not last: {where}, against a target of {aim}, {since}{_rest(found)}."


def _worse(found: Effectiveness) -> str:
    if found.origin is None or found.last is None:
        return "worse than where the gap was found"
    if found.origin.value.number is None or found.last.value.number is None:
        return f"worse than in {found.origin.called}, where the gap was found"
    _, before = against(found.last.value, found.origin.value.number)
    return f"worse than the {before} in {found.origin.called}, where the gap was found"


def _rest(found: Effectiveness) -> str:
    """Crises that tell nothing yet, and the test where there is one."""
    parts = [f"; {listed(list(found.undecided))} can't be judged"] if found.undecided else []
    if found.test.number is not None:
        parts.append(f"; before against after, {chance(found.test.number)}")
    return "".join(parts)


def against(value: Estimate, other: float) -> tuple[str, str]:
    """A value and what it is held against, with the digits it takes to tell them apart where they differ."""
    if is_missed(value) or value.number is None:
        return "never done", _amounts(other, other, value.unit)[1]
    least = "at least " if value.status is Status.LOWER_BOUND else ""
    mine, theirs = _amounts(value.number, other, value.unit)
    return f"{least}{mine}", theirs


def _amounts(one: float, other: float, unit: str) -> tuple[str, str]:
    if unit == "hours":
        signs = ["−" if hours < 0 else "" for hours in (one, other)]
        first, second = (sign + text for sign, text in zip(signs, durations(one, other), strict=True))
        return first, second
    scale, tail = (100, " %") if unit == "share" else (1, "" if unit in ("count", "score", "enps") else f" {unit}")
    for decimals in range(0 if unit == "share" else 1, 7):
        first, second = (f"{number(amount * scale, decimals)}{tail}" for amount in (one, other))
        if first != second or one == other:
            break
    return first, second
