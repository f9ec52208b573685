"""What needs a decision: each item with who answers for it, since when, and where it is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.queries import reviews
from metrics import gaps
from metrics.closing import FIXED
from metrics.effectiveness import Effect
from metrics.words import date, listed
from reports.sections.gaps import Judged
from reports.sections.lesson_board import waiting
from reports.sections.scope import Portfolio, Scope
from reports.sections.survey_waves import missing, named

#: What is said of a fix that did not work.
_FAILED = {Effect.INEFFECTIVE: "did not reach its target", Effect.REGRESSED: "did not last"}
#: Audiences that no survey asks.
_NEVER_ASKED = {"public", "press"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One item. `since` is the day from which it was due; `crisis` is the code of the review in which it is decided:
    its own, else the one of the most recent crisis. `page` is the URL path of the page that it is decided on, `gap` or
    `lesson` the code of what it is about.
    """

    what: str
    function: str | None
    since: pd.Timestamp | None
    crisis: str | None
    page: str = "crisis_review"
    gap: str | None = None
    lesson: str | None = None


def decisions(of: Portfolio, scopes: list[Scope], judged: Judged) -> list[Decision]:
    """Everything that waits for somebody, longest first; `scopes` are the crises, newest first, `judged` the register."""
    found = [
        *_unreviewed(of, scopes),
        *_overdue_gaps(of, judged.gaps),
        *_failed_fixes(judged, of.names),
        *_plan_due(of),
        *_not_heard(scopes),
        *_unvalidated(of),
    ]
    latest = scopes[0].crisis["code"] if scopes else None
    found = [replace(item, crisis=item.crisis or latest) for item in found]
    far = pd.Timestamp.max
    return sorted(found, key=lambda item: (far if item.since is None else item.since, item.what))


def _unreviewed(of: Portfolio, scopes: list[Scope]) -> Iterator[Decision]:
    """Resolved crises whose review is past its deadline and not held, by their events or by what was taken down."""
    days = int(of.settings["review.deadline_days"])
    held = {crisis for crisis, day in reviews.held(of.session, of.viewer).items() if pd.Timestamp(day) <= of.today}
    for s in scopes:
        if s.line.reviewed or s.resolved_on is None or s.crisis["crisis_id"] in held:
            continue
        due = s.resolved_on + pd.Timedelta(days=days)
        if due < s.today:
            yield Decision(f"Hold the review of {s.crisis['title']}", None, due, s.crisis["code"])


def _overdue_gaps(of: Portfolio, register: pd.DataFrame) -> Iterator[Decision]:
    late = gaps.overdue(register, of.today)
    fields = (late[name] for name in ("code", "title", "responsible_function", "due_on", "crisis"))
    for code, title, function, due, crisis in zip(*fields, strict=True):
        yield Decision(f"Overdue gap {code}: {title}", function, due, crisis, "plan_gaps", str(code))


def _failed_fixes(judged: Judged, names: Mapping[str, str]) -> Iterator[Decision]:
    """Gaps that came back after they were fixed, and fixes that the crises since say did not work; one item a gap, until
    it is opened again, accepted or fixed anew.
    """
    came_back = judged.came_back()
    for gap in judged.gaps[judged.gaps["status"].isin(FIXED)].to_dict("records"):
        code = str(gap["code"])
        back = came_back.get(code)
        fix = judged.fixes[code]
        failed = _FAILED.get(fix.effect) if fix.last is not None else None
        where = back or (fix.last.crisis if failed and fix.last is not None else None)
        if where is None:
            continue
        called = names[where]
        said = f"Gap {code} came back in {called}" if back else f"Fix of gap {code} {failed} in {called}"
        said += f", its fix {failed}" if back and failed else ""
        day0 = judged.scopes[where].day0
        if day0 <= gap["completed_on"]:
            continue
        yield Decision(f"{said}: {gap['title']}", gap["responsible_function"], day0, where, "plan_gaps", code)


def _plan_due(of: Portfolio) -> Iterator[Decision]:
    """The plan in force, when its review date has passed."""
    plan = of.plan_on(of.today)
    if plan is not None and plan["review_due"] < of.today:
        due = plan["review_due"]
        yield Decision(f"Review crisis plan {plan['version']}, due on {date(due)}", None, due, None, "plan")


def _not_heard(scopes: list[Scope]) -> Iterator[Decision]:
    """Resolved crises after which an audience that the plan names was not asked."""
    for s in scopes:
        if s.day0 is None or s.resolved_on is None or not set(named(s)) - _NEVER_ASKED:
            continue
        lacking = [audience for audience in missing(s) if audience not in _NEVER_ASKED]
        if lacking:
            what = f"Ask {listed(lacking)} about {s.crisis['title']}"
            yield Decision(what, None, s.resolved_on, s.crisis["code"])


def _unvalidated(of: Portfolio) -> Iterator[Decision]:
    """Lessons that were put into practice, and of which nobody has said yet whether they held."""
    for lesson, since in waiting(of):
        what = f"Validate lesson {lesson['code']}: {lesson['title']}"
        yield Decision(what, "Leadership", since, lesson["crisis"], "lessons", lesson=lesson["code"])
