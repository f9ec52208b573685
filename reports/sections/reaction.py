"""What people said: volume and sentiment before, during and after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from data.queries import labels, post_scores, provenance
from data.queries.frames import day_start
from data.queries.provenance import Sources
from data.settings import Settings
from metrics import agreement, interrupted, volume
from metrics.effect_size import sentiment_effect_size
from metrics.engagement import Reaction, reaction
from metrics.estimate import Estimate
from metrics.findings import reaction as say
from metrics.volume import baseline
from metrics.windows import Window
from metrics.windows import counted as counted_rows
from reports.sections import counts
from reports.sections.base import Measure, Section
from reports.sections.context import context
from reports.sections.scope import Scope
from reports.sections.targets import target

_READ = {metric.id for metric in agreement.METRICS}
_LINES = {metric.id for metric in interrupted.METRICS}
#: Local days read after day 0: the crisis, and re-ignition within 90 days after its end.
AFTER = 365
#: Milestones named above the figure.
_NAMED = {
    "posted": "Posted", "detected": "Detected", "statement": "Statement", "update": "Update",
    "internal_message": "Employees told", "contained": "Contained", "resolved": "Resolved",
}  # fmt: skip


def people_said(scope: Scope) -> Section:
    """Frames: `days` (the daily series), `milestones`, `markers` (what else happened); facts: day0, end and the rule that set it, baseline, spread, and
    notes on the series and on other crises that run into it.
    """
    known = measured(scope)
    if known is None:
        why = "nobody recorded when the crisis began" if scope.day0 is None else "no posts or daily totals are imported"
        return Section("reaction", (f"Not measured: {why}.",), frames=_no_frames())
    found, daily = known
    read = _read_by_people(scope, found.windows.during)
    effect = {"sentiment_effect_size": _effect_size(scope, found, daily)}
    measures = _measures(scope, found, found.estimates | effect | read)
    normal = baseline(found.series, found.windows.before)
    facts = {
        "day0": found.windows.day0,
        "end": found.windows.end,
        "baseline": normal.volume if normal else None,
        "spread": normal.spread if normal else None,
        "end_rule": found.end_rule,
        "note": found.note,
        "overlap": found.overlap,
    }
    frames = {"days": _shown(found), "milestones": _milestones(scope), "markers": context(scope.portfolio)}
    sources = rows_of(scope, Window("shown", found.windows.before.first, found.windows.after.last, 0))
    corrected = say.corrected(read.get("share_negative_corrected"))
    findings = (*_findings(found, daily), *([corrected] if corrected else []))
    return Section("reaction", findings, measures, frames, sources, facts)


def _measures(scope: Scope, found: Reaction, estimates: dict[str, Estimate]) -> tuple[Measure, ...]:
    """Every number with the rows behind it; what is given by kind of post follows the number of all kinds."""

    def measure(metric: str, estimate: Estimate, kind: str | None = None) -> Measure:
        group = {"kind": kind} if kind else {}
        # Of a single kind the rows are those of all kinds, which were looked up before.
        apart = kind if len(found.by_kind) > 1 else None
        sources = cited(scope, behind(found, metric), kind=apart)
        return Measure(metric, estimate, group, target(scope, metric)[0], sources)

    whole = [measure(metric, estimate) for metric, estimate in estimates.items()]
    parts = [measure(metric, one, kind) for kind, known in found.by_kind.items() for metric, one in known.items()]
    return (*whole, *parts)


def _effect_size(scope: Scope, found: Reaction, daily: pd.DataFrame) -> Estimate:
    """From the scores of the same posts that the series counts."""
    w = found.windows
    kind = "mention" if (counted_rows(daily)["kind"] == "mention").any() else "owned"
    topics = scope.crisis["topics"] or None
    last = max(w.during.last, w.before.last)
    scores = post_scores.histogram(
        scope.session, scope.zone, w.before.first.date(), last.date(), scope.as_of, kind, topics
    )
    return sentiment_effect_size(scores, found.series, w)


def _read_by_people(scope: Scope, window: Window) -> dict[str, Estimate]:
    """How far the lexicon can be trusted with this crisis; nothing where nobody labelled posts of it by hand."""
    if window.last < window.first:
        return {}
    topics = tuple(scope.crisis["topics"] or ())
    within = labels.Within(scope.zone, window.first.date(), window.last.date(), scope.as_of, topics)
    found = labels.labelled(scope.session, within)
    return {} if found.empty else agreement.agreement(found, *labels.counts(scope.session, within))


def measured(scope: Scope) -> tuple[Reaction, pd.DataFrame] | None:
    """Every number of the reaction, and the daily counts it is read from; None without a start, or any counts."""
    known, number = scope.portfolio.reactions, scope.crisis["crisis_id"]
    if number not in known:
        known[number] = _measured(scope)
    return known[number]


def end_of(scope: Scope) -> pd.Timestamp | None:
    """The first day after the crisis by what people said, without any other number; None as `measured`."""
    number, ends = scope.crisis["crisis_id"], scope.portfolio.ends
    known = scope.portfolio.reactions.get(number)
    if known is not None:
        return known[0].windows.end
    if number not in ends:
        ends[number] = _end_of(scope)
    return ends[number]


def _end_of(scope: Scope) -> pd.Timestamp | None:
    if scope.day0 is None:
        return None
    first, last = _span(scope, scope.day0)
    days = counts.cut(scope, first, last)
    if days is None:
        return None
    resolved, before = scope.resolved_on, scope.settings["baseline.days"]
    return volume.end_of(days, scope.day0, as_of_date=last, resolved_on=resolved, baseline_days=before).day


@dataclass(frozen=True, slots=True)
class _Read:
    """The counts of one crisis up to a day, and what they cover."""

    daily: pd.DataFrame
    coverage: pd.DataFrame
    day0: pd.Timestamp
    last: pd.Timestamp


def days_before(settings: Settings) -> int:
    """Local days read before day 0."""
    return max(int(settings["baseline.days"]), interrupted.SIDE_DAYS)


def _read(scope: Scope) -> _Read | None:
    if scope.day0 is None:
        return None
    first, last = _span(scope, scope.day0)
    daily = counts.daily(scope, first, last)
    return None if daily.empty else _Read(daily, _coverage(scope, daily, first, last), scope.day0, last)


def _span(scope: Scope, day0: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last local day that are read of a crisis."""
    return day0 - timedelta(days=days_before(scope.settings)), min(scope.today, day0 + timedelta(days=AFTER))


