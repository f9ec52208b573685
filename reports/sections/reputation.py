"""What it did to the reputation, source by source; sources on different scales are never averaged."""

from __future__ import annotations

import pandas as pd

from data.queries import provenance, reputation
from data.settings import Settings
from metrics.findings import reputation as say
from metrics.reputation import primary_source, reputations
from metrics.reputation_z import standardised, standardised_scores
from metrics.score_path import normalise
from reports.sections.base import Measure, Section
from reports.sections.context import context
from reports.sections.scope import Scope
from reports.sections.targets import target


def standing(scope: Scope) -> Section:
    """Frames: `scores` with points from 0 to 100, `standardised` (the same in standard deviations of the scores before), `markers`;
    facts: day0, end (resolution or None), baselines by source.
    """
    scores = reputation.scores(scope.session, scope.today.date(), scope.settings["company.name"])
    if scores.empty:
        return Section("reputation", ("Not measured: no reputation scores are imported.",), frames=_no_frames(scores))
    if scope.day0 is None:
        return Section(
            "reputation", ("Not measured: nobody recorded when the crisis began.",), frames=_no_frames(scores)
        )
    found = reputations(scores, scope.day0, as_of_date=scope.today)
    primary = primary_of(scores, scope.settings)
    order = sorted(found, key=lambda source: (source != primary, source))
    z = standardised(scores, scope.day0, as_of_date=scope.today)
    every = provenance.of_scores(scope.session, scores["score_id"])
    measures = []
    for source in order:
        rows = _sources(scope, scores, source)
        told = found[source] | {"reputation_z": z[source]}
        measures += [Measure(m, one, {"source": source}, target(scope, m)[0], rows) for m, one in told.items()]
    measures.append(Measure("reputation_z", z[None], {}, target(scope, "reputation_z")[0], every))
    together = say.combined(z[None])
    facts = {
        "day0": scope.day0,
        "end": scope.resolved_on,
        "baselines": {s: e["reputation_baseline"].number for s, e in found.items() if e["reputation_baseline"].number},
        "primary": primary,
    }
    return Section(
        "reputation",
        (*(say.drop(source, found[source], z[source]) for source in order), *([together] if together else [])),
        tuple(measures),
        {
            "scores": _around(normalise(scores), scope.day0),
            "standardised": standardised_scores(scores, scope.day0, as_of_date=scope.today),
            "markers": context(scope.portfolio),
        },
        every,
        facts,
    )


def primary_of(scores: pd.DataFrame, settings: Settings) -> str | None:
    """The source that stands for the reputation: the chosen one if it scores us, else the one with most scores."""
    chosen = settings["reputation.primary_source"]
    return chosen if chosen in set(scores.loc[scores["ours"], "source"]) else primary_source(scores)


def _sources(scope: Scope, scores: pd.DataFrame, source: str) -> provenance.Sources:
    return provenance.of_scores(scope.session, scores.loc[scores["source"] == source, "score_id"])


def _around(scores: pd.DataFrame, day0: pd.Timestamp) -> pd.DataFrame:
    """Half a year before day 0 to a year after it: what the figure shows."""
    return scores[scores["date"].between(day0 - pd.Timedelta(days=180), day0 + pd.Timedelta(days=365))]


def _no_frames(scores: pd.DataFrame) -> dict[str, pd.DataFrame]:
    nothing = normalise(scores).iloc[:0]
    return {"scores": nothing, "standardised": nothing, "markers": pd.DataFrame()}
