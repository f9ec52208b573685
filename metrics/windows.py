"""Daily series of posts and sentiment, and the windows before, during and after a crisis that they are compared over.

Volume and sentiment use mentions; owned posts count only where there is no mention at all. Daily totals and posts are
never added: per platform, kind and local day the finer grain wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.intervals import RHO_LIMIT, lag1
from metrics.words import date as spoken

COUNTS = ["posts", "positive", "neutral", "negative", "unscored", "unscorable"]
SERIES_COLUMNS = ["date", *COUNTS, "net_sentiment"]
#: From fine to coarse.
GRAINS = ("posts", "daily_total")
#: Covered days that the windows before and after need; during needs one.
MIN_COVERED = 14


@dataclass(frozen=True, slots=True)
class Window:
    """Local days `first` to `last`, both included; empty where last lies before first. `least`: covered days needed.

    `uncounted` names the platforms of which there are daily totals in it, none of which counts posts.
    """

    name: str
    first: pd.Timestamp
    last: pd.Timestamp
    least: int
    uncounted: tuple[str, ...] = ()

    def rows(self, series: pd.DataFrame) -> pd.DataFrame:
        """The covered days of the window."""
        return series[(series["date"] >= self.first) & (series["date"] <= self.last)]

    def shortfall(self, series: pd.DataFrame) -> str | None:
        """Why the window can't be used, or None."""
        covered = len(self.rows(series))
        if covered >= self.least:
            return None
        if self.last < self.first:
            return f"there is no day {self.name} the crisis yet" if self.name == "after" else "the crisis ended at once"
        needs = "at least one is" if self.least == 1 else f"{self.least} are"
        if self.uncounted:
            named = ", ".join(self.uncounted)
            counted = f"on {covered} of the days {self.name} the crisis posts were counted; {needs} needed"
            return f"{counted} (the daily totals of {named} do not say how many posts there were)"
        return f"{covered} of the days {self.name} the crisis have data; {needs} needed"

    def said(self) -> str:
        return f"{self.name}: {spoken(self.first)} to {spoken(self.last)}"


@dataclass(frozen=True, slots=True)
class Windows:
    """Before [day 0 − baseline days, day 0), during [day 0, end), after [end, end + 28)."""

    day0: pd.Timestamp
    end: pd.Timestamp
    before: Window
    during: Window
    after: Window
    notes: tuple[str, ...] = ()

    def named(self, period: str) -> Window:
        return {"before": self.before, "during": self.during, "after": self.after}[period]


def windows(
    day0: pd.Timestamp,
    end: pd.Timestamp,
    *,
    baseline_days: int = 28,
    over: bool = True,
    notes: tuple[str, ...] = (),
) -> Windows:
    """The three windows of a crisis.

    Parameters
    ----------
    day0, end : Timestamp
        Local days; `end` is the first day that is no longer part of the crisis.
    over : bool
        False while the crisis runs: then there is no window after it.
    notes : tuple of str
        Said in every basis, such as an overlap with another crisis (`overlap_note`).
    """
    one = pd.Timedelta(days=1)
    span = pd.Timedelta(days=28)
    return Windows(
        day0,
        end,
        Window("before", day0 - pd.Timedelta(days=baseline_days), day0 - one, MIN_COVERED),
        Window("during", day0, end - one, 1),
        Window("after", end, end + (span if over else pd.Timedelta(0)) - one, MIN_COVERED),
        notes,
    )


def with_uncounted(w: Windows, daily: pd.DataFrame, *, until: pd.Timestamp | None = None) -> Windows:
    """The windows, each with the platforms whose posts nobody counted in it although there are daily totals."""
    rows = _relevant(daily, until)

    def told(window: Window) -> Window:
        inside = window.rows(rows)
        known = set(inside.loc[inside["posts"].notna(), "platform"])
        return replace(window, uncounted=tuple(sorted(set(inside["platform"]) - known)))

    return replace(w, before=told(w.before), during=told(w.during), after=told(w.after))


def overlap_note(mine: Windows, others: Mapping[str, tuple[pd.Timestamp, pd.Timestamp]]) -> str | None:
    """Which other crises (code → day 0, end) run into these windows, in words; None if none does."""
    hit = sorted(
        code
        for code, (day0, end) in others.items()
        if day0 <= mine.after.last and end > mine.before.first and day0 < end
    )
    return f"overlaps with {', '.join(hit)}" if hit else None


