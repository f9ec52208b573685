"""What did not hold, and did the fixes work? The register of gaps against the crises since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.queries import learning, provenance
from data.queries.provenance import Sources
from data.tables import Event, Gap
from metrics import closing, gaps
from metrics.catalogue import ALL
from metrics.effectiveness import Effectiveness, Seen, effectiveness
from metrics.estimate import Estimate
from metrics.findings import gaps as say
from metrics.gaps import Held
from metrics.names import plain
from metrics.response import SINGLE, SINGLE_BUSINESS, used
from reports.sections.base import Measure, Section
from reports.sections.plan import course_of
from reports.sections.scope import Portfolio, Scope
from reports.sections.survey_waves import parties
from reports.sections.values import Values


@dataclass(frozen=True, slots=True)
class Judged:
    """Some gaps of the register with what the crises say of them: their numbers, when each could have come back, and
    what became of each fix by the gap's code.
    """

    gaps: pd.DataFrame
    estimates: Mapping[str, Estimate]
    by_severity: Mapping[int, Estimate]
    chances: pd.DataFrame
    fixes: Mapping[str, Effectiveness]
    scopes: Mapping[str, Scope] = field(default_factory=dict)

    def came_back(self) -> dict[str, str]:
        """Code of each gap that ever came back → the latest crisis in which it did."""
        found = self.chances[self.chances["reappeared"]]
        return {str(gap): str(crisis) for gap, crisis in zip(found["gap"], found["crisis"], strict=True)}


def register(of: Portfolio) -> pd.DataFrame:
    """The gaps as of the moment looked from, without those of crises that had not begun."""
    found = learning.gaps(of.session, of.viewer)
    begun = {scope.crisis["code"] for scope in of.each()}
    return gaps.register(found[found["crisis"].isna() | found["crisis"].isin(begun)], of.today)


def gaps_of(scope: Scope) -> Section:
    """The gaps found in one crisis. Frames: `gaps`, one row each with its effectiveness and when it came back."""
    known = register(scope.portfolio)
    own = known[known["crisis"] == scope.crisis["code"]].reset_index(drop=True)
    if known.empty:
        return Section(
            "gaps", ("Not measured: no gap is imported.",), frames={"gaps": told(judge(scope.portfolio, own))}
        )
    found = judge(scope.portfolio, own, known)
    return _section(scope.portfolio, found, of_what="from this crisis")


def gaps_of_all(of: Portfolio) -> Section:
    """The whole register, as `gaps_of`; without measures where it is empty."""
    found = judge(of, register(of))
    if found.gaps.empty:
        return Section("gaps", ("Not measured: no gap is imported.",), frames={"gaps": told(found)})
    return _section(of, found, of_what="in the register")


def judge(of: Portfolio, some: pd.DataFrame, known: pd.DataFrame | None = None) -> Judged:
    """Judge some gaps by every crisis; `known` is the register in which they may come back (default: they themselves)."""
    scopes, held = _held(of, some)
    could = gaps.chances(some if known is None else known, held)
    could = could[could["gap"].isin(some["code"])].reset_index(drop=True)
    values = Values()
    fixes = {str(gap["code"]): _fix(gap, scopes, held, values) for gap in some.to_dict("records")}
    within = allowed(of)
    estimates = gaps.estimates(some, of.today, within, could)
    return Judged(some, estimates, closing.closure_by_severity(some, of.today, within), could, fixes, scopes)


def allowed(of: Portfolio) -> dict[int, float]:
    """Severity → days in which a gap is to be closed."""
    return {severity: float(of.settings[f"sla.{severity}_days"]) for severity in (1, 2, 3, 4)}


def _held(of: Portfolio, some: pd.DataFrame) -> tuple[dict[str, Scope], list[Held]]:
    """Every crisis that began, by its code, with the states of its steps; nothing where no gap was ever fixed."""
    scopes: dict[str, Scope] = {}
    held: list[Held] = []
    for scope in of.each() if some["completed_on"].notna().any() else ():
        if scope.day0 is not None:
            states = {plain(step.step): step.state for step in course_of(scope).steps}
            held.append(Held(scope.crisis["code"], scope.day0, states))
            scopes[scope.crisis["code"]] = scope
    return scopes, held


def _fix(gap: Mapping[Any, Any], scopes: Mapping[str, Scope], held: list[Held], values: Values) -> Effectiveness:
    about = ALL.get(str(gap["metric"]))
    seen = []
    if about is not None and not pd.isna(gap["completed_on"]) and not pd.isna(gap["target"]):
        for one in held:
            tested = one.tested(gap["step"])
            if tested or one.crisis == gap["crisis"]:
                seen.append(Seen(one.crisis, one.day0, values.of(scopes[one.crisis], about.id), tested))
    return effectiveness({str(name): value for name, value in gap.items()}, seen, about)


def told(found: Judged) -> pd.DataFrame:
    """The register's rows as documents show them."""
    back = found.chances[found.chances["reappeared"]].groupby("gap")["crisis"].agg(list)
    could = found.chances.groupby("gap").size()
    fixes = [found.fixes[str(code)] for code in found.gaps["code"]]
    said = [_said(gap, fix) for gap, fix in zip(found.gaps.to_dict("records"), fixes, strict=True)]
    return found.gaps.drop(columns="gap_id").assign(
        effectiveness=pd.Series([fix.effect.value for fix in fixes], dtype=object),
        effectiveness_reason=pd.Series(said, dtype=object),
        effectiveness_p=pd.Series([fix.test.number for fix in fixes], dtype="float64"),
        effectiveness_test=pd.Series([fix.test.reason or fix.test.basis for fix in fixes], dtype=object),
        came_back_in=pd.Series([back.get(code, []) for code in found.gaps["code"]], dtype=object),
        could_come_back=pd.Series([int(could.get(code, 0)) for code in found.gaps["code"]], dtype="int64"),
    )