def _measured(scope: Scope) -> tuple[Reaction, pd.DataFrame] | None:
    read = _read(scope)
    if read is None:
        return None
    found = reaction(
        read.daily,
        read.day0,
        as_of_date=read.last,
        resolved_on=scope.resolved_on,
        baseline_days=scope.settings["baseline.days"],
        coverage=read.coverage,
        others=_others(scope),
    )
    return found, read.daily


def _others(scope: Scope) -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
    """The other crises that the viewer may see, each from its day 0 to the day after its resolution, or still."""
    found = {}
    for crisis in scope.portfolio.crises:
        known = scope.portfolio.standing(crisis)
        if crisis["crisis_id"] != scope.crisis["crisis_id"] and known.day0 is not None:
            found[crisis["code"]] = (known.day0, (known.resolved_on or scope.today) + timedelta(days=1))
    return found


def _coverage(scope: Scope, daily: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The days for which each platform has data of any topic, cut to the days read: there, no post is 0."""
    spans = counts.coverage(scope)
    kind = "mention" if (daily["kind"] == "mention").any() else "owned"
    spans = spans[(spans["kind"] == kind) & (spans["first"] <= last) & (spans["last"] >= first)]
    return spans.assign(
        first=spans["first"].where(spans["first"] > first, first), last=spans["last"].where(spans["last"] < last, last)
    )


def behind(found: Reaction, metric: str) -> Window:
    """The days behind a metric: its own period, or before and during together."""
    for period in ("before", "during", "after"):
        if metric.endswith(f"_{period}") and "change" not in metric:
            return found.windows.named(period)
    if metric in {"reach", "engagement_rate"} or metric in _READ:
        return found.windows.during
    if metric in _LINES:
        before, since = interrupted.sides(found.windows)
        return Window(metric, before.first, since.last, 0)
    if metric == "baseline_daily_volume":
        return found.windows.before
    last = found.windows.after.last if metric.endswith("_after") else found.windows.during.last
    return Window(metric, found.windows.before.first, max(last, found.windows.before.last), 0)


def rows_of(scope: Scope, window: Window, batches: Collection[int] | None = None, kind: str | None = None) -> Sources:
    """The posts and daily totals of a window that the crisis counts; with `batches`, only what these brought, with
    `kind`, only posts of this kind.
    """
    if window.last < window.first:
        return Sources()
    known, key = scope.portfolio.rows, (scope.crisis["crisis_id"], window.first, window.last, kind)
    if batches is not None:
        return _rows_of(scope, window, batches, kind)
    if key not in known:
        known[key] = _rows_of(scope, window, None, kind)
    return known[key]


def cited(scope: Scope, window: Window, kind: str | None = None) -> Sources:
    """`rows_of` for a single number; not told where only sections say theirs."""
    return rows_of(scope, window, kind=kind) if scope.portfolio.cited else Sources(None)


def _rows_of(scope: Scope, window: Window, batches: Collection[int] | None, kind: str | None) -> Sources:
    start = day_start(window.first.date(), scope.zone)
    end = min(day_start(window.last.date() + timedelta(days=1), scope.zone), scope.as_of)
    days = (window.first.date(), window.last.date())
    topics = scope.crisis["topics"] or None
    return provenance.of_engagement(scope.session, start, end, *days, topics, batches=batches, kind=kind)


def _shown(found: Reaction) -> pd.DataFrame:
    """The series from the baseline to four weeks after the end, days without data as gaps."""
    last = max(found.windows.after.last, found.windows.during.last)
    days = pd.DataFrame({"date": pd.date_range(found.windows.before.first, last)})
    known = found.series[found.series["date"].between(days["date"].iloc[0], last)]
    return days.merge(known, on="date", how="left") if len(known) else known


def _milestones(scope: Scope) -> pd.DataFrame:
    events = scope.happened
    named = events[events["milestone"].isin(_NAMED)].sort_values("earliest")
    first = named.drop_duplicates("milestone")
    return pd.DataFrame({"label": first["milestone"].map(_NAMED), "at": first["earliest"]}).reset_index(drop=True)


def _findings(found: Reaction, daily: pd.DataFrame) -> tuple[str, ...]:
    e = found.estimates
    ended = found.windows.after.last >= found.windows.after.first
    shown = Window("shown", found.windows.before.first, max(found.windows.during.last, found.windows.after.last), 0)
    counted = shown.rows(counted_rows(daily))
    what = "mentions" if (counted["kind"] == "mention").any() else "owned posts"
    said = [
        say.peak(e["peak_volume_ratio"], found.peak, found.windows.day0, e["half_life"], what=what),
        say.sentiment(e["net_sentiment_change_during"], "during"),
        say.sentiment(e["net_sentiment_change_after"], "after") if ended else None,
        say.rate_ratio(e["volume_rate_ratio"], what=what),
        say.level_change(e["sentiment_level_change"]),
        say.over(e["crisis_over_on"], found.windows.day0),
        say.reignited(e["reignited_on"]),
        say.overlap(found.overlap),
        say.scored(*(int(counted[name].sum()) for name in ("unscored", "unscorable", "lexicon", "posts"))),
    ]
    return tuple(sentence for sentence in said if sentence)


def _no_frames() -> dict[str, pd.DataFrame]:
    return {name: pd.DataFrame() for name in ("days", "milestones", "markers")}
