"""What did we learn? The lessons and how far each has come."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data.queries import learning, provenance
from data.tables import Lesson
from metrics.findings import lessons as say
from metrics.lessons import estimates, waiting
from reports.sections.base import Measure, Section
from reports.sections.scope import Portfolio, Scope


def lessons_of(of: Portfolio) -> pd.DataFrame:
    """The lessons that the viewer may see, without those of crises that had not begun at the moment looked from."""
    found = learning.lessons(of.session, of.viewer)
    begun = {scope.crisis["code"] for scope in of.each()}
    return found[found["crisis"].isna() | found["crisis"].isin(begun)].reset_index(drop=True)


def learned(scope: Scope) -> Section:
    """The lessons of one crisis. Frames: `lessons`."""
    known = lessons_of(scope.portfolio)
    own = known[known["crisis"] == scope.crisis["code"]].reset_index(drop=True)
    return _section(scope.portfolio, own, known, of_what="from this crisis")


def learned_in_all(of: Portfolio) -> Section:
    """All lessons, as `learned`; without measures where there are none."""
    known = lessons_of(of)
    return _section(of, known, known, of_what="in all")


def _section(of: Portfolio, some: pd.DataFrame, known: pd.DataFrame, *, of_what: str) -> Section:
    frames = {"lessons": some.drop(columns="lesson_id")}
    if known.empty:
        return Section("lessons", ("Not measured: no lesson is imported.",), frames=frames)
    counts = {str(status): int(n) for status, n in some["status"].value_counts().items()}
    found = estimates(some, of.today)
    said = [say.standing(counts, of=of_what), *([say.lead_time(found["lesson_lead_time"])] if len(some) else [])]
    sources = provenance.of_records(of.session, Lesson, some["lesson_id"])
    return Section("lessons", tuple(said), tuple(_measures(of, some)), frames, sources)


def _measures(of: Portfolio, some: pd.DataFrame) -> Iterator[Measure]:
    if some.empty:
        return
    counted = {"lessons_awaiting_validation": waiting(some)}
    for metric, estimate in estimates(some, of.today).items():
        rows = provenance.of_records(of.session, Lesson, counted.get(metric, some)["lesson_id"])
        yield Measure(metric, estimate, {}, of.settings.target(metric), rows)
