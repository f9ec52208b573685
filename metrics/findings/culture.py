"""What the culture log says, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from metrics.estimate import Estimate, Status
from metrics.findings.clauses import cannot_tell
from metrics.words import listed, number, opened, part_of, percent, spelled

_SHARES: Mapping[str, tuple[str, str]] = {
    "training_completion": ("completed their training", "How many completed their training"),
    "policy_acknowledged": ("acknowledged the policy", "How many acknowledged the policy"),
}
_RATES: Mapping[str, tuple[str, str]] = {
    "recognitions": ("recognition", "recognitions"),
    "check_ins": ("check-in", "check-ins"),
}


def share(metric: str, found: Estimate) -> str:
    """How many of those assigned did what they were to do."""
    done, subject = _SHARES[metric]
    if found.status is not Status.OK or found.number is None:
        return cannot_tell(subject, found)
    return f"{percent(found.number)} of those assigned {done} ({round(found.number * found.n):,} of {found.n:,})."


def ambassadors(found: Estimate) -> str:
    """How many departments have an ambassador."""
    if found.number is None:
        return cannot_tell("How many departments have an ambassador", found)
    having, n = round(found.number * found.n), found.n
    if n == 1:
        return f"The one department has {'an' if having else 'no'} ambassador."
    return f"{opened(part_of(having, n))} departments {'has' if having <= 1 else 'have'} an ambassador."


def rate(metric: str, quarters: Mapping[str, Estimate]) -> str:
    """The last whole quarter against the one before it; a quarter that runs is told only where it is the only one."""
    one, several = _RATES[metric]
    if not quarters:
        return f"{opened(several)} not measured: none is recorded."
    whole = [(name, found) for name, found in quarters.items() if found.status is Status.OK]
    if not whole:
        name, found = list(quarters.items())[-1]
        return f"{name} still runs: {_amount(found, one, several)} so far."
    name, found = whole[-1]
    before = whole[-2] if len(whole) > 1 and whole[-2][1].unit == found.unit else None
    change = f", after {number(before[1].number or 0.0)} in {before[0]}" if before else ""
    return f"{name}: {_amount(found, one, several)}{change}."


def _amount(found: Estimate, one: str, several: str) -> str:
    shown = number(found.number or 0.0)
    per = "" if found.unit == "count" else " per 100 employees"
    return f"{shown} {one if shown == '1' else several}{per}"


def hidden(k: int) -> str:
    """That small departments are not shown."""
    return f"Departments of fewer than {k} people are not shown alone, nor where they could be worked out."


def misconduct(categories: Sequence[str | None], sections: Sequence[str | None]) -> str:
    """Which category of misconduct the crises show, and which section of the policy they broke."""
    n = len(categories)
    if not n:
        return "No crisis is recorded."
    parts = [_most(categories, "category", "in"), _most(sections, "policy section", "under")]
    return f"Of {spelled(n)} {'crisis' if n == 1 else 'crises'}, {'; '.join(parts)}."


def _most(words: Sequence[str | None], what: str, preposition: str) -> str:
    known = Counter(word for word in words if word)
    if not known:
        return f"no {what} is recorded"
    most = max(known.values())
    named = sorted(word for word, count in known.items() if count == most)
    where = f"{preposition} {'each of ' if len(named) > 1 else ''}{listed([f'“{word}”' for word in named])}"
    unknown = len(words) - sum(known.values())
    lacking = f" ({spelled(unknown)} without one)" if unknown else ""
    return f"{spelled(most)} {'falls' if most == 1 else 'fall'} {where}{lacking}"