def _said(gap: Mapping[Any, Any], fix: Effectiveness) -> str:
    return say.fix(str(gap["code"]), fix, float(gap["target"]))


def _section(of: Portfolio, found: Judged, *, of_what: str) -> Section:
    measures = tuple(_measures(of, found))
    return Section(
        "gaps",
        tuple(_findings(found, of_what)),
        measures,
        {"gaps": told(found)},
        provenance.of_records(of.session, Gap, found.gaps["gap_id"]),
    )


def _measures(of: Portfolio, found: Judged) -> Iterator[Measure]:
    if found.gaps.empty:
        return
    counted = {
        "gaps_open": gaps.still_open(found.gaps),
        "gaps_overdue": gaps.overdue(found.gaps, of.today),
        "gaps_recurring": found.gaps[found.gaps["code"].isin(found.chances.loc[found.chances["reappeared"], "gap"])],
        "gap_recurrence": found.gaps[found.gaps["code"].isin(found.chances["gap"])],
    }
    for metric, estimate in found.estimates.items():
        rows = provenance.of_records(of.session, Gap, counted.get(metric, found.gaps)["gap_id"])
        yield Measure(metric, estimate, {}, of.settings.target(metric), rows)
    for severity, estimate in found.by_severity.items():
        mine = found.gaps[found.gaps["severity"] == severity]
        rows = provenance.of_records(of.session, Gap, mine["gap_id"])
        yield Measure("gap_closure_within_sla", estimate, {"severity": str(severity)}, None, rows)
    for gap in found.gaps.to_dict("records"):
        fix = found.fixes[str(gap["code"])]
        yield Measure("effectiveness", fix.estimate, {"gap": str(gap["code"])}, None, _behind(of, gap, fix, found))


def _behind(of: Portfolio, gap: Mapping[Any, Any], fix: Effectiveness, found: Judged) -> Sources:
    """The row of the gap, and those of the events that decide on its fix."""
    own = provenance.of_records(of.session, Gap, [gap["gap_id"]])
    if fix.last is None or gap["metric"] not in (*SINGLE, *SINGLE_BUSINESS, "parties_heard"):
        return own
    scope = found.scopes[fix.last.crisis]
    if gap["metric"] == "parties_heard":
        return provenance.combined([own, parties(scope)[0].sources])
    events = used(str(gap["metric"]), scope.line, scope.office)
    return provenance.combined([own, provenance.of_records(of.session, Event, events)])


def _findings(found: Judged, of_what: str) -> Iterator[str]:
    yield say.standing(found.estimates, of=of_what)
    if found.gaps.empty:
        return
    e = found.estimates
    for sentence in (
        say.closing(e["gap_age_median"], e["gap_closure_within_sla"]),
        say.recurrence(e["gap_recurrence"]),
    ):
        if sentence:
            yield sentence
    for gap in found.gaps[found.gaps["completed_on"].notna()].to_dict("records"):
        yield _said(gap, found.fixes[str(gap["code"])])
