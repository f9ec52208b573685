"""Is the ground prepared? Trainings, policies, ambassadors, recognitions and check-ins of the whole company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from data.queries import culture as queries
from data.queries import provenance
from data.queries.provenance import Sources
from data.tables import CultureActivity
from metrics import culture
from metrics.estimate import Estimate
from metrics.findings import culture as say
from reports.sections.base import Measure, Section
from reports.sections.scope import Portfolio


def prepared(of: Portfolio) -> Section:
    """Frames: `activities` as the data layer lets them out. Without measures where there is no log the viewer may see."""
    until = of.today.date()
    log = queries.activities(of.session, of.viewer, until)
    heads = queries.headcounts(of.session, of.viewer, until)
    if log.empty and heads.empty:
        return Section("culture", ("Not measured: no culture log is imported.",), frames={"activities": log})
    departments = queries.departments(of.session, of.viewer, until)
    coverage = culture.ambassador_coverage(departments)
    ambassadors = [key for ids in log.loc[log["kind"] == "ambassador", "ids"] for key in ids]
    head_rows = [key for ids in heads["ids"].tail(1) for key in ids]
    measures = [
        *(m for metric in culture.COMPLETED for m in _completed(of, metric, log)),
        Measure(
            "ambassador_coverage", coverage, {}, of.settings.target("ambassador_coverage"),
            _rows(of, [*ambassadors, *head_rows]),
        ),
        *(m for metric in culture.COUNTED for m in _counted(of, metric, log, heads)),
    ]  # fmt: skip
    ids = [key for ids in log["ids"] for key in ids]
    findings = tuple(_findings(of, log, heads, coverage))
    return Section("culture", findings, tuple(measures), {"activities": log}, _rows(of, [*ids, *head_rows]))


def _completed(of: Portfolio, metric: str, log: pd.DataFrame) -> Iterator[Measure]:
    rows = log[log["kind"] == culture.COMPLETED[metric][0]]
    quarters = rows["held_on"].dt.to_period("Q").map(culture.quarter_name)
    yield _measure(of, metric, culture.completion(metric, log), {}, rows)
    for name, found in culture.by_quarter(metric, log).items():
        yield _measure(of, metric, found, {"quarter": name}, rows[quarters == name])
    for name, found in culture.by_department(metric, log).items():
        yield _measure(of, metric, found, {"department": name}, rows[rows["department"] == name])


def _counted(of: Portfolio, metric: str, log: pd.DataFrame, heads: pd.DataFrame) -> Iterator[Measure]:
    rows = log[log["kind"] == culture.COUNTED[metric][0]]
    quarters = rows["held_on"].dt.to_period("Q").map(culture.quarter_name)
    for name, found in culture.rates(metric, log, heads, of.today).items():
        yield _measure(of, metric, found, {"quarter": name}, rows[quarters == name])


def _measure(of: Portfolio, metric: str, found: Estimate, group: Mapping[str, str], rows: pd.DataFrame) -> Measure:
    return Measure(metric, found, group, of.settings.target(metric), _rows(of, [k for ids in rows["ids"] for k in ids]))


def _rows(of: Portfolio, ids: Iterable[int]) -> Sources:
    return provenance.of_records(of.session, CultureActivity, ids)


def _findings(of: Portfolio, log: pd.DataFrame, heads: pd.DataFrame, coverage: Estimate) -> Iterator[str]:
    for metric in culture.COMPLETED:
        yield say.share(metric, culture.completion(metric, log))
    yield say.ambassadors(coverage)
    for metric in culture.COUNTED:
        yield say.rate(metric, culture.rates(metric, log, heads, of.today))
    yield say.hidden(queries.least(of.session))
