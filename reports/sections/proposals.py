"""What a crisis proposes to change: bundles of what did not hold, each with its evidence, ready to become a gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.commands.proposals import Proposed
from data.enums import Origin
from data.queries import proposals as queries
from data.queries.provenance import Sources, combined, of_records
from data.tables import PlanStep
from metrics import proposals as rules
from metrics.findings import proposals as say
from metrics.names import plain
from metrics.proposals import Kind, Proposal, Sign, Steps
from metrics.response import SINGLE, number, used
from metrics.statements import left_out, longest_silence, platform_events
from metrics.timeline import PUBLIC
from reports.sections.feedback import feedback
from reports.sections.gaps import register
from reports.sections.plan import course_of
from reports.sections.scope import Scope
from reports.sections.speed import mentioned, platform_coverage
from reports.sections.survey_waves import missing
from reports.sections.targets import deciding_step, target

#: Audiences that no survey asks.
_NEVER_ASKED = {"public", "press"}
#: Words of one audience that are named.
_WORDS = 3
#: Milestones of the step that a sign without a failed step belongs to.
_HOME = {
    Kind.SILENCE: ("update", "statement"), Kind.PLATFORMS: ("statement", "update"),
    Kind.INTERNAL: ("internal_message",), Kind.PARTIES: ("reviewed",), Kind.THEMES: ("reviewed",),
}  # fmt: skip
_FROM_FEEDBACK = {Kind.PARTIES, Kind.THEMES}
#: Characters that the title and the evidence of a gap can have.
_TITLE, _EVIDENCE = 300, 10_000


@dataclass(frozen=True, slots=True)
class Offer:
    """One proposal that waits for a decision.

    `evidence` are its signs in short; `repeats` is the code of the gap that it repeats; `values` are the fields of the gap that it would become; `dismissed`
    tells where and why the same was dismissed in an earlier crisis.
    """

    proposed: Proposed
    severity: int
    evidence: tuple[str, ...]
    values: Mapping[str, Any]
    sources: Sources
    repeats: str | None = None
    dismissed: str | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """The proposals of one crisis: those that wait, weightiest first; how many are gaps of it already; what was decided
    (`data.queries.proposals.decided`, of this crisis).
    """

    finding: str
    waiting: tuple[Offer, ...]
    covered: Mapping[str, str]
    decided: pd.DataFrame

    @property
    def left_open(self) -> str | None:
        """What a signature would leave undecided, in a sentence."""
        return say.waiting([offer.proposed.title for offer in self.waiting])


def offers(scope: Scope) -> Offers:
    """The proposals of one crisis. `covered`: title → code of the gap of this crisis that says the same."""
    code, before = str(scope.crisis["code"]), {str(crisis["code"]) for crisis in scope.earlier()}
    everything = queries.decided(scope.session, scope.portfolio.viewer)
    own = everything[everything["crisis"] == code].reset_index(drop=True)
    earlier = everything[everything["crisis"].isin(before)]
    known = register(scope.portfolio)
    causes = {str(gap): str(cause) for gap, cause in zip(everything["gap"], everything["cause"], strict=True) if gap}
    waiting, covered = [], {}
    for proposal in rules.proposals(signs(scope)):
        if proposal.cause in set(own["cause"]):
            continue
        metric = _metric(scope, proposal)[0]
        gaps = rules.known(proposal, metric, known, code, before, scope.day0, causes)
        offer = _offer(scope, proposal, gaps.repeats, earlier)
        if gaps.own:
            covered[offer.proposed.title] = gaps.own
        else:
            waiting.append(offer)
    repeating = sum(offer.repeats is not None for offer in waiting)
    return Offers(say.headline(len(waiting), repeating), tuple(waiting), covered, own)


def signs(scope: Scope) -> Iterator[Sign]:
    """Everything that shows that something did not hold."""
    line = scope.line
    steps = Steps(course_of(scope), scope.steps)
    yield from steps.signs()
    silence = longest_silence(line)
    margin = "internal_first_margin"
    found = (
        rules.silence(silence.estimate, target(scope, "longest_silence")[0], silence.events, steps),
        rules.internal(number(margin, line), tuple(used(margin, line)), steps),
        rules.platforms(platform_coverage(scope), left_out(line, mentioned(scope)), tuple(platform_events(line))),
        rules.parties(_not_heard(scope)),
        *_themes(scope),
    )
    yield from (sign for sign in found if sign is not None)


def _not_heard(scope: Scope) -> list[str]:
    """Nobody is asked before the crisis is over."""
    if scope.resolved_on is None:
        return []
    return [audience for audience in missing(scope) if audience not in _NEVER_ASKED]


def _themes(scope: Scope) -> Iterator[Sign | None]:
    """The words that each audience says more since, the most telling first."""
    rows = feedback(scope).frames["themes"]
    more = rows[rows["log_odds"] > 0].sort_values(["audience", "z"], ascending=[True, False], kind="stable")
    for audience, words in more.groupby("audience")["term"]:
        yield rules.themes(str(audience), [str(word) for word in words[:_WORDS]])


def _offer(scope: Scope, proposal: Proposal, repeats: str | None, earlier: pd.DataFrame) -> Offer:
    course = course_of(scope)
    told = tuple(say.evidence(sign, course) for sign in proposal.signs)
    title = say.title(proposal, course)[:_TITLE]
    proposed = Proposed(str(scope.crisis["code"]), proposal.cause, title, " ".join(told)[:_EVIDENCE])
    rows = of_records(scope.session, PlanStep, {step.step_id for step in proposal.steps})
    sources = combined([rows, scope.rows_of_events(proposal.events)])
    shown = tuple(say.brief(sign, course) for sign in proposal.signs)
    return Offer(
        proposed,
        proposal.severity,
        shown,
        _values(scope, proposal),
        sources,
        repeats,
        _dismissed(proposal, earlier, scope.portfolio.names),
    )


def _values(scope: Scope, proposal: Proposal) -> dict[str, Any]:
    """What the gap says beside title and evidence: where it belongs, who answers for it, and what it should move."""
    kind = proposal.lead.kind
    step = _home(scope, proposal)
    metric, aim = _metric(scope, proposal)
    of_plan = {} if step is None else {"step": step["step"], "responsible_function": step["role"], "contact": step["contact"]}  # fmt: skip
    return of_plan | {
        "section": "Plan" if step is None else step["section"],
        "origin": Origin.FEEDBACK if kind in _FROM_FEEDBACK else Origin.CONFORMANCE,
        "severity": proposal.severity,
        "metric": metric,
        "target": aim,
    }


def _home(scope: Scope, proposal: Proposal) -> Mapping[Any, Any] | None:
    """The step of the plan that the gap is about: that which failed, else the one that it belongs to."""
    rows = scope.steps.to_dict("records")
    if proposal.lead.step is not None:
        return next((row for row in rows if row["step_id"] == proposal.lead.step.step_id), None)
    for milestone in _HOME[proposal.lead.kind]:
        of = [row for row in rows if row["fulfilled_by"] == milestone]
        public = [row for row in of if plain(row["audience"]) in (*PUBLIC, "")]
        if public or of:
            return (public or of)[0]
    return None


def _metric(scope: Scope, proposal: Proposal) -> tuple[str | None, float | None]:
    """The metric that the gap should move, with its target: that which the last of its failed steps decides."""
    if proposal.lead.kind in rules.METRIC:
        metric = rules.METRIC[proposal.lead.kind]
        whole = 1.0 if proposal.lead.kind in (Kind.PLATFORMS, Kind.PARTIES) else 0.0
        aim = target(scope, metric)[0]
        return metric, whole if aim is None else aim
    names = {plain(step.step) for step in proposal.steps}
    for metric in reversed(list(SINGLE)):
        row = deciding_step(scope, metric)
        if row is not None and plain(row["step"]) in names:
            return metric, target(scope, metric)[0]
    return None, None


def _dismissed(proposal: Proposal, earlier: pd.DataFrame, names: Mapping[str, str]) -> str | None:
    """Where and why the same was dismissed before."""
    found = earlier[(earlier["cause"] == proposal.cause) & (earlier["outcome"] == "dismissed")]
    if found.empty:
        return None
    last = found.iloc[-1]
    return f"Dismissed in {names.get(last['crisis'], 'another crisis')}: {last['reason']}"
