"""Where data are missing around a crisis: what was exported too short, and days on which a file seems to lack.

A day between a platform's first and last day of data counts as a day without posts, not as missing. So what is not
there for want of a file looks like silence, and somebody must say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from metrics.windows import Window, Windows

#: Days in a row without a post of a platform that usually has some: a weekend is no reason to ask (house).
HOLE_DAYS = 3
#: A platform whose data begin later than so many days after day 0 was not there for the crisis (house).
NEAR_DAYS = 28
#: A platform with a smaller share of the posts than this hardly moves a number, and may well have been silent (house).
WEIGHT = 0.1
#: Reputation: the days before day 0 from which the level before is read, and those since in which a source counts.
SCORED_BEFORE, SCORED_SINCE = 180, 365
_DAY = pd.Timedelta(days=1)


class Lack(StrEnum):
    """What is missing: everything, days before or at the end, days in between."""

    ALL = "all"
    BEFORE = "before"
    END = "end"
    HOLE = "hole"


@dataclass(frozen=True, slots=True)
class Shortage:
    """What one platform lacks: the days `first` to `last`. Of the window before or after, `covered` days are there of
    the `needed` ones.
    """

    lack: Lack
    name: str
    first: pd.Timestamp
    last: pd.Timestamp
    covered: int = 0
    needed: int = 0


def shortages(
    spans: pd.DataFrame, daily: pd.DataFrame, w: Windows, *, over: bool, today: pd.Timestamp
) -> list[Shortage]:
    """What the platforms with data around a crisis lack, in order of their names.

    Parameters
    ----------
    spans : DataFrame
        platform, first, last (local days): from when to when each has data, of the kind that is counted.
    daily : DataFrame
        platform, date, posts: of the same kind and of any topic.
    over : bool
        Whether the crisis is over: before that nothing can be missing after it.
    today : Timestamp
        The local day looked from; no later day can have been exported.
    """
    begun = min(w.during.last, w.day0 + NEAR_DAYS * _DAY)
    near = spans[(spans["first"] <= begun) & (spans["last"] >= w.before.first)].sort_values("platform")
    if near.empty:
        return [Shortage(Lack.ALL, "", w.before.first, _until(w, over=over, today=today))]
    around = Window("around", w.before.first, max(w.during.last, w.after.last), 0)
    posts = around.rows(daily).groupby("platform")["posts"].sum()
    heavy = posts.index[posts >= WEIGHT * posts.sum()]
    found: list[Shortage] = []
    for name, first, last in zip(near["platform"], near["first"], near["last"], strict=True):
        if name in heavy:
            found += _before(name, first, w)
            found += holes(name, daily[daily["platform"] == name], around, first, last)
            found += _end(name, last, w, over=over, today=today)
    return found


def holes(name: str, daily: pd.DataFrame, window: Window, first: pd.Timestamp, last: pd.Timestamp) -> list[Shortage]:
    """Runs of `HOLE_DAYS` days or more without a post, on a platform that has one on half of its days at least."""
    days = pd.date_range(max(window.first, first), min(window.last, last))
    posts = daily.groupby("date")["posts"].sum().reindex(days, fill_value=0)
    if posts.empty or posts.median() < 1:
        return []
    runs = (posts.eq(0) != posts.eq(0).shift()).cumsum()[posts.eq(0)]
    spans = [(run.index[0], run.index[-1]) for _, run in runs.groupby(runs) if len(run) >= HOLE_DAYS]
    return [Shortage(Lack.HOLE, name, a, b) for a, b in spans]


def _before(name: str, first: pd.Timestamp, w: Windows) -> list[Shortage]:
    covered = _days(w.before, first, w.before.last)
    if covered >= w.before.least:
        return []
    return [Shortage(Lack.BEFORE, name, w.before.first, first - _DAY, covered, w.before.least)]


def _end(name: str, last: pd.Timestamp, w: Windows, *, over: bool, today: pd.Timestamp) -> list[Shortage]:
    """Whether a platform's data stop too early; days that have not passed yet are not asked for."""
    enough = w.after.first + (w.after.least - 1) * _DAY
    short = last < w.during.last if over else last < w.during.last - HOLE_DAYS * _DAY
    if not short and (not over or last >= enough or enough > today):
        return []
    covered = _days(w.after, w.after.first, last)
    return [Shortage(Lack.END, name, last + _DAY, _until(w, over=over, today=today), covered, w.after.least)]


def _until(w: Windows, *, over: bool, today: pd.Timestamp) -> pd.Timestamp:
    return min(w.after.last if over else w.during.last, today)


def _days(window: Window, first: pd.Timestamp, last: pd.Timestamp) -> int:
    """How many days of a window lie from `first` to `last`."""
    return max((min(window.last, last) - max(window.first, first)).days + 1, 0)


def unscored_before(scores: pd.DataFrame, day0: pd.Timestamp) -> list[str]:
    """Sources that scored us in the year since day 0, and never before it; `scores` has source, date and ours."""
    mine = scores[scores["ours"].astype(bool)]
    since = mine[mine["date"].between(day0, day0 + SCORED_SINCE * _DAY)]
    return sorted(set(since["source"]) - set(mine.loc[mine["date"] < day0, "source"]))
