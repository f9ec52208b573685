"""What may be shown of groups of people: five rules, and the engine that decides by them and proves what it decides.

`data` passes every survey read through here, so that nothing unsuppressed leaves the data layer. `rules` holds what
concerns one group alone, `cuts` the groups of one cut beside each other, `hiding` all cuts of one question together,
`snapshots` what was shown of the same wave earlier, and `moments` the mean and its spread.
"""

from __future__ import annotations

from metrics.anonymity.cuts import Count, Standing
from metrics.anonymity.hiding import Decision, decide, is_safe, standings
from metrics.anonymity.moments import shown_beside_hidden
from metrics.anonymity.rules import (
    CORRELATED_FROM,
    K_FLOOR,
    Side,
    coded_band,
    coded_side,
    withhold,
)
from metrics.anonymity.snapshots import Earlier, may_follow
from metrics.anonymity.table import Group, Table, table, timed_table

__all__ = [
    "CORRELATED_FROM",
    "K_FLOOR",
    "Count",
    "Decision",
    "Earlier",
    "Group",
    "Side",
    "Standing",
    "Table",
    "coded_band",
    "coded_side",
    "decide",
    "is_safe",
    "may_follow",
    "shown_beside_hidden",
    "standings",
    "table",
    "timed_table",
    "withhold",
]
