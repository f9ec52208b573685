"""What each party said since a crisis began: answers, the words that are new, and who was not heard.

Employees are left out: theirs is on Morale, which fewer people may open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.queries import provenance, surveys
from metrics.estimate import Estimate
from metrics.findings import surveys as tell
from metrics.findings import themes as say
from metrics.surveys import favourable
from metrics.themes import Theme, said, themes
from reports.sections.base import Measure, Section
from reports.sections.scope import Scope
from reports.sections.survey_measures import as_measures, wave_changes
from reports.sections.survey_waves import SINCE, Held, held, last_before, of_the_crisis, parties, results_of

_RESULTS = ["audience", "wave", "phase", "closed_on", "question", "favourable"]
_THEMES = ["audience", "term", "before", "since", "log_odds", "z"]


@dataclass(slots=True)
class _Party:
    """What one audience said: its sentences, measures, and rows of the two frames."""

    told: list[str] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    results: list[tuple[Any, ...]] = field(default_factory=list)
    themes: list[tuple[Any, ...]] = field(default_factory=list)


def feedback(scope: Scope) -> Section:
    """Frames: `results` (one row a question and wave, `favourable` an `Estimate`) and `themes` (people who said a word;
    NaN: fewer than are shown); facts: `audiences` (audience → its sentences), `missing` (parties not heard).
    """
    heard, known, missing = parties(scope)
    results = results_of(scope.portfolio, scope.today)
    waves = [] if scope.day0 is None else of_the_crisis(held(scope, results[results["audience"] != "employees"]))
    asked = sorted({wave.audience for wave in waves if wave.phase in SINCE})
    said_by = {name: _party(scope, name, [wave for wave in waves if wave.audience == name]) for name in asked}
    who = tell.heard(known) if scope.day0 is not None else "Not measured: nobody recorded when the crisis began."
    told = [text for party in said_by.values() for text in party.told]
    rows = [row for party in said_by.values() for row in party.results]
    words = [row for party in said_by.values() for row in party.themes]
    return Section(
        "feedback",
        tuple(text for text in (who, tell.not_heard(missing), *told) if text),
        (heard, *(measure for party in said_by.values() for measure in party.measures)),
        {
            "results": pd.DataFrame(rows, columns=_RESULTS),
            "themes": pd.DataFrame(words, columns=_THEMES).astype(dict.fromkeys(_THEMES[2:], "float64")),
        },
        provenance.of_waves(scope.session, [wave.wave_id for wave in waves]),
        {"audiences": {name: party.told for name, party in said_by.items()}, "missing": missing},
    )


def _party(scope: Scope, audience: str, waves: list[Held]) -> _Party:
    """One audience: the last wave before the crisis, and all since."""
    found = _Party()
    for wave in waves:
        shares = dict(_shares(wave))
        found.results += [(audience, wave.name, wave.phase, wave.closed_on, *answer) for answer in shares.items()]
        found.measures += [_measure(scope, "favourable", share, wave, question=q) for q, share in shares.items()]
        if wave.phase in SINCE:
            found.told.append(tell.feedback(audience, wave.name, shares))
    sentence, new, latest = _words(scope, audience, waves)
    old = last_before(waves).get(audience)
    if old is not None:
        changes = wave_changes(scope.session, latest.rows, old.rows)
        found.told.append(tell.changes(changes, latest.name, old.name))
        found.measures += as_measures(scope.session, scope.settings, changes, latest.rows, old.rows)
    found.told.append(sentence)
    found.measures += [_measure(scope, "theme_log_odds", theme.estimate, latest, term=theme.term) for theme in new]
    found.themes = [(audience, t.term, t.before, t.since, t.estimate.number, t.z) for t in new]
    return found


def _shares(wave: Held) -> Iterator[tuple[str, Estimate]]:
    """The favourable share of each question on a scale."""
    for row in wave.rows[wave.rows["kind"] == "scale"].to_dict("records"):
        yield str(row["question"]), favourable(row)


def _measure(scope: Scope, metric: str, estimate: Estimate, wave: Held, **group: str) -> Measure:
    named = {"audience": wave.audience, "wave": wave.name} | group
    sources = provenance.of_waves(scope.session, [wave.wave_id])
    return Measure(metric, estimate, named, scope.settings.target(metric), sources)


def _words(scope: Scope, audience: str, waves: list[Held]) -> tuple[str, list[Theme], Held]:
    """What one audience says more than before: its first wave since against the last one before, and that wave."""
    since = next(wave for wave in waves if wave.phase in SINCE)
    before = last_before(waves).get(audience)
    if before is None:
        return say.cannot(audience, before=False, since=True), [], since
    terms = surveys.comment_terms(scope.session, [before.wave_id, since.wave_id])
    old, new = (said(terms[terms["wave_id"] == wave.wave_id]) for wave in (before, since))
    if old is None or new is None:
        return say.cannot(audience, before=True, since=True), [], since
    found = themes(old, new)
    return say.themes(audience, found, old, new), found, since
