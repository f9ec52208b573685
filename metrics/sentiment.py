"""Net sentiment and the negative share before, during and after a crisis, and how much they changed.

Shares are pooled over posts: a day with a thousand posts weighs a thousand times one with a single post. Posts without
a sentiment stand outside the denominator and are said. The interval resamples days, because posts of one day hang
together; where days hang together too it is labelled as likely too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.intervals import MIN_DAYS, NARROW_DAYS, RHO_LIMIT, bootstrap_ratio, percentile_interval
from metrics.windows import Window, Windows, hang_together
from metrics.words import percent, plural

Period = Literal["before", "during", "after"]
PERIODS: tuple[Period, ...] = ("before", "during", "after")
_HUTTO = "Hutto & Gilbert 2014; bootstrap over days: house"

_FORMULA = "A score of at least 0.05 is positive, of at most −0.05 negative; a label in the export wins over a score. Interval: 2,000 resamples of the days."
_EDGES = (
    f"With fewer than {MIN_DAYS} days there is no interval. Where the days resemble the day before (lag-1 correlation above "
    f"{RHO_LIMIT}) it is labelled as likely too narrow: it then holds the truth in about three of four cases. Not recorded, "
    "while posts wait for the scorer."
)

METRICS: tuple[Metric, ...] = (
    *(
        Metric(
            id=f"net_sentiment_{period}",
            label=f"Net sentiment {period}",
            unit="share",
            better=Better.HIGHER,
            definition=f"Positive minus negative posts as a share of all scored posts {period} the crisis.",
            source=_HUTTO,
            formula=_FORMULA,
            edge_cases=_EDGES,
        )
        for period in PERIODS
    ),
    *(
        Metric(
            id=f"share_negative_{period}",
            label=f"Negative share {period}",
            unit="share",
            better=Better.LOWER,
            definition=f"Negative posts as a share of all scored posts {period} the crisis.",
            source=_HUTTO,
            formula=_FORMULA,
            edge_cases=_EDGES,
        )
        for period in PERIODS
    ),
    *(
        Metric(
            id=f"net_sentiment_change_{period}",
            label=f"Change of net sentiment {period}",
            unit="share",
            better=Better.HIGHER,
            definition=f"Net sentiment {period} the crisis minus net sentiment before it.",
            source=_HUTTO,
            formula=_FORMULA,
            edge_cases=_EDGES,
        )
        for period in PERIODS[1:]
    ),
)


@dataclass(frozen=True, slots=True)
class _Pool:
    """One window's pooled ratio: daily counts of the days with a scored post, and what limits its interval."""

    value: float
    scored: int
    unscorable: int
    above: NDArray[np.float64]
    below: NDArray[np.float64]
    stream: int
    alike: bool

    def draws(self) -> NDArray[np.float64] | None:
        return bootstrap_ratio(self.above, self.below, self.stream) if len(self.below) >= MIN_DAYS else None

    def notes(self) -> list[str]:
        return _left_out(self.unscorable, self.scored)


def net_sentiment(series: pd.DataFrame, w: Windows, period: Period) -> Estimate:
    """(P − N) ÷ (P + N + U), pooled over the posts of a window."""
    return _share(_pool(series, w.named(period), Better.HIGHER), w, period, Better.HIGHER)


def share_negative(series: pd.DataFrame, w: Windows, period: Period) -> Estimate:
    """N ÷ (P + N + U), pooled over the posts of a window."""
    return _share(_pool(series, w.named(period), Better.LOWER), w, period, Better.LOWER)


def net_sentiment_change(series: pd.DataFrame, w: Windows, period: Period) -> Estimate:
    """Net sentiment of a window minus that of the window before; days of both are resampled independently."""
    old, new = (_pool(series, w.named(name), Better.HIGHER) for name in ("before", period))
    return _change(old, new, w, period)


