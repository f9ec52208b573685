"""One metric of one crisis, wherever it is computed: what a gap is judged by."""

from __future__ import annotations

from collections.abc import Callable

from metrics import conformance
from metrics.catalogue import ALL
from metrics.estimate import Estimate, Status, absent
from metrics.response import SINGLE, SINGLE_BUSINESS, number
from reports.sections.base import Section
from reports.sections.people import people
from reports.sections.plan import course_of
from reports.sections.reaction import people_said
from reports.sections.reputation import standing
from reports.sections.scope import Scope
from reports.sections.speed import platform_coverage

#: Sections that are built for the metrics that can't be had for less.
_BUILD: tuple[Callable[[Scope], Section], ...] = (people_said, standing, people)


class Values:
    """Metrics of single crises; a section is built once a crisis, and only if a metric is asked that needs it."""

    def __init__(self) -> None:
        self._built: dict[tuple[int, int], Section] = {}

    def of(self, scope: Scope, metric: str) -> Estimate:
        """The metric's value in this crisis; of several sources that of the primary one, which sections name first."""
        if metric in (*SINGLE, *SINGLE_BUSINESS):
            return number(metric, scope.line, scope.office)
        if metric == "statement_platform_coverage":
            return platform_coverage(scope)
        if metric == "role_coverage":
            return conformance.role_coverage(scope.steps)
        planned = conformance.estimates(course_of(scope))
        if metric in planned:
            return planned[metric]
        for place in range(len(_BUILD)):
            found = [m for m in self._section(scope, place).measures if m.id == metric]
            if found and found[0].group.keys() <= {"source"}:
                return found[0].estimate
        about = ALL[metric]
        why = f"{about.label.lower()} has no single value in a crisis"
        return absent(Status.UNDEFINED, why, unit=about.unit, better=about.better)

    def _section(self, scope: Scope, place: int) -> Section:
        key = (scope.crisis["crisis_id"], place)
        if key not in self._built:
            self._built[key] = _BUILD[place](scope)
        return self._built[key]
