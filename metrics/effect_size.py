"""How far the scores of posts moved: Cliff's δ, which compares every post before with every post during."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import MIN_DAYS, NARROW_DAYS, RESAMPLES, SEED, percentile_interval
from metrics.windows import Window, Windows, hang_together
from metrics.words import plural

Array = NDArray[np.float64]

METRICS: tuple[Metric, ...] = (
    Metric(
        id="sentiment_effect_size",
        label="Effect on post scores",
        unit="Cliff's δ",
        better=Better.LOWER,
        definition="How much oftener a post before scored above a post during the crisis than below it: 0 no difference, 1 every post before scored higher, −1 every post lower.",
        source="Cliff, Psychol. Bull. 1993;114:494–509; bootstrap over days: house",
        formula="P(before > during) − P(before < during) over all pairs of posts, from scores counted in twentieths of a point; interval from 2,000 resamples of the days of both windows.",
        edge_cases=f"Only posts with a score count: a label alone is none, nor are daily totals. With fewer than {MIN_DAYS} days on a side there is no interval; where successive days resemble each other it is labelled as likely too narrow.",
    ),
)
_METRIC = METRICS[0]


def cliffs_delta(first: Array, second: Array) -> Array:
    """Cliff's δ of two histograms over the same bins in rising order: P(first > second) − P(first < second).

    Parameters
    ----------
    first, second : arrays of shape (…, bins)
        Counts; each histogram holds at least one.

    Returns
    -------
    array of shape (…,)
    """
    below = np.cumsum(second, axis=-1) - second
    above = second.sum(axis=-1, keepdims=True) - below - second
    pairs = first.sum(axis=-1) * second.sum(axis=-1)
    return np.asarray((first * (below - above)).sum(axis=-1) / pairs)


def sentiment_effect_size(histogram: pd.DataFrame, series: pd.DataFrame, w: Windows) -> Estimate:
    """Cliff's δ of post scores, before against during.

    Parameters
    ----------
    histogram : DataFrame
        date (local day), score, posts: how many posts of a day have this score.
    series : DataFrame
        As `metrics.windows.daily_series` returns it, of the same posts.
    """
    windows = (w.before, w.during)
    for window in windows:
        lack = _lacking(histogram, series, window)
        if lack:
            return absent(*lack, unit=_METRIC.unit, better=_METRIC.better)
    bins = np.sort(histogram["score"].dropna().unique())
    before, during = (_by_day(window.rows(histogram), bins) for window in windows)
    pooled = [days.to_numpy(dtype=float) for days in (before, during)]
    value = float(cliffs_delta(pooled[0].sum(axis=0), pooled[1].sum(axis=0)))
    n = int(pooled[0].sum() + pooled[1].sum())
    parts = [w.before.said(), w.during.said(), f"{int(pooled[0].sum()):,} and {plural(int(pooled[1].sum()), 'score')}"]
    if min(len(before), len(during)) < MIN_DAYS:
        return _estimate(value, None, n, [*parts, f"no interval: fewer than {MIN_DAYS} days with scores", *w.notes])
    draws = cliffs_delta(*(_resampled(counts, stream) for stream, counts in enumerate(pooled)))
    if any(_alike(days, bins) for days in (before, during)):
        parts.append(NARROW_DAYS)
    return _estimate(value, percentile_interval(draws), n, [*parts, *w.notes])


def _lacking(histogram: pd.DataFrame, series: pd.DataFrame, window: Window) -> tuple[Status, str] | None:
    short = window.shortfall(series)
    if short:
        return Status.INSUFFICIENT_N, short
    waiting = int(window.rows(series)["unscored"].sum())
    if waiting:
        return Status.UNDEFINED, f"{plural(waiting, 'post')} not scored"
    if window.rows(histogram)["posts"].sum() == 0:
        return Status.UNDEFINED, f"no post {window.name} the crisis has a score"
    return None


def _by_day(rows: pd.DataFrame, bins: Array) -> pd.DataFrame:
    """Days (in order, those with a score) × bins."""
    table = rows.pivot_table(index="date", columns="score", values="posts", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=bins, fill_value=0).sort_index()
    return table[table.sum(axis=1) > 0]


def _resampled(counts: Array, stream: int) -> Array:
    """Histograms of resampled days, of shape (RESAMPLES, bins)."""
    days = len(counts)
    weights = np.random.default_rng([SEED, stream]).multinomial(days, np.full(days, 1 / days), size=RESAMPLES)
    return np.asarray(weights.astype(float) @ counts)


def _alike(days: pd.DataFrame, bins: Array) -> bool:
    return hang_together(pd.Series(days.to_numpy(dtype=float) @ bins / days.sum(axis=1).to_numpy(), index=days.index))


def _estimate(value: float, interval: tuple[float, float] | None, n: int, parts: list[str]) -> Estimate:
    lo, hi = interval or (None, None)
    return Estimate(value=value, lo=lo, hi=hi, unit=_METRIC.unit, n=n, basis="; ".join(parts), better=_METRIC.better)
