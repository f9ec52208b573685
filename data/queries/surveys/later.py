"""Answers that came after something was shown: what was shown then, found again among all that is there now."""

from __future__ import annotations

from collections.abc import Sequence

from data.queries.surveys.asked import Asked, Figure
from data.queries.surveys.everybody import everybody
from metrics.anonymity import Decision, Earlier, Group, coded_side
from metrics.anonymity.table import Mask

_KINDS = ("favourable", "promoters", "detractors")


def follows(asked: Asked, now: Figure, batch: int, shown: Figure) -> bool:
    """Whether everybody may be shown again: as they were, or with enough more, who are not all of a kind.

    What a tool had added up has no answers that could be found again: there the counts are compared, and where answers
    have come instead of sums, either may hold the other.
    """
    if now["n"] is None:
        return False
    then = asked.until(batch)
    single = asked.summary is None and len(then.answers) > 0
    if single and not _as_it_was(then, shown):
        return False
    gained = now["n"] - shown["n"]
    if not gained:
        return all(shown[kind] is None or now[kind] == shown[kind] for kind in _KINDS)
    known = [now[kind] - shown[kind] for kind in _KINDS if now[kind] is not None and shown[kind] is not None]
    if known:
        known.append(gained - sum(known))  # unfavourable; or neither promoters nor detractors
    if gained < 0 and not single:
        gained, known = -gained, [-one for one in known]
    return gained >= asked.k and all(0 <= one < gained for one in known)


def _as_it_was(then: Asked, shown: Figure) -> bool:
    found = everybody(then)
    told = ["n", *(kind for kind in _KINDS if shown[kind] is not None)]
    if shown["standing"] != "exact" or shown["favourable"] is not None:  # else its scale was not known then
        told.append("standing")
    return all(found[name] == shown[name] for name in told)


def told_before(now: Decision, arrived: Mask, shown: Sequence[Figure]) -> Earlier | None:
    """What was shown of a question, in the cells of the present table; None if it is not found there as it was."""
    company = int(now.table.liked[arrived].sum()), int(now.table.n[arrived].sum())
    groups: dict[Group, tuple[int, int]] = {}
    hidden = set()
    for figure in shown[1:]:
        group = Group(figure["cut"], figure["unit"])
        if figure["standing"] == "hidden":
            hidden.add(group)
            continue
        if group not in now.table.members:
            return None
        mask = arrived & now.table.members[group]
        favourable, n = int(now.table.liked[mask].sum()), int(now.table.n[mask].sum())
        expected = (figure["n"], figure["favourable"] if figure["standing"] == "exact" else favourable)
        if (n, favourable) != expected or (coded_side(favourable, n) or "exact") != figure["standing"]:
            return None
        groups[group] = (favourable, n)
    return Earlier(arrived, company, groups, frozenset(hidden))
