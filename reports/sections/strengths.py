"""Is what worked still working? Each strength against the crises since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.queries import provenance
from data.queries import strengths as queries
from data.tables import Lesson
from metrics.catalogue import ALL
from metrics.findings import strengths as say
from metrics.strengths import Followed, follow, kept
from reports.sections.base import Section
from reports.sections.gaps import held_by, seen_in
from reports.sections.scope import Portfolio, Scope
from reports.sections.values import Values
from reports.sections.wording import value

_TRIES = ("strength", "crisis", "title", "began", "value", "state", "reason")


def followed(of: Portfolio) -> Section:
    """Frames: `strengths`, a row each as `data.queries.strengths.strengths` gives them with state
    (`metrics.strengths.Kept`) and said; `tries`, what each crisis since says: strength, crisis, title, began, value (in
    words), state (None where it can't be judged) and reason.
    """
    found = queries.strengths(of.session, of.viewer)
    begun = {scope.crisis["code"]: scope for scope in of.each()}
    found = found[found["crisis"].isna() | found["crisis"].isin(list(begun))].reset_index(drop=True)
    scopes, held = held_by(of) if found["check_metric"].notna().any() else ({}, [])
    values = Values()
    judged: list[Followed] = []
    for one in found.to_dict("records"):
        strength = _strength(one, begun.get(one["crisis"]))
        judged.append(follow(strength, seen_in(strength, scopes, held, values), ALL.get(str(one["check_metric"]))))
    pairs = list(zip(found.to_dict("records"), judged, strict=True))
    said = [say.strength(str(one["code"]), state, float(one["check_target"])) for one, state in pairs]
    found = found.assign(
        state=pd.Series([one.state.value for one in judged], dtype=object), said=pd.Series(said, dtype=object)
    )
    tries = [row for one, state in pairs for row in _tries(one, state, scopes)]
    sources = provenance.of_records(of.session, Lesson, found["lesson_id"])
    frames = {"strengths": found, "tries": pd.DataFrame(tries, columns=list(_TRIES))}
    return Section("strengths", (say.standing(one.state for one in judged),), (), frames, sources)


def _strength(one: Mapping[Any, Any], scope: Scope | None) -> dict[str, Any]:
    """A strength as it is judged: it counts from the day of the crisis that showed it, else from its observation."""
    day0 = None if scope is None else scope.day0
    return {
        "since": one["observed_on"] if day0 is None else day0, "crisis": one["crisis"], "step": one["check_step"],
        "metric": one["check_metric"], "target": one["check_target"],
    }  # fmt: skip


def _tries(one: Mapping[Any, Any], found: Followed, scopes: Mapping[str, Scope]) -> list[tuple[Any, ...]]:
    return [
        (
            str(one["code"]), t.crisis, scopes[t.crisis].crisis["title"], t.day0, value(t.value, str(one["check_metric"])),
            (state := kept(t.effect)) and state.value, t.reason,
        )
        for t in found.tries
    ]  # fmt: skip
