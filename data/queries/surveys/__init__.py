"""The one door to survey answers: what leaves here is already safe to show.

Nothing else reads answers, but the importers that write them. A group of fewer than k answers is withheld whole, and so
is what would let it be worked out; counts so near to none or all that they would tell what single people answered leave
as a band (`metrics.anonymity`). That is decided for all cuts of a question together when answers come in, beside all that
was shown of them before, and kept; `company_results` and `group_results` read what was decided.
"""

from __future__ import annotations

from data.queries.surveys.asked import Cut
from data.queries.surveys.comments import comment_terms
from data.queries.surveys.company import answered, company_results, waves
from data.queries.surveys.correlations import correlations
from data.queries.surveys.groups import group_results
from data.queries.surveys.pairs import paired_counts
from data.queries.surveys.shown import waiting

__all__ = [
    "Cut",
    "answered",
    "comment_terms",
    "company_results",
    "correlations",
    "group_results",
    "paired_counts",
    "waiting",
    "waves",
]
