"""All reputation scores, source by source, with every crisis: how far each source fell and when it was back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from data.queries import provenance, reputation
from metrics.findings import reputation_across as say
from metrics.reputation import reputations
from metrics.score_path import normalise
from reports.sections.base import Measure, Section
from reports.sections.context import context
from reports.sections.reputation import primary_of
from reports.sections.scope import Portfolio, Scope
from reports.sections.targets import target


def history(of: Portfolio) -> Section:
    """Frames: `scores` (with points from 0 to 100), `crises` (code, label: the title, start, end; end NaT while open), `markers`.

    Facts: `primary`. Measures carry crisis and source in their group.
    """
    scores = reputation.scores(of.session, of.today.date(), of.settings["company.name"])
    scopes = sorted((s for s in of.each() if s.day0 is not None), key=lambda s: (s.day0, s.crisis["code"]))
    crises = pd.DataFrame([_band(s) for s in scopes], columns=["code", "label", "start", "end"])
    frames = {
        "scores": normalise(scores),
        "crises": crises.astype({"start": "datetime64[us]", "end": "datetime64[us]"}),
        "markers": context(of),
    }
    if scores.empty:
        return Section("reputation_history", ("Not measured: no reputation scores are imported.",), frames=frames)
    primary = primary_of(scores, of.settings)
    every = {
        s: provenance.of_scores(of.session, scores.loc[scores["source"] == s, "score_id"])
        for s in set(scores["source"])
    }
    measures = [measure for scope in scopes for measure in _measures(scope, scores, every)]
    sources = sorted({m.group["source"] for m in measures}, key=lambda source: (source != primary, source))
    said = [say.falls(source, _told(measures, source, of.names)) for source in sources]
    found = [sentence for sentence in said if sentence]
    return Section(
        "reputation_history",
        tuple(found) or ("No crisis has scores of ours around it.",),
        tuple(measures),
        frames,
        provenance.of_scores(of.session, scores["score_id"]),
        {"primary": primary},
    )


def _band(scope: Scope) -> tuple[str, str, Any, Any]:
    return scope.crisis["code"], scope.crisis["title"], scope.day0, scope.resolved_on


def _measures(scope: Scope, scores: pd.DataFrame, every: dict[str, provenance.Sources]) -> Iterator[Measure]:
    found = {} if scope.day0 is None else reputations(scores, scope.day0, as_of_date=scope.today)
    for source, estimates in found.items():
        group = {"crisis": str(scope.crisis["code"]), "source": source}
        for metric, estimate in estimates.items():
            yield Measure(metric, estimate, group, target(scope, metric)[0], every[source])


def _told(measures: list[Measure], source: str, names: Mapping[str, str]) -> list[tuple[str, Any, Any]]:
    mine = [m for m in measures if m.group["source"] == source]
    back = {m.group["crisis"]: m.estimate for m in mine if m.id == "reputation_recovery"}
    return [(names[m.group["crisis"]], m.estimate, back[m.group["crisis"]]) for m in mine if m.id == "reputation_drop"]
