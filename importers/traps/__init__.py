"""Traps of real files: rows that can be read, and are stored, but that somebody should look at."""

from __future__ import annotations

from collections.abc import Callable

from importers.check import Checked
from importers.context import Context
from importers.issues import Issue
from importers.traps.columns import mostly_empty, trailing_blanks
from importers.traps.dates import far_dates
from importers.traps.delays import contradicted_delays, replies_first
from importers.traps.duplicates import near_duplicate_events, near_duplicate_posts
from importers.traps.identifiers import rounded_ids
from importers.traps.order import answers_first
from importers.traps.ratings import odd_ratings
from importers.traps.schedules import due_first
from importers.traps.seen import Seen

Trap = Callable[[Seen], list[Issue]]
#: Each looks at one sheet; those that look at single values look at no survey.
TRAPS: tuple[Trap, ...] = (
    far_dates,
    answers_first,
    due_first,
    replies_first,
    contradicted_delays,
    rounded_ids,
    odd_ratings,
    mostly_empty,
    trailing_blanks,
    near_duplicate_events,
    near_duplicate_posts,
)


def warnings(checked: Checked, context: Context) -> list[Issue]:
    """What looks wrong in a sheet that was read: a few rows of each kind one by one, of the others their number."""
    if checked.rows.empty:
        return []
    seen = Seen(checked, context)
    return [issue for trap in TRAPS for issue in trap(seen)]
