"""The way of a lesson from an observation to something learned: which steps there are, who takes them, what they ask for."""

from __future__ import annotations

from collections.abc import Mapping

from data.enums import LessonStatus, Role

_ANALYSTS = frozenset({Role.ANALYST, Role.ADMIN})
_LEADERS = frozenset({Role.LEADERSHIP, Role.ADMIN})
_BOTH = _ANALYSTS | _LEADERS
_S = LessonStatus

#: From → to → the roles that may move a lesson so. What is approved is rejected only by those who approve.
MOVES: Mapping[LessonStatus, Mapping[LessonStatus, frozenset[Role]]] = {
    _S.OBSERVATION: {_S.IDENTIFIED: _ANALYSTS, _S.REJECTED: _BOTH},
    _S.IDENTIFIED: {_S.APPROVED: _LEADERS, _S.REJECTED: _BOTH},
    _S.APPROVED: {_S.IMPLEMENTED: _BOTH, _S.REJECTED: _LEADERS},
    _S.IMPLEMENTED: {_S.LEARNED: _LEADERS, _S.REJECTED: _LEADERS},
    _S.LEARNED: {_S.REJECTED: _LEADERS},
    _S.REJECTED: {},
}
#: From here on a lesson is what the company holds for true: approved, and all that follows.
HELD = (_S.APPROVED, _S.IMPLEMENTED, _S.LEARNED)

#: Who writes down an observation; who edits a lesson; who reviews its summary for employees.
OBSERVERS = _BOTH | {Role.LEGAL, Role.HR}
WRITERS = _BOTH
SHARERS = frozenset({Role.HR, Role.LEGAL, Role.ADMIN})


def next_steps(status: LessonStatus, role: Role) -> list[LessonStatus]:
    """Where a role may move a lesson that stands here, forward first."""
    return [to for to, roles in MOVES[status].items() if role in roles]