def _change(old: _Pool | Estimate, new: _Pool | Estimate, w: Windows, period: Period) -> Estimate:
    if isinstance(old, Estimate):
        return _lacking("before", old)
    if isinstance(new, Estimate):
        return _lacking(period, new)
    before, now = old.draws(), new.draws()
    draws = None if before is None or now is None else now - before
    return _estimate(
        new.value - old.value,
        draws,
        n=old.scored + new.scored,
        parts=[w.before.said(), w.named(period).said(), *_merged(old, new), *w.notes],
        alike=old.alike or new.alike,
        better=Better.HIGHER,
    )


def sentiments(series: pd.DataFrame, w: Windows) -> dict[str, Estimate]:
    """Every metric of this module by id."""
    pools = {p: _pool(series, w.named(p), Better.HIGHER) for p in PERIODS}
    return {
        **{f"net_sentiment_{p}": _share(pools[p], w, p, Better.HIGHER) for p in PERIODS},
        **{f"share_negative_{p}": share_negative(series, w, p) for p in PERIODS},
        **{f"net_sentiment_change_{p}": _change(pools["before"], pools[p], w, p) for p in PERIODS[1:]},
    }


def _lacking(period: Period, pool: Estimate) -> Estimate:
    return absent(pool.status, f"{period}: {pool.reason}", unit="share", better=Better.HIGHER, n=pool.n)


def _share(pool: _Pool | Estimate, w: Windows, period: Period, better: Better) -> Estimate:
    if isinstance(pool, Estimate):
        return pool
    parts = [w.named(period).said(), *pool.notes(), *w.notes]
    return _estimate(pool.value, pool.draws(), n=pool.scored, parts=parts, alike=pool.alike, better=better)


def _pool(series: pd.DataFrame, window: Window, better: Better) -> _Pool | Estimate:
    """A window's pool, or why there is none; `better` tells net sentiment (higher) from the negative share (lower)."""
    short = window.shortfall(series)
    if short:
        return absent(Status.INSUFFICIENT_N, short, unit="share", better=better)
    rows = window.rows(series)
    posts, waiting = int(rows["posts"].sum()), int(rows["unscored"].sum())
    if waiting:
        return absent(Status.UNDEFINED, f"{plural(waiting, 'post')} not scored", unit="share", better=better)
    scored = (rows["positive"] + rows["neutral"] + rows["negative"]).to_numpy(dtype=float)
    if scored.sum() == 0:
        reason = f"none of {plural(posts, 'post')} can be scored" if posts else f"no posts {window.name} the crisis"
        return absent(Status.UNDEFINED, reason, unit="share", better=better)
    negative = rows["negative"].to_numpy(dtype=float)
    above = rows["positive"].to_numpy(dtype=float) - negative if better is Better.HIGHER else negative
    told = scored > 0
    daily = pd.Series(np.where(told, above, np.nan) / np.where(told, scored, 1), index=rows["date"])
    return _Pool(
        value=float(above.sum() / scored.sum()),
        scored=int(scored.sum()),
        unscorable=int(rows["unscorable"].sum()),
        above=above[told],
        below=scored[told],
        stream=("before", "during", "after").index(window.name),
        alike=hang_together(daily),
    )


def _estimate(
    value: float, draws: NDArray[np.float64] | None, *, n: int, parts: list[str], alike: bool, better: Better
) -> Estimate:
    if draws is None:
        parts = [*parts, f"no interval: fewer than {MIN_DAYS} days with scored posts"]
        return Estimate(value=value, unit="share", n=n, basis="; ".join(parts), better=better)
    lo, hi = percentile_interval(draws)
    if alike:
        parts = [*parts, NARROW_DAYS]
    return Estimate(value=value, lo=lo, hi=hi, unit="share", n=n, basis="; ".join(parts), better=better)


def _merged(old: _Pool, new: _Pool) -> list[str]:
    return _left_out(old.unscorable + new.unscorable, old.scored + new.scored)


def _left_out(unscorable: int, scored: int) -> list[str]:
    """The share outside the denominator, in words."""
    if not unscorable:
        return []
    posts = unscorable + scored
    return [f"{percent(unscorable / posts)} of {plural(posts, 'post')} left out: no text, or a language not scored"]
