"""Where do we stand? Six numbers, what needs a decision, and every crisis in one row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.enums import Stream
from data.queries import engagement, provenance, reputation
from data.queries.provenance import Sources
from data.tables import Crisis, Gap, Lesson
from metrics import clock
from metrics.calm import day_number
from metrics.estimate import Estimate, Status, absent
from metrics.lessons import waiting
from metrics.morale import morale_vs_before
from metrics.reputation import reputation as of_source
from metrics.reputation import vs_before
from metrics.response import number, used
from metrics.score_rows import Book, book
from metrics.targets import Verdict, verdict
from reports.sections import counts
from reports.sections.base import Measure
from reports.sections.decide import Decision, decisions
from reports.sections.gaps import judge, register
from reports.sections.lessons import lessons_of
from reports.sections.reaction import AFTER, days_before
from reports.sections.reputation import primary_of
from reports.sections.scope import Portfolio, Scope
from reports.sections.survey_waves import compared, results_of, split
from reports.sections.targets import target

#: Crises in the table; the newest ones.
SHOWN = 50
#: Days drawn as bars, counted from the week before day 0.
_BARS = 28
#: Intervals in the table of crises.
_TIMED = ("time_to_detect", "time_to_first_statement")


@dataclass(frozen=True, slots=True)
class Overview:
    """What the Overview page shows.

    `statement_target` is None where crises were judged by different ones. `gaps` counts those open, overdue and recurring.
    `crises` has one row a crisis, newest first: code, title, severity, started (local), status, detected and
    statement (`Measure`), posts (list of daily counts), reputation (the drop, an `Estimate`), morale (the change from the
    last employee wave before the crisis to the first one since, an `Estimate`).
    """

    open_crises: int
    on_target: tuple[int, int]
    statement_target: float | None
    reputation: Measure
    morale: Measure
    gaps: Mapping[str, int]
    lessons_waiting: int
    decisions: tuple[Decision, ...]
    crises: pd.DataFrame
    total: int
    last_data: pd.Timestamp | None
    sources: Sources


def overview(of: Portfolio) -> Overview:
    """Everything on the page, as of the portfolio's moment."""
    scopes = sorted(of.each(), key=_began, reverse=True)
    counts.read_ahead(of, scopes, days_before(of.settings), AFTER)
    statements = [(s, _timed(s, "time_to_first_statement")) for s in scopes]
    judged = [verdict(m.estimate, m.target) for _, m in statements]
    decided = [v for v in judged if v in (Verdict.MET, Verdict.NOT_MET)]
    targets = {m.target for _, m in statements if m.target is not None}
    latest = next((s for s in scopes if s.day0 is not None), None)
    scores = reputation.scores(of.session, of.today.date(), of.settings["company.name"])
    judged_gaps, learned = judge(of, register(of)), lessons_of(of)
    answers = results_of(of, of.today)
    reputation_now, morale_now = _reputation_now(of, latest, scores), _morale_now(of, latest, answers)
    behind = [*_sources(of, scopes, answers, judged_gaps.gaps, learned), reputation_now.sources]
    return Overview(
        open_crises=sum(not s.line.over for s in scopes),
        on_target=(sum(v is Verdict.MET for v in decided), len(decided)),
        statement_target=next(iter(targets)) if len(targets) == 1 else None,
        reputation=reputation_now,
        morale=morale_now,
        gaps={key: int(judged_gaps.estimates[f"gaps_{key}"].number or 0) for key in ("open", "overdue", "recurring")},
        lessons_waiting=len(waiting(learned)),
        decisions=tuple(decisions(of, scopes, judged_gaps)),
        crises=_table(of, statements[:SHOWN], scores, answers),
        total=len(scopes),
        last_data=_last_data(of, scores),
        sources=provenance.combined(behind),
    )


def _sources(
    of: Portfolio, scopes: list[Scope], answers: pd.DataFrame, gaps: pd.DataFrame, lessons: pd.DataFrame
) -> Iterator[Sources]:
    """What stands behind the cards and the table of crises. Posts are named by their files: there may be millions."""
    session, shown = of.session, scopes[:SHOWN]
    yield provenance.of_records(session, Crisis, [s.crisis["crisis_id"] for s in shown])
    yield provenance.of_events(session, {event for s in scopes for metric in _TIMED for event in used(metric, s.line)})
    yield provenance.of_records(session, Gap, gaps["gap_id"])
    yield provenance.of_records(session, Lesson, lessons["lesson_id"])
    yield provenance.of_waves(session, answers.loc[answers["audience"] == "employees", "wave_id"].unique())
    yield provenance.of_stream(session, Stream.ENGAGEMENT)


def _began(s: Scope) -> pd.Timestamp:
    """What crises are ordered by: t₀, else the first event; those without a date are the oldest."""
    known = s.portfolio.standing(s.crisis)
    first = known.line.events[0].lo if known.line.events else pd.Timestamp.min.tz_localize("UTC")
    return first if known.t0 is None else known.t0


def _timed(s: Scope, metric: str) -> Measure:
    return Measure(metric, number(metric, s.line), {}, target(s, metric)[0])


