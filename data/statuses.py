"""The paths along which a gap's status may move, declared once for pages, commands and documents."""

from __future__ import annotations

from collections.abc import Mapping

from data.enums import GapStatus

#: Status of a gap → those that may follow it. A risk that was accepted stays accepted.
GAP_PATHS: Mapping[GapStatus, tuple[GapStatus, ...]] = {
    GapStatus.OPEN: (GapStatus.PLANNED, GapStatus.ACCEPTED),
    GapStatus.PLANNED: (GapStatus.IN_PROGRESS, GapStatus.ACCEPTED),
    GapStatus.IN_PROGRESS: (GapStatus.IMPLEMENTED, GapStatus.ACCEPTED),
    GapStatus.IMPLEMENTED: (GapStatus.VALIDATED, GapStatus.OPEN, GapStatus.ACCEPTED),
    GapStatus.VALIDATED: (GapStatus.OPEN, GapStatus.ACCEPTED),
    GapStatus.ACCEPTED: (),
}
#: Statuses of a gap whose fix is in place.
FIXED = (GapStatus.IMPLEMENTED, GapStatus.VALIDATED)


def may_follow(now: GapStatus, then: GapStatus) -> bool:
    """Whether a gap may go from the one status to the other; it may stay where it is."""
    return now is then or then in GAP_PATHS[now]
