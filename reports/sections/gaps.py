"""What did not hold, and did the fixes work? The register of gaps against the crises since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.queries import learning, proposals, provenance
from data.queries.provenance import Sources
from data.queries.register import fixes
from data.tables import Event, Gap
from metrics import closing, gaps
from metrics.catalogue import ALL
from metrics.effectiveness import Effectiveness, Seen, effectiveness
from metrics.estimate import Estimate
from metrics.findings import gaps as say
from metrics.fix_course import Tried, course
from metrics.gaps import Held
from metrics.names import plain
from metrics.response import SINGLE, SINGLE_BUSINESS, used
from reports.sections.base import Measure, Section
from reports.sections.plan import course_of
from reports.sections.scope import Portfolio, Scope
from reports.sections.survey_waves import parties
from reports.sections.values import Values
from reports.sections.wording import value


@dataclass(frozen=True, slots=True)
class Judged:
    """Some gaps of the register with what the crises say of them: their numbers, when each could have come back, and
    what became of each fix by the gap's code, also crisis by crisis (`courses`).
    """

    gaps: pd.DataFrame
    estimates: Mapping[str, Estimate]
    by_severity: Mapping[int, Estimate]
    chances: pd.DataFrame
    fixes: Mapping[str, Effectiveness]
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    courses: Mapping[str, tuple[Tried, ...]] = field(default_factory=dict)

    def came_back(self) -> dict[str, str]:
        """Code of each gap that ever came back → the latest crisis in which it did."""
        found = self.chances[self.chances["reappeared"]]
        return {str(gap): str(crisis) for gap, crisis in zip(found["gap"], found["crisis"], strict=True)}


def register(of: Portfolio) -> pd.DataFrame:
    """The gaps as of the moment looked from, without those of crises that had not begun."""
    found = learning.gaps(of.session, of.viewer)
    begun = {scope.crisis["code"] for scope in of.each()}
    found = found[found["crisis"].isna() | found["crisis"].isin(begun)]
    days = fixes(of.session, of.viewer)
    told = [tuple(map(pd.Timestamp, days.get(str(code), ()))) for code in found["code"]]
    return gaps.register(found.assign(fixes=pd.Series(told, index=found.index, dtype=object)), of.today)


def gaps_of(scope: Scope) -> Section:
    """The gaps found in one crisis. Frames: `gaps`, one row each with its effectiveness and when it came back; `tries`, what
    each crisis says of their fixes.
    """
    known = register(scope.portfolio)
    own = known[known["crisis"] == scope.crisis["code"]].reset_index(drop=True)
    if known.empty:
        return Section("gaps", ("Not measured: no gap is imported.",), frames=_frames(judge(scope.portfolio, own)))
    found = judge(scope.portfolio, own, known)
    return _section(scope.portfolio, found, of_what="from this crisis")


def gaps_of_all(of: Portfolio) -> Section:
    """The whole register, as `gaps_of`; without measures where it is empty."""
    found = judge(of, register(of))
    if found.gaps.empty:
        return Section("gaps", ("Not measured: no gap is imported.",), frames=_frames(found))
    return _section(of, found, of_what="in the register")


def judge(of: Portfolio, some: pd.DataFrame, known: pd.DataFrame | None = None) -> Judged:
    """Judge some gaps by every crisis; `known` is the register in which they may come back (default: they themselves)."""
    scopes, held = _held(of, some)
    could = gaps.chances(some if known is None else known, held, _attached(of))
    could = could[could["gap"].isin(some["code"])].reset_index(drop=True)
    values = Values()
    judged, courses = {}, {}
    for gap in some.to_dict("records"):
        code = str(gap["code"])
        judged[code], courses[code] = _fix(gap, scopes, held, values)
    within = allowed(of)
    estimates = gaps.estimates(some, of.today, within, could)
    by_severity = closing.closure_by_severity(some, of.today, within)
    return Judged(some, estimates, by_severity, could, judged, scopes, courses)


def _attached(of: Portfolio) -> set[tuple[str, str]]:
    """Gaps with the crises whose proposals were attached to them."""
    found = proposals.decided(of.session, of.viewer)
    rows = found[found["outcome"] == "attached"]
    return set(zip(rows["gap"], rows["crisis"], strict=True))


def allowed(of: Portfolio) -> dict[int, float]:
    """Severity → days in which a gap is to be closed."""
    return {severity: float(of.settings[f"sla.{severity}_days"]) for severity in (1, 2, 3, 4)}


def _held(of: Portfolio, some: pd.DataFrame) -> tuple[dict[str, Scope], list[Held]]:
    """As `held_by`; nothing where no gap was ever fixed."""
    return held_by(of) if some["completed_on"].notna().any() else ({}, [])


def held_by(of: Portfolio) -> tuple[dict[str, Scope], list[Held]]:
    """Every crisis that began, by its code, with the states of its steps."""
    scopes: dict[str, Scope] = {}
    held: list[Held] = []
    for scope in of.each():
        if scope.day0 is not None:
            states = {plain(step.step): step.state for step in course_of(scope).steps}
            held.append(Held(scope.crisis["code"], scope.day0, states))
            scopes[scope.crisis["code"]] = scope
    return scopes, held


def _fix(
    gap: Mapping[Any, Any], scopes: Mapping[str, Scope], held: list[Held], values: Values
) -> tuple[Effectiveness, tuple[Tried, ...]]:
    """What became of a gap's last fix, and what each crisis said of the fix of its time."""
    about = ALL.get(str(gap["metric"]))
    seen = [] if pd.isna(gap["completed_on"]) or pd.isna(gap["target"]) else seen_in(gap, scopes, held, values)
    named = {str(name): value for name, value in gap.items()}
    return effectiveness(named, seen, about), course(named, gap["fixes"], seen, about)


