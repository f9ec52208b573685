"""In what order: the days between statement, peak, half-life and the troughs of all streams."""

from __future__ import annotations

import pandas as pd

from data.queries import provenance, reputation
from data.queries.provenance import Sources
from metrics import clock
from metrics.estimate import Estimate, Status, absent
from metrics.findings import lags as say
from metrics.lags import METRICS, POINTS, Point, half_life_at, lags, morale_trough, sentiment_trough
from metrics.morale import morale_vs_before
from metrics.reputation import trough
from metrics.timeline import STATEMENT
from metrics.windows import Window
from reports.sections.base import Measure, Section
from reports.sections.reaction import behind, measured, rows_of
from reports.sections.reputation import primary_of
from reports.sections.scope import Scope
from reports.sections.survey_waves import SINCE, employee_waves, last_before, results_of
from reports.sections.targets import target

#: A point, and the rows that it is read from; of posts, the days that these lie in.
_Found = tuple[Point, Sources | Window]


def order(scope: Scope) -> Section:
    """Frames: `points` (point, label, at, day: days since day 0), in order of time."""
    if scope.day0 is None:
        why = "Not measured: nobody recorded when the crisis began."
        return Section("lags", (why,), frames={"points": _frame({}, pd.Timestamp(0))})
    found = {
        "statement": _statement(scope), **_reaction(scope), "reputation_trough": _reputation(scope, scope.day0),
        "morale_trough": _morale(scope),
    }  # fmt: skip
    points = {name: found[name][0] for name in POINTS}
    estimates = lags(points)
    measures = tuple(
        Measure(metric.id, estimates[metric.id], {}, target(scope, metric.id)[0], _behind(scope, metric.id, found))
        for metric in METRICS
    )
    said = (
        say.statement(estimates["lag_statement_to_volume_peak"]),
        say.order(points, scope.day0),
        say.missing(points),
    )
    return Section(
        "lags",
        tuple(sentence for sentence in said if sentence),
        measures,
        {"points": _frame(points, scope.day0)},
        _together(scope, [rows for _, rows in found.values()]),
        {"day0": scope.day0},
    )


def _behind(scope: Scope, metric: str, found: dict[str, _Found]) -> Sources:
    if not scope.portfolio.cited:
        return Sources(None)
    a, b = metric.removeprefix("lag_").split("_to_")
    return _together(scope, [found[a][1], found[b][1]])


def _together(scope: Scope, parts: list[Sources | Window]) -> Sources:
    """All these rows; days of posts that overlap are read as one span, so that no row counts twice."""
    spans = [part for part in parts if isinstance(part, Window)]
    posts = [
        rows_of(scope, Window("lags", min(s.first for s in spans), max(s.last for s in spans), 0)) for _ in spans[:1]
    ]
    return provenance.combined([*(part for part in parts if isinstance(part, Sources)), *posts])


def _statement(scope: Scope) -> _Found:
    first = scope.line.first(STATEMENT)
    if first is None:
        return absent(Status.UNDEFINED, f"no {STATEMENT.name} recorded", unit="date"), Sources()
    return clock.local_date(first.lo, scope.zone), provenance.of_events(scope.session, first.events)


def _reaction(scope: Scope) -> dict[str, _Found]:
    known = measured(scope)
    if known is None:
        none = absent(Status.UNDEFINED, "no posts or daily totals are imported", unit="date")
        return dict.fromkeys(("volume_peak", "half_life", "sentiment_trough"), (none, Sources()))
    found = known[0]
    peak, half = found.peak, found.estimates["half_life"]
    top = absent(Status.INSUFFICIENT_N, "no day during the crisis has data", unit="date") if peak is None else peak[0]
    places: dict[str, tuple[Point, str]] = {
        "volume_peak": (top, "net_sentiment_during"),
        "half_life": (half_life_at(peak, half), "half_life"),
        "sentiment_trough": (sentiment_trough(found.series, found.windows), "net_sentiment_during"),
    }
    return {name: (point, behind(found, metric)) for name, (point, metric) in places.items()}


def _reputation(scope: Scope, day0: pd.Timestamp) -> _Found:
    scores = reputation.scores(scope.session, scope.today.date(), scope.settings["company.name"])
    primary = primary_of(scores, scope.settings)
    if primary is None:
        return absent(Status.UNDEFINED, "no reputation scores are imported", unit="date"), Sources()
    sources = provenance.of_scores(scope.session, scores.loc[scores["source"] == primary, "score_id"])
    return trough(scores, primary, day0, as_of_date=scope.today), sources


def _morale(scope: Scope) -> _Found:
    results = results_of(scope.portfolio, scope.today)
    waves = employee_waves(scope, results) if len(results) else []
    before = last_before(waves).get("employees")
    since = [wave for wave in waves if wave.phase in SINCE]
    if before is None:
        return absent(Status.UNDEFINED, "no employee survey before the crisis", unit="date"), Sources()
    point = morale_trough((wave.closed_on, morale_vs_before(wave.rows, before.rows)) for wave in since)
    return point, provenance.of_waves(scope.session, [wave.wave_id for wave in (before, *since)])


def _frame(points: dict[str, Point], day0: pd.Timestamp) -> pd.DataFrame:
    rows = [
        (name, POINTS[name], point, (point - day0) / pd.Timedelta(days=1))
        for name, point in points.items()
        if not isinstance(point, Estimate)
    ]
    types = {"point": "object", "label": "object", "at": "datetime64[us]", "day": "float64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types).sort_values("day", kind="stable", ignore_index=True)
