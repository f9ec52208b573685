"""What people did: reach and engagement during a crisis, and every number of the reaction gathered on one series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from metrics import agreement, effect_size, interrupted, rate_ratio, sentiment, volume
from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.windows import (
    Window,
    Windows,
    daily_series,
    finer_grain,
    overlap_note,
    series_note,
    windows,
    with_uncounted,
)
from metrics.words import plural

METRICS: tuple[Metric, ...] = (
    Metric(
        id="reach",
        label="Reach",
        unit="impressions",
        better=Better.NONE,
        definition="Impressions of all posts during the crisis; where an export gives the reach, the reach. Of an owned channel lifetime totals of posts count, and daily totals only of days before the first such post, so that nothing counts twice.",
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
    plain = with_uncounted(plain, daily, until=as_of_date)
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
    """Both numbers of rows of the finer grain."""
    inside = _inside(rows, window, kind)
    return {"reach": _reach(inside, window), "engagement_rate": _engagement_rate(inside, window)}


def reach(daily: pd.DataFrame, window: Window, kind: str | None = None) -> Estimate:
    """Σ impressions over a window, the reach where it is given; of one kind of post, or of all.

    A page's total of a day that counts again what the lifetime totals of its posts hold is left out (`_told_once`).
    """
    return _reach(_inside(finer_grain(daily), window, kind), window)


def _reach(rows: pd.DataFrame, window: Window) -> Estimate:
    seen = rows["reach"].fillna(rows["impressions"])
    rows, left_out = _told_once(rows[seen.notna()])
    if rows.empty:
        return absent(Status.UNDEFINED, "no reach or impressions recorded", unit="impressions")
    posts, given = (int(some["posts"].sum()) for some in (rows, rows[rows["reach"].notna()]))
    said = [window.said(), f"reach given for {given:,} of {plural(posts, 'post')}, impressions for the rest"]
    return Estimate(
        value=float(seen[rows.index].sum()),
        unit="impressions",
        n=posts,
        basis="; ".join([*said, *_grains(rows, left_out, seen)]),
    )


def engagement_rate(daily: pd.DataFrame, window: Window, kind: str | None = None) -> Estimate:
    """Σ(likes + comments + shares) ÷ Σ impressions over the rows whose impressions and some action are known."""
    return _engagement_rate(_inside(finer_grain(daily), window, kind), window)


def _engagement_rate(rows: pd.DataFrame, window: Window) -> Estimate:
    rows, left_out = _told_once(rows[rows["impressions"].notna() & rows[ACTIONS].notna().any(axis=1)])
    impressions = float(rows["impressions"].sum())
    if impressions <= 0:
        return absent(Status.UNDEFINED, "no impressions with likes, comments or shares recorded", unit="share")
    value = float(rows[ACTIONS].sum().sum()) / impressions
    said = [window.said(), f"over {impressions:,.0f} impressions", *_grains(rows, left_out)]
    return Estimate(value=value, unit="share", n=int(rows["posts"].sum()), basis="; ".join(said))


def _inside(rows: pd.DataFrame, window: Window, kind: str | None) -> pd.DataFrame:
    rows = window.rows(rows).reset_index(drop=True)
    return rows if kind is None else rows[rows["kind"] == kind]


def _told_once(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of one window that count nothing twice, and those left out.

    An owned post carries all it ever got, on the day it was posted; a page's total of a day holds what happened on that
    day to posts of any age. So from the day of a platform's first post in the window on, its later totals would count
    some of that again. What a listening tool counts of a day is of that day's mentions alone, and stays.
    """
    owned = rows["kind"] == "owned"
    posted = rows["date"].where(owned & (rows["grain"] == "posts")).groupby(rows["platform"]).transform("min")
    again = owned & (rows["grain"] == "daily_total") & (rows["date"] > posted)
    return rows[~again], rows[again]


def _grains(rows: pd.DataFrame, left_out: pd.DataFrame, seen: pd.Series | None = None) -> list[str]:
    """Which grain the numbers of owned channels were taken from, where daily totals are among them or left out."""
    said = []
    totals = rows[(rows["kind"] == "owned") & (rows["grain"] == "daily_total")]
    if len(totals):
        said.append(f"{_channels(totals)}: daily totals of the channel, to posts of any age")
    if len(left_out):
        held = "" if seen is None else f" ({seen[left_out.index].sum():,.0f})"
        why = "as lifetime totals of the posts before them hold some of it"
        said.append(f"{_channels(left_out)}: daily totals of {plural(len(left_out), 'day')}{held} left out, {why}")
    return said


def _channels(rows: pd.DataFrame) -> str:
    return ", ".join(sorted(rows["platform"].unique()))
