"""What changed between waves, what goes together, and who was asked, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from metrics.estimate import Estimate, Status
from metrics.findings.clauses import cannot_tell
from metrics.findings.morale import response_rate
from metrics.survey_changes import Change
from metrics.words import listed, opened, percent, point_count, points, points_range, signed, spelled

QUESTIONS = ("question", "questions")
BY_DEPARTMENT = ("answer by department", "answers by department")
UNCLEAR = "can't be told apart from normal variation"
#: Changes named one by one; of more it is said how many.
_NAMED = 3


def changes(found: Sequence[Change], now: str, before: str, *, what: tuple[str, str] = QUESTIONS) -> str:
    """Which of the changes between two waves are more than normal variation, all comparisons considered.

    Parameters
    ----------
    found : sequence of Change
        With their p-values adjusted.
    what : (str, str)
        What was compared, for one of them and for several.
    """
    between = f"compared between {before} and {now}"
    if not found:
        return f"No {what[0]} was asked in both {before} and {now}, so none can be compared."
    tested = [change for change in found if change.p is not None]
    if not tested:
        return cannot_tell(f"What changed between {before} and {now}", found[0].estimate)
    clear = sorted((c for c in tested if c.clear), key=lambda c: (c.adjusted or 0.0, sorted(c.about.items())))
    aside = f" ({_left_out(len(found) - len(tested))})" if len(tested) < len(found) else ""
    told = listed([_moved(change) for change in clear[:_NAMED]])
    if len(tested) == 1:
        one = f"one {what[0]} {between}{aside}"
        return f"The {one} changed: {told}." if clear else f"The change of the {one} {UNCLEAR}."
    among = f"Of {spelled(len(tested), *what)} {between}{aside}"
    if not clear:
        return f"{among}, no change can be told apart from normal variation, all comparisons considered."
    more = f"; {spelled(len(clear) - _NAMED)} more did" if len(clear) > _NAMED else ""
    return f"{among}, {spelled(len(clear))} changed by more than normal variation, all comparisons considered: {told}{more}."


def _left_out(count: int) -> str:
    return f"{spelled(count)} more {'is' if count == 1 else 'are'} hidden or not known"


def _moved(change: Change) -> str:
    """``“I trust us” fell 11 points (−17 to −4)``; of a group ``Support on “I trust us” fell …``."""
    estimate = change.estimate
    value, lo, hi = estimate.number or 0.0, estimate.lo or 0.0, estimate.hi or 0.0
    group = change.about.get("group")
    subject = f"{group} on “{change.about['question']}”" if group else f"“{change.about['question']}”"
    verb = (
        ("was below the rest by", "was above the rest by")
        if change.metric == "favourable_vs_rest"
        else ("fell", "rose")
    )
    if estimate.unit == "enps":
        size, interval = point_count(value, 0), f"{signed(lo, 0)} to {signed(hi, 0)}"
    else:
        size, interval = points(value), points_range(lo, hi)
    return f"{subject} {verb[value > 0]} {size} ({interval})"


def drivers(found: Mapping[str, Estimate], outcome: str) -> str | None:
    """Which answers go together most with recommending the company; None where nothing of the kind was asked."""
    if not found:
        return None
    known = {name: one for name, one in found.items() if one.number is not None}
    if not known:
        return cannot_tell("What goes together with recommending us", next(iter(found.values())))
    first = max(sorted(known), key=lambda name: known[name].number or 0.0)
    one = known[first]
    share, between = percent(one.number or 0.0), f"{percent(one.lo or 0.0)} to {percent(one.hi or 0.0)}"
    overlap = [name for name in known if name != first and (known[name].hi or 0.0) >= (one.lo or 0.0)]
    unsure = f"; {_some(len(overlap), len(known) - 1)} may be as closely" if overlap else ""
    return (
        f"Of {spelled(len(known), 'question')}, “{first}” is the most closely associated with “{outcome}”: {share} of its "
        f"variance ({between}){unsure}. That is association, not cause."
    )


def _some(count: int, others: int) -> str:
    """``the other``, ``both others``, ``all four others``, ``one of the three others``."""
    if count == others:
        return ("the other", "both others")[others - 1] if others < 3 else f"all {spelled(others)} others"
    return f"{spelled(count)} of the {spelled(others)} others"


def feedback(audience: str, wave: str, shares: Mapping[str, Estimate]) -> str:
    """What one audience other than employees answered: from the least to the most favourable question."""
    known = {question: one for question, one in shares.items() if one.status is Status.OK and one.number is not None}
    who = opened(audience)
    if not known:
        if not shares:
            return f"{who} ({wave}) were asked nothing that has a favourable answer."
        return cannot_tell(f"What {audience} answered in {wave}", next(iter(shares.values())))
    ranked = sorted(known, key=lambda question: (known[question].number or 0.0, question))
    low, high = known[ranked[0]], known[ranked[-1]]
    rest = len(shares) - len(known)
    aside = f"; {_left_out(rest)}" if rest else ""
    told = f"{percent(low.number or 0.0)} favourable on “{ranked[0]}”{_between(low)}"
    if len(ranked) > 1:
        told = f"from {told} to {percent(high.number or 0.0)} on “{ranked[-1]}”{_between(high)}"
    return f"{who} ({wave}): {told}{aside}."


def _between(share: Estimate) -> str:
    return "" if share.lo is None or share.hi is None else f" ({percent(share.lo)} to {percent(share.hi)})"


def silence(rate: Estimate, bounds: Estimate | None, question: str) -> str | None:
    """How many answered, and what the silent could have changed in one question; None where nobody knows."""
    if rate.status is not Status.OK or rate.number is None:
        return None
    told = response_rate(rate)
    if bounds is None or bounds.number is None or bounds.lo is None or bounds.hi is None or bounds.lo == bounds.hi:
        return told
    return f"{told.removesuffix('.')}; had all the silent answered, between {percent(bounds.lo)} and {percent(bounds.hi)} would be favourable on “{question}”."


def heard(audiences: Collection[str]) -> str:
    """Who was heard since the crisis began."""
    if not audiences:
        return "Nobody has been asked since the crisis began."
    return f"Heard since the crisis began: {listed([_called(audience) for audience in sorted(audiences)])}."


def not_heard(missing: Sequence[str]) -> str | None:
    """The audiences that the plan names and nobody asked; None where there are none."""
    named = listed([_called(audience) for audience in missing])
    return f"Not measured: nobody asked {named}." if missing else None


def _called(audience: str) -> str:
    return f"the {audience}" if audience in ("public", "press") else audience
