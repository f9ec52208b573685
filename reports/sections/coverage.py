"""What is there and what is missing: the calendar of every stream, and for each crisis what to export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from data.queries import coverage, engagement, reputation, surveys
from metrics.coverage import shortages, unscored_before
from metrics.engagement import Reaction
from metrics.findings import coverage as say
from metrics.windows import Windows, windows
from reports.sections.base import Section
from reports.sections.people import bands
from reports.sections.reaction import measured
from reports.sections.scope import Portfolio, Scope

#: Local days drawn on the calendar; the newest ones.
_SHOWN = 730


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of the streams, read once for all crises. `spans` are of any topic."""

    spans: pd.DataFrame
    scores: pd.DataFrame
    waves: pd.DataFrame


def covered(of: Portfolio) -> Section:
    """Findings: one warning each, by crisis. Frames: `days` (`data.queries.coverage.calendar`), `crises` (bands)."""
    zone = of.settings["company.timezone"]
    first = coverage.first_day(of.session, zone, of.as_of)
    begin = of.today - pd.Timedelta(days=_SHOWN) if first is None else max(first, of.today - pd.Timedelta(days=_SHOWN))
    days = coverage.calendar(of.session, of.viewer, zone, begin.date(), of.today.date(), of.as_of)
    return Section("coverage", tuple(warnings(of)), frames={"days": days, "crises": bands(of)})


def warnings(of: Portfolio, scopes: Iterable[Scope] | None = None) -> list[str]:
    """What is missing around these crises (default: all), a sentence each. A stream of which there is nothing at all is
    not used by the company, and not asked for.
    """
    stored = Stored(
        engagement.coverage(of.session, of.settings["company.timezone"], of.as_of),
        reputation.scores(of.session, of.today.date(), None),
        surveys.waves(of.session),
    )
    chosen = [scope for scope in (of.each() if scopes is None else scopes) if scope.day0 is not None]
    return [text for scope in chosen for text in _warnings(scope, stored)]


def _warnings(scope: Scope, stored: Stored) -> Iterator[str]:
    day0, code = scope.day0, scope.crisis["code"]
    if day0 is None:
        return
    if len(stored.spans):
        yield from _posts(scope, day0, stored.spans)
    for source in unscored_before(stored.scores, day0):
        yield say.no_score_before(source, code, day0)
    waves = stored.waves[stored.waves["audience"] == "employees"]
    if len(waves) and not (waves["closed_on"] < day0).any():
        yield say.no_wave_before(code, day0)


def _posts(scope: Scope, day0: pd.Timestamp, spans: pd.DataFrame) -> Iterator[str]:
    read = measured(scope)
    w, over = _windows(scope, day0, None if read is None else read[0])
    first, last = w.before.first, min(max(w.during.last, w.after.last), scope.today)
    near = spans[(spans["first"] <= last) & (spans["last"] >= first)]
    kind = "mention" if (near["kind"] == "mention").any() or near.empty else "owned"
    daily = engagement.daily(scope.session, scope.zone, first.date(), last.date(), scope.as_of)
    mine = spans[spans["kind"] == kind]
    for one in shortages(mine, daily[daily["kind"] == kind], w, over=over, today=scope.today):
        what = "mentions" if kind == "mention" else "owned posts"
        yield say.missing(one, scope.crisis["code"], day0, what=what)


def _windows(scope: Scope, day0: pd.Timestamp, found: Reaction | None) -> tuple[Windows, bool]:
    """The windows of a crisis, and whether it is over: by its data, else by its resolution, else up to now."""
    if found is not None:
        return found.windows, found.windows.after.last >= found.windows.after.first
    over = scope.resolved_on is not None
    end = (scope.resolved_on or scope.today) + pd.Timedelta(days=1)
    return windows(day0, end, baseline_days=int(scope.settings["baseline.days"]), over=over), over
