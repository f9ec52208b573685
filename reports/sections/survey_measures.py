"""The numbers of survey waves: question by question, wave against wave, and by department for those who may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import Session

from data.access import Viewer, sees_groups
from data.queries import provenance, surveys
from data.settings import Settings
from metrics.drivers import drivers
from metrics.estimate import Estimate
from metrics.survey_changes import Change, compared, declared
from metrics.survey_groups import against_rest, drawn_together, group_changes
from metrics.survey_rows import blank
from metrics.surveys import enps, favourable, favourable_bounds, mean_score, response_rate
from reports.sections.base import Measure

#: The one cut that leaves: two beside each other would tell more than each alone.
CUT: surveys.Cut = "department"


def wave_measures(session: Session, settings: Settings, rows: pd.DataFrame) -> list[Measure]:
    """The numbers of one wave, question by question."""
    sources = provenance.of_waves(session, [_id(rows)])
    named = _named(rows)
    found = [Measure("response_rate", response_rate(rows), named, settings.target("response_rate"), sources)]
    for row in rows.to_dict("records"):
        group = named | {"question": row["question"]}
        for metric, estimate in question_estimates(row).items():
            found.append(Measure(metric, estimate, group, settings.target(metric), sources))
    for question, estimate in wave_drivers(session, rows).items():
        found.append(Measure("driver_importance", estimate, named | {"question": question}, None, sources))
    return found


def question_estimates(row: Mapping[Any, Any]) -> dict[str, Estimate]:
    """Favourable share and mean of a question, or its net promoter score where it asks for one."""
    if row["kind"] == "enps":
        return {"enps": enps(row)}
    bounds = {} if blank(row["invited"]) else {"favourable_bounds": favourable_bounds(row)}
    return {"favourable": favourable(row), **bounds, "mean_score": mean_score(row)}


def wave_drivers(session: Session, rows: pd.DataFrame) -> dict[str, Estimate]:
    """What goes together with recommending the company in one wave; nothing where no question of it asks for that."""
    outcome, beside = recommending(rows), rows.loc[rows["kind"] == "scale", "question"]
    if outcome is None or beside.empty:
        return {}
    known, n = surveys.correlations(session, rows)
    return drivers(known, n, outcome, set(beside))


def recommending(rows: pd.DataFrame) -> str | None:
    """The question of a wave that asks from 0 to 10 whether one would recommend the company."""
    return min(rows.loc[rows["kind"] == "enps", "question"], default=None)


def wave_changes(session: Session, now: pd.DataFrame, before: pd.DataFrame) -> list[Change]:
    """Every question of two waves of one audience; their p-values are adjusted together."""
    pairs = surveys.paired_counts(session, _id(now), _id(before))
    return declared(compared(now, before, pairs), f"between {_name(before)} and {_name(now)}")


class Groups:
    """Departments of some waves, as far as the viewer may see them; empty for others."""

    def __init__(self, session: Session, viewer: Viewer, company: pd.DataFrame) -> None:
        self.seen = sees_groups(viewer)
        self._rows = surveys.group_results(session, viewer, company, CUT)

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Those of the wave that these rows are of."""
        return self._rows[self._rows["wave_id"] == _id(rows)]

    def of_wave(self, rows: pd.DataFrame) -> list[Change]:
        """Each department's share, drawn towards the others, and against the rest."""
        groups = self.of(rows)
        own = [
            Change("favourable", {"question": str(row["question"]), "group": str(row["group"])}, favourable(row))
            for row in groups.to_dict("records")
        ]
        apart = declared(against_rest(groups, rows), f"of departments and questions in {_name(rows)}")
        return [*own, *drawn_together(groups), *apart]

    def changes(self, now: pd.DataFrame, before: pd.DataFrame) -> list[Change]:
        """Each department against itself in an earlier wave."""
        family = f"of departments and questions between {_name(before)} and {_name(now)}"
        return declared(group_changes(self.of(now), self.of(before)), family)


def as_measures(
    session: Session,
    settings: Settings,
    changes: Sequence[Change],
    now: pd.DataFrame,
    before: pd.DataFrame | None = None,
) -> list[Measure]:
    """Changes as measures of the wave `now`, each with the files of the waves it was made of."""
    waves = [now] if before is None else [before, now]
    sources = provenance.of_waves(session, [_id(rows) for rows in waves])
    shared = _named(now) | ({} if before is None else {"before": _name(before)})
    return [
        Measure(change.metric, change.estimate, shared | _broken_down(change), settings.target(change.metric), sources)
        for change in changes
    ]


def _broken_down(change: Change) -> dict[str, str]:
    return {(CUT if name == "group" else name): value for name, value in change.about.items()}


def _named(rows: pd.DataFrame) -> dict[str, str]:
    return {"wave": _name(rows), "audience": str(rows["audience"].iloc[0])}


def _name(rows: pd.DataFrame) -> str:
    return str(rows["wave"].iloc[0])


def _id(rows: pd.DataFrame) -> int:
    return int(rows["wave_id"].iloc[0])


def portfolio_waves(session: Session, viewer: Viewer, settings: Settings, until: date) -> list[Measure]:
    """The numbers of every wave, each against the one before it with the same audience."""
    results = surveys.company_results(session, until)
    groups = Groups(session, viewer, results)
    found: list[Measure] = []
    last: dict[str, pd.DataFrame] = {}
    for _, rows in results.groupby("wave_id", sort=False):
        found += wave_measures(session, settings, rows)
        found += as_measures(session, settings, groups.of_wave(rows), rows)
        before = last.get(str(rows["audience"].iloc[0]))
        if before is not None:
            changes = [*wave_changes(session, rows, before), *groups.changes(rows, before)]
            found += as_measures(session, settings, changes, rows, before)
        last[str(rows["audience"].iloc[0])] = rows
    return found