def _reputation_now(of: Portfolio, latest: Scope | None, scores: pd.DataFrame) -> Measure:
    """The primary source's latest score against its level before the most recent crisis, in points."""
    source = primary_of(scores, of.settings)
    if source is None or latest is None or latest.day0 is None:
        why = "no reputation scores are imported" if source is None else "no crisis has a start"
        return Measure("reputation_vs_before", absent(Status.UNDEFINED, why, unit="points"))
    ours = scores.loc[(scores["source"] == source) & scores["ours"], "score_id"]
    change = vs_before(scores, source, latest.day0, as_of_date=of.today)
    group = {"source": source, "crisis": latest.crisis["code"]}
    return Measure("reputation_vs_before", change, group, None, provenance.of_scores(of.session, ours))


def _morale_now(of: Portfolio, latest: Scope | None, results: pd.DataFrame) -> Measure:
    """The latest employee wave against the last one closed before the most recent crisis."""
    waves = results[results["audience"] == "employees"].sort_values(["closed_on", "wave_id"])
    unit = "share"
    if waves.empty or latest is None or latest.day0 is None:
        why = "no employee survey is imported" if waves.empty else "no crisis has a start"
        return Measure("morale_vs_before", absent(Status.UNDEFINED, why, unit=unit))
    before, since = waves[waves["closed_on"] < latest.day0], waves[waves["closed_on"] >= latest.day0]
    if before.empty or since.empty:
        why = f"there is no employee survey {'before' if before.empty else 'since'} the most recent crisis"
        return Measure("morale_vs_before", absent(Status.UNDEFINED, why, unit=unit))
    old, new = before["wave_id"].iloc[-1], since["wave_id"].iloc[-1]
    change = morale_vs_before(since[since["wave_id"] == new], before[before["wave_id"] == old])
    group = {
        "wave": str(since["wave"].iloc[-1]),
        "before": str(before["wave"].iloc[-1]),
        "crisis": latest.crisis["code"],
    }
    return Measure("morale_vs_before", change, group, None, provenance.of_waves(of.session, [int(old), int(new)]))


def _table(
    of: Portfolio, statements: list[tuple[Scope, Measure]], scores: pd.DataFrame, answers: pd.DataFrame
) -> pd.DataFrame:
    source, read, morale = primary_of(scores, of.settings), book(scores), _Morale(answers)
    rows = [
        _row(s, statement) | {"reputation": _drop(s, source, read), "morale": morale.around(s)}
        for s, statement in statements
    ]
    columns = [
        "code", "title", "severity", "started", "status", "detected", "statement", "posts", "reputation", "morale",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _row(s: Scope, statement: Measure) -> dict[str, Any]:
    start = s.portfolio.standing(s.crisis).t0
    return {
        "code": s.crisis["code"],
        "title": s.crisis["title"],
        "severity": s.crisis["severity"],
        "started": None if start is None else start.tz_convert(s.zone).tz_localize(None),
        "status": s.status,
        "detected": _timed(s, "time_to_detect"),
        "statement": statement,
        "posts": _bars(s),
    }


def _bars(s: Scope) -> list[int]:
    """Mentions a day from the week before day 0; owned posts where nobody mentioned us."""
    if s.day0 is None:
        return []
    first = s.day0 - pd.Timedelta(days=7)
    last = min(first + pd.Timedelta(days=_BARS - 1), s.today)
    found = counts.cut(s, first, last)
    if found is None:
        return []
    bars = np.zeros((last - first).days + 1, dtype=np.int64)
    bars[found.day - day_number(first)] = found.posts
    return [int(n) for n in bars]


def _drop(s: Scope, source: str | None, scores: Book) -> Estimate:
    if source is None or s.day0 is None:
        return absent(Status.UNDEFINED, "no reputation scores", unit="points")
    return of_source(scores, source, s.day0, as_of_date=s.today)["reputation_drop"]


class _Morale:
    """The change of morale around each crisis; crises between the same two waves share it."""

    def __init__(self, answers: pd.DataFrame) -> None:
        self._waves = split(answers)
        self._known: dict[tuple[int, int], Estimate] = {}

    def around(self, s: Scope) -> Estimate:
        """The first employee wave since the crisis began against the last one before it."""
        before, since = compared(s, self._waves)
        if before is None or since is None:
            lack = "before" if before is None else "since"
            return absent(Status.UNDEFINED, f"there is no employee survey {lack} the crisis", unit="share")
        pair = before.wave_id, since.wave_id
        if pair not in self._known:
            self._known[pair] = morale_vs_before(since.rows, before.rows)
        return self._known[pair]


def _last_data(of: Portfolio, scores: pd.DataFrame) -> pd.Timestamp | None:
    """The last local day up to which any stream has data."""
    lines = [of.standing(crisis).line for crisis in of.crises]
    days = [clock.local_date(line.events[-1].lo, of.settings["company.timezone"]) for line in lines if line.events]
    posted = engagement.last_day(of.session, of.settings["company.timezone"], of.as_of)
    days += [scores["date"].max()] if len(scores) else []
    days += [posted] if posted is not None else []
    return max((day for day in days if not pd.isna(day)), default=None)
