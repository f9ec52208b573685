"""The response to all crises: each one's times, and their medians, shares within target, trends and differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data.queries import provenance
from data.queries.provenance import Place, Sources
from data.tables import Event
from metrics import across as over
from metrics.answers import answers
from metrics.detectors import detected_by, share_detected_by, share_proactive
from metrics.estimate import Estimate, Status
from metrics.findings import across as say
from metrics.response import SINGLE, SINGLE_BUSINESS, number, used
from metrics.targets import verdict
from metrics.timeline import DETECTED
from metrics.trend import Trend
from reports.sections.base import Measure, Section
from reports.sections.scope import Portfolio, Scope
from reports.sections.targets import target

#: What findings speak of where two crises or more have it; every other interval only where it has a target.
_SAID = (
    "time_to_detect", "time_to_first_statement", "time_to_first_internal_message", "time_to_contain",
    "time_to_resolve", "longest_silence",
)  # fmt: skip
#: What can't be told is said of these alone.
_ASKED = ("time_to_detect", "time_to_first_statement")


@dataclass(frozen=True, slots=True)
class Answer:
    """One number of the response to one crisis."""

    scope: Scope
    estimate: Estimate
    target: float | None
    events: tuple[int, ...]

    @property
    def code(self) -> str:
        return str(self.scope.crisis["code"])


@dataclass(frozen=True, slots=True)
class _Group:
    """Some of the answers: their name in a measure's group, and in a sentence."""

    name: str
    said: str
    members: list[Answer]


Answers = Mapping[str, Sequence[Answer]]


class _Places:
    """The rows behind events; many numbers of one crisis rest on the same two."""

    def __init__(self, places: Mapping[int, Place]) -> None:
        self._places = places
        self._known: dict[tuple[int, ...], Sources] = {}

    def of(self, events: Iterable[int]) -> Sources:
        key = tuple(events)
        if key not in self._known:
            self._known[key] = provenance.at_places(self._places[event] for event in key if event in self._places)
        return self._known[key]


def across(of: Portfolio, metrics: Sequence[str] = (*SINGLE, *SINGLE_BUSINESS)) -> Section:
    """Every number of every crisis (with its code in the group), then those across crises; of `metrics`, which hold at
    least `SINGLE`.

    Frames: `answers` (ANSWERS of every interval, with a column id), `crises` (code, title, began). Facts: `differences`,
    the sentences that compare groups of crises by interval; `noticed`, the one on who noticed first.
    """
    scopes, places = list(of.each()), _Places(provenance.places(of.session, Event))
    told: Answers = {metric: [_answer(s, metric) for s in scopes] for metric in metrics}
    if not scopes:
        return Section(
            "response",
            ("No crisis is recorded.",),
            frames={"answers": _frame([]).assign(id="")},
            facts={"differences": {}},
        )
    frames = {metric: _frame(told[metric]) for metric in over.BASES if metric in told}
    tests = {metric: over.trend(metric, frames[metric]) for metric in over.TRENDING}
    each = [
        Measure(metric, told[metric][i].estimate, {"crisis": s.crisis["code"]}, told[metric][i].target, _rows([told[metric][i]], places))
        for i, s in enumerate(scopes)
        for metric in told
    ]  # fmt: skip
    together = [
        *_times(of, told, frames, places),
        *(Measure(f"trend_{m}", e, sources=_rows(told[m], places)) for m, (e, _) in tests.items()),
        *_detectors(of, scopes, places),
    ]
    differing, differences = _differences(told, places)
    said = list(_findings(told, together, {metric: test for metric, (_, test) in tests.items()}, scopes))
    findings = [*said, *(sentence for some in differences.values() for sentence in some)]
    long = pd.concat([frame.assign(id=metric) for metric, frame in frames.items()], ignore_index=True)
    return Section(
        "response",
        tuple(findings),
        (*each, *together, *differing),
        {"answers": long, "crises": _begun(scopes)},
        facts={"differences": differences, "noticed": said[-1]},
    )