def daily_series(
    daily: pd.DataFrame, *, until: pd.Timestamp | None = None, coverage: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Posts and sentiment per covered local day.

    Parameters
    ----------
    daily : DataFrame
        DAILY.
    until : Timestamp, optional
        Last local day that exists, for a reading as of a moment.
    coverage : DataFrame, optional
        platform, first, last: the days each platform has data for, where `daily` holds only the posts of some topics.

    Returns
    -------
    DataFrame
        date, posts, positive, neutral, negative, unscored (waiting for the scorer), unscorable (no text, or a language
        that is not scored), net_sentiment; sorted by date. A covered day without a
        post is 0 with sentiment NaN; a day that no platform covers is not in the frame. Daily totals that count no
        posts cover nothing.
    """
    used = counted(daily, until)
    days = _covered_days(_spans(used) if coverage is None else coverage, until)
    if days.empty:
        return pd.DataFrame({"date": pd.DatetimeIndex([]), **{c: pd.Series(dtype="int64") for c in COUNTS}}).assign(
            net_sentiment=pd.Series(dtype="float64")
        )
    sums = used.groupby("date")[COUNTS].sum().reindex(days, fill_value=0).astype("int64")
    series = sums.rename_axis("date").reset_index()
    scored = series["positive"] + series["neutral"] + series["negative"]
    series["net_sentiment"] = (series["positive"] - series["negative"]) / scored.replace(0, np.nan).astype(float)
    return series[SERIES_COLUMNS]


def series_note(daily: pd.DataFrame, *, until: pd.Timestamp | None = None) -> str | None:
    """What a reader must know of the series: owned posts instead of mentions, platforms that cover different days."""
    used = counted(daily, until)
    parts = ["owned posts, as there are no mentions"] if (used["kind"] == "owned").any() else []
    spans = _spans(used)
    if len(spans.drop_duplicates(["first", "last"])) > 1:
        told = [f"{s['platform']} {s['first']:%Y-%m-%d} to {s['last']:%Y-%m-%d}" for s in spans.to_dict("records")]
        parts.append(f"platforms cover different days ({', '.join(told)})")
    return "; ".join(parts) or None


def counted(daily: pd.DataFrame, until: pd.Timestamp | None = None) -> pd.DataFrame:
    """The rows of DAILY that volume and sentiment are counted from: those of which somebody counted the posts."""
    rows = _relevant(daily, until)
    return rows[rows["posts"].notna()]


def _relevant(daily: pd.DataFrame, until: pd.Timestamp | None) -> pd.DataFrame:
    """Mentions, and owned posts only where there are none."""
    rows = finer_grain(daily, until)
    mentions = rows["kind"] == "mention"
    return rows[mentions] if mentions.any() else rows


def finer_grain(daily: pd.DataFrame, until: pd.Timestamp | None = None) -> pd.DataFrame:
    """The rows of DAILY up to `until`, of each platform, kind and day those of the finest grain that is there."""
    rows = daily.assign(date=pd.to_datetime(daily["date"]), _rank=daily["grain"].map(GRAINS.index).astype("int64"))
    rows = rows[rows["date"].notna()]
    if until is not None:
        rows = rows[rows["date"] <= until]
    finest = rows.groupby(["platform", "kind", "date"], dropna=False)["_rank"].transform("min")
    return rows[rows["_rank"] == finest].drop(columns="_rank")


def hang_together(daily: pd.Series) -> bool:
    """Whether the days of a series, indexed by day in order, resemble the day before; a missing day is no neighbour."""
    return lag1(np.asarray(daily.asfreq("D"), dtype=np.float64)) > RHO_LIMIT


def _spans(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns platform, first, last: the days between which a platform has data."""
    return rows.groupby("platform")["date"].agg(first="min", last="max").reset_index()


def _covered_days(spans: pd.DataFrame, until: pd.Timestamp | None) -> pd.DatetimeIndex:
    days = pd.DatetimeIndex([])
    for first, last in zip(spans["first"], spans["last"], strict=True):
        days = days.union(pd.date_range(first, last if until is None else min(last, until)))
    return days
