"""Engagement and sentiment of one crisis in detail: before, during and after, platform by platform, and how counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from data.queries import engagement
from metrics.findings import platforms as say
from metrics.windows import Window, Windows, counted, finer_grain
from reports.sections.base import Section
from reports.sections.reaction import measured, people_said
from reports.sections.scope import Scope

_COLUMNS = (
    "platform", "kind", "grain", "posts", "before", "during", "peak", "net_before", "net_during", "negative",
    "lexicon", "days",
)  # fmt: skip
_GRAIN = {"posts": "single posts", "daily_total": "daily totals"}


def engaged(scope: Scope) -> Section:
    """What `people_said` says, with the detail of platforms.

    Frames: `days` has a column totals besides: how many of the day's posts were counted from daily totals. `platforms`
    has one row a platform and kind: grain (in words), posts (during), before and during (a day), peak, net_before,
    net_during, negative (share during), lexicon (share of what was scored during), days (list of daily posts).
    """
    whole, known = replace(people_said(scope), name="engagement"), measured(scope)
    if known is None:
        return replace(whole, frames={**whole.frames, "platforms": pd.DataFrame(columns=list(_COLUMNS))})
    found, daily = known
    shown = Window("shown", found.windows.before.first, max(found.windows.during.last, found.windows.after.last), 0)
    rows = shown.rows(finer_grain(daily))
    spans = engagement.coverage(scope.session, scope.zone, scope.as_of)
    table = pd.DataFrame([*_platforms(rows, spans, found.windows, shown)], columns=list(_COLUMNS))
    told = shown.rows(counted(daily))
    totals = told[told["grain"] == "daily_total"].groupby("date")["posts"].sum()
    days = whole.frames["days"]
    days = days.assign(totals=days["date"].map(totals).fillna(0.0)) if len(days) else days
    return replace(
        whole,
        findings=(*whole.findings, *_findings(table, told, daily, whole)),
        frames={**whole.frames, "days": days, "platforms": table},
    )


def _platforms(rows: pd.DataFrame, spans: pd.DataFrame, w: Windows, shown: Window) -> Iterator[dict[str, Any]]:
    for (platform, kind), mine in rows.groupby(["platform", "kind"]):
        span = spans[(spans["platform"] == platform) & (spans["kind"] == kind)]
        before, during = w.before.rows(mine), w.during.rows(mine)
        daily = mine.groupby("date")["posts"].sum(min_count=1)
        grains = sorted(set(mine["grain"]), reverse=True)
        scored = during[["positive", "neutral", "negative"]].to_numpy().sum()
        yield {
            "platform": platform,
            "kind": kind,
            "grain": " and ".join(_GRAIN[grain] for grain in grains),
            "posts": during["posts"].sum(),
            "before": _a_day(before, w.before, span),
            "during": _a_day(during, w.during, span),
            "peak": during.groupby("date")["posts"].sum().max() if len(during) else None,
            "net_before": _net(before),
            "net_during": _net(during),
            "negative": during["negative"].sum() / scored if scored else None,
            "lexicon": during["lexicon"].sum() / scored if scored else None,
            "days": daily.reindex(pd.date_range(shown.first, shown.last)).fillna(0).astype(int).tolist(),
        }


def _a_day(rows: pd.DataFrame, window: Window, span: pd.DataFrame) -> float | None:
    """Posts a day over those days of the window for which the platform has data; None without such a day."""
    if span.empty:
        return None
    first, last = max(window.first, span["first"].iloc[0]), min(window.last, span["last"].iloc[0])
    days = (last - first).days + 1
    return float(rows["posts"].sum()) / days if days > 0 else None


def _net(rows: pd.DataFrame) -> float | None:
    scored = rows[["positive", "neutral", "negative"]].to_numpy().sum()
    return float(rows["positive"].sum() - rows["negative"].sum()) / scored if scored else None


def _findings(table: pd.DataFrame, told: pd.DataFrame, daily: pd.DataFrame, whole: Section) -> Iterator[str]:
    kinds = set(told["kind"])
    what = "mentions" if "mention" in kinds else "owned posts"
    mine = table[table["kind"].isin(kinds)].set_index("platform")
    both = mine[(mine["before"].fillna(0) > 0) & mine["during"].notna()]
    rise = {str(name): float(factor) for name, factor in (both["during"] / both["before"]).items()}
    grains = daily.groupby(["platform", "kind", "date"])["grain"].nunique()
    mixed = sorted(set(grains[grains > 1].reset_index()["platform"]))
    by = told.groupby("grain")["posts"].sum()
    facts = whole.facts
    sentences = [
        say.carried({str(name): float(n) for name, n in mine["posts"].items()}, rise, what=what),
        say.grains(float(by.get("posts", 0)), float(by.get("daily_total", 0)), mixed, what=what) if len(told) else None,
        say.periods(facts.get("end_rule"), facts.get("note"), facts.get("overlap")),
    ]
    yield from (sentence for sentence in sentences if sentence)
