"""The response across crises: median times, shares within target, trends, and whether two groups differ.

Functions take ANSWERS (`metrics.answers`) of one interval. What still runs is censored; what was missed is censored at
infinity, and never within any target. There is no mean: one long crisis would make it (VOID; Davidovič, 2021).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from metrics import survival
from metrics.answers import Observed, clash, observed
from metrics.clock import utc_column
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.response import BUSINESS, BUSINESS_METRICS, INTERVALS
from metrics.response import METRICS as OF_ONE
from metrics.survival import MIN_INTERVAL, Known, Times
from metrics.trend import MIN_TREND, Trend, log_trend
from metrics.words import chance, date, days, duration, minutes, number, opened, plural, spelled

#: What is looked at across crises: every interval and the longest silence, then the same in business hours.
PLAIN = (*(row.id for row in INTERVALS), "longest_silence")
BASES = (*PLAIN, *(key for key, plain in BUSINESS.items() if plain in PLAIN))
#: Those that have a trend; a margin with a sign has no logarithm.
TRENDING = tuple(key for key in PLAIN if key != "internal_first_margin")
#: Those that groups of crises are compared in, named in advance so that no difference is fished for.
COMPARED = ("time_to_detect", "time_to_first_statement")

_OF = {metric.id: metric for metric in (*OF_ONE, *BUSINESS_METRICS)}
_MEDIAN = "Kaplan–Meier: where S(t) falls to one half; log-log Greenwood interval, between order statistics where nothing is censored."
_MEDIAN_EDGES = "Still running is censored, missed is censored at infinity; below six crises there is no interval."
_SHARE = "1 − S(target) by Kaplan–Meier; Wilson's interval where nothing is censored before the target, else log-log Greenwood."
_SHARE_EDGES = "Each crisis against its own target; missed is never within it."
_TREND = "exp of the Theil–Sen slope of log duration × the period; Kendall's τ tests it."
_TREND_EDGES = "Times that have ended; under a minute counts as one minute; needs eight."


def _label(metric: Metric) -> str:
    """The label as it stands within another; the one that is a clause becomes a noun."""
    noun = metric.label.replace("Employees heard before the public", "Lead of employees over the public")
    return noun[0].lower() + noun[1:]


def _medians() -> Iterable[Metric]:
    for key in BASES:
        of, plain = _OF[key], key not in BUSINESS
        yield Metric(
            id=f"median_{key}", label=f"Median of {_label(of)}", unit=of.unit, better=of.better,
            definition=f"The {_label(of)} that half of the crises do not exceed.",
            formula=_MEDIAN if plain else "", edge_cases=_MEDIAN_EDGES if plain else "",
            source="Brookmeyer & Crowley 1982; Conover 1999",
        )  # fmt: skip
        yield Metric(
            id=f"share_within_target_{key}", label=f"{opened(_label(of))} within target", unit="share", better=Better.HIGHER,
            definition=f"Share of the crises whose {_label(of)} is within target.",
            formula=_SHARE if plain else "", edge_cases=_SHARE_EDGES if plain else "",
            source="Kaplan & Meier 1958; Wilson 1927",
        )  # fmt: skip


METRICS: tuple[Metric, ...] = (
    *_medians(),
    *(
        Metric(
            id=f"trend_{key}", label=f"Trend of {_label(_OF[key])}", unit="times", better=Better.LOWER,
            definition=f"By which factor the {_label(_OF[key])} changed from the first crisis to the last.",
            formula=_TREND, edge_cases=_TREND_EDGES, source="Theil 1950; Sen 1968; Kendall 1938",
        )
        for key in TRENDING
    ),
    *(
        Metric(
            id=f"log_rank_{key}", label=f"Difference in {_label(_OF[key])} between groups", unit="p", better=Better.NONE,
            definition=f"How likely so large a difference in {_label(_OF[key])} between two groups of crises is by chance.",
            formula="Two-sided p of the log-rank test.", edge_cases="Needs six crises in each group.",
            source="Mantel 1966",
        )
        for key in COMPARED
    ),
)  # fmt: skip


def median(metric_id: str, frame: pd.DataFrame) -> Estimate:
    """The median of one interval, of `BASES`; ``not_reached`` where most crises still run or missed it."""
    of = _OF[metric_id]
    refused, seen = clash(frame), observed(frame)
    if refused or not len(seen.rows):
        return absent(Status.UNDEFINED, refused or _nothing(seen), unit=of.unit, better=of.better)
    known = [survival.median(times, seen.ended) for times in seen.readings()]
    value = known[0].value
    lo, hi = _hull(known)
    basis = f"{'Kaplan–Meier over' if seen.running else 'median of'} {seen.said()}"
    if len(seen.rows) < MIN_INTERVAL:
        basis += f"; no interval below {MIN_INTERVAL} crises"
    status, reason = Status.OK, None
    if value is None:
        n = len(seen.rows)
        some = "has not ended in the one crisis" if n == 1 else f"has ended in fewer than half of {spelled(n)} crises"
        status, reason = Status.NOT_REACHED, f"it {some} so far ({seen.counts})"
    return Estimate(
        value=value, lo=lo, hi=hi, unit=of.unit, n=len(seen.rows), status=status, reason=reason, basis=basis,
        better=of.better,
    )  # fmt: skip


def share_within_target(metric_id: str, frame: pd.DataFrame) -> Estimate:
    """The share of crises within target, each against its own: durations are taken as multiples of their targets.

    Hours are compared to the minute, as `metrics.targets.verdict` does. ``not_applicable`` where no crisis has a target.
    """
    of, seen, refused = _OF[metric_id], observed(frame, judged=True), clash(frame)
    if refused or not len(seen.rows):
        unset = not refused and not frame["target"].notna().any()
        status = Status.NOT_APPLICABLE if unset else Status.UNDEFINED
        reason = refused or ("no target is set" if unset else _nothing(seen))
        return absent(status, reason, unit="share", better=Better.HIGHER)
    known = [_share(times, seen, of) for times in seen.readings()]
    lo, hi = _hull(known)
    basis = f"within {_targets(seen.rows['target'], of)}; {seen.said()}"
    n = len(seen.rows)
    if known[0].value is None:
        reason = f"{plural(n, 'crisis', 'crises')} still running, none past its target yet"
        return Estimate(unit="share", n=n, status=Status.UNDEFINED, reason=reason, basis=basis, better=Better.HIGHER)
    return Estimate(value=known[0].value, lo=lo, hi=hi, unit="share", n=n, basis=basis, better=Better.HIGHER)


def trend(metric_id: str, frame: pd.DataFrame) -> tuple[Estimate, Trend | None]:
    """How the interval changed over the crises, and the test behind it; an id of `TRENDING`."""
    refused, seen = clash(frame), observed(frame)
    done = seen.rows[seen.ended & seen.rows["began"].notna().to_numpy()]
    n, unit = len(done), "times"
    if refused:
        return absent(Status.UNDEFINED, refused, unit=unit, better=Better.LOWER), None
    if n < MIN_TREND:
        reason = f"{plural(n, 'crisis has', 'crises have')} ended with a known start; a trend needs {MIN_TREND}"
        return absent(Status.INSUFFICIENT_N, reason, unit=unit, better=Better.LOWER, n=n), None
    began = utc_column(done["began"])
    least = 1 / 60 if _OF[metric_id].unit == "hours" else 1 / 1440
    moments = ((began - began.min()) / pd.Timedelta(days=1)).to_numpy(dtype="float64")
    found = log_trend(moments, np.maximum(done["value"].to_numpy(dtype="float64"), least))
    if found is None:
        return absent(Status.UNDEFINED, "all crises began at one moment", unit=unit, better=Better.LOWER, n=n), None
    basis = f"{n} crises from {date(began.min())} to {date(began.max())}"
    basis += f"; Kendall's τ = {number(found.tau, 2)}, {chance(found.p)}"
    if n < len(seen.rows):
        basis += f"; {len(seen.rows) - n} not ended or without a start left out"
    told = Estimate(value=found.factor, lo=found.lo, hi=found.hi, unit=unit, n=n, basis=basis, better=Better.LOWER)
    return told, found


def compared(one: tuple[str, pd.DataFrame], other: tuple[str, pd.DataFrame]) -> Estimate:
    """The log-rank test between two groups of crises, each a name and ANSWERS of the same interval, of `COMPARED`."""
    groups = (one, other)
    refused = clash(pd.concat([frame for _, frame in groups]))
    if refused:
        return absent(Status.UNDEFINED, refused, unit="p")
    a, b = (observed(frame) for _, frame in groups)
    sizes = len(a.rows), len(b.rows)
    n, told = sum(sizes), f"{one[0]} ({sizes[0]}) against {other[0]} ({sizes[1]})"
    if min(sizes) < MIN_INTERVAL:
        return absent(Status.INSUFFICIENT_N, f"{told}: needs {MIN_INTERVAL} crises in each", unit="p", n=n)
    p = survival.log_rank(a.times(), a.ended, b.times(), b.ended)
    if p is None:
        return absent(Status.UNDEFINED, f"{told}: nothing that could differ", unit="p", n=n)
    return Estimate(value=p, unit="p", n=n, basis=f"{told}, log-rank")


def _share(times: Times, seen: Observed, of: Metric) -> Known:
    targets = seen.rows["target"].to_numpy(dtype="float64")
    if of.unit == "hours":
        times, targets = _in_minutes(times), _in_minutes(targets)
    if of.better is Better.LOWER:
        return survival.share_by(_multiples(times, targets), seen.ended, 1.0)
    # Higher is better: what was missed is as far below its target as can be, and what still runs has reached so much.
    missed = seen.rows["missed"].to_numpy(dtype=bool)
    over, ended = np.where(missed, -np.inf, times - targets), seen.ended | missed
    below = survival.share_by(over, ended, float(np.nextafter(0, -1)))
    if below.value is None or below.lo is None or below.hi is None:
        return below
    return Known(1 - below.value, 1 - below.hi, 1 - below.lo)


def _multiples(times: Times, targets: Times) -> Times:
    """Times ÷ targets; a target of zero is met by zero alone."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(targets > 0, times / targets, np.where(times <= targets, 0.0, np.inf))


def _in_minutes(hours: Times) -> Times:
    return np.array([minutes(hour) if np.isfinite(hour) else hour for hour in hours], dtype="float64")


def _hull(known: Sequence[Known]) -> tuple[float | None, float | None]:
    """The interval that holds those of all readings; an end that one of them does not have is open."""
    lows, highs = [one.lo for one in known], [one.hi for one in known]
    lo = None if None in lows else min(low for low in lows if low is not None)
    return lo, None if None in highs else max(high for high in highs if high is not None)


def _targets(targets: pd.Series, of: Metric) -> str:
    told = [duration(t) if of.unit == "hours" else days(t) for t in sorted({float(t) for t in targets})]
    return told[0] if len(told) == 1 else f"each crisis's own target, {told[0]} to {told[-1]}"


def _nothing(seen: Observed) -> str:
    if seen.left_out:
        return f"{plural(seen.left_out, 'crisis', 'crises')}, {'all ' if seen.left_out > 1 else ''}with times missing or in the wrong order"
    return "no crisis"
