"""What an import changes: the headline numbers of crises that were there before, from what to what, and why."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import pandas as pd
from sqlmodel import Session

from data.access import Viewer
from data.queries import provenance
from data.queries.crises import any_crisis
from importers.concern import Concern, around, concerned, told
from importers.issues import Issue, Severity, issue
from importers.touched import Touched, touched
from metrics.catalogue import ALL
from metrics.estimate import Status
from metrics.words import plural
from reports.sections import coverage
from reports.sections.headlines import SURVEYED, Brought, Headline, began
from reports.sections.scope import Scope, portfolio

__all__ = ["Changes", "Numbers", "Touched", "changes", "numbers", "touched"]

_NEAR = 1e-9
#: Warnings of missing data that are listed one by one.
_LISTED = 6
_ORDER = {metric: number for number, metric in enumerate(ALL)}


@dataclass(frozen=True, slots=True)
class Numbers:
    """The headline numbers of the crises that an import touches, as the database stands at one moment.

    `crises` are the codes of all that are there; `concern` says which are looked at, and what of them; `published` is
    what the door for surveys lets out, None where nobody asked; `lacking` is what is missing around these crises and
    those that the import names.
    """

    crises: frozenset[str] = frozenset()
    concern: Concern = field(default_factory=dict)
    headlines: dict[Any, Headline] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    published: pd.DataFrame | None = None
    lacking: tuple[str, ...] = ()


class Changes(NamedTuple):
    """The elements of ``effects`` in INTERFACES, and what the analyst must know beside them."""

    effects: list[dict[str, Any]]
    issues: list[Issue]


def numbers(session: Session, viewer: Viewer, of: Touched, as_of: datetime) -> Numbers:
    """The numbers that an import may change, before it. Where there is no crisis yet, nothing is looked at."""
    return _numbers(session, viewer, of, as_of, None) if of and any_crisis(session, viewer) else Numbers()


def changes(
    session: Session, viewer: Viewer, of: Touched, before: Numbers, as_of: datetime, batches: Collection[int]
) -> Changes:
    """What differs from `before`, because of what these batches brought: by crisis, then in the catalogue's order.

    Call it in the transaction that stored them. A crisis that was not there before has no effects.
    """
    if not before.crises and not of.crises:
        return Changes([], [])
    after = _numbers(session, viewer, of, as_of, before)
    brought = Brought(session, batches)
    few = _tells_of_few(before.published, after.published)
    found = []
    for key, new in after.headlines.items():
        old = before.headlines.get(key)
        there = before.crises and (new.crisis is None or new.crisis in before.crises)
        if there and _differ(old, new) and not (few and new.metric in SURVEYED):
            found.append(_element(old, new, _because(old, new, brought, before, after)))
    return Changes(sorted(found, key=_place), [*_waiting(before, after), *_short(before, after)])


def _numbers(session: Session, viewer: Viewer, of: Touched, as_of: datetime, before: Numbers | None) -> Numbers:
    """After an import the same crises are looked at as before it, whatever it changed about them."""
    known = portfolio(session, viewer, as_of)
    concern = concerned(known, of) if before is None else before.concern
    scopes = {scope.crisis["code"]: scope for scope in known.each() if scope.crisis["code"] in concern}
    headlines, published = told(known, of, concern, scopes)
    codes = frozenset(crisis["code"] for crisis in known.crises)
    lacking = tuple(coverage.warnings(known, around(known, of, concern)))
    return Numbers(codes, concern, {one.key: one for one in headlines}, scopes, published, lacking)


def _differ(old: Headline | None, new: Headline) -> bool:
    """Whether a person would call it a change: a number that only waits for the scorer, or is withheld, is none."""
    if new.unscored or new.status in (Status.SUPPRESSED, Status.CODED):
        return False
    if old is None or old.value is None or new.value is None:
        return (old.value if old else None) is not new.value
    if isinstance(old.value, str) or isinstance(new.value, str):
        return old.value != new.value
    return old.status is not new.status or not math.isclose(old.value, new.value, rel_tol=_NEAR, abs_tol=_NEAR)


def _because(
    old: Headline | None, new: Headline, brought: Brought, before: Numbers, after: Numbers
) -> provenance.Sources:
    """The rows behind the number; where its crisis now begins or ends at another time, also the rows that say so."""
    sources = new.because(brought, old)
    was, now = (before.scopes.get(new.crisis or ""), after.scopes.get(new.crisis or ""))
    if was and now and (was.day0, was.resolved_on) != (now.day0, now.resolved_on):
        return provenance.combined([began(now)(brought), sources])
    return sources


def _element(old: Headline | None, new: Headline, sources: provenance.Sources) -> dict[str, Any]:
    because = [{"file": file.file, "sheet": file.sheet, "rows": file.rows} for file in sources.files]
    return {
        "metric": new.metric,
        "crisis": new.crisis,
        "group": dict(new.group),
        "label": new.label,
        "unit": new.unit,
        "before": old.value if old else None,
        "after": new.value,
        "status_before": (old.status if old else Status.UNDEFINED).value,
        "status_after": new.status.value,
        "because": because or None,
    }


def _place(element: dict[str, Any]) -> tuple[Any, ...]:
    metric, crisis = element["metric"], element["crisis"]
    aim = metric.removeprefix("targets.")
    rank = (metric not in ALL, _ORDER.get(aim, len(ALL)), metric)
    return crisis is None, crisis or "", rank, tuple(element["group"].values())


def _waiting(before: Numbers, after: Numbers) -> Iterator[Issue]:
    """Posts that the import leaves to the scorer, a crisis at a time."""
    for code in sorted(after.scopes):
        counts = [
            max((one.unscored for one in state.headlines.values() if one.crisis == code), default=0)
            for state in (before, after)
        ]
        if counts[1] > counts[0]:
            posts = plural(counts[1], "post")
            yield issue("sentiment-waiting", severity=Severity.INFO, posts=posts, crisis=code)


def _short(before: Numbers, after: Numbers) -> Iterator[Issue]:
    """What is missing around the crises that was not said of them before."""
    new = [text for text in after.lacking if text not in before.lacking]
    for text in new[:_LISTED]:
        yield issue("coverage-short", severity=Severity.WARNING, what=text.removesuffix("."))
    if len(new) > _LISTED:
        more = f"Data are missing in {plural(len(new) - _LISTED, 'more place')}; the calendar on History shows them"
        yield issue("coverage-short", severity=Severity.WARNING, what=more)


def _tells_of_few(before: pd.DataFrame | None, after: pd.DataFrame | None) -> bool:
    """Whether a question shown before is now shown with fewer than k answers more: then before and after, side by
    side, would tell what these few answered (METRICS D, snapshots of one wave).
    """
    if before is None or after is None:
        return False
    figures = ["favourable", "mean", "sd", "promoters", "detractors"]
    both = before.merge(after, on=["wave_id", "question"], suffixes=("", "_now"))
    both = both[both["n"].notna() & both["n_now"].notna()]
    same = pd.Series(data=True, index=both.index)
    for name in ["n", *figures]:
        same &= (both[name] == both[f"{name}_now"]) | (both[name].isna() & both[f"{name}_now"].isna())
    gained = both["n_now"] - both["n"] >= both[["k", "k_now"]].max(axis=1)
    return bool((~same & ~gained).any())
