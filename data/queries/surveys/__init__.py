"""The one door to survey answers: what leaves here is already safe to show.

Nothing else reads answers, but the importers that write them. A group of fewer than k answers is withheld whole, and so
is what would let it be worked out; counts so near to none or all that they would tell what single people answered leave
as a band (`metrics.anonymity`).
"""

from __future__ import annotations

from data.queries.surveys.company import answered, company_results, waves
from data.queries.surveys.correlations import correlations
from data.queries.surveys.groups import Cut, group_results
from data.queries.surveys.pairs import paired_counts

__all__ = ["Cut", "answered", "company_results", "correlations", "group_results", "paired_counts", "waves"]
