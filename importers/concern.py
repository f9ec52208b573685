"""Which crises an import may concern, and the numbers of these that it may change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import pandas as pd

from data.enums import Role
from data.keys import folded
from data.queries import engagement, reputation, surveys
from importers.touched import Span, Touched
from reports.sections import headlines
from reports.sections.headlines import Headline
from reports.sections.reaction import measured
from reports.sections.scope import Portfolio, Scope

#: Crises whose reaction, reputation and morale are looked at: the newest ones; a crisis takes about a third of a second.
_MOST = 20
#: Local days of scores before day 0, and of posts and scores since, that a crisis looks at.
_SCORES, _SINCE = 180, 365
#: Who reads numbers of surveys: an analyst sees the counts of an import alone.
_MORALE = frozenset({Role.ADMIN, Role.HR})


class Part(StrEnum):
    """A part of a crisis's numbers."""

    RESPONSE = "response"
    AIMS = "aims"
    REACTION = "reaction"
    REPUTATION = "reputation"
    MORALE = "morale"


#: Code of each crisis → the parts that an import may change.
Concern = dict[str, frozenset[Part]]


def concerned(of: Portfolio, touched: Touched) -> Concern:
    """The crises that an import names, and those around which it tells of posts, scores, surveys or the plan.

    An import of the log may move the day on which a crisis began or ended, and with it every other part.
    """
    scopes = sorted(of.each(), key=_began, reverse=True)
    spans = _coverage(of) if touched.posts else {}
    found: Concern = {}
    for place, scope in enumerate(scopes):
        named = folded(scope.crisis["code"]) in touched.crises
        parts = {Part.AIMS} if touched.plan else set()
        if named:
            parts |= {Part.RESPONSE, Part.AIMS}
        if place < _MOST or scope.day0 is None:
            parts |= set(Part) if named else set(_around(scope, touched, spans))
        if parts:
            found[scope.crisis["code"]] = frozenset(parts)
    return found


def around(of: Portfolio, touched: Touched, concern: Concern) -> list[Scope]:
    """The crises around whose days something may be missing: those of which posts, scores or surveys came, and those
    that the import names, were they there before or not; the newest ones.
    """
    streams = {Part.REACTION, Part.REPUTATION, Part.MORALE}
    mine = [
        scope
        for scope in of.each()
        if folded(scope.crisis["code"]) in touched.crises or streams & concern.get(scope.crisis["code"], frozenset())
    ]
    return sorted(sorted(mine, key=_began, reverse=True)[:_MOST], key=lambda scope: str(scope.crisis["code"]))


def _began(scope: Scope) -> pd.Timestamp:
    return pd.Timestamp.min if scope.day0 is None else scope.day0


def _around(scope: Scope, touched: Touched, spans: Mapping[tuple[str, str], Span]) -> Iterator[Part]:
    """The parts of a crisis that posts, scores and surveys near its days may change."""
    if scope.day0 is None:
        return
    last = scope.day0 + pd.Timedelta(days=_SINCE)
    first = scope.day0 - pd.Timedelta(days=int(scope.settings["baseline.days"]))
    topics = frozenset(scope.crisis["topics"] or ())
    for key, span in touched.posts.items():
        counted = not topics or topics & span.topics
        if any(part.meets(first, last) for part in (span, *_newly(span, spans.get(key)))[0 if counted else 1 :]):
            yield Part.REACTION
    if touched.scores and touched.scores.meets(scope.day0 - pd.Timedelta(days=_SCORES), last):
        yield Part.REPUTATION
    if touched.surveys:
        yield Part.MORALE


def _newly(span: Span, known: Span | None) -> list[Span]:
    """The days that a platform covers only with these posts: between its first and its last day no post is 0."""
    if known is None:
        return [span]
    day = pd.Timedelta(days=1)
    parts = [Span(span.first, known.first - day), Span(known.last + day, span.last)]
    return [part for part in parts if part.first <= part.last]


def _coverage(of: Portfolio) -> dict[tuple[str, str], Span]:
    """From when to when each platform and kind has data."""
    known = engagement.coverage(of.session, of.settings["company.timezone"], of.as_of)
    return {(row["platform"], row["kind"]): Span(row["first"], row["last"]) for row in known.to_dict("records")}


def told(
    of: Portfolio, touched: Touched, concern: Concern, scopes: Mapping[str, Scope]
) -> tuple[list[Headline], pd.DataFrame | None]:
    """The numbers of these parts, and what surveys publish where they are among them."""
    parts = set().union(*concern.values()) if concern else set()
    today = of.today.date()
    scores = reputation.scores(of.session, today, of.settings["company.name"]) if Part.REPUTATION in parts else None
    asks = Part.MORALE in parts and of.viewer.role in _MORALE
    published = surveys.company_results(of.session, today) if asks else None
    latest = max((scope.day0 for scope in of.each() if scope.day0 is not None), default=None)
    found: list[Headline] = list(headlines.registered(of)) if touched.register else []
    for code, scope in scopes.items():
        mine = concern[code]
        if Part.RESPONSE in mine:
            found += headlines.response(scope)
        if Part.AIMS in mine:
            found += headlines.aims(scope)
        read = measured(scope) if Part.REACTION in mine else None
        if read is not None:
            found += headlines.reacted(scope, read[0])
        if scores is not None and Part.REPUTATION in mine:
            found += headlines.reputed(scope, scores, latest=scope.day0 == latest)
        if published is not None and Part.MORALE in mine:
            found += headlines.surveyed(scope, published)
    return found, published
