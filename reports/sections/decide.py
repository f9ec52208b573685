"""What needs a decision: each item with who answers for it, since when, and where it is decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from data.queries import learning, reviews, surveys
from metrics import gaps
from metrics.words import date
from reports.sections.scope import Portfolio, Scope


@dataclass(frozen=True, slots=True)
class Decision:
    """One item. `since` is the day from which it was due; `crisis` is the code of the review in which it is decided:
    its own, else the one of the most recent crisis.
    """

    what: str
    function: str | None
    since: pd.Timestamp | None
    crisis: str | None


def decisions(of: Portfolio, scopes: list[Scope], register: pd.DataFrame) -> list[Decision]:
    """Everything that waits for somebody, longest first; `scopes` are the crises, newest first."""
    found = [*_unreviewed(of, scopes), *_overdue_gaps(of, register), *_plan_due(of), *_not_heard(of, scopes)]
    latest = scopes[0].crisis["code"] if scopes else None
    found = [replace(item, crisis=item.crisis or latest) for item in found]
    far = pd.Timestamp.max
    return sorted(found, key=lambda item: (far if item.since is None else item.since, item.what))


def register(of: Portfolio) -> pd.DataFrame:
    """The gaps as of the moment looked from, without those of crises that had not begun."""
    found = learning.gaps(of.session, of.viewer)
    begun = {scope.crisis["code"] for scope in of.each()}
    return gaps.register(found[found["crisis"].isna() | found["crisis"].isin(begun)], of.today)


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
        yield Decision(f"Overdue gap {code}: {title}", function, due, crisis)


def _plan_due(of: Portfolio) -> Iterator[Decision]:
    """The plan in force, when its review date has passed."""
    plan = of.plan_on(of.today)
    if plan is not None and plan["review_due"] < of.today:
        due = plan["review_due"]
        yield Decision(f"Review crisis plan {plan['version']}, due on {date(due)}", None, due, None)


def _not_heard(of: Portfolio, scopes: list[Scope]) -> Iterator[Decision]:
    """Resolved crises after which an audience that the plan names was not asked."""
    waves = surveys.waves(of.session)
    opened = waves["opened_on"].fillna(waves["closed_on"])
    closed = waves["closed_on"].fillna(opened)
    begun = opened <= of.today
    for s in scopes:
        named = {a for a in s.steps["audience"].dropna() if a not in ("public", "press")}
        if s.day0 is None or s.resolved_on is None or not named:
            continue
        asked = waves[begun & (closed >= s.day0) & (opened <= s.day0 + pd.Timedelta(days=365))]
        missing = sorted(named - set(asked["audience"]))
        if missing:
            what = f"Ask {' and '.join(missing)} about {s.crisis['title']}"
            yield Decision(what, None, s.resolved_on, s.crisis["code"])