def seen_in(one: Mapping[Any, Any], scopes: Mapping[str, Scope], held: list[Held], values: Values) -> list[Seen]:
    """The metric of a gap or a strength (metric, step, crisis) in the crises that put its step to the test, and in its
    own.
    """
    about = ALL.get(str(one["metric"]))
    found = []
    for crisis in held if about is not None else ():
        tested = crisis.tested(one["step"])
        if about is not None and (tested or crisis.crisis == one["crisis"]):
            scope = scopes[crisis.crisis]
            name = scope.portfolio.names[crisis.crisis]
            found.append(Seen(crisis.crisis, crisis.day0, values.of(scope, about.id), tested, name))
    return found


def told(found: Judged) -> pd.DataFrame:
    """The register's rows as documents show them."""
    back = found.chances[found.chances["reappeared"]].groupby("gap")["crisis"].agg(list)
    could = found.chances.groupby("gap").size()
    fixes = [found.fixes[str(code)] for code in found.gaps["code"]]
    said = [_said(gap, fix) for gap, fix in zip(found.gaps.to_dict("records"), fixes, strict=True)]
    return found.gaps.drop(columns=["gap_id", "fixes"]).assign(
        effectiveness=pd.Series([fix.effect.value for fix in fixes], dtype=object),
        effectiveness_reason=pd.Series(said, dtype=object),
        effectiveness_p=pd.Series([fix.test.number for fix in fixes], dtype="float64"),
        effectiveness_test=pd.Series([fix.test.reason or fix.test.basis for fix in fixes], dtype=object),
        came_back_in=pd.Series([back.get(code, []) for code in found.gaps["code"]], dtype=object),
        could_come_back=pd.Series([int(could.get(code, 0)) for code in found.gaps["code"]], dtype="int64"),
    )


def tried(found: Judged) -> pd.DataFrame:
    """What each crisis says of the fixes: gap, crisis, title, began, fixed_on (NaT: the crisis in which the gap was
    found), value (in words), effect (None where it can't be judged) and reason.
    """
    rows: list[tuple[Any, ...]] = []
    for gap in found.gaps.to_dict("records"):
        code, metric = str(gap["code"]), str(gap["metric"])
        origin = found.fixes[code].origin
        if origin is not None:
            rows.append((code, origin.crisis, origin.day0, pd.NaT, value(origin.value, metric), None, None))
        rows += [
            (code, t.crisis, t.day0, t.fixed_on, value(t.value, metric), t.effect and t.effect.value, t.reason)
            for t in found.courses.get(code, ())
        ]
    frame = pd.DataFrame(rows, columns=["gap", "crisis", "began", "fixed_on", "value", "effect", "reason"])
    titles = [found.scopes[code].crisis["title"] for code in frame["crisis"]]
    return frame.assign(title=pd.Series(titles, index=frame.index, dtype=object))


def _frames(found: Judged) -> dict[str, pd.DataFrame]:
    return {"gaps": told(found), "tries": tried(found)}


def _said(gap: Mapping[Any, Any], fix: Effectiveness) -> str:
    return say.fix(str(gap["code"]), fix, float(gap["target"]))


def _section(of: Portfolio, found: Judged, *, of_what: str) -> Section:
    measures = tuple(_measures(of, found))
    return Section(
        "gaps",
        tuple(_findings(found, of_what)),
        measures,
        _frames(found),
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
