"""How two to five crises differ, in sentences: the best and the worst of each number, and what can't be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from metrics.estimate import Estimate, Status
from metrics.findings.across import SUBJECTS
from metrics.targets import is_missed
from metrics.words import duration, durations, listed, minutes, opened, part_of, percent, point_count, signed, times

#: Name of a crisis and its number.
Told = Sequence[tuple[str, Estimate]]


def timing(metric_id: str, told: Told) -> str | None:
    """Where an interval in hours, a key of `SUBJECTS`, was shortest and longest; None where no crisis has it."""
    done = sorted(
        ((name, e.number) for name, e in told if e.status is Status.OK and e.number is not None),
        key=lambda pair: (pair[1], pair[0]),
    )
    running = [(name, e.number or 0.0) for name, e in told if e.status is Status.LOWER_BOUND]
    missed = [name for name, e in told if is_missed(e)]
    if not done and not running and not missed:
        return None
    parts = [_ends(done)] if done else []
    parts += [f"in {name} it still runs, after {duration(hours)}" for name, hours in running]
    parts += [f"in {listed(missed)} it never came"] if missed else []
    return f"{opened(SUBJECTS[metric_id])}{_joined(parts, bare=not done)}."


def _ends(done: Sequence[tuple[str, float]]) -> str:
    (first, least), (last, most) = done[0], done[-1]
    if len(done) == 1:
        return f"was {duration(least)} in {first}"
    low, high = durations(least, most)
    if minutes(least) == minutes(most):
        return f"was {low} in {listed([name for name, _ in done])} alike"
    factor = f", {times(most / least)} as long" if least > 0 and most / least >= 1.5 else ""
    return f"was shortest in {first}, {low}, and longest in {last}, {high}{factor}"


def _joined(parts: Sequence[str], *, bare: bool) -> str:
    return f": {'; '.join(parts)}" if bare else f" {'; '.join(parts)}"


def where_it_went(paths: Mapping[str, pd.DataFrame]) -> str | None:
    """The longest part of the time to the first statement in each crisis that recorded steps on the way."""
    parts: dict[str, list[str]] = {}
    for name, path in paths.items():
        known = path[path["hours"].notna()]
        if len(known) < 2 or known["hours"].sum() <= 0:
            continue
        longest = known.iloc[known["hours"].argmax()]
        share = percent(float(longest["hours"]) / float(known["hours"].sum()))
        told = f"{name} ({duration(float(longest['hours']))}, {share})"
        parts.setdefault(str(longest["label"]), []).append(told)
    steps = "; ".join(f"{label} in {listed(names)}" for label, names in parts.items())
    return f"The longest step on the way to the first statement was {steps}." if parts else None


def peaks(told: Told) -> str | None:
    """Where volume peaked highest and lowest, as a multiple of a normal day."""
    return _extremes(
        told, "Volume peaked highest", "lowest", lambda value: f"{times(value)} normal", "The peak of volume"
    )


def falls(source: str, told: Told) -> str | None:
    """Where one source fell furthest and least, in points of 100."""
    ordered = _ordered(told)
    if ordered and all(value == 0 for _, value in ordered):
        return f"{source} fell in none of them."
    return _extremes(told, f"{source} fell furthest", "least", point_count, f"The fall of {source}")


def changes(told: Told) -> str | None:
    """How net sentiment during each crisis differed from before; whether that is more than chance stands in the table."""
    ordered = _ordered(told)
    if len(ordered) < 2:
        return None
    (low, least), (high, most) = ordered[0], ordered[-1]
    if round(least * 100) == round(most * 100):
        return None
    down, up = (signed(round(change * 100), 0) for change in (least, most))
    return f"Net sentiment changed by {down} points in {low} and by {up} in {high}."


def came_back(back: Mapping[str, Sequence[str]], tested: int) -> str:
    """Gaps that were fixed and showed again, each with the crises in which it did; `tested` counts the fixed gaps that
    these crises put to the test.
    """
    if not tested:
        return "No gap had been fixed that these crises could put to the test."
    which = "The one fixed gap" if tested == 1 else f"{opened(part_of(len(back), tested))} fixed gaps"
    if not back:
        return f"{which} that these crises put to the test {'did not come' if tested == 1 else 'came'} back."
    told = "; ".join(f"{gap} in {listed(list(crises))}" for gap, crises in back.items())
    return f"{which} that these crises put to the test came back: {told}."


def _ordered(told: Told) -> list[tuple[str, float]]:
    known = [
        (name, e.number) for name, e in told if e.status in (Status.OK, Status.LOWER_BOUND) and e.number is not None
    ]
    return sorted(known, key=lambda pair: (pair[1], pair[0]))


def _extremes(told: Told, most: str, least: str, say: Callable[[float], str], subject: str) -> str | None:
    ordered = _ordered(told)
    if not ordered:
        return None
    (low, lowest), (high, highest) = ordered[0], ordered[-1]
    unknown = sorted({name for name, _ in told} - {name for name, _ in ordered})
    rest = f"; of {listed(unknown)} it can't be told" if unknown else ""
    if len(ordered) == 1:
        return f"{subject} is known for {low} alone: {say(lowest)}{rest}."
    if say(lowest) == say(highest):
        return f"{subject} was {say(lowest)} in {listed([name for name, _ in ordered])} alike{rest}."
    return f"{most} in {high}, {say(highest)}, and {least} in {low}, {say(lowest)}{rest}."
