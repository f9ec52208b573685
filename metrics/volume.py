"""How much was posted: the level before, the peak, how fast it went, and when the crisis was over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.calm import (
    CALM_DAYS,
    Baseline,
    Days,
    below_band,
    calm_again,
    day_number,
    day_of,
    days_of,
    first_run,
    normal,
)
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.windows import MIN_COVERED, Window, Windows
from metrics.words import date as spoken
from metrics.words import number

METRICS: tuple[Metric, ...] = (
    Metric(
        id="baseline_daily_volume",
        label="Posts on a normal day",
        unit="posts a day",
        better=Better.NONE,
        definition="Median posts per covered day in the 28 days before day 0; needs 14 covered days.",
        formula="Spread = the larger of 1.4826 · median absolute deviation and the root of the median.",
        edge_cases="Mentions are counted; owned posts only where there is no mention at all. A day between the first and last data of a platform on which nothing was posted counts as 0, a day outside them not at all. With fewer than 14 covered days there is no number.",
    ),
    Metric(
        id="peak_volume_ratio",
        label="Peak volume",
        unit="times",
        better=Better.LOWER,
        definition="Highest daily volume during the crisis, as a multiple of a normal day.",
        formula="Highest posts of a day during ÷ posts on a normal day.",
        edge_cases="Where a normal day has no posts there is no ratio, and the reason says the peak itself.",
    ),
    Metric(
        id="excess_posts",
        label="Posts above normal",
        unit="posts",
        better=Better.LOWER,
        definition="Posts during the crisis above those of normal days; days below normal count as 0.",
        formula="Sum over the days during of max(0, posts − posts on a normal day).",
        edge_cases="Needs the level before, as posts on a normal day do.",
    ),
    Metric(
        id="half_life",
        label="Half-life of the peak",
        unit="days",
        better=Better.LOWER,
        definition="Days from the peak until volume had fallen half the way back to normal, interpolated between days.",
        formula="From the peak day to the first point with posts ≤ normal + (peak − normal) ÷ 2; it may lie after the crisis.",
        edge_cases="Not yet, where the data end before that, or a day without data breaks the curve; does not apply where volume never rose above a normal day.",
    ),
    Metric(
        id="crisis_over_on",
        label="Crisis over on",
        unit="date",
        better=Better.LOWER,
        definition="First day of 7 covered days in a row on which volume is within two spreads of normal and sentiment within its band, once either had left it.",
        formula="Volume up to normal + 2 spreads; net sentiment of the day at least the median before − 2 · max(1.4826 · median absolute deviation, 0.05).",
        edge_cases="A day without scored posts is judged by volume alone. Where neither ever left its band it is day 0; not yet, where no 7 such days have come.",
    ),
    Metric(
        id="reignited_on",
        label="Reignited on",
        unit="date",
        better=Better.NONE,
        definition="Within 90 days after the crisis was over: the first of 2 days in a row with volume more than four spreads above normal and sentiment below its band.",
        formula="Volume above normal + 4 spreads and sentiment below its band.",
        edge_cases="Not yet, where no such days lie in the 90 days, as far as the data go.",
    ),
)

#: Note in a basis where no sentiment could be judged; sentences look for it.
VOLUME_ALONE = "judged by volume alone, as no sentiment is known before"
REIGNITION_DAYS = 90
_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True)
class End:
    """The first day that is no longer part of the crisis, the rule that said so, and whether the crisis is over."""

    day: pd.Timestamp
    rule: str
    over: bool


def baseline(series: pd.DataFrame, before: Window) -> Baseline | None:
    """The level before a crisis; None with fewer covered days than needed."""
    if before.shortfall(series):
        return None
    return normal(days_of(before.rows(series)))


def baseline_daily_volume(series: pd.DataFrame, w: Windows) -> Estimate:
    """Median posts per day before; the spread stands in `basis`."""
    base = baseline(series, w.before)
    if base is None:
        return _too_few(series, w, "posts a day", Better.NONE)
    basis = _basis(w, w.before.said(), f"spread {number(base.spread)}")
    return Estimate(value=base.volume, unit="posts a day", n=base.days, basis=basis)


def peak(series: pd.DataFrame, w: Windows) -> tuple[pd.Timestamp, int] | None:
    """The day with most posts during the crisis (the first of equals) and their number; None without a covered day."""
    rows = w.during.rows(series)
    if rows.empty:
        return None
    at = int(rows["posts"].to_numpy().argmax())
    return rows["date"].iloc[at], int(rows["posts"].iloc[at])


def peak_volume_ratio(series: pd.DataFrame, w: Windows) -> Estimate:
    """Highest daily volume during ÷ the median before."""
    base, top = baseline(series, w.before), peak(series, w)
    if base is None or top is None:
        return _too_few(series, w, "times", Better.LOWER)
    day, posts = top
    if base.volume == 0:
        reason = f"a normal day has no posts; the peak was {posts:,} posts on {spoken(day)}"
        return absent(Status.UNDEFINED, reason, unit="times", better=Better.LOWER, n=posts)
    basis = _basis(
        w, f"{posts:,} posts on {spoken(day)} against {number(base.volume)} on a normal day", w.before.said()
    )
    return Estimate(value=posts / base.volume, unit="times", n=posts, basis=basis, better=Better.LOWER)


def excess_posts(series: pd.DataFrame, w: Windows) -> Estimate:
    """Σ over the days during of max(0, posts − normal)."""
    base, rows = baseline(series, w.before), w.during.rows(series)
    if base is None or rows.empty:
        return _too_few(series, w, "posts", Better.LOWER)
    value = float((rows["posts"] - base.volume).clip(lower=0).sum())
    basis = _basis(w, w.during.said(), f"above {number(base.volume)} posts a day")
    return Estimate(value=value, unit="posts", n=int(rows["posts"].sum()), basis=basis, better=Better.LOWER)


def half_life(series: pd.DataFrame, w: Windows) -> Estimate:
    """Days from the peak to the first point, interpolated between days, at or below half the way back to normal."""
    base, top = baseline(series, w.before), peak(series, w)
    if base is None or top is None:
        return _too_few(series, w, "days", Better.LOWER)
    day, posts = top
    if posts <= base.volume:
        reason = "volume never rose above a normal day"
        return absent(Status.NOT_APPLICABLE, reason, unit="days", better=Better.LOWER)
    level = base.volume + (posts - base.volume) / 2
    ahead = series[series["date"] >= day]
    # A day without data ends the search: the curve between its neighbours is not known.
    unbroken = ahead["date"].diff().fillna(_DAY).eq(_DAY).cummin()
    values = ahead.loc[unbroken, "posts"].to_numpy(dtype=float)
    below = np.flatnonzero(values <= level)
    basis = _basis(w, f"from {spoken(day)} down to {number(level)} posts a day")
    if below.size == 0:
        reason = f"volume had not fallen to half by {spoken(day + (len(values) - 1) * _DAY)}, where the data end"
        return Estimate(unit="days", status=Status.NOT_REACHED, reason=reason, basis=basis, better=Better.LOWER)
    i = int(below[0])
    value = i - 1 + (values[i - 1] - level) / (values[i - 1] - values[i])
    return Estimate(value=float(value), unit="days", n=i + 1, basis=basis, better=Better.LOWER)


def crisis_over_on(series: pd.DataFrame, w: Windows) -> Estimate:
    """First of 7 calm covered days in a row, once volume or sentiment had left its band (house).

    Calm: V ≤ B + 2s and daily net sentiment ≥ its baseline median − 2·max(1.4826·MAD, 0.05). A day on which no post
    has a sentiment is judged by volume alone. Where neither ever left its band the crisis was over on day 0.
    """
    base = baseline(series, w.before)
    if base is None:
        return _too_few(series, w, "date", Better.LOWER)
    first, n = calm_again(days_of(series).since(day_number(w.day0)), base)
    basis = _basis(w, f"normal is {number(base.volume)} posts a day, up to {number(base.volume + 2 * base.spread)}")
    if base.sentiment_floor is None:
        basis += f"; {VOLUME_ALONE}"
    if first is None:
        reason = f"no {CALM_DAYS} calm days in a row in the data so far"
        return Estimate(unit="date", status=Status.NOT_REACHED, reason=reason, basis=basis, better=Better.LOWER)
    value = day_of(first).date().isoformat()
    return Estimate(value=value, unit="date", n=n, basis=basis, better=Better.LOWER)


def reignited_on(series: pd.DataFrame, w: Windows) -> Estimate:
    """The first of 2 loud days in a row (V > B + 4s and sentiment below its band) in the 90 days after the end."""
    over, base = crisis_over_on(series, w), baseline(series, w.before)
    if base is None or not isinstance(over.value, str):
        return absent(over.status, over.reason or "", unit="date")
    start = pd.Timestamp(over.value)
    after = day_number(start)
    days = days_of(series).between(after + 1, after + REIGNITION_DAYS)
    loud = (days.posts > base.volume + 4 * base.spread) & below_band(days, base)
    first = first_run(days.day, loud, 2)
    if first is None:
        reason = f"not within {REIGNITION_DAYS} days after {spoken(start)}, as far as the data go"
        return absent(Status.NOT_REACHED, reason, unit="date")
    basis = _basis(w, f"more than {number(base.volume + 4 * base.spread)} posts a day and sentiment below its band")
    return Estimate(value=day_of(first).date().isoformat(), unit="date", n=len(days.day), basis=basis)


def crisis_end(
    series: pd.DataFrame,
    day0: pd.Timestamp,
    *,
    as_of_date: pd.Timestamp,
    resolved_on: pd.Timestamp | None = None,
    baseline_days: int = 28,
) -> End:
    """The end of the window during: by the data, else by the resolution, else as far as anything is known."""
    return end_of(days_of(series), day0, as_of_date=as_of_date, resolved_on=resolved_on, baseline_days=baseline_days)


def end_of(
    days: Days,
    day0: pd.Timestamp,
    *,
    as_of_date: pd.Timestamp,
    resolved_on: pd.Timestamp | None = None,
    baseline_days: int = 28,
) -> End:
    """`crisis_end` of a series as arrays."""
    start = day_number(day0)
    before = days.between(start - baseline_days, start - 1)
    over = calm_again(days.since(start), normal(before))[0] if len(before.day) >= MIN_COVERED else None
    # Where nothing ever showed it was over on day 0, and that would leave no crisis to look at.
    if over is not None and over > start:
        return End(day_of(over), "volume and sentiment were back to normal", over=True)
    if resolved_on is not None:
        return End(resolved_on + _DAY, "the crisis was resolved the day before", over=True)
    last = min(as_of_date, day_of(days.day[-1])) if len(days.day) else as_of_date
    return End(last + _DAY, "the data end there", over=False)


def _basis(w: Windows, *parts: str) -> str:
    return "; ".join((*parts, *w.notes))


def _too_few(series: pd.DataFrame, w: Windows, unit: str, better: Better) -> Estimate:
    reason = w.before.shortfall(series) or w.during.shortfall(series) or "too few days have data"
    return absent(Status.INSUFFICIENT_N, reason, unit=unit, better=better)
