"""Two to five crises beside each other, aligned at detection: times, curves, outcomes, and how they differ in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from data.queries import provenance, reputation
from metrics import statements
from metrics.clock import local_date
from metrics.estimate import Estimate
from metrics.findings import compare as say
from metrics.reputation import reputation as of_source
from metrics.response import number, used
from metrics.score_path import normalise
from metrics.timeline import DETECTED, STATEMENT
from metrics.volume import baseline
from reports.sections.base import Measure, Section
from reports.sections.gaps import judge, register
from reports.sections.reaction import behind, measured, rows_of
from reports.sections.reputation import primary_of
from reports.sections.scope import Portfolio, Scope
from reports.sections.targets import target

#: Crises that can be compared at once.
LEAST, MOST = 2, 5
#: Days around detection that are drawn.
BEFORE, AFTER = 14, 42
TIMED = (
    "time_to_detect", "time_to_assemble", "time_to_decision", "time_to_first_statement",
    "time_to_first_internal_message", "time_to_contain", "time_to_resolve", "longest_silence",
)  # fmt: skip
#: Intervals whose differences are said.
_SAID = ("time_to_first_statement", "time_to_detect", "time_to_resolve")
_REACTION = (
    "peak_volume_ratio", "half_life", "net_sentiment_change_during", "net_sentiment_change_after", "crisis_over_on",
)  # fmt: skip
_REPUTATION = ("reputation_drop", "reputation_recovery")


def compare(of: Portfolio, codes: Sequence[str]) -> Section:
    """The crises with these codes, in this order.

    Frames: `crises` (code, title, zero: the local day that is day 0, detected: whether that is detection's, statement:
    day of the first public statement), `days` (crisis, day, times: posts as a multiple of a normal day, posts,
    net_sentiment), `scores` (crisis, day, change: points of 100 against before), `path` (crisis, segment, label, hours),
    `gaps` (code, title, section, found_in, came_back_in, step: fixed gaps that showed again in one of the crises).
    Facts: `source` (of the scores).

    Raises
    ------
    reports.sections.scope.UnknownCrisis
        If the viewer may see no crisis with one of the codes.
    """
    scopes = [of.find(code) for code in codes]
    scores = reputation.scores(of.session, of.today.date(), of.settings["company.name"])
    source = primary_of(scores, of.settings)
    known = register(of)
    could = judge(of, known).chances
    could = could[could["crisis"].isin([_code(s) for s in scopes])]
    measures = [measure for scope in scopes for measure in _measures(scope, scores, source)]
    paths = {_code(s): statements.statement_path(s.events, s.clock, s.as_of) for s in scopes}
    zeros = {_code(s): _zero(s) for s in scopes}
    return Section(
        "compare",
        (*_findings(measures, paths, source, of.names), *_came_back(known, could, of.names)),
        tuple(measures),
        {
            "crises": pd.DataFrame([_about(s, zeros[_code(s)]) for s in scopes]),
            "days": _stacked([_days(s, zeros[_code(s)]) for s in scopes], ["crisis", "day", "posts", "times", "net_sentiment"]),
            "scores": _stacked([_scores(s, scores, source, zeros[_code(s)]) for s in scopes], ["crisis", "day", "change"]),
            "path": _stacked([p.assign(crisis=c) for c, p in paths.items()], ["crisis", "segment", "label", "hours"]),
            "gaps": _gaps(known, could),
        },
        provenance.combined(list(dict.fromkeys(m.sources for m in measures))),
        {"source": source},
    )  # fmt: skip


def _code(scope: Scope) -> str:
    return str(scope.crisis["code"])


def _zero(scope: Scope) -> tuple[pd.Timestamp | None, bool]:
    """The local day that crises are aligned at: that of detection, else day 0; and whether it is the former."""
    found = scope.line.first(DETECTED)
    return (scope.day0, False) if found is None else (local_date(found.lo, scope.zone), True)


def _about(scope: Scope, zero: tuple[pd.Timestamp | None, bool]) -> dict[str, Any]:
    day, detected = zero
    spoken = scope.line.first(STATEMENT)
    late = None if spoken is None or day is None else (local_date(spoken.lo, scope.zone) - day).days
    return {
        "code": _code(scope), "title": scope.crisis["title"], "severity": scope.crisis["severity"], "zero": day,
        "detected": detected, "statement": late,
    }  # fmt: skip


def _measures(scope: Scope, scores: pd.DataFrame, source: str | None) -> Iterator[Measure]:
    code = _code(scope)

    def one(metric: str, estimate: Estimate, sources: provenance.Sources, **group: str) -> Measure:
        return Measure(metric, estimate, {"crisis": code, **group}, target(scope, metric)[0], sources)

    for metric in TIMED:
        yield one(metric, number(metric, scope.line), scope.rows_of_events(used(metric, scope.line)))
    known = measured(scope)
    if known is not None:
        for metric in _REACTION:
            yield one(metric, known[0].estimates[metric], rows_of(scope, behind(known[0], metric)))
    if source is not None and scope.day0 is not None:
        found = of_source(scores, source, scope.day0, as_of_date=scope.today)
        rows = provenance.of_scores(scope.session, scores.loc[scores["source"] == source, "score_id"])
        for metric in _REPUTATION:
            yield one(metric, found[metric], rows, source=source)


def _days(scope: Scope, zero: tuple[pd.Timestamp | None, bool]) -> pd.DataFrame:
    """The daily series around day 0; days that no export covers are gaps."""
    known, day = measured(scope), zero[0]
    if known is None or day is None:
        return pd.DataFrame()
    normal = baseline(known[0].series, known[0].windows.before)
    volume = normal.volume if normal is not None and normal.volume > 0 else float("nan")
    around = pd.DataFrame({"date": pd.date_range(day - pd.Timedelta(days=BEFORE), day + pd.Timedelta(days=AFTER))})
    days = around.merge(known[0].series, on="date", how="left")
    return days.assign(crisis=_code(scope), day=(days["date"] - day).dt.days, times=days["posts"] / volume)


def _scores(
    scope: Scope, scores: pd.DataFrame, source: str | None, zero: tuple[pd.Timestamp | None, bool]
) -> pd.DataFrame:
    day = zero[0]
    if source is None or day is None or scope.day0 is None:
        return pd.DataFrame()
    before = of_source(scores, source, scope.day0, as_of_date=scope.today)["reputation_baseline"].number
    mine = normalise(scores)
    mine = mine[(mine["source"] == source) & mine["ours"] & mine["points"].notna()].sort_values("date")
    away = (mine["date"] - day).dt.days
    mine = mine.assign(
        crisis=_code(scope), day=away, change=mine["points"] - (float("nan") if before is None else before)
    )
    return mine[away.between(-BEFORE, AFTER) & mine["change"].notna()]


def _stacked(frames: Sequence[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    some = [frame[columns] for frame in frames if len(frame)]
    return pd.concat(some, ignore_index=True) if some else pd.DataFrame(columns=columns)


def _findings(
    measures: Sequence[Measure], paths: dict[str, pd.DataFrame], source: str | None, names: Mapping[str, str]
) -> Iterator[str]:
    def told(metric: str) -> list[tuple[str, Estimate]]:
        return [(names[m.group["crisis"]], m.estimate) for m in measures if m.id == metric]

    sentences = [
        say.timing(_SAID[0], told(_SAID[0])),
        say.where_it_went({names[code]: path for code, path in paths.items()}),
    ]
    sentences += [say.timing(metric, told(metric)) for metric in _SAID[1:]]
    sentences += [say.peaks(told("peak_volume_ratio")), say.changes(told("net_sentiment_change_during"))]
    sentences.append(None if source is None else say.falls(source, told("reputation_drop")))
    found = [sentence for sentence in sentences if sentence]
    yield from found or ["Nothing of these crises can be compared yet: no times, posts or scores are imported."]


def _came_back(known: pd.DataFrame, could: pd.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    """What is said of gaps; nothing where none is recorded."""
    if len(known):
        again = could[could["reappeared"]].groupby("gap")["crisis"].agg(lambda codes: [names[code] for code in codes])
        yield say.came_back({str(gap): crises for gap, crises in again.items()}, could["gap"].nunique())


def _gaps(known: pd.DataFrame, could: pd.DataFrame) -> pd.DataFrame:
    again = could[could["reappeared"]].groupby("gap")["crisis"].agg(", ".join).rename("came_back_in")
    told = known.rename(columns={"crisis": "found_in"}).merge(again, left_on="code", right_index=True)
    return told[["code", "title", "section", "step", "found_in", "came_back_in"]].reset_index(drop=True)