def _begun(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Code, title and beginning of each crisis: t₀, else its first event, else NaT."""
    rows = []
    for scope in scopes:
        known = scope.portfolio.standing(scope.crisis)
        first = known.line.events[0].lo if known.line.events else None
        rows.append((scope.crisis["code"], scope.crisis["title"], known.t0 or first))
    return pd.DataFrame(rows, columns=["code", "title", "began"]).astype({"began": "datetime64[us, UTC]"})


def _answer(scope: Scope, metric: str) -> Answer:
    office = scope.office if metric in SINGLE_BUSINESS else None
    estimate = number(metric, scope.line, office)
    return Answer(scope, estimate, target(scope, metric)[0], tuple(used(metric, scope.line, office)))


def _frame(told: Iterable[Answer]) -> pd.DataFrame:
    return answers((a.code, a.scope.portfolio.standing(a.scope.crisis).t0, a.estimate, a.target) for a in told)


def _rows(told: Iterable[Answer], places: _Places) -> Sources:
    return places.of(event for one in told for event in one.events)


def _times(of: Portfolio, told: Answers, frames: Mapping[str, pd.DataFrame], places: _Places) -> Iterator[Measure]:
    """Medians and shares. A median's target is the company's own for it, else the one target of all crises."""
    for metric, frame in frames.items():
        sources = _rows(told[metric], places)
        key, aim = f"median_{metric}", of.settings.target(f"median_{metric}")
        yield Measure(key, over.median(metric, frame), {}, _common(told[metric]) if aim is None else aim, sources)
        key = f"share_within_target_{metric}"
        yield Measure(key, over.share_within_target(metric, frame), {}, of.settings.target(key), sources)


def _common(told: Sequence[Answer]) -> float | None:
    """The target of all crises that have one, where it is the same."""
    targets = {one.target for one in told} - {None}
    return next(iter(targets)) if len(targets) == 1 else None


def _detectors(of: Portfolio, scopes: Sequence[Scope], places: _Places) -> Iterator[Measure]:
    by = _by(scopes)
    firsts = (scope.line.first(DETECTED) for scope in scopes)
    events = [event for moment in firsts if moment is not None for event in moment.events]
    sources = places.of(events)
    yield Measure("share_proactive", share_proactive(by), {}, of.settings.target("share_proactive"), sources)
    for word, share in share_detected_by(by).items():
        yield Measure("share_detected_by", share, {"detected_by": word}, None, sources)


def _by(scopes: Sequence[Scope]) -> pd.DataFrame:
    rows = [(scope.crisis["code"], detected_by(scope.line)) for scope in scopes]
    return pd.DataFrame(rows, columns=["crisis", "detected_by"], dtype=object)


def _differences(told: Answers, places: _Places) -> tuple[list[Measure], dict[str, list[str]]]:
    """The medians of two groups of crises and the test between them, for the intervals named in advance; the sentences
    by interval.
    """
    measures: list[Measure] = []
    findings: dict[str, list[str]] = {metric: [] for metric in over.COMPARED}
    for metric in over.COMPARED:
        for between, groups in _groups(told[metric]).items():
            medians = [(group.said, over.median(metric, _frame(group.members))) for group in groups]
            measures += [
                Measure(f"median_{metric}", estimate, {between: group.name}, None, _rows(group.members, places))
                for group, (_, estimate) in zip(groups, medians, strict=True)
            ]
            test = over.compared(*((group.said, _frame(group.members)) for group in groups))
            everyone = [one for group in groups for one in group.members]
            measures.append(Measure(f"log_rank_{metric}", test, {"between": between}, None, _rows(everyone, places)))
            sentence = say.difference(metric, test, medians)
            findings[metric] += [sentence] if sentence else []
    return measures, findings


def _groups(told: Sequence[Answer]) -> dict[str, tuple[_Group, _Group]]:
    """What crises are told apart by → the two groups; only where both have members."""
    rated = [one for one in told if not pd.isna(one.scope.crisis["severity"])]
    severe = [one for one in rated if one.scope.crisis["severity"] >= 3]
    mild = [one for one in rated if one.scope.crisis["severity"] < 3]
    found = {"severity": (_Group("3–4", "at severity 3–4", severe), _Group("1–2", "at severity 1–2", mild))}
    versions = [plan["version"] for plan in told[0].scope.portfolio.plans]
    newest = next((v for v in reversed(versions) if any(one.scope.plan == v for one in told)), None)
    if newest is not None:
        since, before = ([one for one in told if (one.scope.plan == newest) is new] for new in (True, False))
        found["plan"] = (
            _Group(str(newest), f"under plan {newest}", since),
            _Group(f"before {newest}", f"before plan {newest}", before),
        )
    return {between: pair for between, pair in found.items() if all(group.members for group in pair)}


def _findings(
    told: Answers, together: Sequence[Measure], tests: Mapping[str, Trend | None], scopes: Sequence[Scope]
) -> Iterator[str]:
    known = {measure.id: measure for measure in together}
    for metric in over.PLAIN:
        median, share = known[f"median_{metric}"].estimate, known[f"share_within_target_{metric}"].estimate
        wanted = metric in _SAID or share.status is not Status.NOT_APPLICABLE
        if (wanted and median.n > 1) or metric in _ASKED:
            yield say.timing(
                metric,
                median,
                share=share,
                verdicts=[verdict(one.estimate, one.target) for one in told[metric]],
                target=_common(told[metric]),
                test=tests.get(metric),
            )
    nameless = int(_by(scopes)["detected_by"].isna().sum())
    yield say.noticed(known["share_proactive"].estimate, nameless)
