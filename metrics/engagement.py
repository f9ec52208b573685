"""What people did: reach and engagement during a crisis, and every number of the reaction gathered on one series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from metrics import agreement, effect_size, interrupted, rate_ratio, sentiment, volume
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.windows import Window, Windows, daily_series, finer_grain, overlap_note, series_note, windows
from metrics.words import plural

METRICS: tuple[Metric, ...] = (
    Metric(
        id="reach",
        label="Reach",
        unit="impressions",
        better=Better.NONE,
        definition="Impressions of all posts during the crisis; where an export gives the reach, the reach.",
        edge_cases="Posts of all kinds, also by kind; rows that give neither count nothing.",
    ),
    Metric(
        id="engagement_rate",
        label="Engagement rate",
        unit="share",
        better=Better.NONE,
        definition="Likes, comments and shares during the crisis ÷ impressions, over the posts whose impressions are known.",
        formula="Sum of likes, comments and shares ÷ sum of impressions.",
        edge_cases="Posts of all kinds, also by kind. Not recorded, where no impressions come with likes, comments or shares.",
    ),
    *volume.METRICS,
    *rate_ratio.METRICS,
    *sentiment.METRICS,
    *interrupted.METRICS,
    *effect_size.METRICS,
    *agreement.METRICS,
)

ACTIONS = ["likes", "comments", "shares"]


@dataclass(frozen=True, slots=True)
class Reaction:
    """Everything about the reaction to one crisis.

    Attributes
    ----------
    series : DataFrame
        As `daily_series` returns it.
    windows : Windows
    end_rule : str
        Why the crisis ends where it does, in words.
    peak : (Timestamp, int) or None
        Day and posts of the peak.
    note : str or None
        What a reader must know of the series; also part of each basis.
    estimates : dict
        By metric id. The effect size is not among them: it needs the posts' scores.
    by_kind : dict
        Kind of post ("mention", "owned") → the estimates that are also given by kind.
    overlap : str or None
        Which other crises run into the windows before, during and after, in words; also part of each basis.
    """

    series: pd.DataFrame
    windows: Windows
    end_rule: str
    peak: tuple[pd.Timestamp, int] | None
    note: str | None
    estimates: dict[str, Estimate]
    by_kind: dict[str, dict[str, Estimate]] = field(default_factory=dict)
    overlap: str | None = None


def reaction(
    daily: pd.DataFrame,
    day0: pd.Timestamp,
    *,
    as_of_date: pd.Timestamp,
    resolved_on: pd.Timestamp | None = None,
    baseline_days: int = 28,
    coverage: pd.DataFrame | None = None,
    others: Mapping[str, tuple[pd.Timestamp, pd.Timestamp]] | None = None,
) -> Reaction:
    """Every metric of volume, sentiment and engagement of one crisis, as of a local day.

    Parameters
    ----------
    daily : DataFrame
        DAILY; rows after `as_of_date` are left out here.
    resolved_on : Timestamp, optional
        Local date of the resolution, if it lies before `as_of_date`.
    coverage : DataFrame, optional
        See `daily_series`.
    others : mapping, optional
        Other crises: code → day 0 and end. Those that run into the windows are said in every basis.
    """
    series = daily_series(daily, until=as_of_date, coverage=coverage)
    end = volume.crisis_end(series, day0, as_of_date=as_of_date, resolved_on=resolved_on, baseline_days=baseline_days)
    note = series_note(daily, until=as_of_date)
    plain = windows(day0, end.day, baseline_days=baseline_days, over=end.over, notes=(note,) if note else ())
    overlap = overlap_note(plain, others or {})
    w = _noted(plain, overlap)
    fitted = replace(plain, before=interrupted.sides(plain)[0])
    rows = finer_grain(daily, as_of_date)
    kinds = sorted(rows["kind"].dropna().unique())
    estimates = {
        "baseline_daily_volume": volume.baseline_daily_volume(series, w),
        "peak_volume_ratio": volume.peak_volume_ratio(series, w),
        "excess_posts": volume.excess_posts(series, w),
        "half_life": volume.half_life(series, w),
        "crisis_over_on": volume.crisis_over_on(series, w),
        "reignited_on": volume.reignited_on(series, w),
        "volume_rate_ratio": rate_ratio.volume_rate_ratio(series, w),
        **sentiment.sentiments(series, w),
        **interrupted.interrupted(series, _noted(plain, overlap_note(fitted, others or {}))),
        **_engaged(rows, w.during),
    }
    return Reaction(
        series,
        w,
        end.rule,
        volume.peak(series, w),
        note,
        estimates,
        {kind: _engaged(rows, w.during, kind) for kind in kinds},
        overlap,
    )


def _noted(w: Windows, note: str | None) -> Windows:
    return replace(w, notes=(*w.notes, note)) if note else w


def _engaged(rows: pd.DataFrame, window: Window, kind: str | None = None) -> dict[str, Estimate]:
    return {"reach": reach(rows, window, kind), "engagement_rate": engagement_rate(rows, window, kind)}


def reach(daily: pd.DataFrame, window: Window, kind: str | None = None) -> Estimate:
    """Σ impressions over a window, the reach where it is given; of one kind of post, or of all."""
    rows = _rows(daily, window, kind)
    seen = rows["reach"].fillna(rows["impressions"])
    known = rows[seen.notna()]
    if known.empty:
        return absent(Status.UNDEFINED, "no reach or impressions recorded", unit="impressions")
    given = int(known.loc[known["reach"].notna(), "posts"].sum())
    basis = f"{window.said()}; reach given for {given:,} of {plural(int(rows['posts'].sum()), 'post')}, impressions for the rest"
    return Estimate(value=float(seen.sum()), unit="impressions", n=int(known["posts"].sum()), basis=basis)


def engagement_rate(daily: pd.DataFrame, window: Window, kind: str | None = None) -> Estimate:
    """Σ(likes + comments + shares) ÷ Σ impressions over the rows whose impressions and some action are known."""
    rows = _rows(daily, window, kind)
    rows = rows[rows["impressions"].notna() & rows[ACTIONS].notna().any(axis=1)]
    impressions = float(rows["impressions"].sum())
    if impressions <= 0:
        return absent(Status.UNDEFINED, "no impressions with likes, comments or shares recorded", unit="share")
    value = float(rows[ACTIONS].sum().sum()) / impressions
    basis = f"{window.said()}; over {impressions:,.0f} impressions"
    return Estimate(value=value, unit="share", n=int(rows["posts"].sum()), basis=basis)


def _rows(daily: pd.DataFrame, window: Window, kind: str | None) -> pd.DataFrame:
    rows = window.rows(finer_grain(daily))
    return rows if kind is None else rows[rows["kind"] == kind]
