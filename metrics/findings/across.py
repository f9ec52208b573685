"""How fast crises were answered, all of them together, in sentences. A mean is never said, and no trend of a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from metrics.estimate import Estimate, Status
from metrics.findings.clauses import cannot_tell, span
from metrics.findings.response import SPOKEN
from metrics.intervals import ALPHA
from metrics.response import BUSINESS
from metrics.targets import Verdict, verdict
from metrics.trend import Trend
from metrics.words import chance, days, durations, listed, opened, part_of, percent, spelled, times, working

_PLAIN = {key: words.subject for key, words in SPOKEN.items()} | {
    "longest_silence": "the longest silence",
    "internal_first_margin": "the lead of employees over the public",
}
#: Interval → what a sentence calls it.
SUBJECTS = _PLAIN | {key: f"{_PLAIN[of]} in business hours" for key, of in BUSINESS.items() if of in _PLAIN}


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
        told = f"{subject} was {_median(median, business=metric_id in BUSINESS)}"
    return f"{told}{_within(share, verdicts, target, median)}{_changing(test)}."


def medians(answered: Mapping[str, tuple[Estimate, float | None]]) -> str | None:
    """How many intervals have a median within target, and which is furthest past it; None where nothing is judged.

    `answered` holds median and target by interval.
    """
    known = {key: (replace(median, lo=None, hi=None), target) for key, (median, target) in answered.items()}
    judged = {key: verdict(median, target) for key, (median, target) in known.items()}
    met = sum(one is Verdict.MET for one in judged.values())
    late = [key for key, one in judged.items() if one is Verdict.NOT_MET]
    if not met + len(late):
        return None
    n = met + len(late)
    where = "the one interval" if n == 1 else f"{part_of(met, n)} intervals"
    told = f"The median is {'' if met or n > 1 else 'not '}within target in {where} with a target"
    factors = {key: (known[key][0].number or 0) / target for key in late if (target := known[key][1])}
    if not factors:
        return f"{told}."
    worst = max(sorted(factors), key=lambda key: factors[key])
    aim = span(known[worst][0], known[worst][1] or 0)
    over = f"{times(factors[worst])} its {aim} target" if factors[worst] >= 1.5 else f"against a target of {aim}"
    return f"{told}; furthest past it is {SUBJECTS[worst]}, {over}."


def noticed(share: Estimate, nameless: int) -> str:
    """How often the company itself noticed first; `nameless` crises do not say who did."""
    if share.number is None:
        return cannot_tell("Who noticed first", share)
    count = round(share.number * share.n)
    who = "Own monitoring or an employee"
    if share.n == 1:
        told = f"{who if count else 'Somebody outside'} noticed the one crisis that names who did"
    else:
        told = f"{who} noticed {part_of(count, share.n)} crises first"
    if not nameless:
        return f"{told}."
    return f"{told}; {spelled(nameless)} more {'does' if nameless == 1 else 'do'} not say who did."


def difference(metric_id: str, test: Estimate, groups: Sequence[tuple[str, Estimate]]) -> str | None:
    """Two groups of crises by their medians, and whether chance explains it; None where that is not tested."""
    p, medians = test.number, [median.number for _, median in groups]
    if p is None or None in medians:
        return None
    shown = _spans(groups[0][1], *(value for value in medians if value is not None))
    sides = listed([f"{value} {name}" for (name, _), value in zip(groups, shown, strict=True)])
    verdict = "more than chance explains" if p < ALPHA else "which can't be told apart from chance"
    return f"{opened(SUBJECTS[metric_id])} was {sides} in the median, {verdict} (log-rank, {chance(p)})."


def _median(median: Estimate, *, business: bool) -> str:
    ends = [end for end in (median.lo, median.hi) if end is not None]
    values = (median.number or 0.0, *ends)
    value, *shown = [working(v) for v in values] if business else _spans(median, *values)
    if median.n == 1:
        return f"{value} in the one crisis that has it"
    told = f"{value} in the median of {spelled(median.n)} crises"
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
    shared = None if target is None else f"the {span(median, target)} target"
    if share.number is None:
        return f"; none is past {shared or 'its target'} yet" if share.n else ""
    judged = [one for one in verdicts if one is not Verdict.NONE]
    if all(one in (Verdict.MET, Verdict.NOT_MET) for one in judged):
        met = sum(one is Verdict.MET for one in judged)
        if len(judged) == 1:
            return f"; that is {'' if met else 'not '}within {shared or 'its target'}"
        one = met <= 1
        aim = shared or ("its own target" if one else "their own targets")
        return f"; {part_of(met, len(judged))} {'was' if one else 'were'} within {aim}"
    least, most = (percent(end) if end is not None else "" for end in (share.lo, share.hi))
    return f"; an estimated {percent(share.number)} were within {shared or 'their own targets'} ({least} to {most})"


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
