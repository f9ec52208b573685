"""What may be shown of one question of one wave, worked out of its answers: the only place where answers become numbers.

A figure is a row of `SurveyFigure` without its snapshot: everybody first, then the groups of each cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from data.queries.surveys.asked import CUTS, Asked, Figure, figure
from data.queries.surveys.everybody import everybody, with_moments
from data.queries.surveys.later import follows, told_before
from metrics.anonymity import Decision, coded_side, decide, may_follow, timed_table


def figures(asked: Asked, earlier: Mapping[int, Sequence[Figure]]) -> list[Figure]:
    """Everything that may be shown of a question.

    `earlier` holds what was shown before, by the last batch it was made of. Where what came since may not be shown beside
    that there is one figure, which says so.
    """
    company = everybody(asked)
    before = {batch: shown for batch, shown in earlier.items() if shown[0]["standing"] != "hidden"}
    if not all(follows(asked, company, batch, shown[0]) for batch, shown in before.items()):
        return [figure(asked, standing="waiting")]
    if not asked.by_group or company["standing"] != "exact" or company["unusable"] is not None:
        return [with_moments(asked, company, hidden=False)]
    answers = asked.answers
    liked = (answers["value"] >= asked.favourable_from) * answers["n"]
    cells, came = timed_table(answers.assign(favourable=liked), CUTS)
    decision = decide(cells, asked.k)
    seen = [told_before(decision, came <= batch, shown) for batch, shown in before.items()]
    if any(one is None for one in seen) or not may_follow(decision, [one for one in seen if one], asked.k):
        return [figure(asked, standing="waiting")]
    return [with_moments(asked, company, hidden=bool(decision.hidden)), *_groups(asked, decision)]


def _groups(asked: Asked, decision: Decision) -> Iterator[Figure]:
    for group in decision.table.members:
        favourable, n = decision.table.count(group)
        standing = decision.standing(group)
        if standing == "hidden":
            yield figure(asked, group.cut, group.name, standing=standing)
        elif standing == "coded":
            yield figure(asked, group.cut, group.name, standing=coded_side(favourable, n), n=n)
        else:
            yield figure(asked, group.cut, group.name, standing="exact", n=n, favourable=favourable)
