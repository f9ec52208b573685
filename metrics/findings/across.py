"""How fast crises were answered, all of them together, in sentences. A mean is never said, and no trend of a few."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.across import chance
from metrics.estimate import Estimate, Status
from metrics.findings.clauses import cannot_tell
from metrics.findings.response import SPOKEN
from metrics.targets import Verdict
from metrics.trend import ALPHA, Trend
from metrics.words import days, duration, durations, listed, opened, percent, times

#: Interval → what a sentence calls it.
SUBJECTS = {key: words.subject for key, words in SPOKEN.items()} | {
    "longest_silence": "the longest silence",
    "internal_first_margin": "the lead of employees over the public",
}


def timing(
    metric_id: str,
    median: Estimate,
    *,
    share: Estimate | None = None,
    verdicts: Sequence[Verdict] = (),
    target: float | None = None,
    test: Trend | None = None,
) -> str:
    """One interval over all crises: its median, how often it was within target, and whether it changes.

    Parameters
    ----------
    metric_id : str
        A key of `SUBJECTS`.
    share : Estimate, optional
        Of the crises within target; nothing is said of targets without it.
    verdicts : sequence of Verdict
        One a crisis: where all of them are settled, the share is told as a count.
    target : float, optional
        The one target of all crises, in the median's unit; None where they have different ones.
    test : Trend, optional
        None where there are too few crises for a trend; then none is said.
    """
    subject = opened(SUBJECTS[metric_id])
    if median.status is Status.NOT_REACHED:
        told = f"{subject} has no median: {median.reason}"
    elif median.number is None:
        return cannot_tell(subject, median)
    else:
        told = f"{subject} was {_median(median)}"
    return f"{told}{_within(share, verdicts, target, median)}{_changing(test)}."


def noticed(share: Estimate, nameless: int) -> str:
    """How often the company itself noticed first; `nameless` crises do not say who did."""
    if share.number is None:
        return cannot_tell("Who noticed first", share)
    count = round(share.number * share.n)
    who = "Own monitoring or an employee"
    told = f"{who} noticed {count or 'none'} of {share.n} crises first"
    if share.n == 1:
        told = f"{who if count else 'Somebody outside'} noticed the one crisis that names who did"
    if not nameless:
        return f"{told}."
    return f"{told}; {nameless} more {'does' if nameless == 1 else 'do'} not say who did."


def difference(metric_id: str, test: Estimate, groups: Sequence[tuple[str, Estimate]]) -> str | None:
    """Two groups of crises by their medians, and whether chance explains it; None where that is not tested."""
    p, medians = test.number, [median.number for _, median in groups]
    if p is None or None in medians:
        return None
    shown = _spans(groups[0][1], *(value for value in medians if value is not None))
    sides = listed([f"{value} {name}" for (name, _), value in zip(groups, shown, strict=True)])
    verdict = "more than chance explains" if p < ALPHA else "which can't be told apart from chance"
    return f"{opened(SUBJECTS[metric_id])} was {sides} in the median, {verdict} (log-rank, {chance(p)})."


def _median(median: Estimate) -> str:
    ends = [end for end in (median.lo, median.hi) if end is not None]
    value, *shown = _spans(median, median.number or 0.0, *ends)
    if median.n == 1:
        return f"{value} in the one crisis that has it"
    told = f"{value} in the median of {median.n} crises"
    if len(shown) == 2:
        return f"{told} ({shown[0]} to {shown[1]})"
    if median.lo is not None:
        return f"{told} (at least {shown[0]})"
    return f"{told}, too few for an interval" if median.hi is None else f"{told} (at most {shown[0]})"


def _spans(like: Estimate, *values: float) -> list[str]:
    """Times beside each other in the unit of an estimate, negative ones with their sign."""
    if like.unit != "hours":
        return [days(value) for value in values]
    return [f"−{told}" if value < 0 else told for value, told in zip(values, durations(*values), strict=True)]


def _within(share: Estimate | None, verdicts: Sequence[Verdict], target: float | None, median: Estimate) -> str:
    if share is None or share.status is Status.NOT_APPLICABLE:
        return ""
    shared = None if target is None else f"the {_aim(target, median)} target"
    if share.number is None:
        return f"; none is past {shared or 'its target'} yet" if share.n else ""
    judged = [one for one in verdicts if one is not Verdict.NONE]
    if all(one in (Verdict.MET, Verdict.NOT_MET) for one in judged):
        met = sum(one is Verdict.MET for one in judged)
        if len(judged) == 1:
            return f"; that is {'' if met else 'not '}within {shared or 'its target'}"
        one = met <= 1
        aim = shared or ("its own target" if one else "their own targets")
        return f"; {met or 'none'} of {len(judged)} {'was' if one else 'were'} within {aim}"
    least, most = (percent(end) if end is not None else "" for end in (share.lo, share.hi))
    return f"; an estimated {percent(share.number)} were within {shared or 'their own targets'} ({least} to {most})"


def _aim(target: float, median: Estimate) -> str:
    return duration(target) if median.unit == "hours" else days(target)


def _changing(test: Trend | None) -> str:
    if test is None:
        return ""
    if not test.clear:
        return "; a trend can't be told apart from chance"
    if test.factor >= 2:
        change = f"{times(test.factor)} as long"
    else:
        change = f"{percent(abs(1 - test.factor))} {'longer' if test.factor > 1 else 'shorter'}"
    return f"; from the first crisis to the last it became {change} ({chance(test.p)})"
